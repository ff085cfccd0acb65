//! A look at both ends of a file, before a byte is written: which key opens it, what must be undone first, or what is
//! wrong.
//!
//! With CBC any block can be decrypted with the ciphertext block before it. So the padding can be checked without the
//! middle of the file.

mod ends;
mod ring;

pub(crate) use ring::Ring;

use crate::aes_cbc::BLOCK;
use crate::content::{self, Content};
use crate::error::Error;
use crate::file_key::FileKey;
use crate::lookalike::Look;
use crate::options::Options;
use crate::repair::{Repair, STEPS, Step, View};
use ends::{Ends, Near, Opened};

/// The two ends of a file.
#[derive(Debug, Clone, Copy)]
pub struct Probe<'a> {
    /// Bytes of the whole file.
    pub length: u64,
    /// Its first [`Probe::HEAD`] bytes, or the whole file.
    pub head: &'a [u8],
    /// Its last [`Probe::TAIL`] bytes, or the whole file.
    pub tail: &'a [u8],
}

/// The key that opens a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Index of the key in the list that was tried.
    pub key: usize,
    /// The kind of the decrypted content, by its beginning.
    pub content: Content,
    /// What must be undone before the file is decrypted.
    pub repair: Option<Repair>,
}

impl<'a> Probe<'a> {
    /// Bytes of the beginning that a probe needs: the examined content, and one block more, because the IV may be in
    /// front.
    pub const HEAD: usize = content::HEAD + crate::aes_cbc::BLOCK;
    /// Bytes of the end that a probe needs: the last two blocks, in hex with separators or converted twice, and the end
    /// of an envelope or armour around them.
    pub const TAIL: usize = 1024;

    /// The ends of a file that is in memory.
    pub fn of(file: &'a [u8]) -> Self {
        let head = file.get(..Self::HEAD).unwrap_or(file);
        let tail = file.get(file.len().saturating_sub(Self::TAIL)..).unwrap_or(file);
        Self { length: file.len() as u64, head, tail }
    }

    /// The kind of a file that was delivered in clear, whatever it resembles. `None` when it looks encrypted, or when
    /// it may be a ciphertext that was converted to text, which only a key can tell.
    pub fn clear(&self) -> Option<Content> {
        match self.look() {
            Look::Clear(content, _) => Some(content),
            _ => None,
        }
    }

    /// The first key that opens both ends of the file, as it is or with conversions undone.
    ///
    /// # Errors
    /// `ERR_CIPHERTEXT_LENGTH`, `ERR_PADDING` (another key, or cut), `ERR_UNRECOGNIZED` (wrong IV, or an unknown
    /// format), `ERR_CONVERTED` (bytes were lost), `ERR_FILE_KEY_MISSING` without keys. With several keys, the error of
    /// the closest match.
    pub fn find(&self, keys: &[&FileKey], options: Options) -> Result<Match, Error> {
        let ring = Ring::of(keys.iter().copied());
        self.find_in(&ring, &|index| keys.get(index).copied(), options)
    }

