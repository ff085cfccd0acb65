//! Text → JSON documents: one, or several after another, also after other text as a console shows it.

use crate::json::Json;
use serde_json::Value;

/// How many places that only look like the beginning of JSON are tried: each costs a parse.
const IN_VAIN: usize = 16;
/// At most so many documents of one text are read.
const MOST: usize = 10_000;

/// The documents of a text, and whether something after or instead of them was cut or damaged.
pub(super) struct Documents {
    pub(super) values: Vec<Json>,
    pub(super) is_damaged: bool,
}

/// Reads the documents. A text that begins as JSON and is none is damaged; text before the first bracket is skipped.
pub(super) fn documents(text: &str) -> Documents {
    let (mut values, mut rest, mut in_vain, mut is_damaged) = (Vec::new(), text, 0, false);
    while in_vain < IN_VAIN
        && values.len() < MOST
        && let Some(at) = rest.find(['{', '['])
    {
        let from = rest.get(at..).unwrap_or_default();
        let mut stream = serde_json::Deserializer::from_str(from).into_iter::<Value>();
        let next = match stream.next() {
            Some(Ok(value)) => {
                values.push(Json(value));
                stream.byte_offset()
            }
            _ if rest.len() == text.len() && at == 0 || !values.is_empty() => {
                is_damaged = true;
                break;
            }
            _ => {
                in_vain += 1;
                1
            }
        };
        rest = from.get(next..).unwrap_or_default();
    }
    Documents { values, is_damaged }
}
