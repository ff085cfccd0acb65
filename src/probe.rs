//! A look at both ends of a file: which key opens it, or what is wrong, before a byte is written.
//!
//! CBC lets any block be decrypted with the ciphertext block before it, so the last block tells about the padding
//! without the file in between.

use crate::aes_cbc::{self, BLOCK};
use crate::content::{self, Content};
use crate::decryptor::Options;
use crate::error::{Error, PaddingCause, UnrecognizedCause};
use crate::file_key::FileKey;
use crate::repair::Repair;

/// The two ends of a file.
#[derive(Debug, Clone, Copy)]
pub struct Probe<'a> {
    /// Bytes of the whole file.
    pub length: u64,
    /// Its first [`Probe::HEAD`] bytes, or all.
    pub head: &'a [u8],
    /// Its last [`Probe::TAIL`] bytes, or all.
    pub tail: &'a [u8],
}

/// The key that opens a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Index of the key in the list that was tried.
    pub key: usize,
    /// What the decrypted content begins like.
    pub content: Content,
    /// What must be undone before the file is decrypted.
    pub repair: Option<Repair>,
}

impl<'a> Probe<'a> {
    /// Bytes of the beginning that are wanted.
    pub const HEAD: usize = content::HEAD + BLOCK;
    /// Bytes of the end that are wanted: the last block and the one before it.
    pub const TAIL: usize = 2 * BLOCK;

    /// The ends of a file that is in memory.
    pub fn of(file: &'a [u8]) -> Self {
        let head = file.get(..Self::HEAD).unwrap_or(file);
        let tail = file.get(file.len().saturating_sub(Self::TAIL)..).unwrap_or(file);
        Self { length: file.len() as u64, head, tail }
    }

    /// What the file is when it was delivered in clear; `None` when it looks encrypted.
    pub fn clear(&self) -> Option<Content> {
        content::recognize_clear(self.head, self.is_whole())
    }

    /// The first key that opens both ends.
    ///
    /// # Errors
    /// `ERR_CIPHERTEXT_LENGTH`, `ERR_PADDING` (another key, or cut), `ERR_UNRECOGNIZED` (wrong IV, or an unknown
    /// format), `ERR_FILE_KEY_MISSING` without keys. With several keys, about the one that came nearest.
    pub fn find(&self, keys: &[&FileKey], options: Options) -> Result<Match, Error> {
        if self.length == 0 || !self.length.is_multiple_of(BLOCK as u64) {
            return Err(Error::CiphertextLength { length: self.length });
        }
        let mut nearest: Option<(usize, Ends)> = None;
        for (key, file_key) in keys.iter().enumerate() {
            let ends = self.open(file_key);
            if let (Some(_), Some(content)) = (ends.padding, ends.content) {
                return Ok(Match { key, content, repair: None });
            }
            if nearest.as_ref().is_none_or(|(_, known)| ends.nearness() > known.nearness()) {
                nearest = Some((key, ends));
            }
        }
        let forced = options.compression.is_some() || options.keep_compressed;
        match nearest {
            // A caller who forces a compression answers for it: when no beginning makes sense, right padding is enough.
            Some((key, Ends { padding: Some(_), .. })) if forced => {
                Ok(Match { key, content: Content::Text, repair: None })
            }
            Some((_, ends)) => Err(ends.error()),
            None => Err(Error::FileKeyMissing),
        }
    }

    fn open(&self, file_key: &FileKey) -> Ends {
        let padding = self.last_block(file_key).and_then(|block| aes_cbc::padding(&block));
        let blocks = self.head.len() / BLOCK * BLOCK;
        let mut head = aes_cbc::decrypt_at(file_key.key(), file_key.iv(), self.head.get(..blocks).unwrap_or_default());
        let whole = self.is_whole() && padding.is_some();
        if whole {
            head.truncate(head.len() - padding.unwrap_or_default());
        }
        let content = content::recognize(&head, whole);
        let rest_is_text = content::is_text(head.get(BLOCK..).unwrap_or_default());
        Ends { padding, content, rest_is_text }
    }

    fn last_block(&self, file_key: &FileKey) -> Option<Vec<u8>> {
        let (before, last) = match self.tail.split_last_chunk::<BLOCK>()? {
            (before, last) if self.length == BLOCK as u64 => (before.last_chunk().unwrap_or(file_key.iv()), last),
            (before, last) => (before.last_chunk()?, last),
        };
        Some(aes_cbc::decrypt_at(file_key.key(), before, last))
    }

    fn is_whole(&self) -> bool {
        self.head.len() as u64 == self.length
    }
}

/// What one key makes of the two ends.
struct Ends {
    /// Bytes of right padding.
    padding: Option<usize>,
    content: Option<Content>,
    rest_is_text: bool,
}

impl Ends {
    /// The beginning proves more than the end: padding is right by chance once in 256.
    fn nearness(&self) -> u8 {
        match (self.content, self.rest_is_text, self.padding) {
            (Some(_), ..) => 4,
            (None, true, Some(_)) => 3,
            (None, _, Some(2..)) => 2,
            (None, _, Some(_)) => 1,
            (None, _, None) => 0,
        }
    }

    fn error(&self) -> Error {
        match (self.content, self.rest_is_text, self.padding) {
            (Some(_), _, _) => Error::Padding { cause: PaddingCause::EndDamaged },
            (None, _, None) => Error::Padding { cause: PaddingCause::WrongKey },
            (None, true, Some(_)) => Error::Unrecognized { cause: UnrecognizedCause::WrongIv },
            (None, false, Some(2..)) => Error::Unrecognized { cause: UnrecognizedCause::Content },
            (None, false, Some(_)) => Error::Unrecognized { cause: UnrecognizedCause::MaybeWrongKey },
        }
    }
}
