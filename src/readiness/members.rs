//! Members of JSON objects under any spelling: `key_ops`, `keyOps`, `KeyOps` and `Key Ops` are one name.

use serde_json::{Map, Value};

pub(super) type Object = Map<String, Value>;

/// A name without case, blanks, `_`, `/`, `?` and brackets.
pub(super) fn plain_name(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// A member, also when it is null. `wanted` is a plain name. When several spellings are there, one with a value wins.
pub(super) fn member<'a>(object: &'a Object, wanted: &str) -> Option<(&'a str, &'a Value)> {
    let same = |name: &str| {
        let mut letters =
            name.bytes().filter(|byte| byte.is_ascii_alphanumeric()).map(|byte| byte.to_ascii_lowercase());
        name.is_ascii() && letters.by_ref().eq(wanted.bytes())
    };
    let mut found = None;
    for (name, value) in object {
        if same(name) {
            if !value.is_null() {
                return Some((name, value));
            }
            found = found.or(Some((name.as_str(), value)));
        }
    }
    found
}

/// A member that is not null.
pub(super) fn set<'a>(object: &'a Object, wanted: &str) -> Option<&'a Value> {
    member(object, wanted).map(|(_, value)| value).filter(|value| !value.is_null())
}

/// A member that is an object, or a text that holds one (PowerShell cuts deep objects to their text).
pub(super) fn object<'a>(object: &'a Object, wanted: &str) -> Option<&'a Object> {
    set(object, wanted).and_then(Value::as_object)
}

/// A member that is text and not blank.
pub(super) fn text<'a>(object: &'a Object, wanted: &str) -> Option<&'a str> {
    set(object, wanted).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// A value without PowerShell's wrapping: `{ "value": …, "Count": 3 }` is its value.
pub(super) fn unwrapped(value: &Value) -> &Value {
    match value.as_object() {
        Some(object) if member(object, "value").is_some() => set(object, "value").unwrap_or(value),
        _ => value,
    }
}

/// Truth as JSON, text or number.
pub(super) fn truth(value: &Value) -> Option<bool> {
    match unwrapped(value) {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) if text.trim().eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.trim().eq_ignore_ascii_case("false") => Some(false),
        Value::Number(number) => match number.as_u64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// A whole number, or the text of one.
pub(super) fn whole(value: &Value) -> Option<u64> {
    match unwrapped(value) {
        Value::Number(number) => number.as_u64().or_else(|| {
            let float = number.as_f64()?;
            (float.fract() == 0.0 && (0.0..1e15).contains(&float)).then_some(float as u64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A word that a narrow console may have broken in two.
pub(super) fn without_blanks(word: &str) -> String {
    word.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A list of words: an array of texts, or a text with commas, blanks or braces as PowerShell writes it. The second value
/// says whether PowerShell cut the list. The name of a type is no list.
pub(super) fn words(value: &Value) -> Option<(Vec<String>, bool)> {
    match unwrapped(value) {
        Value::Array(items) => {
            let words = items.iter().filter_map(Value::as_str).map(|word| word.trim().to_owned());
            Some((words.filter(|word| !word.is_empty()).collect(), false))
        }
        Value::String(text) if is_type_name(text) => None,
        Value::String(text) => {
            let is_cut = text.contains("...") || text.contains('\u{2026}');
            let is_between = |c: char| c.is_whitespace() || ",;{}[]\u{2026}".contains(c);
            let words = text.split(is_between).map(|word| word.trim_matches('.')).filter(|word| !word.is_empty());
            Some((words.take(MOST_WORDS).map(str::to_owned).collect(), is_cut))
        }
        Value::Object(object) if object.is_empty() => Some((Vec::new(), false)),
        _ => None,
    }
}

/// At most so many words of a text are read; a firewall of Key Vault has 1000 rules.
const MOST_WORDS: usize = 2000;

/// What PowerShell writes in place of an object that is too deep: ``System.Collections.Generic.List`1[System.String]``.
fn is_type_name(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("System.") || text.starts_with("Microsoft.")
}
