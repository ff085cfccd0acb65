//! A rehearsal, as `pkg/check/rehearsal.js` takes it.

use crate::{fail, to_js};
use mgdc_decrypt::{Algorithm, RehearsalItem};
use mgdc_wipe::wiping_stack;
use serde::{Serialize, Serializer};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

/// `key`: a public key in any container, which is wiped because it may be a private one. `algorithm`: a name; RSA-OAEP
/// without one.
#[wasm_bindgen]
pub fn rehearse(key: Vec<u8>, algorithm: Option<String>) -> Result<JsValue, JsValue> {
    let key = Zeroizing::new(key);
    let algorithm = algorithm.as_deref().and_then(Algorithm::from_name);
    let rehearsal = wiping_stack(|| mgdc_decrypt::Rehearsal::new(&key, algorithm).map(Box::new)).map_err(fail)?;
    to_js(&Rehearsal {
        items: rehearsal.items.iter().map(Item::of).collect(),
        bits: rehearsal.bits,
        algorithm: rehearsal.algorithm.name(),
        key_version: &rehearsal.key_version,
        is_version_made_up: rehearsal.is_version_made_up,
        key_identifier: rehearsal.key_identifier.as_deref(),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rehearsal<'a> {
    items: Vec<Item<'a>>,
    bits: usize,
    algorithm: &'static str,
    key_version: &'a str,
    is_version_made_up: bool,
    key_identifier: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    path: &'a str,
    #[serde(serialize_with = "as_bytes")]
    bytes: &'a [u8],
    is_encrypted: bool,
}

impl<'a> Item<'a> {
    fn of(item: &'a RehearsalItem) -> Self {
        Self { path: &item.path, bytes: &item.bytes, is_encrypted: item.is_encrypted }
    }
}

/// Serde would take a slice for a list of numbers.
fn as_bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}
