//! JSON that may hold a key, and is therefore wiped.

use serde_json::Value;
use zeroize::{Zeroize, Zeroizing};

/// Wiped on drop.
pub(crate) struct Json(pub(crate) Value);

impl Json {
    /// `None` when the text is no JSON.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    /// The value at the beginning of a text; `None` when none is there.
    pub(crate) fn first(text: &str) -> Option<Self> {
        serde_json::Deserializer::from_str(text).into_iter().next()?.ok().map(Self)
    }
}

impl Drop for Json {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// Recursion is safe: the parser limits the depth to 128 levels.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(object) => object.values_mut().for_each(wipe),
        Value::Number(number) => *number = 0.into(),
        _ => {}
    }
}

/// The bytes of an array of numbers, as PowerShell writes them.
pub(crate) fn bytes(items: &[Value]) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(items.len()));
    for item in items {
        bytes.push(item.as_u64().and_then(|number| u8::try_from(number).ok())?);
    }
    Some(bytes)
}
