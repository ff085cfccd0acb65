//! A whole drop: its key details, which entries are unlocked, and the verdict on each file.
//!
//! It does no input or output: the caller reads the documents and the ends of the files.

mod judge;
mod key_set;
mod trial;

pub use judge::Verdict;
pub use key_set::KeySet;
pub use trial::Trial;

use judge::Judge;

use crate::algorithm::Algorithm;
use crate::candidates::Candidate;
use crate::error::{Error, TooMuch};
use crate::file_key::FileKey;
use crate::key_details::{DocumentReader, Identity, KeyDetails, KeyKind};
use crate::layout::PathRole;
use crate::options::Options;
use crate::private_key::PrivateKey;
use crate::probe::{Match, Probe, Ring};
use crate::unwrapped::Unwrapped;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Key details of a drop and their state.
#[derive(Debug)]
pub struct DataDrop {
    entries: Vec<Entry>,
    faults: Vec<Fault>,
    /// The identities of the entries.
    known: BTreeSet<Identity>,
    most_entries: usize,
    changed: BTreeSet<usize>,
    /// Made when the first file is judged, and again after entries were unlocked.
    unlocked: OnceLock<Unlocked>,
}

/// The unlocked entries for files: their indices, and the ring of their keys.
#[derive(Debug)]
struct Unlocked {
    entries: Vec<usize>,
    ring: Ring,
}

impl Unlocked {
    fn of<'k>(keys: impl Iterator<Item = (usize, &'k FileKey)> + Clone) -> Self {
        Self { entries: keys.clone().map(|(index, _)| index).collect(), ring: Ring::of(keys.map(|(_, key)| key)) }
    }
}

impl Default for DataDrop {
    fn default() -> Self {
        Self::with_limit(Self::MOST_ENTRIES)
    }
}

/// One key details entry of a drop.
#[derive(Debug)]
pub struct Entry {
    /// Path of the document in the drop.
    pub path: String,
    /// The entry of the document.
    pub details: KeyDetails,
    /// The file key, once the entry is unlocked.
    pub file_key: Option<FileKey>,
    /// Why the last try did not unlock it.
    pub error: Option<Error>,
}

/// A problem of a key details document.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Path of the document in the drop.
    pub path: String,
    /// What is wrong.
    pub error: Error,
}

impl DataDrop {
    /// The default limit of entries. Each entry costs a private-key operation, 7 ms in wasm: with this many entries a
    /// key that fits none takes more than a minute.
    pub const MOST_ENTRIES: usize = 10_000;

    /// An empty drop that accepts at most `most_entries` entries.
    pub fn with_limit(most_entries: usize) -> Self {
        Self {
            entries: Vec::new(),
            faults: Vec::new(),
            known: BTreeSet::new(),
            most_entries,
            changed: BTreeSet::new(),
            unlocked: OnceLock::new(),
        }
    }

    /// Adds a key details document. A damaged document becomes a [`Fault`] and does not affect the others. Returns how
    /// many entries were added: none when they would exceed the limit, because a part of a document would mislead.
    pub fn add_document(&mut self, path: &str, json: &[u8]) -> usize {
        let mut reader = self.reader(json);
        while reader.step() {}
        self.add_read(path, reader)
    }

    /// Starts reading a document in steps; see [`add_read`](Self::add_read).
    pub fn reader(&self, json: &[u8]) -> DocumentReader {
        DocumentReader::new(json, self.most_entries)
    }

    /// Adds a document that was read in steps; see [`add_document`](Self::add_document).
    pub fn add_read(&mut self, path: &str, reader: DocumentReader) -> usize {
        let before = self.entries.len();
        let fault = |error| Fault { path: path.into(), error };
        match reader.finish() {
            Err(error) => self.faults.push(fault(error)),
            Ok(document) => {
                // The same key may stand in both documents of a drop.
                let is_new = |details: &KeyDetails| !self.known.contains(&details.identity());
                let entries: Vec<KeyDetails> = document.entries.into_iter().filter(is_new).collect();
                if before + entries.len() > self.most_entries {
                    let reason = TooMuch::Entries { limit: self.most_entries };
                    self.faults.push(fault(Error::KeyDetailsLimit { reason }));
                    return 0;
                }
                self.faults.extend(document.faults.into_iter().map(fault));
                self.known.extend(entries.iter().map(KeyDetails::identity));
                let entry = |details| Entry { path: path.into(), details, file_key: None, error: None };
                self.entries.extend(entries.into_iter().map(entry));
                self.changed.extend(before..self.entries.len());
            }
        }
        self.entries.len() - before
    }

    /// Whether a file has to be read, because it may hold key details. A document that is too big to be read becomes a
    /// fault.
    pub fn wants(&mut self, path: &str, role: PathRole, size: u64) -> bool {
        match Candidate::of(path, role, size) {
            Candidate::TooBig { limit } => {
                self.refuse_document(path, size, limit);
                false
            }
            candidate => candidate != Candidate::No,
        }
    }

    /// Records a key details document that the caller did not read because it has `length` bytes, more than `limit`.
    pub fn refuse_document(&mut self, path: &str, length: u64, limit: u64) {
        let reason = TooMuch::Bytes { length, limit };
        self.faults.push(Fault { path: path.into(), error: Error::KeyDetailsLimit { reason } });
    }

