//! PKCS#8 with a password (`EncryptedPrivateKeyInfo`, RFC 5958, section 3) → RSA key.

use super::kdf::Budget;
use super::password::Password;
use super::{der, pbe};
use crate::error::{Error, Evidence};
use rsa::RsaPrivateKey;
use rsa::pkcs8::der::asn1::{AnyRef, OctetStringRef};
use rsa::pkcs8::der::{self as asn1, Decode};
use rsa::pkcs8::spki::AlgorithmIdentifierRef;

const FOUND: &str = "a PKCS#8 key with a password";

/// # Errors
/// Those of [`pbe::decrypt`] and [`der::clear_key`]; `ERR_PRIVATE_KEY_ENCRYPTED`, `ERR_PRIVATE_KEY_PASSWORD`.
pub(super) fn private_key(der: &[u8], password: Password<'_>, budget: &mut Budget) -> Result<RsaPrivateKey, Error> {
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
    match pbe::decrypt(&algorithm, ciphertext, password, budget)? {
        Some(clear) => der::clear_key(&clear),
        None => Err(password.refused(FOUND, Evidence::Padding)),
    }
}
