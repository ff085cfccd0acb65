//! Key Vault's answer to `decrypt` or `unwrapKey` → [`FileKey`], for keys that cannot be exported.
//!
//! People paste what their tool printed, with whatever stands around it. There is no parser for each form: everything in
//! the text that makes a 32-byte key is a candidate, and the files of a drop prove which one is the key.

mod context;
mod dumps;
mod finder;
mod lists;
mod literals;
mod plain;
mod reason;
mod tokens;

use crate::algorithm::Algorithm;
use crate::error::Error;
use crate::file_key::{Encoding, FileKey, unwrap_iv};
use crate::key_details::KeyDetails;
use finder::Finder;
use plain::Plain;
use std::fmt;
use zeroize::Zeroizing;

/// What may be file keys in an answer of Key Vault, the likeliest first. Wiped on drop.
pub struct VaultAnswer {
    pub(crate) candidates: Vec<Candidate>,
    /// Whether there were more than are kept.
    pub(crate) has_more: bool,
}

/// A value that makes a key.
pub(crate) struct Candidate {
    pub(crate) key: Zeroizing<[u8; 32]>,
    encoding: Encoding,
    algorithm: Option<Algorithm>,
    /// What stands around it and may name the key version.
    context: Zeroizing<String>,
}

impl VaultAnswer {
    /// Most bytes of an answer. A console's whole scrollback has some 100 KiB.
    pub const LIMIT: usize = 1 << 20;

    /// Most candidates that are kept: each is tried on the files.
    pub const MOST: usize = 64;

    /// Finds whatever may be a key in the vault's answer: see [`FileKey::from_vault`].
    ///
    /// # Errors
    /// `ERR_VAULT_ANSWER` when there is none, or the answer is over [`LIMIT`](Self::LIMIT); `ERR_FILE_KEY_LENGTH` when its
    /// value is no 32-byte key.
    pub fn find(answer: &[u8]) -> Result<Self, Error> {
        if answer.len() > Self::LIMIT {
            return Err(Error::VaultAnswer { problem: TOO_LONG });
        }
        if let Some(key) = raw(answer) {
            let key = Zeroizing::new(key);
            let raw = Candidate { key, encoding: Encoding::Raw, algorithm: None, context: Zeroizing::default() };
            return Ok(Self { candidates: vec![raw], has_more: false });
        }
        let mut plain = Plain::of(answer);
        let mut finder = Finder::default();
        finder.look_at(&mut plain);
        if finder.is_empty() {
            return Err(reason::why(&plain, &finder));
        }
        let (candidates, has_more) = finder.candidates(&plain);
        Ok(Self { candidates, has_more })
    }

    /// How many candidates there are: one or more.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.candidates.len()
    }

    /// The candidate where there is only one.
    ///
    /// # Errors
    /// `ERR_VAULT_ANSWER`: nothing but a file can tell which of several it is.
    pub(crate) fn only(&self) -> Result<&Candidate, Error> {
        match self.candidates.as_slice() {
            [candidate] => Ok(candidate),
            _ => Err(Error::VaultAnswer { problem: SEVERAL }),
        }
    }
}

/// Shows how many there are, and nothing of them.
impl fmt::Debug for VaultAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VaultAnswer").field("len", &self.len()).finish_non_exhaustive()
    }
}

impl Candidate {
    /// Whether it says that it is for this version of the RSA key.
    pub(crate) fn names(&self, version: Option<&str>) -> bool {
        let Some(version) = version.filter(|version| !version.is_empty()) else { return false };
        let (text, version) = (self.context.as_bytes(), version.as_bytes());
        text.windows(version.len()).any(|window| window.eq_ignore_ascii_case(version))
    }

    pub(crate) fn file_key(&self, iv: [u8; 16]) -> FileKey {
        FileKey::answered(&self.key, iv, self.algorithm, self.encoding)
    }
}

impl FileKey {
    /// Takes the vault's answer in whatever form people have it at hand, with whatever stands around it.
    ///
    /// What makes the key is found in the text: Base64, Base64URL or hex, also broken into lines; byte numbers with or
    /// without a sign, hex pairs with `0x` or without, indexed ones and hex dumps; byte strings with `\x01`; in JSON, in
    /// JSON inside strings, and in the tables, lists and YAML of the Azure CLI and PowerShell. Prompts, commands, warnings,
    /// HTTP headers and colour codes around it do no harm. Text may be UTF-8 or UTF-16; 32 raw bytes are a key, too.
    ///
    /// Nothing here can tell which of several values is the right one: [`DataDrop`](crate::DataDrop) tries each on files.
    ///
    /// # Errors
    /// `ERR_VAULT_ANSWER` when no value is found, or more than one that could be the key, or the answer has more than
    /// 1 MiB; `ERR_FILE_KEY_LENGTH` when the value is no 32-byte key, `ERR_IV_LENGTH` when the IV itself is wrapped and
    /// would need an answer of its own.
    pub fn from_vault(answer: &[u8], details: &KeyDetails) -> Result<Self, Error> {
        let iv = unwrap_iv(details, |_| None)?;
        Ok(VaultAnswer::find(answer)?.only()?.file_key(iv))
    }
}

const TOO_LONG: &str = "it has more than 1 MiB, which is the limit; paste only what the command printed";

const SEVERAL: &str = "it holds several values that could be the key, and there is no file here that tells which one is; \
    paste the answer for this wrapped key alone";

/// Bytes of a program, and not 32 characters that one can see: those are Base64 of 24 bytes, say.
fn raw(answer: &[u8]) -> Option<[u8; 32]> {
    let is_visible = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    // A line end that `echo` put there; then nothing that could be text.
    let line = answer.strip_suffix(b"\n").map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let line = line.filter(|line| std::str::from_utf8(line).is_err());
    let key = <[u8; 32]>::try_from(answer).ok().or_else(|| line?.try_into().ok())?;
    (!key.iter().all(is_visible)).then_some(key)
}
