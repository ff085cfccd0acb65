//! DER → RSA key, or what else it is.

use crate::error::Error;
use rsa::RsaPrivateKey;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::der::asn1::ObjectIdentifier;
use rsa::pkcs8::der::{Decode, Header, Reader, SliceReader, Tag};
use rsa::pkcs8::{DecodePrivateKey, PrivateKeyInfoRef};
use rsa::traits::PublicKeyParts;

/// What to do with half a key.
pub(super) const NEED_PRIVATE: &str = "add the private key of the version that the key details name, or, if it cannot be exported, let Key Vault decrypt the wrapped key";

/// What `openssl` can do about containers that hold a key in a wrapping.
const UNPACK_PFX: &str = "take the key out with `openssl pkcs12 -in FILE -nocerts -noenc -out key.pem`";

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");

/// A PKCS#8 or PKCS#1 RSA key of at least 2048 bits.
pub(super) fn private_key(der: &[u8]) -> Result<RsaPrivateKey, Error> {
    if let Ok(info) = PrivateKeyInfoRef::from_der(der) {
        match info.algorithm.oid {
            RSA_ENCRYPTION => {}
            EC_PUBLIC_KEY => return Err(Error::PrivateKeyNotRsa { found: "an EC private key" }),
            DSA => return Err(Error::PrivateKeyNotRsa { found: "a DSA private key" }),
            _ => {
                return Err(Error::PrivateKeyNotRsa {
                    found: "a private key of another kind (Ed25519, X25519, RSA-PSS, …)",
                });
            }
        }
    }
    let key =
        RsaPrivateKey::from_pkcs8_der(der).or_else(|_| RsaPrivateKey::from_pkcs1_der(der)).map_err(|_| other(der))?;
    match key.n().bits() as usize {
        bits if bits < 2048 => Err(Error::PrivateKeyTooSmall { bits }),
        _ => Ok(key),
    }
}

/// What else a DER file can be, by the tags of its outermost sequence (each form's ASN.1 module is named).
fn other(der: &[u8]) -> Error {
    let missing = |found| Error::PrivateKeyMissing { found, remedy: NEED_PRIVATE };
    match members(der).as_deref() {
        // RFC 5958, EncryptedPrivateKeyInfo.
        Some([Tag::Sequence, Tag::OctetString]) => Error::PrivateKeyEncrypted {
            found: "a PKCS#8 key with a password",
            remedy: "openssl pkey -inform DER -in KEY -out key.pem",
        },
        // RFC 7292, PFX: version 3, a ContentInfo, perhaps a MAC.
        Some([Tag::Integer, Tag::Sequence]) | Some([Tag::Integer, Tag::Sequence, Tag::Sequence]) => {
            Error::PrivateKeyUnsupported { found: "a PFX (PKCS#12) file", remedy: UNPACK_PFX }
        }
        // RFC 5280, Certificate; RFC 2986 requests have the same outline.
        Some([Tag::Sequence, Tag::Sequence, Tag::BitString]) => missing("a certificate"),
        // RFC 5280, SubjectPublicKeyInfo.
        Some([Tag::Sequence, Tag::BitString]) => missing("a public key"),
        // RFC 8017, RSAPublicKey.
        Some([Tag::Integer, Tag::Integer]) => missing("a public key"),
        // RFC 5915, ECPrivateKey.
        Some([Tag::Integer, Tag::OctetString, ..]) => Error::PrivateKeyNotRsa { found: "an EC private key" },
        Some([Tag::Integer, ..]) => Error::PrivateKeyInvalid {
            problem: "it has the outline of an RSA key, but its numbers do not fit together",
        },
        Some(_) => Error::PrivateKeyInvalid { problem: "it is DER data of a kind that is not known" },
        None => Error::PrivateKeyInvalid { problem: "it is neither PEM text nor DER data, or it was cut" },
    }
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
