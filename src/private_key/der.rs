//! DER → RSA keys, or an error that says what else it is.

use super::candidates::Candidates;
use super::opener::Opener;
use super::{RsaKey, ber, pkcs8, pkcs12};
use crate::error::Error;
use rsa::pkcs8::der::asn1::AnyRef;
use rsa::pkcs8::der::{Decode, Header, Reader, SliceReader, Tag};

/// Advice shown for a public key and for other things without a private key.
pub(super) const NEED_PRIVATE: &str = "add the private key of the version that the key details name, or, if it \
    cannot be exported, let Key Vault decrypt the wrapped key";

/// At most so many consecutive elements are read.
const MOST: usize = 64;

/// Reads DER or BER. The format is recognised by the tags of the outermost sequence (the comments name the ASN.1
/// modules). Data after the end is ignored as OpenSSL does: line ends and zero bytes of a text tool, certificates.
pub(super) fn private_keys(bytes: &[u8], opener: &mut Opener<'_>) -> Result<Vec<RsaKey>, Error> {
    let mut candidates = Candidates::default();
    let mut rest = bytes;
    for _ in 0..MOST {
        let Some(der) = ber::next_der(&mut rest) else { break };
        candidates.add_all(one(&der, opener));
        if !rest.starts_with(&[SEQUENCE]) {
            break;
        }
    }
    candidates.finish(other(bytes))
}

const SEQUENCE: u8 = 0x30;

fn one(der: &[u8], opener: &mut Opener<'_>) -> Result<Vec<RsaKey>, Error> {
    match members(der).as_deref() {
        // RFC 5958, EncryptedPrivateKeyInfo.
        Some([Tag::Sequence, Tag::OctetString]) => pkcs8::encrypted_key(der, opener).map(|key| vec![key]),
        // RFC 7292, PFX: version 3, a ContentInfo, perhaps a MAC.
        Some([Tag::Integer, Tag::Sequence] | [Tag::Integer, Tag::Sequence, Tag::Sequence]) => {
            pkcs12::private_keys(der, opener)
        }
        _ => pkcs8::clear_key(der).map(|key| vec![key]),
    }
}

/// Whether it is a PFX (RFC 7292): version 3, a ContentInfo, perhaps a MAC.
pub(super) fn is_pfx(der: &[u8]) -> bool {
    matches!(
        members(der).as_deref(),
        Some([Tag::Integer, Tag::Sequence] | [Tag::Integer, Tag::Sequence, Tag::Sequence])
    )
}

/// Whether it is an EncryptedPrivateKeyInfo (RFC 5958).
pub(super) fn is_encrypted_key(der: &[u8]) -> bool {
    matches!(members(der).as_deref(), Some([Tag::Sequence, Tag::OctetString]))
}

/// Whether the bytes are one whole SEQUENCE.
pub(super) fn is_sequence(der: &[u8]) -> bool {
    members(der).is_some()
}

/// The error that says what else a DER file is.
pub(super) fn other(der: &[u8]) -> Error {
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
        // DSAPrivateKey of OpenSSL: version, p, q, g, and both keys.
        Some(members) if *members == [Tag::Integer; 6] => Error::PrivateKeyNotRsa { found: "a DSA private key" },
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

/// Tags of the members of the outermost sequence; `None` when the bytes are not a whole DER sequence.
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
