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
    pub(super) damage: Option<Damage>,
}

/// Why a text is no JSON.
pub(super) struct Damage {
    /// What the parser met, and where. Never holds the text.
    pub(super) problem: String,
    /// Whether only a limit of this tool was exceeded.
    pub(super) is_limit: bool,
}

impl Damage {
    fn of(error: Option<&serde_json::Error>) -> Self {
        let problem = error.map_or_else(|| "it ends too early".to_owned(), ToString::to_string);
        Self { is_limit: problem.starts_with("recursion limit") || problem.starts_with("number out of range"), problem }
    }
}

/// Reads the documents. A text that begins as JSON and is none is damaged; text before the first bracket is skipped.
pub(super) fn documents(text: &str) -> Documents {
    let (mut values, mut rest, mut in_vain, mut damage) = (Vec::new(), text, 0, None);
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
            other if rest.len() == text.len() && at == 0 || !values.is_empty() => {
                damage = Some(Damage::of(other.and_then(Result::err).as_ref()));
                break;
            }
            _ => {
                in_vain += 1;
                1
            }
        };
        rest = from.get(next..).unwrap_or_default();
    }
    Documents { values, damage }
}
