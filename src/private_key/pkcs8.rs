//! PKCS#8 (RFC 5958), with and without a password, and PKCS#1 (RFC 8017, appendix A.1.2) → RSA key.

use super::opener::Opener;
use super::rsa_key::{Numbers, RsaKey, trimmed};
use super::{der, pbe};
use crate::error::{Error, Evidence};
use rsa::pkcs8::der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use rsa::pkcs8::der::{self as asn1, Decode, Reader, SliceReader, Tag, Tagged};
use rsa::pkcs8::spki::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

/// RSA under all of its names: rsaEncryption, RSAES-OAEP, RSASSA-PSS, and X.500's. The numbers are the same.
const RSA: [ObjectIdentifier; 4] = [
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.7"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10"),
    ObjectIdentifier::new_unwrap("2.5.8.1.1"),
];
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");

const FOUND: &str = "a PKCS#8 key with a password";

/// An RSA key that is encrypted with a password (`EncryptedPrivateKeyInfo`, RFC 5958, section 3).
///
/// # Errors
/// Those of [`pbe::decrypt`] and [`clear_key`]; `ERR_PRIVATE_KEY_ENCRYPTED`, `ERR_PRIVATE_KEY_PASSWORD`.
pub(super) fn encrypted_key(der: &[u8], opener: &mut Opener<'_>) -> Result<RsaKey, Error> {
    match decrypted(der, opener)? {
        Some(clear) => clear_key(&clear),
        None => Err(opener.password.refused(FOUND, Evidence::Padding)),
    }
}

/// The PKCS#8 in clear of an `EncryptedPrivateKeyInfo`; `None` when the password is wrong.
///
/// # Errors
/// Those of [`pbe::decrypt`].
pub(super) fn decrypted(der: &[u8], opener: &mut Opener<'_>) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    let (algorithm, ciphertext) = AnyRef::from_der(der)
        .and_then(|info| {
            info.sequence(|reader| {
                let algorithm = AlgorithmIdentifierRef::decode(reader)?;
                Ok::<_, asn1::Error>((algorithm, <&OctetStringRef>::decode(reader)?.as_bytes()))
            })
        })
        .map_err(|_| Error::PrivateKeyInvalid {
            problem: "it has the outline of an encrypted PKCS#8 key, but is damaged",
        })?;
    pbe::decrypt(&algorithm, ciphertext, opener)
}

/// A PKCS#8 or PKCS#1 RSA key of at least 2048 bits.
///
/// The crate's decoding is not used: it requires the NULL in the algorithm, which some writers leave out (OpenSSL,
/// Java, Node.js and Python open such keys), and reads only two primes, exponents up to 33 bits, and integers with a
/// sign byte.
pub(super) fn clear_key(der: &[u8]) -> Result<RsaKey, Error> {
    let content = match wrapped(der) {
        None => der,
        Some((oid, content)) if RSA.contains(&oid) => content,
        Some((EC_PUBLIC_KEY, _)) => return Err(Error::PrivateKeyNotRsa { found: "an EC private key" }),
        Some((DSA, _)) => return Err(Error::PrivateKeyNotRsa { found: "a DSA private key" }),
        Some(_) => {
            return Err(Error::PrivateKeyNotRsa { found: "a private key of another kind (Ed25519, X25519, …)" });
        }
    };
    numbers(content).ok_or_else(|| der::other(der))?.key(UNFIT)
}

const UNFIT: Error = Error::PrivateKeyInvalid {
    problem: "it has the outline of an RSA key, but its numbers do not fit together: it was changed or damaged",
};

/// RFC 5958, OneAsymmetricKey: the algorithm and the key inside.
fn wrapped(der: &[u8]) -> Option<(ObjectIdentifier, &[u8])> {
    let members = values(der)?;
    let [version, algorithm, key, ..] = members.as_slice() else { return None };
    let oid = SliceReader::new(algorithm.value()).and_then(|mut reader| ObjectIdentifier::decode(&mut reader)).ok()?;
    let is_key = version.tag() == Tag::Integer && algorithm.tag() == Tag::Sequence && key.tag() == Tag::OctetString;
    is_key.then_some((oid, key.value()))
}

/// RFC 8017, RSAPrivateKey: version, n, e, d, p, q, d mod (p-1), d mod (q-1), 1/q mod p, and the primes beyond two. The
/// CRT numbers are computed again.
fn numbers(der: &[u8]) -> Option<Numbers<&[u8]>> {
    let members = values(der)?;
    let integer = |index: usize| {
        let member = members.get(index).filter(|member| member.tag() == Tag::Integer)?;
        Some(member.value())
    };
    let mut primes: Vec<&[u8]> = [integer(4)?, integer(5)?].into();
    let is_absent = primes.iter().any(|prime| trimmed(prime).is_empty());
    integer(8)?;
    if let Some(others) = members.get(9).filter(|others| others.tag() == Tag::Sequence) {
        for other in in_sequence(others.value())? {
            primes.push(in_sequence(other.value())?.first()?.value());
        }
    }
    if is_absent {
        primes.clear();
    }
    Some(Numbers { n: integer(1)?, e: integer(2)?, d: integer(3)?, primes })
}

/// The members of the outermost sequence.
fn values(der: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let outer = AnyRef::from_der(der).ok().filter(|outer| outer.tag() == Tag::Sequence)?;
    in_sequence(outer.value())
}

fn in_sequence(content: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(content).ok()?;
    let mut members = Vec::new();
    while !reader.is_finished() {
        members.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(members)
}
