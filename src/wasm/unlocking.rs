//! The private-key operations of an unlock, done on the page or divided among workers.

use super::Result;
use super::data_drop::DataDrop;
use super::keys::PrivateKey;
use crate::{Unwrapped, Wanted};
use mgdc_wipe::wiping_stack;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

/// The operations for one unlock, and their results.
#[wasm_bindgen]
#[derive(Default)]
pub struct Unlocking {
    pub(super) unwrapped: Unwrapped,
    wanted: Vec<Wanted>,
}

#[wasm_bindgen]
impl Unlocking {
    /// Without operations.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lists the wrapped values that must be tried now. Returns for each the number of entries that need it.
    pub fn want(&mut self, data_drop: &DataDrop, private_key: &PrivateKey) -> Vec<usize> {
        self.wanted = data_drop.0.wanted(&private_key.0, &self.unwrapped);
        self.wanted.iter().map(|wanted| wanted.entries).collect()
    }

    /// The number of private-key operations, at most.
    #[wasm_bindgen(getter)]
    pub fn operations(&self) -> usize {
        self.wanted.iter().map(|wanted| wanted.keys.len()).sum()
    }

    /// Tries the key on one wrapped value.
    pub fn attempt(&mut self, index: usize, private_key: &PrivateKey) {
        if let Some(wanted) = self.wanted.get(index) {
            wiping_stack(|| self.unwrapped.attempt(&private_key.0, wanted));
        }
    }

    /// Some of the wrapped values, for `Unwrapper`.
    pub fn piece(&self, start: usize, end: usize) -> Vec<u8> {
        Wanted::to_bytes(self.wanted.get(start..end).unwrap_or_default())
    }

    /// Adds the results of `Unwrapper` for the same piece.
    #[wasm_bindgen(js_name = addResults)]
    pub fn add_results(&mut self, start: usize, end: usize, results: Vec<u8>) -> Result<()> {
        let results = Zeroizing::new(results);
        let wanted = self.wanted.get(start..end).unwrap_or_default();
        self.unwrapped
            .add_results(wanted, &results)
            .ok_or_else(|| JsValue::from_str("these are no results of the piece"))
    }
}

/// A private key in a worker that only unwraps.
#[wasm_bindgen]
pub struct Unwrapper(crate::PrivateKey);

#[wasm_bindgen]
impl Unwrapper {
    /// `parts`: see `PrivateKey`.
    #[wasm_bindgen(constructor)]
    pub fn new(parts: Vec<u8>) -> Result<Self> {
        let parts = Zeroizing::new(parts);
        let private_key = wiping_stack(|| crate::PrivateKey::from_parts(&parts));
        private_key.map(Self).ok_or_else(|| JsValue::from_str("these are no parts of a private key"))
    }

    /// Tries the key on a piece. The caller wipes the results.
    pub fn unwrap(&self, piece: &[u8]) -> Result<Vec<u8>> {
        let wanted = Wanted::from_bytes(piece).ok_or_else(|| JsValue::from_str("this is no piece"))?;
        Ok(wiping_stack(|| {
            let mut unwrapped = Unwrapped::default();
            wanted.iter().for_each(|wanted| unwrapped.attempt(&self.0, wanted));
            unwrapped.results(&wanted).to_vec()
        }))
    }
}