    /// Every entry, in the order in which the documents were added.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The indices of the entries that have changed since the last call.
    pub fn take_changed(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.changed).into_iter().collect()
    }

    /// What is wrong with the documents.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Tries the private key on every locked entry. Returns the indices of the entries that it unlocked.
    ///
    /// # Errors
    /// When it unlocked none: `ERR_FILE_KEY_UNWRAP`, `ERR_FILE_KEY_LENGTH`, `ERR_IV_LENGTH`. When the drop has no
    /// entries: `ERR_KEY_DETAILS_…`. It is no error when everything was unlocked before.
    pub fn unlock(&mut self, private_key: &PrivateKey, algorithm: Option<Algorithm>) -> Result<Vec<usize>, Error> {
        self.unlock_with(&mut Unwrapped::default(), private_key, algorithm)
    }

    /// The same, using the results of private-key operations that are in `unwrapped`; missing operations are done here.
    ///
    /// # Errors
    /// As [`unlock`](Self::unlock).
    pub fn unlock_with(
        &mut self,
        unwrapped: &mut Unwrapped,
        private_key: &PrivateKey,
        algorithm: Option<Algorithm>,
    ) -> Result<Vec<usize>, Error> {
        self.unlocked.take();
        let (mut opened, mut reason) = (Vec::new(), None);
        for (index, entry) in self.entries.iter_mut().enumerate().filter(|(_, entry)| entry.file_key.is_none()) {
            self.changed.insert(index);
            match FileKey::unwrap_with(unwrapped, &entry.details, private_key, algorithm) {
                Ok(file_key) => {
                    (entry.file_key, entry.error) = (Some(file_key), None);
                    opened.push(index);
                }
                Err(error) => {
                    reason.get_or_insert(error.clone());
                    entry.error = Some(error);
                }
            }
        }
        match reason {
            Some(reason) if opened.is_empty() => Err(reason),
            None if self.entries.is_empty() => Err(self.locked_reason()),
            _ => Ok(opened),
        }
    }

    /// Unlocks one entry with Key Vault's answer for it (see [`FileKey::from_vault`]).
    ///
    /// # Errors
    /// `ERR_VAULT_ANSWER`, `ERR_FILE_KEY_LENGTH`, `ERR_IV_LENGTH`; `ERR_KEY_DETAILS_MISSING` when there is no such
    /// entry.
    pub fn answer(&mut self, index: usize, answer: &[u8]) -> Result<(), Error> {
        let entry = self.entries.get_mut(index).ok_or(Error::KeyDetailsMissing)?;
        self.unlocked.take();
        self.changed.insert(index);
        match FileKey::from_vault(answer, &entry.details) {
            Ok(file_key) => (entry.file_key, entry.error) = (Some(file_key), None),
            Err(error) => {
                entry.error = Some(error.clone());
                return Err(error);
            }
        }
        Ok(())
    }

    /// The verdict on a file, from the role of its path and its two ends.
    ///
    /// # Errors
    /// Those of [`Probe::find`]; `ERR_KEY_DETAILS_…` or `ERR_FILE_KEY_…` when the drop has no key to try.
    pub fn judge(&self, role: PathRole, probe: &Probe<'_>, options: Options) -> Result<Verdict, Error> {
        if role != PathRole::Data {
            return Ok(Verdict::Clear { content: None, resembles: None });
        }
        let unlocked = self.unlocked.get_or_init(|| Unlocked::of(self.file_keys()));
        let judge = Judge {
            ring: &unlocked.ring,
            key: &|place| {
                let index = *unlocked.entries.get(place)?;
                Some((index, self.entries.get(index)?.file_key.as_ref()?))
            },
            is_partly_locked: self.is_partly_locked(),
            needs_key: !(self.entries.is_empty() && self.faults.is_empty()),
        };
        judge.judge(probe, options, || self.locked_reason())
    }

    /// The entry whose key opens the beginning of a file whose end is missing or damaged: for
    /// [`Salvage`](crate::Salvage). Repairs other than an IV in front are not tried.
    pub fn open_head(&self, probe: &Probe<'_>) -> Option<Verdict> {
        let unlocked = self.unlocked.get_or_init(|| Unlocked::of(self.file_keys()));
        let key = |place: usize| self.entries.get(*unlocked.entries.get(place)?)?.file_key.as_ref();
        let Match { key, content, repair } = probe.find_head_in(&unlocked.ring, &key)?;
        Some(Verdict::Encrypted { entry: *unlocked.entries.get(key)?, content, repair })
    }

    /// The entries for files. Keys for values inside rows are never tried on files.
    fn file_entries(&self) -> impl Iterator<Item = (usize, &Entry)> + Clone {
        self.entries.iter().enumerate().filter(|(_, entry)| entry.details.kind == KeyKind::File)
    }

    /// The unlocked keys for files, each with the index of its entry.
    pub(crate) fn file_keys(&self) -> impl Iterator<Item = (usize, &FileKey)> + Clone {
        self.file_entries().filter_map(|(index, entry)| entry.file_key.as_ref().map(|file_key| (index, file_key)))
    }

    /// Whether a file may need a key that is still locked.
    pub fn is_partly_locked(&self) -> bool {
        !self.faults.is_empty() || self.file_entries().any(|(_, entry)| entry.file_key.is_none())
    }

    /// The reason why there is no key for files, when there is none.
    pub fn locked_reason(&self) -> Error {
        let fault = self.faults.first().map(|fault| fault.error.clone());
        match self.file_entries().map(|(_, entry)| entry).next().or(self.entries.first()) {
            Some(entry) => entry.error.clone().unwrap_or(Error::FileKeyMissing),
            None => fault.unwrap_or(Error::KeyDetailsMissing),
        }
    }
}
