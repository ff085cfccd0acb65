//! DER → RSA keys, or what else it is.

use super::candidates::Harvest;
use super::kdf::Budget;
use super::numbers::{Numbers, trimmed};
use super::password::Password;
use super::{RsaKey, ber, pkcs8, pkcs12};
use crate::error::Error;
use rsa::RsaPrivateKey;
use rsa::pkcs8::der::asn1::{AnyRef, ObjectIdentifier};
use rsa::pkcs8::der::{Decode, Header, Reader, SliceReader, Tag, Tagged};

/// What to do with half a key.
pub(super) const NEED_PRIVATE: &str = "add the private key of the version that the key details name, or, if it cannot be exported, let Key Vault decrypt the wrapped key";

/// RSA by any of its names: rsaEncryption, RSAES-OAEP, RSASSA-PSS, and X.500's. The numbers are the same.
const RSA: [ObjectIdentifier; 4] = [
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.7"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10"),
    ObjectIdentifier::new_unwrap("2.5.8.1.1"),
];
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");

/// Elements one after another that are read.
const MOST: usize = 64;

/// Told by the tags of the outermost sequence (each form's ASN.1 module is named), in BER too. Whatever follows is passed
/// over as OpenSSL does it: line ends and zero bytes of a text tool, certificates.
pub(super) fn private_keys(bytes: &[u8], password: Password<'_>, budget: &mut Budget) -> Result<Vec<RsaKey>, Error> {
    let mut harvest = Harvest::default();
    let mut rest = bytes;
    for _ in 0..MOST {
        let Some(der) = ber::next_der(&mut rest) else { break };
        harvest.add_all(one(&der, password, budget));
        if !rest.starts_with(&[SEQUENCE]) {
            break;
        }
    }
    harvest.finish(other(bytes))
}

const SEQUENCE: u8 = 0x30;

fn one(der: &[u8], password: Password<'_>, budget: &mut Budget) -> Result<Vec<RsaKey>, Error> {
    match members(der).as_deref() {
        // RFC 5958, EncryptedPrivateKeyInfo.
        Some([Tag::Sequence, Tag::OctetString]) => {
            pkcs8::private_key(der, password, budget).map(|key| vec![RsaKey::new(key)])
        }
        // RFC 7292, PFX: version 3, a ContentInfo, perhaps a MAC.
        Some([Tag::Integer, Tag::Sequence] | [Tag::Integer, Tag::Sequence, Tag::Sequence]) => {
            pkcs12::private_keys(der, password, budget)
        }
        _ => clear_key(der).map(|key| vec![RsaKey::new(key)]),
    }
}

/// A PKCS#8 or PKCS#1 RSA key of at least 2048 bits.
///
/// Not through the crate's decoding: that asks for the NULL in the algorithm, which some writers leave out (OpenSSL, Java,
/// Node.js and Python open such keys), reads two primes only, exponents up to 33 bits, and integers with a sign byte.
pub(super) fn clear_key(der: &[u8]) -> Result<RsaPrivateKey, Error> {
    let content = match wrapped(der) {
        None => der,
        Some((oid, content)) if RSA.contains(&oid) => content,
        Some((EC_PUBLIC_KEY, _)) => return Err(Error::PrivateKeyNotRsa { found: "an EC private key" }),
        Some((DSA, _)) => return Err(Error::PrivateKeyNotRsa { found: "a DSA private key" }),
        Some(_) => {
            return Err(Error::PrivateKeyNotRsa { found: "a private key of another kind (Ed25519, X25519, …)" });
        }
    };
    numbers(content).ok_or_else(|| other(der))?.key(UNFIT)
}

const UNFIT: Error = Error::PrivateKeyInvalid {
    problem: "it has the outline of an RSA key, but its numbers do not fit together: it was changed or damaged",
};

/// RFC 5958, OneAsymmetricKey: its algorithm and what it wraps.
fn wrapped(der: &[u8]) -> Option<(ObjectIdentifier, &[u8])> {
    let members = values(der)?;
    let [version, algorithm, key, ..] = members.as_slice() else { return None };
    let oid = SliceReader::new(algorithm.value()).and_then(|mut reader| ObjectIdentifier::decode(&mut reader)).ok()?;
    let is_key = version.tag() == Tag::Integer && algorithm.tag() == Tag::Sequence && key.tag() == Tag::OctetString;
    is_key.then_some((oid, key.value()))
}

/// RFC 8017, RSAPrivateKey: version, n, e, d, p, q, d mod (p-1), d mod (q-1), 1/q mod p, and the primes beyond two. The
/// numbers of the CRT are computed anew.
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

/// Whether the bytes are one whole SEQUENCE.
pub(super) fn is_sequence(der: &[u8]) -> bool {
    members(der).is_some()
}

/// What else a DER file can be.
fn other(der: &[u8]) -> Error {
    let missing = |found| Error::PrivateKeyMissing { found, remedy: NEED_PRIVATE };
    match members(der).as_deref() {
        Some([Tag::Sequence, Tag::Sequence, Tag::BitString]) if is_request(der) => missing("a certificate request"),
        // RFC 5280, Certificate.
        Some([Tag::Sequence, Tag::Sequence, Tag::BitString]) => missing("a certificate"),
        // RFC 5280, SubjectPublicKeyInfo.
        Some([Tag::Sequence, Tag::BitString]) => missing("a public key"),
        // RFC 8017, RSAPublicKey.
        Some([Tag::Integer, Tag::Integer]) => missing("a public key"),
        // RFC 5652, ContentInfo: a .p7b file.
        Some([Tag::ObjectIdentifier, ..]) => missing("a bundle of certificates (PKCS#7)"),
        // RFC 5915, ECPrivateKey.
        Some([Tag::Integer, Tag::OctetString, ..]) => Error::PrivateKeyNotRsa { found: "an EC private key" },
        Some([Tag::Integer, ..]) => {
            Error::PrivateKeyInvalid { problem: "it has the outline of an RSA key, but is incomplete or damaged" }
        }
        Some(_) => Error::PrivateKeyInvalid { problem: "it is DER data of a kind that is not known" },
        None => Error::PrivateKeyInvalid {
            problem: "it is neither PEM text nor DER data, PFX, JWK or a Key Vault secret, or it was cut",
        },
    }
}

/// RFC 2986, CertificationRequestInfo: version, subject, key, attributes.
fn is_request(der: &[u8]) -> bool {
    let info = AnyRef::from_der(der).and_then(|outer| SliceReader::new(outer.value())?.tlv_bytes());
    matches!(
        info.ok().and_then(members).as_deref(),
        Some([Tag::Integer, Tag::Sequence, Tag::Sequence, Tag::ContextSpecific { .. }])
    )
}

/// Tags of the members of the outermost sequence; `None` when the bytes are no whole DER sequence.
fn members(der: &[u8]) -> Option<Vec<Tag>> {
    let mut reader = SliceReader::new(der).ok()?;
    let outer = Header::decode(&mut reader).ok()?;
    if outer.tag() != Tag::Sequence {
        return None;
    }
    let mut tags = Vec::new();
    while !reader.is_finished() {
        let header = Header::decode(&mut reader).ok()?;
        tags.push(header.tag());
        reader.read_slice(header.length()).ok()?;
    }
    Some(tags)
}
