//! Why an answer holds no key.

use super::finder::Finder;
use super::plain::Plain;
use crate::error::Error;
use crate::json::{self, Json};
use crate::text;
use serde_json::Value;

pub(super) fn why(plain: &Plain, finder: &Finder) -> Error {
    let text = plain.outer().trim();
    let problem = |problem| Error::VaultAnswer { problem };
    if text.is_empty() {
        return problem("it is empty; paste what the command printed");
    }
    if !plain.is_text {
        return problem("it is no text; paste what the command printed");
    }
    if plain.layers.iter().any(|text| is_error(text)) {
        return problem(
            "Key Vault answered with an error instead of a value; see its message, mend the cause and ask again",
        );
    }
    if is_error_of_tool(text) {
        return problem(
            "Key Vault answered with an error instead of a value, which would be Base64, and this is neither Base64, \
                Base64URL nor hex; see its message, mend the cause and ask again",
        );
    }
    if finder.is_cut {
        return problem(
            "the value is cut off, as PowerShell shows only the first bytes of RawResult and tables end with the \
                screen; print all of it: [Convert]::ToBase64String($result.RawResult), or az … --query result \
                --output tsv",
        );
    }
    if plain.layers.iter().any(|text| text.contains('\u{FFFD}')) {
        return problem(
            "it went through a text encoding that lost bytes; upgrade Az.KeyVault and print RawResult as Base64",
        );
    }
    if let Some(length) = finder.odd {
        return Error::FileKeyLength { length };
    }
    let json = Json::parse(text);
    match json.as_ref().map(|json| &json.0) {
        Some(Value::Object(object)) => {
            let value = object.iter().filter(|(name, _)| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)));
            value.filter_map(|(_, value)| length(value)).next().map_or(problem(NO_VALUE), of_length)
        }
        Some(value @ Value::Array(_)) => length(value).map_or(problem(NO_VALUE), of_length),
        Some(Value::String(text)) => base64(text).map_or(problem(NEITHER), of_length),
        _ => base64(text).map_or(problem(NEITHER), of_length),
    }
}

const NO_VALUE: &str = "the JSON has no value, result or RawResult; paste the whole answer of decrypt or unwrapKey";
const NEITHER: &str = "the value is neither Base64, Base64URL nor hex; paste what the command printed, and all of it";
const NAMES: [&str; 5] = ["RawResult", "value", "result", "plaintext", "key"];

fn of_length(length: usize) -> Error {
    Error::FileKeyLength { length }
}

fn length(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => base64(text),
        Value::Array(items) => json::bytes(items).map(|bytes| bytes.len()),
        _ => None,
    }
}

fn base64(text: &str) -> Option<usize> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "\"'`".contains(c));
    text::base64(text).ok().map(|bytes| bytes.len())
}

/// REST's `{"error": {"code": …}}`, anywhere in the text.
fn is_error(text: &str) -> bool {
    text.match_indices("\"error\"").any(|(at, name)| {
        let rest = text.get(at + name.len()..).unwrap_or_default().trim_start();
        rest.strip_prefix(':').is_some_and(|rest| rest.trim_start().starts_with(['{', '"']))
    })
}

/// `ERROR: (Forbidden) Caller is not authorized`, and Key Vault's codes in exceptions of PowerShell.
fn is_error_of_tool(text: &str) -> bool {
    ["ERROR: (", "(Forbidden)", "(Unauthorized)", "(BadParameter)", "(KeyNotFound)", "ErrorCode: ", "Code: Forbidden"]
        .iter()
        .any(|sign| text.contains(sign))
}
