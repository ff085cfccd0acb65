//! The look at both ends of a file: with one key, or with all keys of a drop.

use super::shapes::{self, fail, to_js};
use super::{Result, key_bytes};
use crate::{Compression, Options, Probe};
use wasm_bindgen::prelude::*;

/// The unlocked file keys of a drop, in a worker.
#[wasm_bindgen]
pub struct KeySet(crate::KeySet);

#[wasm_bindgen]
impl KeySet {
    /// `keys` is the result of `DataDrop.keySet()`.
    #[wasm_bindgen(constructor)]
    pub fn new(keys: Vec<u8>, is_partly_locked: bool) -> Result<Self> {
        Ok(Self(crate::KeySet::new(key_bytes::to_keys(keys)?, is_partly_locked)))
    }

    /// The verdict on a data file: see `DataDrop.judge`.
    pub fn judge(
        &self,
        length: f64,
        head: &[u8],
        tail: &[u8],
        compression: &str,
        keep_compressed: bool,
    ) -> Result<JsValue> {
        judge(length, head, tail, compression, keep_compressed, |probe, options| self.0.judge(probe, options))
    }

    /// The file key of an entry. The caller wipes it.
    pub fn key(&self, entry: usize) -> Option<Vec<u8>> {
        self.0.key(entry).map(key_bytes::of_key)
    }
}

/// Looks at both ends of a file. Returns the name of its repair, if one is needed; throws when the key does not open
/// it.
#[wasm_bindgen]
pub fn probe(
    file_key: Vec<u8>,
    length: f64,
    head: &[u8],
    tail: &[u8],
    compression: &str,
    keep_compressed: bool,
) -> Result<JsValue> {
    let (file_key, options) = (key_bytes::to_key(file_key)?, options(compression, keep_compressed, None));
    let found = probe_of(length, head, tail).find(&[&file_key], options).map_err(fail)?;
    Ok(found.repair.map_or(JsValue::NULL, |repair| JsValue::from_str(&repair.name())))
}

/// The one judge behind `DataDrop.judge` and `KeySet.judge`.
pub(super) fn judge(
    length: f64,
    head: &[u8],
    tail: &[u8],
    compression: &str,
    keep_compressed: bool,
    judge: impl FnOnce(&Probe<'_>, Options) -> std::result::Result<crate::Verdict, crate::Error>,
) -> Result<JsValue> {
    let options = options(compression, keep_compressed, None);
    to_js(&shapes::Verdict::of(judge(&probe_of(length, head, tail), options).map_err(fail)?))
}

pub(super) fn probe_of<'a>(length: f64, head: &'a [u8], tail: &'a [u8]) -> Probe<'a> {
    Probe { length: length as u64, head, tail }
}

/// `compression`: a name, or `auto`.
pub(super) fn options(compression: &str, keep_compressed: bool, output_limit: Option<f64>) -> Options {
    Options::default()
        .with_compression(Compression::from_name(compression))
        .with_keep_compressed(keep_compressed)
        .with_output_limit(output_limit.map(|limit| limit as u64))
}
