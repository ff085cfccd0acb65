//! PFX (PKCS#12, RFC 7292) → RSA keys.
//!
//! Own code because no crate opens the files of Azure Key Vault: `p12-keystore` 0.4.1, `picky` 7.0.0-rc and `p12` 0.6.3
//! all encode the empty password as two zero bytes, while Key Vault uses a password of length zero. None has RC2-128;
//! `p12` has only SHA-1 and panics in debug builds; `p12-keystore` adds 187 KB (gzip); RustCrypto's `pkcs12` has types
//! and no decryption. This module walks through the bags. Parsing is done by the crate `der`, ciphers and hashes are
//! RustCrypto's (`pbe.rs`, `kdf.rs`).

mod contents;

pub(super) use contents::{Contents, contents};

use super::candidates::Candidates;
use super::kdf::{Hash, Purpose};
use super::opener::Opener;
use super::rsa_key::{RsaKey, version};
use super::{ber, pbe, pkcs8};
use crate::error::{Error, Evidence};
use rsa::pkcs8::der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use rsa::pkcs8::der::{self as asn1, Decode, Reader, SliceReader, Tag, TagNumber, Tagged};
use rsa::pkcs8::spki::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

const FOUND: &str = "a PFX (PKCS#12) file with a password";

const DAMAGED: Error =
    Error::PrivateKeyInvalid { problem: "it has the outline of a PFX (PKCS#12) file, but is damaged" };

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const ENVELOPED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.3");
const ENCRYPTED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.6");
const PBMAC1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.14");
const KEY_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.1");
const SHROUDED_KEY_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.2");
const SAFE_CONTENTS_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.6");
const FRIENDLY_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.20");
const LOCAL_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.21");

/// Every RSA key of the file. `pfx` is DER. The MAC is checked first: when it is wrong, so is the password.
///
/// # Errors
/// `ERR_PRIVATE_KEY_MISSING` when it holds certificates only, and those of [`pbe::decrypt`] and [`pkcs8::clear_key`].
pub(super) fn private_keys(pfx: &[u8], opener: &mut Opener<'_>) -> Result<Vec<RsaKey>, Error> {
    let (auth_safe, mac) = parse(pfx)?;
    if auth_safe.kind != DATA {
        return Err(match auth_safe.kind {
            SIGNED_DATA => Error::PrivateKeyUnsupported {
                found: "a PFX (PKCS#12) file that is sealed with a certificate",
                remedy: "export it again with a password",
            },
            _ => DAMAGED,
        });
    }
    let content = auth_safe.octets()?;
    if let Some(mac) = mac
        && !Mac::parse(mac)?.verifies(content, opener)?
    {
        return Err(opener.password.refused(FOUND, Evidence::Mac));
    }
    let safes = ber::to_der(content).ok_or(DAMAGED)?;
    let mut bags = Bags { opener, candidates: Candidates::default() };
    for safe in items(&safes).map_err(|_| DAMAGED)? {
        if let Err(error) = bags.visit_safe(safe) {
            bags.candidates.add(Err(error));
        }
    }
    bags.candidates.finish(Error::PrivateKeyMissing {
        found: "a PFX (PKCS#12) file with certificates at most, and no private key",
        remedy: "export it again together with its private key, or, if that cannot be exported, let Key Vault \
            decrypt the wrapped key",
    })
}

/// PFX ::= SEQUENCE { version INTEGER {v3(3)}, authSafe ContentInfo, macData MacData OPTIONAL }
fn parse(pfx: &[u8]) -> Result<(ContentInfo<'_>, Option<AnyRef<'_>>), Error> {
    AnyRef::from_der(pfx)
        .and_then(|pfx| {
            pfx.sequence(|reader| {
                if u8::decode(reader)? != 3 {
                    return Err(Tag::Integer.value_error().into());
                }
                Ok::<_, asn1::Error>((
                    ContentInfo::parse(AnyRef::decode(reader)?)?,
                    Option::<AnyRef<'_>>::decode(reader)?,
                ))
            })
        })
        .map_err(|_| DAMAGED)
}

/// ContentInfo ::= SEQUENCE { contentType, content [0] EXPLICIT ANY }
struct ContentInfo<'a> {
    kind: ObjectIdentifier,
    content: AnyRef<'a>,
}

