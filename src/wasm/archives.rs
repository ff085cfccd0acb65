//! Entries of archives.

use super::Result;
use super::shapes::fail;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

/// A deflated entry of a ZIP archive: push, pull, finish.
#[wasm_bindgen]
pub struct EntryInflater(crate::EntryInflater);

#[wasm_bindgen]
impl EntryInflater {
    /// `size`: the bytes that the archive promises.
    #[wasm_bindgen(constructor)]
    pub fn new(size: f64) -> Self {
        Self(crate::EntryInflater::new(size as u64))
    }

    /// Takes a piece, once everything before it was pulled.
    pub fn push(&mut self, piece: &Uint8Array) {
        self.0.push(|input| {
            let before = input.len();
            input.resize(before + piece.length() as usize, 0);
            piece.copy_to(input.get_mut(before..).unwrap_or_default());
        });
    }

    /// Fills the beginning of `target`; returns how many bytes it wrote: 0 when another piece is needed, and at the
    /// end.
    pub fn pull(&mut self, target: &Uint8Array) -> Result<usize> {
        let bytes = self.0.pull(target.length() as usize).map_err(fail)?;
        target.subarray(0, bytes.len() as u32).copy_from(bytes);
        Ok(bytes.len())
    }

    /// Checks that the content is complete; returns its CRC-32.
    pub fn finish(&self) -> Result<u32> {
        self.0.finish().map_err(fail)
    }
}
