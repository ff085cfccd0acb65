//! One file: its decryption, and the hash of what was written.

use super::probing::options;
use super::shapes::{self, fail, to_js};
use super::{Result, key_bytes};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

/// One file: push, pull, end, pull, finish.
#[wasm_bindgen]
pub struct Decryptor {
    inner: crate::Decryptor,
    input: Vec<u8>,
    address: usize,
}

#[wasm_bindgen]
impl Decryptor {
    /// `file_key`: 32 bytes of key, 16 bytes of IV. `compression`: a name, or `auto`. `repair`: as `judge` names it;
    /// then everything goes through `push`; only with `iv-in-front` may other calls follow the first 16 bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(
        file_key: Vec<u8>,
        compression: &str,
        keep_compressed: bool,
        output_limit: Option<f64>,
        repair: Option<String>,
    ) -> Result<Self> {
        let options = options(compression, keep_compressed, output_limit);
        let repair = repair.map(|name| crate::Repair::from_name(&name).ok_or("an unknown repair")).transpose()?;
        let inner = crate::Decryptor::repairing(&key_bytes::to_key(file_key)?, repair, options);
        Ok(Self { inner, input: Vec::new(), address: 0 })
    }

    /// Takes a piece.
    pub fn push(&mut self, piece: &Uint8Array) -> Result<()> {
        self.input.resize(piece.length() as usize, 0);
        piece.copy_to(&mut self.input);
        self.inner.push(&self.input).map_err(fail)
    }

    /// Takes whole blocks that another engine decrypted. `last_block` is the last ciphertext block of them.
    #[wasm_bindgen(js_name = pushDecrypted)]
    pub fn push_decrypted(&mut self, piece: &Uint8Array, last_block: &[u8]) -> Result<()> {
        let last_block = last_block.try_into().map_err(|_| "an AES block has 16 bytes")?;
        self.inner.push_decrypted_with(piece.length() as usize, last_block, |room| piece.copy_to(room)).map_err(fail)
    }

    /// Ends the input after the last piece.
    pub fn end(&mut self) -> Result<()> {
        self.inner.end().map_err(fail)
    }

    /// Decrypts on. Returns how many bytes of plaintext lie at `address` until the next call; 0 when another piece is
    /// needed, and at the end.
    pub fn pull(&mut self) -> Result<usize> {
        let crate::Pulled::Plaintext(plaintext) = self.inner.pull().map_err(fail)? else { return Ok(0) };
        self.address = plaintext.as_ptr() as usize;
        Ok(plaintext.len())
    }

    /// The address of the plaintext in the module's memory, so that it is read in place without another copy.
    #[wasm_bindgen(getter)]
    pub fn address(&self) -> usize {
        self.address
    }

    /// Checks the end; consumes the handle.
    pub fn finish(self) -> Result<JsValue> {
        to_js(&shapes::Summary::of(&self.inner.finish().map_err(fail)?))
    }
}

/// SHA-256 of the written bytes.
#[wasm_bindgen]
#[derive(Default)]
pub struct Sha256(sha2::Sha256);

#[wasm_bindgen]
impl Sha256 {
    /// A new hash.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        sha2::Digest::update(&mut self.0, bytes);
    }

    /// 64 hex digits; consumes the handle.
    pub fn digest(self) -> String {
        sha2::Digest::finalize(self.0).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
