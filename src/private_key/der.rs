//! DER → RSA keys, or what else it is.

use super::kdf::Budget;
use super::password::Password;
use super::{RsaKey, ber, pkcs8, pkcs12};
use crate::error::Error;
use rsa::pkcs1::{DecodeRsaPrivateKey, RsaPrivateKey as Pkcs1};
use rsa::pkcs8::der::asn1::{AnyRef, ObjectIdentifier, UintRef};
use rsa::pkcs8::der::{Decode, Header, Reader, SliceReader, Tag};
use rsa::pkcs8::{DecodePrivateKey, PrivateKeyInfoRef};
use rsa::traits::PublicKeyParts;
use rsa::{RsaPrivateKey, RsaPublicKey};

/// What to do with half a key.
pub(super) const NEED_PRIVATE: &str = "add the private key of the version that the key details name, or, if it cannot be exported, let Key Vault decrypt the wrapped key";

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");

/// Told by the tags of the outermost sequence (each form's ASN.1 module is named), in BER too.
pub(super) fn private_keys(bytes: &[u8], password: Password<'_>, budget: &mut Budget) -> Result<Vec<RsaKey>, Error> {
    let in_der = ber::to_der(bytes);
    let der = in_der.as_ref().map_or(bytes, |der| der);
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
pub(super) fn clear_key(der: &[u8]) -> Result<RsaPrivateKey, Error> {
    let info = PrivateKeyInfoRef::from_der(der).ok();
    match info.as_ref().map(|info| info.algorithm.oid) {
        None | Some(RSA_ENCRYPTION) => {}
        Some(EC_PUBLIC_KEY) => return Err(Error::PrivateKeyNotRsa { found: "an EC private key" }),
        Some(DSA) => return Err(Error::PrivateKeyNotRsa { found: "a DSA private key" }),
        Some(_) => {
            return Err(Error::PrivateKeyNotRsa {
                found: "a private key of another kind (Ed25519, X25519, RSA-PSS, …)",
            });
        }
    }
    let numbers = info.as_ref().map_or(der, |info| info.private_key.as_bytes());
    // Before any arithmetic: its time grows with the square of the length.
    if Pkcs1::<UintRef<'_>>::from_der(numbers).is_ok_and(|key| is_too_long(key.modulus.as_bytes())) {
        return Err(TOO_LONG);
    }
    let key = RsaPrivateKey::from_pkcs8_der(der).or_else(|_| RsaPrivateKey::from_pkcs1_der(der));
    usable(key.map_err(|_| other(der))?)
}

/// The key, if it has at least 2048 bits.
pub(super) fn usable(key: RsaPrivateKey) -> Result<RsaPrivateKey, Error> {
    match key.n().bits() as usize {
        bits if bits < 2048 => Err(Error::PrivateKeyTooSmall { bits }),
        _ => Ok(key),
    }
}

pub(super) const TOO_LONG: Error = Error::PrivateKeyInvalid { problem: "its RSA modulus has more than 8192 bits" };

pub(super) fn is_too_long(modulus: &[u8]) -> bool {
    modulus.len() > RsaPublicKey::MAX_SIZE / 8
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
        Some([Tag::Integer, ..]) => Error::PrivateKeyInvalid {
            problem: "it has the outline of an RSA key, but its numbers do not fit together",
        },
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
