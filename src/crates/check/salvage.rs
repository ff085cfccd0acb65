//! What can still be read of a damaged file, as `pkg/salvage/salvage-into.js` takes it.

use crate::{fail, to_js};
use js_sys::Uint8Array;
use mgdc_decrypt::{Compression, FileKey, Options, Salvaged};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

/// One damaged file, read twice: push all, rewind, push all again and take the rows after each piece, end.
#[wasm_bindgen]
pub struct Salvage {
    inner: mgdc_decrypt::Salvage,
    input: Vec<u8>,
}

#[wasm_bindgen]
impl Salvage {
    /// `file_key`: 48 bytes, of which ours are wiped. `compression`: a name, or `auto`. `has_iv_in_front`: the only
    /// repair that is possible here.
    #[wasm_bindgen(constructor)]
    pub fn new(
        file_key: Vec<u8>,
        compression: &str,
        output_limit: Option<f64>,
        has_iv_in_front: bool,
    ) -> Result<Self, JsValue> {
        let options = Options::default()
            .with_compression(Compression::from_name(compression))
            .with_output_limit(output_limit.map(|limit| limit as u64));
        let inner = mgdc_decrypt::Salvage::new(&to_key(file_key)?, options, has_iv_in_front);
        Ok(Self { inner, input: Vec::new() })
    }

    /// Takes a piece.
    pub fn push(&mut self, piece: &Uint8Array) {
        self.input.resize(piece.length() as usize, 0);
        piece.copy_to(&mut self.input);
        self.inner.push(&self.input);
    }

    /// Ends the first pass: says what the second one will give.
    pub fn rewind(&mut self) -> Result<JsValue, JsValue> {
        to_js(&Summary::of(&self.inner.rewind().map_err(fail)?))
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

#[derive(Serialize)]
struct Summary {
    rows: f64,
    bytes: f64,
    lost: Vec<Lost>,
    certain: bool,
    compression: Option<&'static str>,
    nothing: Option<&'static str>,
}

#[derive(Serialize)]
struct Lost {
    from: f64,
    to: f64,
}

impl Summary {
    fn of(salvaged: &Salvaged) -> Self {
        Self {
            rows: salvaged.rows as f64,
            bytes: salvaged.bytes as f64,
            lost: salvaged.lost.iter().map(|lost| Lost { from: lost.start as f64, to: lost.end as f64 }).collect(),
            certain: salvaged.is_certain,
            compression: salvaged.compression.map(Compression::name),
            nothing: salvaged.nothing,
        }
    }
}

/// 32 bytes of AES key and 16 of IV, which are wiped.
fn to_key(record: Vec<u8>) -> Result<FileKey, JsValue> {
    let record = Zeroizing::new(record);
    let wrong = || JsValue::from_str("a file key has 48 bytes");
    let (key, iv) = record.split_first_chunk::<32>().ok_or_else(wrong)?;
    Ok(FileKey::new(*key, iv.try_into().map_err(|_| wrong())?))
}
