//! Key Vault's answer to `decrypt` or `unwrapKey` → [`FileKey`], for keys that cannot be exported.
//!
//! Users paste what their tool printed, with other text around it. There is no parser for each form: everything in the
//! text that makes a 32-byte key is a candidate, and the files of a drop prove which candidate is the key.

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

/// The possible file keys in a Key Vault answer, the likeliest first. Wiped on drop.
pub struct VaultAnswer {
    pub(crate) candidates: Vec<Candidate>,
    /// Whether the answer holds more candidates than are kept.
    pub(crate) has_more: bool,
}

/// A value that makes a key.
pub(crate) struct Candidate {
    pub(crate) key: Zeroizing<[u8; 32]>,
    encoding: Encoding,
    algorithm: Option<Algorithm>,
    /// The text around it, which may name the key version.
    context: Zeroizing<String>,
}

impl VaultAnswer {
    /// The longest answer, in bytes. The whole scrollback of a console has some 100 KiB.
    pub const LIMIT: usize = 1 << 20;

    /// How many candidates are kept at most: each is tried on the files.
    pub const MOST: usize = 64;

    /// Finds everything in the vault's answer that may be a key: see [`FileKey::from_vault`].
    ///
    /// # Errors
    /// `ERR_VAULT_ANSWER` when there is none, or the answer is over [`LIMIT`](Self::LIMIT); `ERR_FILE_KEY_LENGTH` when
    /// its value is no 32-byte key.
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

    /// The number of candidates, at least one.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.candidates.len()
    }

    /// The only candidate.
    ///
    /// # Errors
    /// `ERR_VAULT_ANSWER` when there are several: only a file can show which one is the key.
    pub(crate) fn only(&self) -> Result<&Candidate, Error> {
        match self.candidates.as_slice() {
            [candidate] => Ok(candidate),
            _ => Err(Error::VaultAnswer { problem: SEVERAL }),
        }
    }
}

/// Shows how many candidates there are, and no part of them.
impl fmt::Debug for VaultAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VaultAnswer").field("len", &self.len()).finish_non_exhaustive()
    }
}

impl Candidate {
    /// Whether the text around the value names this version of the RSA key.
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
    /// Reads the file key from Key Vault's answer, as any tool prints it and with any text around it.
    ///
    /// The key may be Base64, Base64URL or hex, also broken into lines; byte numbers with or without a sign; hex pairs
    /// with or without `0x`; indexed bytes and hex dumps; byte strings with `\x01`. It is found in JSON, in JSON inside
    /// strings, and in the tables, lists and YAML of the Azure CLI and PowerShell, with prompts, commands, warnings,
    /// HTTP headers and colour codes around it. The text may be UTF-8 or UTF-16. 32 raw bytes are a key, too.
    ///
    /// This function cannot tell which of several values is the right one; [`DataDrop`](crate::DataDrop) tries each on
    /// files.
    ///
    /// # Errors
    /// `ERR_VAULT_ANSWER` when no value is found, or more than one that could be the key, or the answer has more than 1
    /// MiB; `ERR_FILE_KEY_LENGTH` when the value is not a 32-byte key; `ERR_IV_LENGTH` when the IV is wrapped too and
    /// needs an answer of its own.
    pub fn from_vault(answer: &[u8], details: &KeyDetails) -> Result<Self, Error> {
        let iv = unwrap_iv(details, |_| None)?;
        Ok(VaultAnswer::find(answer)?.only()?.file_key(iv))
    }
}

const TOO_LONG: &str = "it has more than 1 MiB, which is the limit; paste only what the command printed";

const SEVERAL: &str = "it holds several values that could be the key, and there is no file here that tells which one \
    is; paste the answer for this wrapped key alone";

/// The key in an answer that is 32 raw bytes. 32 visible characters are text, for example Base64 of 24 bytes.
fn raw(answer: &[u8]) -> Option<[u8; 32]> {
    let is_visible = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    // A line end may have been added by `echo`, but then the bytes must not be text.
    let line = answer.strip_suffix(b"\n").map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let line = line.filter(|line| std::str::from_utf8(line).is_err());
    let key = <[u8; 32]>::try_from(answer).ok().or_else(|| line?.try_into().ok())?;
    (!key.iter().all(is_visible)).then_some(key)
}
