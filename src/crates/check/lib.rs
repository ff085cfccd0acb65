//! Bindings of what few need, `mgdc-decrypt/check` and `mgdc-decrypt/salvage`: thin functions over the core, errors as
//! plain `{ code, message }` objects.
//!
//! These names are not public: `pkg/check/*.js` and `pkg/salvage/*.js` wrap them.

#![cfg(target_arch = "wasm32")]

mod key_check;
mod rehearsal;
mod salvage;

pub use key_check::{check_key, check_length};
pub use rehearsal::rehearse;
pub use salvage::Salvage;

use mgdc_decrypt::Error;
use serde::Serialize;
use wasm_bindgen::JsValue;

/// An error as a plain object. `pkg/core/errors.js` turns it into a MgdcDecryptError.
#[derive(Serialize)]
struct Failure {
    code: &'static str,
    message: String,
}

fn fail(error: Error) -> JsValue {
    let failure = Failure { code: error.code(), message: error.to_string() };
    to_js(&failure).unwrap_or_else(|error| error)
}

/// The typed contract asks for `null` and not `undefined`, and for plain objects and not `Map`s. Bytes are `Uint8Array`s.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible().serialize_bytes_as_arrays(false);
    value.serialize(&serializer).map_err(JsValue::from)
}
