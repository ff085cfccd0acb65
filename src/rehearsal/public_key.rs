//! The public half of an RSA key, from whatever a person has of it.

use super::{der, json};
use crate::error::Error;
use crate::json::Json;
use crate::private_key::{self, ImportOptions, PrivateKey};
use crate::{key_details, text};
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, PublicKey as RsaPublicKey};

/// An RSA public key, and what its source calls it.
pub(super) struct PublicKey {
    pub(super) key: RsaPublicKey,
    /// A Key Vault identifier or another `kid`.
    pub(super) identifier: Option<String>,
    /// The version in Key Vault.
    pub(super) version: Option<String>,
}

/// Advice where there is no key in the source.
pub(super) const GIVE_PUBLIC: &str = "give the JSON of one key (`az keyvault key show --vault-name VAULT --name NAME`), a certificate, or a public key in PEM or DER";

pub(super) const NO_ENCRYPTION: Error =
    Error::PublicKeyInvalid { problem: "encrypting with it failed, or the system gives no random numbers" };

const UNFIT: Error = Error::PublicKeyInvalid { problem: "its numbers are not those of an RSA key" };

impl PublicKey {
    pub(super) fn read(source: &[u8]) -> Result<Self, Error> {
        if source.is_empty() {
            return Err(Error::PublicKeyInvalid { problem: "the file is empty" });
        }
        let found = match text::decode(source) {
            Some(text) => Self::of_text(&text),
            None => der::public_key(source).map(|key| key.map(Self::nameless)),
        };
        found.unwrap_or_else(|| of_private(source))
    }

    pub(super) fn nameless(key: RsaPublicKey) -> Self {
        Self { key, identifier: None, version: None }
    }

    /// With what a source says of its name. Only Key Vault's identifiers hold a version.
    pub(super) fn named(self, identifier: Option<&str>, version: Option<&str>) -> Self {
        let in_identifier =
            identifier.filter(|text| text.contains("/keys/")).and_then(|text| key_details::version(text).0);
        let version = in_identifier.or_else(|| version.map(str::to_ascii_lowercase)).filter(|text| is_version(text));
        Self { identifier: identifier.map(str::to_owned), version, ..self }
    }

    /// `None` where nothing in the text could be a public key.
    pub(super) fn of_text(text: &str) -> Option<Result<Self, Error>> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\0');
        if text.starts_with(['{', '[', '"']) {
            return json::public_key(&Json::first(text)?.0);
        }
        let mut refusal = None;
        let in_pem = private_key::pem_contents(text);
        let bare = if in_pem.is_empty() { text::hex(text).or_else(|| text::base64(text).ok()) } else { None };
        for bytes in in_pem.into_iter().chain(bare) {
            match der::public_key(&bytes) {
                Some(Ok(key)) => return Some(Ok(Self::nameless(key))),
                Some(Err(error)) => refusal = refusal.or(Some(Err(error))),
                None => {}
            }
        }
        // A console shows more than the JSON: warnings, and the command.
        refusal.or_else(|| match private_key::json_inside(text).as_slice() {
            [one] => json::public_key(&one.0),
            _ => None,
        })
    }
}

/// Key Vault serves 32 hex digits; what another vault serves may differ.
fn is_version(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

pub(super) fn bits(key: &RsaPublicKey) -> usize {
    key.n().bit_width() as usize
}

/// The key of these big-endian numbers.
pub(super) fn of_numbers(n: &[u8], e: &[u8]) -> Result<RsaPublicKey, Error> {
    let (n, e) = (private_key::trimmed(n), private_key::trimmed(e));
    let bits = 8 * n.len() - n.first().map_or(0, |byte| byte.leading_zeros() as usize);
    if !(2048..=RsaPublicKey::MAX_SIZE).contains(&bits) {
        return Err(Error::PublicKeySize { bits });
    }
    // The crate panics on an even modulus. It refuses exponents over 33 bits because they are slow; here one is used once.
    let is_odd = |number: &[u8]| number.last().is_some_and(|byte| byte & 1 == 1);
    if !is_odd(n) || !is_odd(e) || e == [1] || e.len() > n.len() || (e.len() == n.len() && e >= n) {
        return Err(UNFIT);
    }
    let number = |bytes: &[u8]| BoxedUint::from_be_slice(bytes, 8 * bytes.len() as u32).map_err(|_| UNFIT);
    Ok(RsaPublicKey::new_unchecked(number(n)?, number(e)?))
}

/// The public half of a private key that needs no password. Of the rest, the error says what it is.
fn of_private(source: &[u8]) -> Result<PublicKey, Error> {
    let missing = |found| Error::PublicKeyMissing { found, remedy: GIVE_PUBLIC };
    let imported = PrivateKey::import(source, &ImportOptions::default()).map_err(|error| match error {
        Error::PrivateKeyEncrypted { found } => Error::PublicKeyMissing { found, remedy: WITH_PASSWORD },
        Error::PrivateKeyNotRsa { found } => Error::PublicKeyNotRsa { found },
        Error::PrivateKeyTooSmall { bits } => Error::PublicKeySize { bits },
        Error::PrivateKeyMissing { found, .. } | Error::PrivateKeyUnsupported { found, .. } => missing(found),
        Error::PrivateKeyInvalid { problem } => Error::PublicKeyInvalid { problem },
        _ => missing("a private key with a password that is too costly to check"),
    })?;
    let first = imported.keys().first().ok_or_else(|| missing("a source without a key"))?;
    let version = imported.versions().next().flatten();
    Ok(PublicKey::nameless(first.public_half()).named(imported.key_id(), version))
}

const WITH_PASSWORD: &str =
    "give its public half instead (`openssl pkey -in KEY -pubout`, or of a PFX the certificate): no password is needed";
