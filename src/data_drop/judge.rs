//! The verdict on a file: from its two ends and the file keys that there are.

use crate::content::Content;
use crate::error::{Error, PaddingCause, UnrecognizedCause, UnwrapFailure};
use crate::file_key::FileKey;
use crate::lookalike::{Look, Lookalike};
use crate::options::Options;
use crate::probe::{Match, Probe, Ring};
use crate::repair::Repair;

/// The verdict on a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// Not encrypted: to be copied as it is.
    Clear {
        /// `None` for metadata, whose content is not examined.
        content: Option<Content>,
        /// Set when the file looks like something that is often saved in place of an encrypted file.
        resembles: Option<Lookalike>,
    },
    /// Opens with the file key of the entry at this index.
    Encrypted {
        /// Index into [`DataDrop::entries`](crate::DataDrop::entries).
        entry: usize,
        /// The kind of the decrypted content, by its beginning.
        content: Content,
        /// What must be undone first; pass it to [`Decryptor::repairing`](crate::Decryptor::repairing).
        repair: Option<Repair>,
    },
}

/// What a verdict is based on besides the file.
pub(super) struct Judge<'a> {
    pub(super) ring: &'a Ring,
    /// The index of the entry and the key at a place in the ring.
    pub(super) key: &'a dyn Fn(usize) -> Option<(usize, &'a FileKey)>,
    /// Whether the file may need a key that is still locked.
    pub(super) is_partly_locked: bool,
    /// Whether a file that may be a converted ciphertext gets no verdict without a key.
    pub(super) needs_key: bool,
}

impl Judge<'_> {
    /// `no_key`: the error for a file that needs a key when there is none at all.
    pub(super) fn judge(
        &self,
        probe: &Probe<'_>,
        options: Options,
        no_key: impl FnOnce() -> Error,
    ) -> Result<Verdict, Error> {
        let look = match settled(probe) {
            Ok(verdict) => return verdict,
            Err(look) => look,
        };
        if self.ring.is_empty() {
            return suspect(look).filter(|_| !self.needs_key).ok_or_else(no_key);
        }
        match probe.find_in(self.ring, &|place| (self.key)(place).map(|(_, key)| key), options) {
            Ok(Match { key: place, content, repair }) => {
                let entry = (self.key)(place).map(|(index, _)| index).unwrap_or_default();
                Ok(Verdict::Encrypted { entry, content, repair })
            }
            // The key opens the beginning: no other key is needed.
            Err(error @ Error::Padding { cause: PaddingCause::EndDamaged }) => Err(error),
            Err(error) if self.is_partly_locked && (is_another_key(&error) || matches!(look, Look::Suspect(..))) => {
                Err(Error::FileKeyUnwrap { reason: UnwrapFailure::OtherEntry })
            }
            Err(error) => suspect(look).ok_or(error),
        }
    }
}

/// The verdict on a file that needs no key for it; otherwise the look.
fn settled(probe: &Probe<'_>) -> Result<Result<Verdict, Error>, Look> {
    match probe.look() {
        Look::Clear(content, resembles) => Ok(Ok(Verdict::Clear { content: Some(content), resembles })),
        Look::Lost(problem) => Ok(Err(Error::Converted { problem })),
        look => Err(look),
    }
}

/// The verdict on a file that may be a converted ciphertext, when no key opens it.
fn suspect(look: Look) -> Option<Verdict> {
    match look {
        Look::Suspect(content, lookalike) => {
            Some(Verdict::Clear { content: Some(content), resembles: Some(lookalike) })
        }
        _ => None,
    }
}

/// Whether the error may mean that the file needs a key that is still locked.
fn is_another_key(error: &Error) -> bool {
    matches!(
        error,
        Error::Padding { cause: PaddingCause::WrongKey }
            | Error::Unrecognized { cause: UnrecognizedCause::MaybeWrongKey }
    )
}
