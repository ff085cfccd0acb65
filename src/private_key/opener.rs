//! Opens a source of any kind, recognised by content: text or bytes, and whatever is nested in it.

use super::candidates::Candidates;
use super::kdf::Budget;
use super::password::Password;
use super::unescape::unescaped;
use super::{RsaKey, der, key_vault, magic, openssh, pem, tokens, xml};
use crate::error::Error;
use crate::text;
use zeroize::Zeroizing;

/// Every RSA private key of the source.
pub(super) fn private_keys(source: &[u8], password: Password<'_>) -> Result<Vec<RsaKey>, Error> {
    if source.is_empty() {
        return Err(Error::PrivateKeyInvalid { problem: "the file is empty" });
    }
    Opener::new(password, Budget::new()).open(source)
}

/// How deeply texts may be nested: for example a PFX in Base64 in a JSON string in a JSON string. Base64 takes two
/// layers.
const LAYERS: usize = 8;

/// Opens a source and everything nested in it. Carries what every reader of an encrypted container needs: the password,
/// and the budget that all key derivations of the source share.
pub(super) struct Opener<'a> {
    pub(super) password: Password<'a>,
    pub(super) budget: Budget,
    layers: usize,
}

impl<'a> Opener<'a> {
    pub(super) fn new(password: Password<'a>, budget: Budget) -> Self {
        Self { password, budget, layers: LAYERS }
    }

    /// Opens text or bytes.
    pub(super) fn open(&mut self, source: &[u8]) -> Result<Vec<RsaKey>, Error> {
        if magic::is_binary(source) {
            return self.open_bytes(source);
        }
        let from_text = decode(source).and_then(|text| self.open_text(&text));
        from_text.unwrap_or_else(|| self.open_bytes(source))
    }

    /// [`open`](Self::open) for the decoded content of a text.
    pub(super) fn open_inner(&mut self, source: &[u8]) -> Result<Vec<RsaKey>, Error> {
        self.deeper(|opener| opener.open(source)).unwrap_or_else(|| self.open_bytes(source))
    }

    /// Runs `use_it` one layer deeper; `None` when there are too many layers.
    pub(super) fn deeper<T>(&mut self, use_it: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.layers = self.layers.checked_sub(1)?;
        let result = use_it(self);
        self.layers += 1;
        Some(result)
    }

    /// Opens a text; `None` when it is of no known kind.
    pub(super) fn open_text(&mut self, text: &str) -> Option<Result<Vec<RsaKey>, Error>> {
        self.deeper(|opener| opener.open_layer(text)).flatten()
    }

    fn open_layer(&mut self, text: &str) -> Option<Result<Vec<RsaKey>, Error>> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\0');
        let is_json = text.starts_with(['{', '[', '"']);
        if is_json && let Some(result) = key_vault::private_keys(text, self) {
            return Some(result);
        }
        if let Some(error) = magic::named_text(text) {
            return Some(Err(error));
        }
        if let Some(result) = xml::private_key(text) {
            return Some(result.map(|key| vec![key]));
        }
        let mut candidates = Candidates::default();
        pem::private_keys(&unescaped(text), self).into_iter().for_each(|keys| candidates.add_all(keys));
        for value in if candidates.is_enough() { Vec::new() } else { key_vault::inside(text) } {
            key_vault::of_value(&value, self).into_iter().for_each(|keys| candidates.add_all(keys));
        }
        for bytes in if candidates.is_enough() { Vec::new() } else { tokens::tokens(text) } {
            candidates.add_all(self.open_inner(&bytes));
        }
        if !candidates.is_empty() {
            return Some(candidates.finish(NOTHING));
        }
        if is_json && !text.starts_with('"') {
            return Some(Err(match serde_json::from_str::<serde::de::IgnoredAny>(text) {
                Ok(_) => Error::PrivateKeyMissing { found: "JSON without a private key", remedy: der::NEED_PRIVATE },
                Err(_) => Error::PrivateKeyInvalid { problem: "it begins like JSON, but was cut or damaged" },
            }));
        }
        key_vault::names_a_key(text).then_some(Err(key_vault::DESCRIPTION))
    }

    fn open_bytes(&mut self, bytes: &[u8]) -> Result<Vec<RsaKey>, Error> {
        if let Some(error) = magic::named_bytes(bytes) {
            return Err(error);
        }
        if let Some(key) = openssh::private_key(bytes) {
            return key.map(|key| vec![key]);
        }
        der::private_keys(bytes, self)
    }
}

const NOTHING: Error = Error::PrivateKeyInvalid { problem: "it holds no key" };

/// Decodes text in UTF-8 or UTF-16, or in a code page of Windows if there is a PEM in it, which is ASCII except for
/// dashes and blanks.
pub(super) fn decode(source: &[u8]) -> Option<Zeroizing<String>> {
    text::decode(source).or_else(|| {
        let is_pem = source.windows(5).any(|bytes| bytes == b"BEGIN");
        is_pem.then(|| {
            // A byte takes at most three bytes of UTF-8.
            let mut text = Zeroizing::new(String::with_capacity(3 * source.len()));
            text.extend(source.iter().map(|byte| match byte {
                0x96 => '\u{2013}',
                0x97 => '\u{2014}',
                byte => char::from(*byte),
            }));
            text
        })
    })
}
