//! JSON that may hold a key.

use serde_json::Value;
use zeroize::{Zeroize, Zeroizing};

/// Wiped on drop.
pub(crate) struct Json(pub(crate) Value);

impl Json {
    /// `None` when the text is no JSON.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }
}

impl Drop for Json {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// No deeper than the parser goes: 128 levels.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(object) => object.values_mut().for_each(wipe),
        Value::Number(number) => *number = 0.into(),
        _ => {}
    }
}

/// Bytes as PowerShell writes them: an array of numbers.
pub(crate) fn bytes(items: &[Value]) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(items.len()));
    for item in items {
        bytes.push(item.as_u64().and_then(|number| u8::try_from(number).ok())?);
    }
    Some(bytes)
}
