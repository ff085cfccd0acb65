//! The file keys of a drop by themselves, for a worker.

use super::judge::{Judge, Verdict};
use crate::error::Error;
use crate::file_key::FileKey;
use crate::options::Options;
use crate::probe::{Probe, Ring};
use std::collections::HashMap;

/// Unlocked file keys of a drop, each with its index into [`DataDrop::entries`](super::DataDrop::entries): what a
/// worker needs to judge files.
#[derive(Debug)]
pub struct KeySet {
    keys: Vec<(usize, FileKey)>,
    /// Place in `keys` by index.
    places: HashMap<usize, usize>,
    ring: Ring,
    is_partly_locked: bool,
}

impl KeySet {
    /// `keys`: each with the index of its entry. `is_partly_locked`: whether the drop has entries that are still
    /// locked.
    pub fn new(keys: Vec<(usize, FileKey)>, is_partly_locked: bool) -> Self {
        let ring = Ring::of(keys.iter().map(|(_, key)| key));
        let places = keys.iter().enumerate().map(|(place, (index, _))| (*index, place)).collect();
        Self { keys, places, ring, is_partly_locked }
    }

    /// Every key with its index.
    pub fn keys(&self) -> impl Iterator<Item = (usize, &FileKey)> {
        self.keys.iter().map(|(index, key)| (*index, key))
    }

    /// The verdict on a data file, from its two ends, as [`DataDrop::judge`](super::DataDrop::judge) gives it.
    ///
    /// # Errors
    /// Those of [`Probe::find`]; `ERR_FILE_KEY_MISSING` without a key, `ERR_FILE_KEY_UNWRAP` when the key for the file
    /// is still locked.
    pub fn judge(&self, probe: &Probe<'_>, options: Options) -> Result<Verdict, Error> {
        let judge = Judge {
            ring: &self.ring,
            key: &|place| self.keys.get(place).map(|(index, key)| (*index, key)),
            is_partly_locked: self.is_partly_locked,
            needs_key: self.is_partly_locked,
        };
        judge.judge(probe, options, || Error::FileKeyMissing)
    }

    /// The key of an entry.
    pub fn key(&self, entry: usize) -> Option<&FileKey> {
        self.keys.get(*self.places.get(&entry)?).map(|(_, key)| key)
    }
}