    /// The first key that opens the beginning, whatever the end is. It must prove more than with an end: see
    /// `Ends::recognize`.
    pub(crate) fn find_head_in<'k>(&self, ring: &Ring, key: &dyn Fn(usize) -> Option<&'k FileKey>) -> Option<Match> {
        let length = self.head.len() as u64;
        // Of a small file the head includes the end, whose last two blocks may be the damaged ones.
        let end = if length == self.length { length.saturating_sub(2 * BLOCK as u64) } else { length };
        let head = self.head.get(..(end as usize).max(BLOCK.min(self.head.len())))?;
        let view = View { head: head.into(), tails: Vec::new(), length: None };
        ring.open(&Ends::of(&view)?, key).ok().map(|opened| opened.found(&[]))
    }

    pub(crate) fn look(&self) -> Look {
        Look::at(&self.view())
    }

    /// The same with a ring of keys that was made before and is used for many files.
    pub(crate) fn find_in<'k>(
        &self,
        ring: &Ring,
        key: &dyn Fn(usize) -> Option<&'k FileKey>,
        options: Options,
    ) -> Result<Match, Error> {
        let view = self.view();
        let opened = match open(&view, &mut Vec::new(), ring, key) {
            Some(Ok(found)) => return Ok(found),
            Some(Err(near)) => Some(near),
            None => None,
        };
        let nearest = match search(&view, &mut Vec::new(), ring, key) {
            Some(Ok(found)) => return Ok(found),
            // A key fits, so this error is reported whatever the file looks like.
            Some(Err(error)) => Some(error),
            None => None,
        };
        if ring.is_empty() {
            return Err(Error::FileKeyMissing);
        }
        if let Some(error) = nearest {
            return Err(error);
        }
        let look = self.look();
        // A forced compression does not make a text count as ciphertext.
        let forced = (options.compression.is_some() || options.keep_compressed) && look == Look::Opaque;
        match opened {
            // The caller forces the compression and is responsible for it: right padding is enough, even if no content
            // is recognised.
            Some(near) if forced && near.padding.is_some() => {
                Ok(Match { key: near.key, content: Content::Text, repair: None })
            }
            Some(near) if near.is_proven() => Err(near.error()),
            opened => Err(match (look, opened) {
                (Look::Lost(problem), _) => Error::Converted { problem },
                (_, Some(near)) => near.error(),
                (_, None) => Error::CiphertextLength { length: self.length },
            }),
        }
    }

    fn view(&self) -> View<'a> {
        View::of(self.length, self.head, self.tail)
    }
}

/// Tries the keys on a file as it is now. `None` when it does not consist of whole blocks.
fn open<'k>(
    view: &View<'_>,
    steps: &mut Vec<Step>,
    ring: &Ring,
    key: &dyn Fn(usize) -> Option<&'k FileKey>,
) -> Option<Result<Match, Near>> {
    // Tried first, because both ends may open although there are CRs between them.
    if view.has_crlf()
        && !steps.contains(&Step::Crlf)
        && let Some(inner) = view.undo(Step::Crlf)
    {
        steps.push(Step::Crlf);
        let found = open(&inner, steps, ring, key);
        steps.pop();
        if let Some(Ok(found)) = found {
            return Some(Ok(found));
        }
    }
    let ends = Ends::of(view)?;
    Some(ring.open(&ends, key).map(|opened| opened.found(steps)))
}

/// Undoes what may have been done, outermost first, until a key opens the rest. The result is an error when a key fits
/// but something is wrong.
fn search<'k>(
    view: &View<'_>,
    steps: &mut Vec<Step>,
    ring: &Ring,
    key: &dyn Fn(usize) -> Option<&'k FileKey>,
) -> Option<Result<Match, Error>> {
    if ring.is_empty() {
        return None;
    }
    let mut nearest = None;
    for step in view.candidates() {
        // Only these steps happen twice: reading as Latin-1 and writing as UTF-8.
        if steps.contains(&step) && !matches!(step, Step::Latin1 | Step::Windows1252) {
            continue;
        }
        let Some(inner) = view.undo(step) else { continue };
        steps.push(step);
        match open(&inner, steps, ring, key) {
            Some(Ok(found)) => return Some(Ok(found)),
            Some(Err(near)) if near.is_proven() => nearest = Some(near.error()),
            _ => {}
        }
        if steps.len() < STEPS {
            match search(&inner, steps, ring, key) {
                Some(Ok(found)) => return Some(Ok(found)),
                Some(Err(error)) => nearest = nearest.or(Some(error)),
                None => {}
            }
        }
        steps.pop();
    }
    nearest.map(Err)
}

impl Opened {
    fn found(&self, steps: &[Step]) -> Match {
        let front = self.iv_in_front.then_some(Step::IvInFront);
        let steps: Vec<Step> = steps.iter().copied().chain(front).collect();
        Match { key: self.key, content: self.content, repair: Repair::of(&steps) }
    }
}
