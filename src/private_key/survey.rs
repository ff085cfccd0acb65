//! What a key file is, for key readiness: type, size, whether the private key is in it, and how it is protected.
//!
//! It reads with the same code as [`PrivateKey::import`](super::PrivateKey::import), and also what that refuses: small and
//! elliptic keys, public keys and certificates. It returns no part of a private key.

use super::kdf::Budget;
use super::opener::{Opener, decode};
use super::password::Password;
use super::unescape::unescaped;
use super::{ber, der, magic, opener, pem, pkcs8, pkcs12, public};
use crate::error::Error;
use crate::text;
use rsa::traits::PublicKeyParts;
use zeroize::Zeroizing;

pub(crate) use super::public::PublicFacts;

/// A key file.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Whether it is a PFX.
    pub(crate) is_pfx: bool,
    /// Whether the given or the empty password opens it.
    pub(crate) opened: bool,
    /// Whether a private key is in it; `None` when that is not visible.
    pub(crate) private: Option<bool>,
    /// The key, or the public key of the certificate.
    pub(crate) key: Option<PublicFacts>,
    /// Whether it has a MAC.
    pub(crate) has_mac: bool,
    /// Whether anything in it is encrypted.
    pub(crate) is_encrypted: bool,
    /// Whether a key in it is in clear.
    pub(crate) has_clear_key: bool,
    /// Whether an empty password opens what is protected.
    pub(crate) opens_without_password: bool,
    /// What kept it from being read.
    pub(crate) error: Option<Error>,
}

/// `None` when the bytes are no key file.
pub(crate) fn survey(source: &[u8], password: Option<&str>) -> Option<Survey> {
    if !magic::is_binary(source)
        && let Some(text) = decode(source)
    {
        return of_text(source, &text, password);
    }
    of_der(source, password)
}

/// Whether the bytes begin as a PFX does.
pub(crate) fn is_pfx(source: &[u8]) -> bool {
    ber::next_der(&mut { source }).is_some_and(|der| der::is_pfx(&der))
}

fn of_text(source: &[u8], text: &str, password: Option<&str>) -> Option<Survey> {
    let plain = unescaped(text);
    let blocks = pem::blocks(&plain);
    if blocks.is_empty() {
        let bytes = text::base64(text.trim()).ok().filter(|bytes| bytes.first() == Some(&0x30));
        let inner = bytes.and_then(|bytes| of_der(&bytes, password));
        let is_other = magic::named_text(text.trim_start()).is_some() || text.contains("<RSAKeyValue");
        return inner.or_else(|| is_other.then(|| of_import(source, password, &[])));
    }
    let ders: Vec<_> = blocks.iter().filter_map(pem::Block::der).collect();
    // `certutil -encode` and others put a PFX into PEM.
    if let Some(pfx) = ders.iter().find(|der| der::is_pfx(der)) {
        return of_der(pfx, password);
    }
    let mut survey = of_import(source, password, &ders);
    if survey.private.is_none() && blocks.iter().any(pem::Block::is_private) {
        survey.private = Some(true);
    }
    survey.private = survey.private.or(survey.key.is_some().then_some(false));
    Some(survey)
}

fn of_der(source: &[u8], password: Option<&str>) -> Option<Survey> {
    let der = ber::next_der(&mut { source })?;
    if der::is_pfx(&der) {
        return Some(of_pfx(&der, password));
    }
    let is_key = public::facts(&der).is_some() || der::is_encrypted_key(&der);
    is_key.then(|| {
        let mut survey = of_import(source, password, &[Zeroizing::new(der.to_vec())]);
        survey.private = survey.private.or(if der::is_encrypted_key(&der) { Some(true) } else { Some(false) });
        survey
    })
}

/// What the import says, and what the parts in DER say where it refuses.
fn of_import(source: &[u8], password: Option<&str>, parts: &[Zeroizing<Vec<u8>>]) -> Survey {
    let mut survey = Survey::default();
    match opener::private_keys(source, Password(password)) {
        Ok(keys) => {
            survey.opened = true;
            survey.private = Some(true);
            survey.key = keys.first().map(|key| PublicFacts {
                kty: "RSA",
                bits: Some(key.bits() as u64),
                modulus: key.key.n().to_be_bytes().to_vec(),
                private: true,
            });
            return survey;
        }
        Err(error) => {
            if let Error::PrivateKeyTooSmall { bits } = &error {
                survey.key =
                    Some(PublicFacts { kty: "RSA", bits: Some(*bits as u64), modulus: Vec::new(), private: true });
                survey.private = Some(true);
                survey.opened = true;
            }
            survey.error = Some(error);
        }
    }
    let mut facts: Vec<PublicFacts> = parts.iter().filter_map(|der| public::facts(der)).collect();
    for der in parts.iter().filter(|der| der::is_encrypted_key(der)) {
        survey.is_encrypted = true;
        let mut opener = Opener::new(Password(password), Budget::new());
        if let Ok(Some(clear)) = pkcs8::decrypted(der, &mut opener) {
            facts.extend(public::facts(&clear));
        }
    }
    facts.sort_by_key(|facts| !facts.private);
    if let Some(found) = facts.into_iter().next() {
        survey.opened = true;
        survey.private = found.private.then_some(true);
        survey.key = Some(found);
    }
    survey
}

fn of_pfx(pfx: &[u8], password: Option<&str>) -> Survey {
    let mut survey = Survey { is_pfx: true, ..Survey::default() };
    let read = |password| pkcs12::contents(pfx, &mut Opener::new(Password(password), Budget::new()));
    let empty = match read(None) {
        Ok(contents) => contents,
        Err(error) => {
            survey.error = Some(error);
            return survey;
        }
    };
    survey.has_mac = empty.mac.is_some();
    survey.is_encrypted = empty.is_encrypted;
    survey.has_clear_key = empty.has_clear_key;
    // The MAC is certain; without one, everything must have opened.
    survey.opens_without_password =
        empty.mac.unwrap_or(empty.is_encrypted && !empty.has_locked) && !(empty.is_encrypted && empty.has_locked);
    let is_readable = |contents: &pkcs12::Contents| !contents.has_locked;
    let best = if is_readable(&empty) {
        empty
    } else {
        match password.filter(|password| !password.is_empty()).map(|password| read(Some(password))) {
            Some(Ok(contents)) if contents.mac != Some(false) && is_readable(&contents) => contents,
            Some(Ok(contents)) => {
                survey.error = Some(WRONG);
                contents
            }
            Some(Err(error)) => {
                survey.error = Some(error);
                empty
            }
            None => empty,
        }
    };
    survey.opened = is_readable(&best);
    let keys = best.keys.iter().filter_map(|key| public::facts(key));
    let certificates = best.certificates.iter().filter_map(|certificate| public::facts(certificate));
    survey.private = match (best.keys.is_empty(), survey.opened) {
        (false, _) => Some(true),
        (true, true) => Some(false),
        (true, false) => None,
    };
    survey.key = keys.chain(certificates).next();
    survey
}

const WRONG: Error =
    Error::PrivateKeyPassword { found: "a PFX (PKCS#12) file with a password", evidence: crate::error::Evidence::Mac };
