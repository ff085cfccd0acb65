//! What a PFX file holds and how it protects it, for key readiness: also keys that are not RSA, and certificates.

use super::{
    Bag, ContentInfo, DAMAGED, DATA, ENCRYPTED_DATA, KEY_BAG, Mac, SAFE_CONTENTS_BAG, SHROUDED_KEY_BAG, encrypted,
    items, parse,
};
use crate::error::Error;
use crate::private_key::opener::Opener;
use crate::private_key::{ber, pbe, pkcs8};
use rsa::pkcs8::der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use rsa::pkcs8::der::{self as asn1, Decode};
use zeroize::Zeroizing;

const CERTIFICATE_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.3");

/// The content of a PFX file, as far as the password opens it.
#[derive(Default)]
pub(in crate::private_key) struct Contents {
    /// Whether the MAC fits the password; `None` when there is none.
    pub(in crate::private_key) mac: Option<bool>,
    /// Whether anything in it is encrypted.
    pub(in crate::private_key) is_encrypted: bool,
    /// Whether a key in it is in clear.
    pub(in crate::private_key) has_clear_key: bool,
    /// Whether the password does not open something in it.
    pub(in crate::private_key) has_locked: bool,
    /// The private keys that opened, in DER.
    pub(in crate::private_key) keys: Vec<Zeroizing<Vec<u8>>>,
    /// The certificates that opened, in DER.
    pub(in crate::private_key) certificates: Vec<Vec<u8>>,
}

/// Reads a PFX in DER. What needs another password is left out.
///
/// # Errors
/// `ERR_PRIVATE_KEY_INVALID`, `ERR_PRIVATE_KEY_UNSUPPORTED`, `ERR_PRIVATE_KEY_COST`.
pub(in crate::private_key) fn contents(pfx: &[u8], opener: &mut Opener<'_>) -> Result<Contents, Error> {
    let (auth_safe, mac) = parse(pfx)?;
    if auth_safe.kind != DATA {
        return Err(Error::PrivateKeyUnsupported {
            found: "a PFX (PKCS#12) file that is sealed with a certificate",
            remedy: "export it again with a password",
        });
    }
    let content = auth_safe.octets()?;
    let mut found = Contents::default();
    if let Some(mac) = mac {
        found.mac = Some(Mac::parse(mac)?.verifies(content, opener)?);
    }
    let safes = ber::to_der(content).ok_or(DAMAGED)?;
    for safe in items(&safes).map_err(|_| DAMAGED)? {
        found.visit_safe(safe, opener)?;
    }
    Ok(found)
}

impl Contents {
    fn visit_safe(&mut self, safe: AnyRef<'_>, opener: &mut Opener<'_>) -> Result<(), Error> {
        let safe = ContentInfo::parse(safe).map_err(|_| DAMAGED)?;
        match safe.kind {
            DATA => {
                let contents = ber::to_der(safe.octets()?).ok_or(DAMAGED)?;
                self.visit_bags(&contents, opener)
            }
            ENCRYPTED_DATA => {
                self.is_encrypted = true;
                let (algorithm, ciphertext) = encrypted(safe.content).map_err(|_| DAMAGED)?;
                match pbe::decrypt(&algorithm, &ciphertext, opener)? {
                    Some(contents) => self.visit_bags(&contents, opener),
                    None => {
                        self.has_locked = true;
                        Ok(())
                    }
                }
            }
            _ => {
                self.is_encrypted = true;
                self.has_locked = true;
                Ok(())
            }
        }
    }

    /// The recursion is limited by the depth that `ber.rs` accepts.
    fn visit_bags(&mut self, contents: &[u8], opener: &mut Opener<'_>) -> Result<(), Error> {
        for bag in items(contents).map_err(|_| DAMAGED)? {
            let bag = Bag::parse(bag).map_err(|_| DAMAGED)?;
            match bag.kind {
                KEY_BAG => {
                    self.has_clear_key = true;
                    self.keys.push(Zeroizing::new(bag.value.to_vec()));
                }
                SHROUDED_KEY_BAG => {
                    self.is_encrypted = true;
                    match pkcs8::decrypted(bag.value, opener)? {
                        Some(key) => self.keys.push(key),
                        None => self.has_locked = true,
                    }
                }
                CERTIFICATE_BAG => self.certificates.extend(certificate(bag.value)),
                SAFE_CONTENTS_BAG => self.visit_bags(bag.value, opener)?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// CertBag ::= SEQUENCE { certId, certValue [0] EXPLICIT OCTET STRING }
fn certificate(bag: &[u8]) -> Option<Vec<u8>> {
    let read = AnyRef::from_der(bag).and_then(|bag| {
        bag.sequence(|reader| {
            AnyRef::decode(reader)?;
            let value = AnyRef::from_der(AnyRef::decode(reader)?.value())?;
            Ok::<_, asn1::Error>(value.decode_as::<&OctetStringRef>()?.as_bytes().to_vec())
        })
    });
    read.ok()
}
