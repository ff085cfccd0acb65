//! Key readiness for JavaScript.

use crate::to_js;
use js_sys::{Array, Reflect, Uint8Array};
use mgdc_decrypt::readiness::{self, CheckOptions, Item, Policy, Service};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

/// What the caller wants; see `CheckOptions` in `check.d.ts`. `now`: seconds since 1970.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Options {
    now: f64,
    #[serde(default)]
    services: Vec<Service>,
    tenant_id: Option<String>,
    policy: Option<Policy>,
    policy_name: Option<String>,
    policy_description: Option<String>,
    identity: Option<String>,
}

/// One item as JavaScript gives it, with copies of its own that are wiped.
enum Given {
    File { name: String, bytes: Zeroizing<Vec<u8>>, password: Option<Zeroizing<String>> },
    TooBig { name: String, size: u64 },
    Uri(String),
}

/// Bytes of the biggest file that is read.
#[wasm_bindgen(js_name = checkLength)]
pub fn check_length() -> f64 {
    readiness::MOST_BYTES as f64
}

/// Judges items: `{ uri }`, `{ name, bytes, password? }` or `{ name, size }` for a file over the limit. Returns a
/// `KeyCheck` (see `check.d.ts`).
#[wasm_bindgen(js_name = checkKey)]
pub fn check_key(items: &Array, options: JsValue) -> Result<JsValue, JsValue> {
    let given: Vec<Given> = items.iter().map(|item| given(&item)).collect();
    let options: Options = serde_wasm_bindgen::from_value(options)?;
    let mut wanted = CheckOptions::new(options.now as i64);
    wanted.services = options.services;
    wanted.tenant_id = options.tenant_id.as_deref();
    wanted.policy = options.policy;
    wanted.policy_name = options.policy_name.as_deref();
    wanted.policy_description = options.policy_description.as_deref();
    wanted.identity = options.identity.as_deref();
    let items: Vec<Item<'_>> = given.iter().map(Given::item).collect();
    to_js(&readiness::check_key(&items, &wanted))
}

impl Given {
    fn item(&self) -> Item<'_> {
        match self {
            Self::File { name, bytes, password } => {
                Item::file_with_password(name, bytes, password.as_ref().map(|password| password.as_str()))
            }
            Self::TooBig { name, size } => Item::TooBig { name, size: *size },
            Self::Uri(uri) => Item::Uri(uri),
        }
    }
}

fn given(item: &JsValue) -> Given {
    if let Some(uri) = member(item, "uri").as_string() {
        return Given::Uri(uri);
    }
    let name = member(item, "name").as_string().unwrap_or_default();
    match member(item, "bytes").dyn_into::<Uint8Array>() {
        Ok(bytes) => Given::File {
            name,
            bytes: Zeroizing::new(bytes.to_vec()),
            password: member(item, "password").as_string().map(Zeroizing::new),
        },
        Err(_) => Given::TooBig { name, size: member(item, "size").as_f64().unwrap_or_default() as u64 },
    }
}

fn member(item: &JsValue, name: &str) -> JsValue {
    Reflect::get(item, &name.into()).unwrap_or_default()
}
