//! JSON → RSA keys, or an error that says what else it is: output of Key Vault's REST API, `az` and PowerShell, JWK
//! files, and any other JSON with a key in it.

use super::candidates::Candidates;
use super::jwk::{self, NEVER_PRIVATE, field};
use super::opener::Opener;
use super::{RsaKey, der};
use crate::error::Error;
use crate::json::{self, Json};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

/// `None` when the text is not JSON, or has nothing in it that could be a key.
pub(super) fn private_keys(text: &str, opener: &mut Opener<'_>) -> Option<Result<Vec<RsaKey>, Error>> {
    of_value(&Json::parse(text)?, opener)
}

/// Known shapes are read first, because they also name the key; otherwise every text in the JSON is tried, whatever its
/// name.
pub(super) fn of_value(json: &Json, opener: &mut Opener<'_>) -> Option<Result<Vec<RsaKey>, Error>> {
    let known = match &json.0 {
        Value::String(text) => return opener.open_text(text),
        Value::Array(items) => several(items, opener),
        Value::Object(object) => one(object, opener),
        _ => None,
    };
    let mut candidates = Candidates::default();
    let is_known = known.is_some();
    known.into_iter().for_each(|keys| candidates.add_all(keys));
    if !candidates.is_enough() {
        walk(&json.0, opener, &mut candidates);
    }
    (is_known || !candidates.is_empty()).then(|| candidates.finish(NOTHING))
}

pub(super) const DESCRIPTION: Error =
    Error::PrivateKeyMissing { found: "a description of a key", remedy: NEVER_PRIVATE };

/// Whether a text that is no JSON names a key of Key Vault, as PowerShell and `az` show it in lines.
pub(super) fn names_a_key(text: &str) -> bool {
    let is_identifier = |word: &str| word.starts_with("https://") && word.contains("/keys/");
    text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).any(is_identifier)
}

const NOTHING: Error = Error::PrivateKeyMissing { found: "JSON without a private key", remedy: der::NEED_PRIVATE };

/// A shorter text cannot hold a key of 2048 bits.
const SHORTEST: usize = 400;

fn walk(value: &Value, opener: &mut Opener<'_>, candidates: &mut Candidates) {
    match value {
        Value::String(text) if text.len() >= SHORTEST => {
            opener.open_text(text).into_iter().for_each(|keys| candidates.add_all(keys));
        }
        Value::Array(items) => match source_of(items) {
            Some(source) => candidates.add_all(opener.open_inner(&source)),
            None => items.iter().for_each(|item| walk(item, opener, candidates)),
        },
        Value::Object(object) if field(object, "kty").is_some() => {
            candidates.add(jwk::private_key(object));
        }
        Value::Object(object) => object.values().for_each(|value| walk(value, opener, candidates)),
        _ => {}
    }
}

/// A PEM as an array of its lines, or bytes as an array of numbers.
pub(super) fn source_of(items: &[Value]) -> Option<Zeroizing<Vec<u8>>> {
    lines(items).or_else(|| json::bytes(items).filter(|bytes| bytes.len() > SHORTEST))
}

fn lines(items: &[Value]) -> Option<Zeroizing<Vec<u8>>> {
    let lines = || items.iter().map(Value::as_str);
    lines().next()??.contains("BEGIN").then_some(())?;
    // Allocated once: growing would leave copies behind.
    let length = lines().map(|line| line.map(|line| line.len() + 1)).sum::<Option<usize>>()?;
    let mut text = Zeroizing::new(Vec::with_capacity(length));
    for line in lines().flatten() {
        text.extend_from_slice(line.as_bytes());
        text.push(b'\n');
    }
    Some(text)
}

/// How many places that only look like the beginning of JSON are tried: each costs a parse.
const IN_VAIN: usize = 16;

