//! JSON Web Keys (RFC 7517, RFC 7518 section 6.3) → RSA keys, also as Key Vault's tools write them.

use super::der;
use super::rsa_key::{Numbers, RsaKey};
use crate::error::Error;
use crate::{json, text};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

/// Advice shown for a key that Key Vault gave out: it is always a public key.
pub(super) const NEVER_PRIVATE: &str = "Key Vault never gives the private part of a key out: add the key file that \
    was imported, or let Key Vault decrypt the wrapped key";

/// A field of a JWK, compared without case and underscores: `key_ops`, `keyOps` and `KeyOps` are the same.
pub(crate) fn field<'a>(object: &'a Map<String, Value>, wanted: &str) -> Option<&'a Value> {
    let same =
        |name: &str| name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase()).eq(wanted.bytes());
    object.iter().find(|(name, value)| !value.is_null() && same(name)).map(|(_, value)| value)
}

/// An RSA private key. `key_ops` and `use` are not checked.
///
/// # Errors
/// `ERR_PRIVATE_KEY_MISSING`, `ERR_PRIVATE_KEY_NOT_RSA`, `ERR_PRIVATE_KEY_INVALID`, `ERR_PRIVATE_KEY_TOO_SMALL`.
pub(super) fn private_key(jwk: &Map<String, Value>) -> Result<RsaKey, Error> {
    let identifier = field(jwk, "kid").and_then(Value::as_str);
    let is_of_vault = identifier.is_some_and(|kid| kid.contains("/keys/"));
    let remedy = if is_of_vault { NEVER_PRIVATE } else { der::NEED_PRIVATE };
    match field(jwk, "kty").and_then(Value::as_str).unwrap_or_default().to_ascii_uppercase().as_str() {
        "RSA" | "RSA-HSM" => {}
        "EC" | "EC-HSM" => return Err(Error::PrivateKeyNotRsa { found: "an EC key (JWK)" }),
        "OCT" | "OCT-HSM" => return Err(Error::PrivateKeyNotRsa { found: "a symmetric key (JWK)" }),
        _ => return Err(Error::PrivateKeyNotRsa { found: "a JWK of another kind" }),
    }
    if field(jwk, "d").is_none() {
        return Err(Error::PrivateKeyMissing { found: "a public key (JWK)", remedy });
    }
    Ok(from_numbers(jwk)?.with_identifier(identifier))
}

/// `p` and `q` are computed when they are missing; the other CRT members are always computed. `oth` holds primes beyond
/// two.
fn from_numbers(jwk: &Map<String, Value>) -> Result<RsaKey, Error> {
    const DAMAGED: Error = Error::PrivateKeyInvalid { problem: "it is a JWK, but its numbers do not fit together" };
    let number = |name| field(jwk, name).and_then(bytes);
    let mut primes: Vec<_> = [number("p"), number("q")].into_iter().flatten().collect();
    for other in field(jwk, "oth").and_then(Value::as_array).into_iter().flatten() {
        primes.extend(other.as_object().and_then(|other| field(other, "r")).and_then(bytes));
    }
    if primes.len() == 1 {
        primes.clear();
    }
    let (n, e, d) = (number("n").ok_or(DAMAGED)?, number("e").ok_or(DAMAGED)?, number("d").ok_or(DAMAGED)?);
    Numbers { n, e, d, primes }.key(DAMAGED)
}

/// Base64URL, Base64 (az) or byte numbers (PowerShell).
pub(crate) fn bytes(value: &Value) -> Option<Zeroizing<Vec<u8>>> {
    match value {
        Value::String(text) => text::base64(text).ok(),
        Value::Array(items) => json::bytes(items),
        _ => None,
    }
}
