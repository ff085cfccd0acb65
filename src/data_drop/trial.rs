//! The trial of a Key Vault answer. An answer may hold several values that look like a key, and may be for several
//! entries. The files of the drop prove which value is the key of which entry.

use super::{DataDrop, KeySet, Verdict};
use crate::error::Error;
use crate::file_key::{FileKey, unwrap_iv};
use crate::key_details::KeyKind;
use crate::options::Options;
use crate::probe::Probe;
use crate::vault_answer::VaultAnswer;

/// Every value of an answer, combined with every entry that it may belong to.
#[derive(Debug)]
pub struct Trial {
    answer: VaultAnswer,
    keys: KeySet,
    /// For each key of `keys`: the index of its entry and of its value.
    pairs: Vec<(usize, usize)>,
    /// Entries that are still locked.
    open: Vec<usize>,
    /// Values that have opened an entry.
    used: Vec<usize>,
}

impl Trial {
    /// The number of the pair of entry and value that opens a file, for [`DataDrop::accept`]; `None` when no pair does.
    pub fn judge(&self, probe: &Probe<'_>) -> Option<usize> {
        match self.keys.judge(probe, Options::default()) {
            Ok(Verdict::Encrypted { entry, .. }) => Some(entry),
            _ => None,
        }
    }

    /// Removes the pairs that are settled: entries may share an IV, and then one value opens the files of both.
    fn narrow(&mut self) {
        let is_open = |(entry, value): &(usize, usize)| self.open.contains(entry) && !self.used.contains(value);
        let keys = self.keys.keys().filter(|(pair, _)| self.pairs.get(*pair).is_some_and(is_open));
        self.keys = KeySet::new(keys.map(|(pair, key)| (pair, FileKey::new(*key.key(), *key.iv()))).collect(), false);
    }

    /// Whether more files would prove nothing more: every entry is open, or every value has its entry.
    pub fn is_over(&self) -> bool {
        self.open.is_empty() || self.used.len() == self.answer.len()
    }
}

impl DataDrop {
    /// Starts the trial of a Key Vault answer for the entries with these indices.
    ///
    /// # Errors
    /// `ERR_VAULT_ANSWER`, `ERR_FILE_KEY_LENGTH`: the errors of [`VaultAnswer::find`], which these entries get as their
    /// error too. `ERR_IV_LENGTH` when each of them has a wrapped IV; `ERR_KEY_DETAILS_MISSING` without entries.
    pub fn trial(&mut self, answer: &[u8], entries: &[usize]) -> Result<Trial, Error> {
        let answer = VaultAnswer::find(answer).inspect_err(|error| {
            for index in entries {
                self.refuse_answer(*index, error);
            }
        })?;
        let mut named = Vec::new();
        let mut reason = Error::KeyDetailsMissing;
        for &index in entries {
            let Some(entry) = self.entries.get(index).filter(|entry| entry.file_key.is_none()) else { continue };
            match unwrap_iv(&entry.details, |_| None) {
                Ok(iv) => {
                    let version = entry.details.public_key_version.as_deref();
                    for (value, candidate) in answer.candidates.iter().enumerate() {
                        named.push((!candidate.names(version), value, index, candidate.file_key(iv)));
                    }
                }
                Err(error) => reason = error,
            }
        }
        if named.is_empty() {
            return Err(reason);
        }
        // First the values that name their key version, then the likeliest.
        named.sort_by_key(|(is_unnamed, value, index, _)| (*is_unnamed, *value, *index));
        named.truncate(PAIRS);
        let pairs: Vec<(usize, usize)> = named.iter().map(|(_, value, index, _)| (*index, *value)).collect();
        let open = entries.iter().copied().filter(|index| pairs.iter().any(|(entry, _)| entry == index)).collect();
        let keys = KeySet::new(named.into_iter().map(|(.., key)| key).enumerate().collect(), false);
        Ok(Trial { answer, keys, pairs, open, used: Vec::new() })
    }

    /// Unlocks the entry of a pair and the other entries with the same wrapped key. Returns their indices.
    pub fn accept(&mut self, trial: &mut Trial, pair: usize) -> Vec<usize> {
        let Some(&(index, value)) = trial.pairs.get(pair).filter(|(index, _)| trial.open.contains(index)) else {
            return Vec::new();
        };
        let (Some(candidate), Some(wrapped)) = (
            trial.answer.candidates.get(value),
            self.entries.get(index).map(|entry| entry.details.wrapped_key.clone()),
        ) else {
            return Vec::new();
        };
        self.unlocked.take();
        let mut opened = Vec::new();
        for (twin, entry) in self.entries.iter_mut().enumerate() {
            let is_wanted = twin == index || entry.details.kind == KeyKind::File;
            if entry.file_key.is_some() || entry.details.wrapped_key != wrapped || !is_wanted {
                continue;
            }
            // An entry with a wrapped IV needs an answer for the IV, too.
            let Ok(iv) = unwrap_iv(&entry.details, |_| None) else { continue };
            (entry.file_key, entry.error) = (Some(candidate.file_key(iv)), None);
            self.changed.insert(twin);
            opened.push(twin);
        }
        trial.open.retain(|entry| !opened.contains(entry));
        trial.used.push(value);
        trial.narrow();
        // The entry of the pair comes first.
        opened.sort_by_key(|twin| *twin != index);
        opened
    }

    /// Ends a trial in which no pair opened a file. Returns the reason, which becomes the error of the trial's entries.
    pub fn reject(&mut self, trial: &Trial) -> Error {
        let problem = match trial.answer.len() {
            1 => OPENS_NOTHING,
            _ if trial.answer.has_more => TOO_MANY,
            _ => NONE_OPENS,
        };
        let error = Error::VaultAnswer { problem };
        for &index in &trial.open {
            self.refuse_answer(index, &error);
        }
        error
    }

    fn refuse_answer(&mut self, index: usize, error: &Error) {
        if let Some(entry) = self.entries.get_mut(index).filter(|entry| entry.file_key.is_none()) {
            self.changed.insert(index);
            entry.error = Some(error.clone());
        }
    }
}

/// Most pairs of entry and value that are tried: a thousand entries with 64 values each.
const PAIRS: usize = 1 << 16;

const OPENS_NOTHING: &str = "it is a key, but opens no file of this drop: it answers for another wrapped key or \
    version; ask again for this one";

const NONE_OPENS: &str = "it holds several values that could be a key, and none of them opens a file of this drop: \
    it answers for another wrapped key or version; ask again for this one";

const TOO_MANY: &str = "it holds more values that could be a key than the 64 that are tried, and none of those opens \
    a file of this drop; paste only the answer for this wrapped key";
