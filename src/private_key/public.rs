//! Type and size of a key in DER: private or public, alone or in a certificate or request.

use rsa::pkcs8::der::asn1::{AnyRef, BitStringRef, ObjectIdentifier};
use rsa::pkcs8::der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};

/// The public side of a key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PublicFacts {
    /// `RSA`, `EC`, `DSA` or `OKP`.
    pub(crate) kty: &'static str,
    /// Bits of the modulus or the curve, where known.
    pub(crate) bits: Option<u64>,
    /// The modulus of an RSA key; empty when it is not known.
    pub(crate) modulus: Vec<u8>,
    /// Whether it came from a private key.
    pub(crate) private: bool,
}

/// `None` when the DER is no key, certificate or request.
pub(super) fn facts(der: &[u8]) -> Option<PublicFacts> {
    let members = sequence(AnyRef::from_der(der).ok()?)?;
    let tags: Vec<Tag> = members.iter().map(Tagged::tag).collect();
    match (members.as_slice(), tags.as_slice()) {
        // PKCS#8.
        ([_, algorithm, key, ..], [Tag::Integer, Tag::Sequence, Tag::OctetString, ..]) => {
            let mut found = of_algorithm(*algorithm)?;
            if found.kty == "RSA" {
                found = rsa(sequence(AnyRef::from_der(key.value()).ok()?)?.get(1)?);
            }
            Some(PublicFacts { private: true, ..found })
        }
        // SubjectPublicKeyInfo.
        ([algorithm, key], [Tag::Sequence, Tag::BitString]) => of_info(*algorithm, *key),
        // Certificate, CertificationRequest: the SubjectPublicKeyInfo is a member of the first member.
        ([content, ..], [Tag::Sequence, Tag::Sequence, Tag::BitString]) => {
            sequence(*content)?.into_iter().find_map(|member| match sequence(member)?.as_slice() {
                [algorithm, key] if algorithm.tag() == Tag::Sequence && key.tag() == Tag::BitString => {
                    of_info(*algorithm, *key)
                }
                _ => None,
            })
        }
        // RSAPublicKey.
        ([n, _], [Tag::Integer, Tag::Integer]) => Some(rsa(n)),
        // DSAPrivateKey of OpenSSL: version, p, q, g, and both keys.
        (_, tags) if *tags == [Tag::Integer; 6] => Some(PublicFacts { private: true, ..plain("DSA", None) }),
        // RSAPrivateKey.
        ([_, n, ..], [Tag::Integer, Tag::Integer, Tag::Integer, Tag::Integer, ..]) => {
            Some(PublicFacts { private: true, ..rsa(n) })
        }
        // ECPrivateKey.
        ([_, _, rest @ ..], [Tag::Integer, Tag::OctetString, ..]) => {
            let curve = rest.iter().find_map(|member| match member.tag() {
                Tag::ContextSpecific { number: TagNumber(0), .. } => ObjectIdentifier::from_der(member.value()).ok(),
                _ => None,
            });
            Some(PublicFacts { private: true, ..plain("EC", curve.and_then(curve_bits)) })
        }
        _ => None,
    }
}

fn of_info(algorithm: AnyRef<'_>, key: AnyRef<'_>) -> Option<PublicFacts> {
    let found = of_algorithm(algorithm)?;
    if found.kty != "RSA" {
        return Some(found);
    }
    let bits = key.decode_as::<BitStringRef<'_>>().ok()?;
    Some(rsa(sequence(AnyRef::from_der(bits.as_bytes()?).ok()?)?.first()?))
}

fn of_algorithm(algorithm: AnyRef<'_>) -> Option<PublicFacts> {
    let members = sequence(algorithm)?;
    let oid = members.first()?.decode_as::<ObjectIdentifier>().ok()?;
    Some(match oid.to_string().as_str() {
        "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.7" | "1.2.840.113549.1.1.10" | "2.5.8.1.1" => plain("RSA", None),
        "1.2.840.10045.2.1" => {
            let curve = members.get(1).and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
            plain("EC", curve.and_then(curve_bits))
        }
        "1.2.840.10040.4.1" => plain("DSA", None),
        _ => plain("OKP", None),
    })
}

fn plain(kty: &'static str, bits: Option<u64>) -> PublicFacts {
    PublicFacts { kty, bits, modulus: Vec::new(), private: false }
}

fn rsa(n: &AnyRef<'_>) -> PublicFacts {
    let modulus: Vec<u8> = n.value().iter().copied().skip_while(|byte| *byte == 0).collect();
    let first = modulus.first().map_or(0, |byte| u64::from(8 - byte.leading_zeros()));
    let bits = (modulus.len() as u64).saturating_sub(1) * 8 + first;
    PublicFacts { kty: "RSA", bits: Some(bits), modulus, private: false }
}

fn curve_bits(curve: ObjectIdentifier) -> Option<u64> {
    match curve.to_string().as_str() {
        "1.2.840.10045.3.1.7" | "1.3.132.0.10" => Some(256),
        "1.3.132.0.34" => Some(384),
        "1.3.132.0.35" => Some(521),
        _ => None,
    }
}

fn sequence(value: AnyRef<'_>) -> Option<Vec<AnyRef<'_>>> {
    if value.tag() != Tag::Sequence {
        return None;
    }
    let mut reader = SliceReader::new(value.value()).ok()?;
    let mut members = Vec::new();
    while !reader.is_finished() {
        members.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(members)
}
