//! The result of a source with several parts: its keys, or the error of the part that was closest to a key.

use super::RsaKey;
use crate::error::Error;

/// Keys and errors so far. One good key is enough: other parts (certificates, damaged keys) are then ignored.
#[derive(Default)]
pub(super) struct Candidates {
    keys: Vec<RsaKey>,
    nearest: Option<Error>,
}

impl Candidates {
    pub(super) fn add(&mut self, part: Result<RsaKey, Error>) {
        self.add_all(part.map(|key| vec![key]));
    }

    pub(super) fn add_all(&mut self, part: Result<Vec<RsaKey>, Error>) {
        match part {
            Ok(keys) => self.keys.extend(keys),
            Err(error) if self.nearest.as_ref().is_none_or(|known| nearness(&error) > nearness(known)) => {
                self.nearest = Some(error);
            }
            Err(_) => {}
        }
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.nearest.is_none()
    }

    /// Whether there is a key, or a part that only lacks its password: then the search can stop.
    pub(super) fn is_enough(&self) -> bool {
        !self.keys.is_empty() || self.nearest.as_ref().is_some_and(|error| nearness(error) >= 5)
    }

    /// The keys, or the error of the closest part. `nothing` is the error when no part could have been a key.
    pub(super) fn finish(self, nothing: Error) -> Result<Vec<RsaKey>, Error> {
        if self.keys.is_empty() { Err(self.nearest.unwrap_or(nothing)) } else { Ok(self.keys) }
    }
}

/// How close a part came to being usable.
pub(super) fn nearness(error: &Error) -> u8 {
    match error {
        Error::PrivateKeyPassword { .. } => 7,
        Error::PrivateKeyEncrypted { .. } => 6,
        Error::PrivateKeyCost { .. } => 5,
        Error::PrivateKeyTooSmall { .. } => 4,
        Error::PrivateKeyInvalid { .. } => 3,
        Error::PrivateKeyNotRsa { .. } => 2,
        Error::PrivateKeyUnsupported { .. } => 1,
        _ => 0,
    }
}
