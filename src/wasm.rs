//! Bindings for JavaScript: thin handles over the core, errors as plain `{ code, message }` objects.
//!
//! These names are not public: `pkg/*.js` wraps them.

mod archives;
mod data_drop;
mod files;
mod key_bytes;
mod keys;
mod probing;
mod shapes;
mod unlocking;

pub use archives::EntryInflater;
pub use data_drop::{DataDrop, DocumentReader, Trial};
pub use files::{Decryptor, Sha256};
pub use keys::{FileKey, PrivateKey};
pub use probing::{KeySet, probe};
pub use unlocking::{Unlocking, Unwrapper};

use crate::PathRole;
use shapes::{fail, to_js};
use wasm_bindgen::prelude::*;

type Result<T> = std::result::Result<T, JsValue>;

/// Package version and source revision.
#[wasm_bindgen]
pub fn version() -> String {
    format!("{}+{}", env!("CARGO_PKG_VERSION"), option_env!("MGDC_REVISION").unwrap_or("unknown"))
}

/// Every code of the core's errors, separated by blanks. A test compares them with `index.d.ts`.
#[wasm_bindgen(js_name = errorCodes)]
pub fn error_codes() -> String {
    crate::Error::CODES.join(" ")
}

/// Every entry of a key details document.
#[wasm_bindgen(js_name = parseKeyDetails)]
pub fn parse_key_details(json: &[u8]) -> Result<JsValue> {
    let details = crate::parse_key_details(json).map_err(fail)?;
    to_js(&details.iter().map(shapes::KeyDetails::of).collect::<Vec<_>>())
}

/// The root, and a letter for the role of each path (`k`ey details, `m`etadata, `l`itter, `d`ata). Each path ends in a
/// zero byte: a hundred thousand separate strings would take as many calls.
#[wasm_bindgen]
pub fn layout(paths: &str) -> Result<JsValue> {
    let paths: Vec<&str> = paths.split_terminator('\0').collect();
    let layout = crate::Layout::of(&paths);
    let roles = layout.roles.iter().map(|role| match role {
        PathRole::KeyDetails => 'k',
        PathRole::Metadata => 'm',
        PathRole::Litter => 'l',
        PathRole::Data => 'd',
    });
    to_js(&shapes::Layout { root: layout.root, roles: roles.collect() })
}

/// Why a file is not data, by its path; `undefined` when it may be data.
#[wasm_bindgen]
pub fn litter(path: &str) -> Option<String> {
    crate::litter(path).map(Into::into)
}

/// Whether a file whose name begins with `._` is litter. `head` is its first bytes.
#[wasm_bindgen(js_name = isAppleDouble)]
pub fn is_apple_double(head: &[u8]) -> bool {
    crate::is_apple_double(head)
}

/// The kind of archive that a file is, with its article; `undefined` for anything else. `head` is its first
/// `headLength()` bytes.
#[wasm_bindgen]
pub fn archive(head: &[u8]) -> Option<String> {
    crate::archive(head).map(Into::into)
}

/// The kind of a file that was delivered in clear; `undefined` when it looks encrypted, or when only a key can tell.
/// `head` is its first `headLength()` bytes.
#[wasm_bindgen(js_name = clearContent)]
pub fn clear_content(length: f64, head: &[u8]) -> Option<String> {
    crate::Probe { length: length as u64, head, tail: &[] }.clear().map(|content| content.name().into())
}

/// Bytes of a file's beginning that a probe needs.
#[wasm_bindgen(js_name = headLength)]
pub fn head_length() -> usize {
    crate::Probe::HEAD
}

/// Bytes of a file's end that a probe needs.
#[wasm_bindgen(js_name = tailLength)]
pub fn tail_length() -> usize {
    crate::Probe::TAIL
}

/// The kind of private key that a file is: `private-key`, `with-password`, `other-key` (it opens no drop) or `near-key`
/// (loose files only: meant as a key, but none); `undefined` for any other file. `head` is the whole file if it has at
/// most `keyLength()` bytes; otherwise it may be empty.
#[wasm_bindgen(js_name = looksLikeKey)]
pub fn looks_like_key(path: &str, head: &[u8], size: f64, is_loose: bool) -> Option<String> {
    let is_whole = head.len() as f64 == size;
    is_whole.then(|| crate::Recognized::of(path, head, is_loose))?.map(|found| found.name().into())
}

/// Size of the biggest file that may be a private key, in bytes.
#[wasm_bindgen(js_name = keyLength)]
pub fn key_length() -> usize {
    crate::Recognized::MOST
}

/// CRC-32 (RFC 1952, section 8) of the data with the CRC `previous`, followed by `bytes`.
#[wasm_bindgen]
pub fn crc32(previous: u32, bytes: &[u8]) -> u32 {
    mgdc_inflate::crc32(previous, bytes)
}
