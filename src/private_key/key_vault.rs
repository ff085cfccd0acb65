//! JSON, as Key Vault's REST API, `az` and PowerShell print it, and JWK files → RSA keys, or what else it is.

use super::container::Opener;
use super::harvest::Harvest;
use super::jwk::{self, NEVER_PRIVATE, field};
use super::{RsaKey, der};
use crate::error::Error;
use crate::json::Json;
use serde_json::{Map, Value};

/// `None` when the text is no JSON, or of no known shape.
pub(super) fn private_keys(text: &str, opener: &mut Opener<'_>) -> Option<Result<Vec<RsaKey>, Error>> {
    let json = Json::parse(text)?;
    match &json.0 {
        Value::String(text) => opener.open_text(text),
        Value::Array(items) => several(items, opener),
        Value::Object(object) => one(object, opener),
        _ => None,
    }
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
        // An access policy or the like.
        Some(_) => return None,
        None => {}
    }
    match field(object, "key") {
        Some(Value::Object(key)) => return one(key, opener),
        Some(Value::String(text)) => return opener.open_text(text),
        _ => {}
    }
    // The ARM resource of a key; PowerShell's attributes; one line of a list.
    let is_about_key = |object: &Map<String, Value>| {
        ["kty", "keyuri", "keyops", "keytype", "kid"].iter().any(|name| field(object, name).is_some())
    };
    match (field(object, "value"), field(object, "properties")) {
        // A secret: `kid` is there when it belongs to a certificate, and names the key's version.
        (Some(Value::String(value)), _) => {
            let result = opener.open_text(value)?;
            Some(result.map(|keys| keys.into_iter().map(|key| with_identifier(key, text("kid"))).collect()))
        }
        (Some(Value::Array(items)), _) => several(items, opener),
        (_, Some(Value::Object(key))) if is_about_key(key) => missing("a description of a key", NEVER_PRIVATE),
        _ => match text("secretvaluetext") {
            Some(value) => opener.open_text(value),
            None if is_about_key(object) => missing("a description of a key", NEVER_PRIVATE),
            None => None,
        },
    }
}

/// A JWK set, or a list that a tool printed.
fn several(items: &[Value], opener: &mut Opener<'_>) -> Option<Result<Vec<RsaKey>, Error>> {
    let mut harvest = Harvest::default();
    for item in items {
        match item {
            Value::Object(object) => one(object, opener).into_iter().for_each(|keys| harvest.add_all(keys)),
            _ => return None,
        }
    }
    let is_list =
        |item: &Value| item.as_object().is_some_and(|item| field(item, "kid").or(field(item, "id")).is_some());
    let found = if items.iter().any(is_list) { "a list of keys or secrets" } else { "a JWK set without a key" };
    Some(harvest.finish(Error::PrivateKeyMissing { found, remedy: der::NEED_PRIVATE }))
}

fn with_identifier(key: RsaKey, identifier: Option<&str>) -> RsaKey {
    if key.identifier.is_some() || identifier.is_none() { key } else { key.of(identifier) }
}
