//! DER → an RSA public key: SubjectPublicKeyInfo, PKCS#1, certificates and certificate requests.

use super::public_key::of_numbers;
use crate::error::Error;
use rsa::PublicKey as RsaPublicKey;
use rsa::pkcs8::der::asn1::AnyRef;
use rsa::pkcs8::der::{Decode, Reader, SliceReader, Tag, Tagged};

/// 1.2.840.113549.1.1.1, rsaEncryption, as DER.
const RSA_ENCRYPTION: [u8; 11] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];

/// `None` where the bytes are nothing of these kinds. Data after the end is ignored, as OpenSSL does.
pub(super) fn public_key(bytes: &[u8]) -> Option<Result<RsaPublicKey, Error>> {
    let members = members(bytes)?;
    match members.as_slice() {
        // RFC 8017, RSAPublicKey.
        [(Tag::Integer, n), (Tag::Integer, e)] => Some(of_numbers(n, e)),
        // RFC 5280, SubjectPublicKeyInfo.
        [(Tag::Sequence, algorithm), (Tag::BitString, key)] => Some(of_info(algorithm, key)),
        // RFC 5280, Certificate; RFC 2986, CertificationRequest. Of what was signed, only the key has this outline.
        [(Tag::Sequence, signed), (Tag::Sequence, _), (Tag::BitString, _)] => {
            let parts = elements(signed)?;
            parts.into_iter().find_map(|(tag, content)| match elements(content)?.as_slice() {
                [(Tag::Sequence, algorithm), (Tag::BitString, key)] if tag == Tag::Sequence => {
                    Some(of_info(algorithm, key))
                }
                _ => None,
            })
        }
        _ => None,
    }
}

fn of_info(algorithm: &[u8], key: &[u8]) -> Result<RsaPublicKey, Error> {
    if !algorithm.starts_with(&RSA_ENCRYPTION) {
        return Err(Error::PublicKeyNotRsa { found: "a public key or certificate of another algorithm" });
    }
    // A bit string begins with the number of its unused bits.
    let numbers = key.split_first().filter(|(unused, _)| **unused == 0).and_then(|(_, key)| members(key));
    match numbers.as_deref() {
        Some([(Tag::Integer, n), (Tag::Integer, e)]) => of_numbers(n, e),
        _ => Err(Error::PublicKeyInvalid { problem: "it has the outline of an RSA public key, but is damaged" }),
    }
}

/// Tags and contents of the members of the outermost sequence.
fn members(bytes: &[u8]) -> Option<Vec<(Tag, &[u8])>> {
    let whole = SliceReader::new(bytes).ok()?.tlv_bytes().ok()?;
    let outer = AnyRef::from_der(whole).ok()?;
    (outer.tag() == Tag::Sequence).then(|| elements(outer.value())).flatten()
}

/// Tags and contents of elements one after another.
fn elements(bytes: &[u8]) -> Option<Vec<(Tag, &[u8])>> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        let element = AnyRef::from_der(reader.tlv_bytes().ok()?).ok()?;
        found.push((element.tag(), element.value()));
    }
    Some(found)
}
