//! A drop: its key details, the trial of a vault answer, and the verdict on each file.

use super::keys::PrivateKey;
use super::probing::{judge, probe_of};
use super::shapes::{self, fail, to_js};
use super::unlocking::Unlocking;
use super::{Result, key_bytes};
use crate::PathRole;
use mgdc_wipe::wiping_stack;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

/// A key details document that is read in steps.
#[wasm_bindgen]
pub struct DocumentReader(crate::DocumentReader);

#[wasm_bindgen]
impl DocumentReader {
    /// Reads so many values; `false` when there are no more.
    pub fn step(&mut self, values: usize) -> bool {
        (0..values).all(|_| self.0.step())
    }
}

/// Key details of a drop and their state.
#[wasm_bindgen]
pub struct DataDrop(pub(super) crate::DataDrop);

#[wasm_bindgen]
impl DataDrop {
    /// An empty drop. For `most_entries` see `maxKeyDetails`.
    #[wasm_bindgen(constructor)]
    pub fn new(most_entries: Option<usize>) -> Self {
        Self(crate::DataDrop::with_limit(most_entries.unwrap_or(crate::DataDrop::MOST_ENTRIES)))
    }

    /// Whether a file has to be read, because it may hold key details. `role` is a letter of `layout`. A document that
    /// is too big to be read becomes a fault.
    pub fn wants(&mut self, path: &str, role: char, size: f64) -> bool {
        self.0.wants(path, shapes::role_of(role), size as u64)
    }

    /// Starts reading a document: parses its JSON.
    pub fn read(&self, json: &[u8]) -> DocumentReader {
        DocumentReader(self.0.reader(json))
    }

    /// Adds a document that was read. Returns how many entries were added.
    #[wasm_bindgen(js_name = addRead)]
    pub fn add_read(&mut self, path: &str, reader: DocumentReader) -> usize {
        self.0.add_read(path, reader.0)
    }

    /// Adds a document. Returns how many entries were added.
    #[wasm_bindgen(js_name = addDocument)]
    pub fn add_document(&mut self, path: &str, json: &[u8]) -> usize {
        self.0.add_document(path, json)
    }

    /// How many entries there are.
    #[wasm_bindgen(getter, js_name = entryCount)]
    pub fn entry_count(&self) -> usize {
        self.0.entries().len()
    }

    /// State of one entry.
    pub fn entry(&self, index: usize) -> Result<JsValue> {
        to_js(&self.0.entries().get(index).map(shapes::Entry::of))
    }

    /// Indices of the entries that have changed since the last call.
    #[wasm_bindgen(js_name = takeChanged)]
    pub fn take_changed(&mut self) -> Vec<usize> {
        self.0.take_changed()
    }

    /// What is wrong with the documents.
    #[wasm_bindgen(getter)]
    pub fn faults(&self) -> Result<JsValue> {
        to_js(&self.0.faults().iter().map(shapes::Failure::of_fault).collect::<Vec<_>>())
    }

    /// Returns the indices of the entries that the key unlocked. Operations that are missing in `unlocking` are done
    /// here.
    pub fn unlock(
        &mut self,
        unlocking: &mut Unlocking,
        private_key: &PrivateKey,
        algorithm: Option<String>,
    ) -> Result<Vec<usize>> {
        let algorithm = algorithm.as_deref().and_then(crate::Algorithm::from_name);
        wiping_stack(|| self.0.unlock_with(&mut unlocking.unwrapped, &private_key.0, algorithm)).map_err(fail)
    }

    /// Unlocks one entry with the vault's answer.
    pub fn answer(&mut self, index: usize, answer: Vec<u8>) -> Result<()> {
        let answer = Zeroizing::new(answer);
        wiping_stack(|| self.0.answer(index, &answer)).map_err(fail)
    }

    /// Starts the trial of a Key Vault answer for some entries.
    pub fn trial(&mut self, answer: Vec<u8>, entries: &[usize]) -> Result<Trial> {
        let answer = Zeroizing::new(answer);
        wiping_stack(|| self.0.trial(&answer, entries).map(Box::new)).map(Trial).map_err(fail)
    }

    /// Unlocks the entries of a pair that opened a file. Returns their indices.
    pub fn accept(&mut self, trial: &mut Trial, pair: usize) -> Vec<usize> {
        wiping_stack(|| self.0.accept(&mut trial.0, pair))
    }

    /// Ends a trial in which no file was opened: throws the reason.
    pub fn reject(&mut self, trial: &Trial) -> Result<()> {
        Err(fail(self.0.reject(&trial.0)))
    }

    /// The verdict on a file: `{ entry, content, repair, resembles }`. `entry` is `null` for a clear file, `repair`
    /// names what must be undone, `resembles` says what a clear file looks like.
    pub fn judge(
        &self,
        length: f64,
        head: &[u8],
        tail: &[u8],
        compression: &str,
        keep_compressed: bool,
    ) -> Result<JsValue> {
        judge(length, head, tail, compression, keep_compressed, |probe, options| {
            self.0.judge(PathRole::Data, probe, options)
        })
    }

    /// The entry whose key opens the beginning of a file whose end is missing or damaged, as `judge` gives it; `null`
    /// when none does.
    #[wasm_bindgen(js_name = openHead)]
    pub fn open_head(&self, length: f64, head: &[u8]) -> Result<JsValue> {
        to_js(&self.0.open_head(&probe_of(length, head, &[])).map(shapes::Verdict::of))
    }

    /// The file key of an unlocked entry. The caller wipes it.
    #[wasm_bindgen(js_name = fileKey)]
    pub fn file_key(&self, index: usize) -> Option<Vec<u8>> {
        self.0.entries().get(index)?.file_key.as_ref().map(key_bytes::of_key)
    }

    /// Every unlocked file key, for `KeySet`. The caller wipes it.
    #[wasm_bindgen(js_name = keySet)]
    pub fn key_set(&self) -> Vec<u8> {
        key_bytes::of_keys(self.0.file_keys())
    }

    /// Whether entries are still locked.
    #[wasm_bindgen(getter, js_name = isPartlyLocked)]
    pub fn is_partly_locked(&self) -> bool {
        self.0.is_partly_locked()
    }
}

/// The trial of a Key Vault answer.
#[wasm_bindgen]
pub struct Trial(Box<crate::Trial>); // boxed: see `wiping_stack`

#[wasm_bindgen]
impl Trial {
    /// The pair that opens a file, for `accept`; `undefined` when none does.
    pub fn judge(&self, length: f64, head: &[u8], tail: &[u8]) -> Option<usize> {
        self.0.judge(&probe_of(length, head, tail))
    }

    /// Whether more files would prove nothing more.
    #[wasm_bindgen(getter, js_name = isOver)]
    pub fn is_over(&self) -> bool {
        self.0.is_over()
    }
}