impl<'a> ContentInfo<'a> {
    fn parse(info: AnyRef<'a>) -> asn1::Result<Self> {
        info.sequence(|reader| {
            let kind = ObjectIdentifier::decode(reader)?;
            Ok(Self { kind, content: AnyRef::from_der(AnyRef::decode(reader)?.value())? })
        })
    }

    fn octets(&self) -> Result<&'a [u8], Error> {
        self.content.decode_as::<&OctetStringRef>().map(OctetStringRef::as_bytes).map_err(|_| DAMAGED)
    }
}

/// MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }
struct Mac<'a> {
    algorithm: AlgorithmIdentifierRef<'a>,
    digest: &'a [u8],
    salt: &'a [u8],
    iterations: u64,
}

impl<'a> Mac<'a> {
    fn parse(mac: AnyRef<'a>) -> Result<Self, Error> {
        mac.sequence(|reader| {
            let (algorithm, digest) = AnyRef::decode(reader)?.sequence(|reader| {
                let algorithm = AlgorithmIdentifierRef::decode(reader)?;
                Ok::<_, asn1::Error>((algorithm, <&OctetStringRef>::decode(reader)?.as_bytes()))
            })?;
            let salt = <&OctetStringRef>::decode(reader)?.as_bytes();
            let iterations = Option::<u64>::decode(reader)?.unwrap_or(1);
            Ok::<_, asn1::Error>(Self { algorithm, digest, salt, iterations })
        })
        .map_err(|_| DAMAGED)
    }