/// JSON objects and lists inside other text, such as the output of a console, one to a line.
pub(crate) fn inside(text: &str) -> Vec<Json> {
    let (mut found, mut rest, mut in_vain) = (Vec::new(), text, 0);
    while in_vain < IN_VAIN
        && let Some(at) = rest.find(['{', '['])
    {
        let from = rest.get(at..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_str(from).into_iter::<Value>();
        let next = match values.next() {
            Some(Ok(value)) => {
                found.push(Json(value));
                values.byte_offset()
            }
            _ => {
                in_vain += 1;
                1
            }
        };
        rest = from.get(next..).unwrap_or_default();
    }
    found
}

fn one(object: &Map<String, Value>, opener: &mut Opener<'_>) -> Option<Result<Vec<RsaKey>, Error>> {
    let missing = |found, remedy| Some(Err(Error::PrivateKeyMissing { found, remedy }));
    let text = |name| field(object, name).and_then(Value::as_str);
    if field(object, "kty").is_some() {
        return Some(jwk::private_key(object).map(|key| vec![key]));
    }
    if field(object, "error").is_some() {
        return missing("an error message of Key Vault", "see what it says, mend the cause and ask again");
    }
    // articles/key-vault/keys/byok-specification.md in MicrosoftDocs/azure-security-docs.
    if field(object, "header").is_some() && field(object, "ciphertext").is_some() {
        return Some(Err(Error::PrivateKeyUnsupported {
            found: "a BYOK transfer file, encrypted to the HSM of a vault",
            remedy: "import it into that vault, and let Key Vault decrypt the wrapped key",
        }));
    }
    match field(object, "keys") {
        // RFC 7517, section 5.
        Some(Value::Array(keys)) => return several(keys, opener),
        // An access policy, for example.
        Some(_) => return None,
        None => {}
    }
    match field(object, "key") {
        Some(Value::Object(key)) => return one(key, opener),
        Some(Value::String(text)) => return opener.open_text(text),
        _ => {}
    }
    // The ARM resource of a key, PowerShell's attributes, or an item of a list.
    let is_about_key = |object: &Map<String, Value>| {
        ["kty", "keyuri", "keyops", "keytype", "kid"].iter().any(|name| field(object, name).is_some())
    };
    if is_answer(object) {
        return Some(Err(ANSWER));
    }
    match (field(object, "value"), field(object, "properties")) {
        // A secret. If it belongs to a certificate, `kid` names the key's version.
        (Some(Value::String(value)), _) => {
            let result = opener.open_text(value)?;
            Some(result.map(|keys| keys.into_iter().map(|key| with_identifier(key, text("kid"))).collect()))
        }
        (Some(Value::Array(items)), _) => several(items, opener),
        (_, Some(Value::Object(key))) if is_about_key(key) => Some(Err(DESCRIPTION)),
        _ => match text("secretvaluetext") {
            Some(value) => opener.open_text(value),
            None if is_about_key(object) => Some(Err(DESCRIPTION)),
            None => None,
        },
    }
}

/// Whether it is Key Vault's answer to decrypt or unwrapKey, as REST, `az` or PowerShell give it. The value of a secret is
/// longer.
pub(super) fn is_answer(object: &Map<String, Value>) -> bool {
    let identifier = field(object, "kid").or(field(object, "keyid")).and_then(Value::as_str).unwrap_or_default();
    let value = ["result", "rawresult", "value"].iter().find_map(|name| field(object, name));
    identifier.contains("/keys/")
        && match value {
            Some(Value::String(text)) => text.len() < SHORTEST,
            Some(Value::Array(items)) => json::bytes(items).is_some(),
            _ => false,
        }
}

const ANSWER: Error = Error::PrivateKeyUnsupported {
    found: "Key Vault's answer for a wrapped key",
    remedy: "give it as the vault answer (--vault-answer on the command line)",
};

/// A JWK set, or a list that a tool printed.
fn several(items: &[Value], opener: &mut Opener<'_>) -> Option<Result<Vec<RsaKey>, Error>> {
    let mut candidates = Candidates::default();
    for item in items {
        match item {
            Value::Object(object) => one(object, opener).into_iter().for_each(|keys| candidates.add_all(keys)),
            _ => return None,
        }
    }
    let is_list =
        |item: &Value| item.as_object().is_some_and(|item| field(item, "kid").or(field(item, "id")).is_some());
    let found = if items.iter().any(is_list) { "a list of keys or secrets" } else { "a JWK set without a key" };
    Some(candidates.finish(Error::PrivateKeyMissing { found, remedy: der::NEED_PRIVATE }))
}

fn with_identifier(key: RsaKey, identifier: Option<&str>) -> RsaKey {
    if key.identifier.is_some() || identifier.is_none() { key } else { key.with_identifier(identifier) }
}
