//! What can still be read of a damaged file.

use super::probing::options;
use super::shapes::{Salvaged, fail, to_js};
use super::{Result, key_bytes};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

/// One damaged file, read twice: push all, rewind, push all again and take the rows after each piece, end.
#[wasm_bindgen]
pub struct Salvage {
    inner: crate::Salvage,
    input: Vec<u8>,
}

#[wasm_bindgen]
impl Salvage {
    /// As for `Decryptor`. `has_iv_in_front`: the only repair that is possible here.
    #[wasm_bindgen(constructor)]
    pub fn new(file_key: Vec<u8>, compression: &str, output_limit: Option<f64>, has_iv_in_front: bool) -> Result<Self> {
        let options = options(compression, false, output_limit);
        let inner = crate::Salvage::new(&key_bytes::to_key(file_key)?, options, has_iv_in_front);
        Ok(Self { inner, input: Vec::new() })
    }

    /// Takes a piece.
    pub fn push(&mut self, piece: &Uint8Array) {
        self.input.resize(piece.length() as usize, 0);
        piece.copy_to(&mut self.input);
        self.inner.push(&self.input);
    }

    /// Ends the first pass: says what the second one will give.
    pub fn rewind(&mut self) -> Result<JsValue> {
        to_js(&Salvaged::of(&self.inner.rewind().map_err(fail)?))
    }

    /// Ends the second pass; some rows may follow.
    pub fn end(&mut self) {
        self.inner.end();
    }

    /// How many bytes of rows lie at `address` until the next call.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.inner.rows().len()
    }

    /// The address of the rows in the module's memory.
    #[wasm_bindgen(getter)]
    pub fn address(&self) -> usize {
        self.inner.rows().as_ptr() as usize
    }
}