    fn verifies(&self, content: &[u8], opener: &mut Opener<'_>) -> Result<bool, Error> {
        const UNSUPPORTED: Error = Error::PrivateKeyUnsupported {
            found: "a PFX (PKCS#12) file whose MAC uses another hash than SHA-1 and SHA-2",
            remedy: "export it again with SHA-256",
        };
        if self.algorithm.oid == PBMAC1 {
            return self.verifies_pbmac1(content, opener)?.ok_or(UNSUPPORTED);
        }
        let hash = Hash::of_digest(self.algorithm.oid).ok_or(UNSUPPORTED)?;
        for bmp in opener.password.bmp() {
            let key = hash.pkcs12(Purpose::Mac, &bmp, self.salt, self.iterations, hash.size(), &mut opener.budget)?;
            if hash.verifies(&key, content, self.digest) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// RFC 9579: key derivation and HMAC of PKCS#5, with the password in UTF-8. `None` for an unknown hash.
    fn verifies_pbmac1(&self, content: &[u8], opener: &mut Opener<'_>) -> Result<Option<bool>, Error> {
        let (kdf, hmac) = self
            .algorithm
            .parameters
            .and_then(|parameters| {
                parameters
                    .sequence(|reader| {
                        let kdf = AlgorithmIdentifierRef::decode(reader)?;
                        Ok::<_, asn1::Error>((kdf, AlgorithmIdentifierRef::decode(reader)?))
                    })
                    .ok()
            })
            .ok_or(DAMAGED)?;
        let Some(hash) = Hash::of_hmac(hmac.oid) else { return Ok(None) };
        let kdf = pbe::Kdf::parse(&kdf)?;
        // The parameters must name the length here, and no hash is longer than 64 bytes.
        let length = kdf.length().and_then(|length| usize::try_from(length).ok()).filter(|length| *length <= 64);
        let key = kdf.derive(length.ok_or(DAMAGED)?, opener)?;
        Ok(Some(hash.verifies(&key, content, self.digest)))
    }
}

struct Bags<'o, 'p> {
    opener: &'o mut Opener<'p>,
    candidates: Candidates,
}

impl Bags<'_, '_> {
    /// A ContentInfo of the AuthenticatedSafe: SafeContents in clear or encrypted.
    fn visit_safe(&mut self, safe: AnyRef<'_>) -> Result<(), Error> {
        let safe = ContentInfo::parse(safe).map_err(|_| DAMAGED)?;
        let contents = match safe.kind {
            DATA => ber::to_der(safe.octets()?).ok_or(DAMAGED)?,
            ENCRYPTED_DATA => {
                let (algorithm, ciphertext) = encrypted(safe.content).map_err(|_| DAMAGED)?;
                pbe::decrypt(&algorithm, &ciphertext, self.opener)?
                    .ok_or_else(|| self.opener.password.refused(FOUND, Evidence::Padding))?
            }
            ENVELOPED_DATA => {
                return Err(Error::PrivateKeyUnsupported {
                    found: "a PFX (PKCS#12) file that is protected to a certificate or an Active Directory group",
                    remedy: "export it again with a password",
                });
            }
            _ => return Err(DAMAGED),
        };
        self.visit_contents(&contents)
    }

    /// SafeContents ::= SEQUENCE OF SafeBag
    fn visit_contents(&mut self, contents: &[u8]) -> Result<(), Error> {
        for bag in items(contents).map_err(|_| DAMAGED)? {
            let bag = Bag::parse(bag).map_err(|_| DAMAGED)?;
            let key = match bag.kind {
                KEY_BAG => pkcs8::clear_key(bag.value),
                SHROUDED_KEY_BAG => pkcs8::encrypted_key(bag.value, self.opener),
                // The recursion is limited by the depth that `ber.rs` accepts.
                SAFE_CONTENTS_BAG => {
                    self.visit_contents(bag.value)?;
                    continue;
                }
                _ => continue,
            };
            let version = bag.version();
            self.candidates.add(key.map(|key| RsaKey { version, ..key }));
        }
        Ok(())
    }
}

/// SafeBag ::= SEQUENCE { bagId, bagValue [0] EXPLICIT ANY, bagAttributes SET OF PKCS12Attribute OPTIONAL }
struct Bag<'a> {
    kind: ObjectIdentifier,
    /// With tag and length.
    value: &'a [u8],
    attributes: Option<AnyRef<'a>>,
}

impl<'a> Bag<'a> {
    fn parse(bag: AnyRef<'a>) -> asn1::Result<Self> {
        bag.sequence(|reader| {
            let kind = ObjectIdentifier::decode(reader)?;
            Ok(Self { kind, value: AnyRef::decode(reader)?.value(), attributes: Option::<AnyRef<'_>>::decode(reader)? })
        })
    }

    /// A Key Vault version in the friendlyName or localKeyID.
    fn version(&self) -> Option<String> {
        let mut attributes = SliceReader::new(self.attributes?.value()).ok()?;
        while !attributes.is_finished() {
            let (kind, value) = AnyRef::decode(&mut attributes)
                .and_then(|attribute| {
                    attribute.sequence(|reader| {
                        let kind = ObjectIdentifier::decode(reader)?;
                        Ok::<_, asn1::Error>((kind, AnyRef::from_der(AnyRef::decode(reader)?.value())?.value()))
                    })
                })
                .ok()?;
            let text = match kind {
                FRIENDLY_NAME => value.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit)).collect(),
                LOCAL_KEY_ID => value.iter().map(|byte| u16::from(*byte)).collect::<Vec<u16>>(),
                _ => continue,
            };
            if let Some(version) = String::from_utf16(&text).ok().as_deref().and_then(version) {
                return Some(version);
            }
        }
        None
    }
}

/// The elements of a SEQUENCE OF.
fn items(sequence: &[u8]) -> asn1::Result<Vec<AnyRef<'_>>> {
    AnyRef::from_der(sequence)?.sequence(|reader| {
        let mut items = Vec::new();
        while !reader.is_finished() {
            items.push(AnyRef::decode(reader)?);
        }
        Ok(items)
    })
}

/// EncryptedData ::= SEQUENCE { version, SEQUENCE { contentType, algorithm, [0] IMPLICIT OCTET STRING } }
fn encrypted(data: AnyRef<'_>) -> asn1::Result<(AlgorithmIdentifierRef<'_>, Zeroizing<Vec<u8>>)> {
    data.sequence(|reader| {
        u8::decode(reader)?;
        AnyRef::decode(reader)?.sequence(|reader| {
            AnyRef::decode(reader)?;
            let algorithm = AlgorithmIdentifierRef::decode(reader)?;
            let content = AnyRef::decode(reader)?;
            let mut octets = Zeroizing::new(Vec::new());
            match content.tag() {
                Tag::ContextSpecific { constructed: false, number: TagNumber(0) } => {
                    octets.extend_from_slice(content.value());
                }
                // In pieces, which BER allows.
                Tag::ContextSpecific { constructed: true, number: TagNumber(0) } => {
                    let mut pieces = SliceReader::new(content.value())?;
                    while !pieces.is_finished() {
                        octets.extend_from_slice(<&OctetStringRef>::decode(&mut pieces)?.as_bytes());
                    }
                }
                tag => return Err(tag.value_error().into()),
            }
            Ok((algorithm, octets))
        })
    })
}
