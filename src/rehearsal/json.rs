//! JSON → an RSA public key: a JWK, and what Key Vault's REST API, `az` and PowerShell write of a key or certificate.

use super::der;
use super::public_key::{GIVE_PUBLIC, PublicKey, of_numbers};
use crate::error::Error;
use crate::private_key::{field, number};
use crate::text;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

type Object = Map<String, Value>;

/// `None` where nothing in it describes a key: a secret, for example.
pub(super) fn public_key(value: &Value) -> Option<Result<PublicKey, Error>> {
    match value {
        Value::String(text) if !text.trim_start().starts_with('"') => PublicKey::of_text(text),
        Value::Array(items) => one_of(items),
        Value::Object(object) => of_object(object),
        _ => None,
    }
}

/// A list with one key is that key. Which of several is meant, nobody can tell.
fn one_of(items: &[Value]) -> Option<Result<PublicKey, Error>> {
    let missing = |found| Some(Err(Error::PublicKeyMissing { found, remedy: GIVE_PUBLIC }));
    match items {
        [Value::Object(object)] => of_object(object),
        [] => missing("an empty list"),
        [Value::Object(_), ..] => missing("a list of several keys"),
        _ => None,
    }
}

fn of_object(object: &Object) -> Option<Result<PublicKey, Error>> {
    let missing = |found, remedy| Some(Err(Error::PublicKeyMissing { found, remedy }));
    if field(object, "error").is_some() {
        return missing("an error message of Key Vault", "see what it says, mend the cause and ask again");
    }
    for list in ["keys", "value"] {
        if let Some(Value::Array(items)) = field(object, list) {
            return one_of(items);
        }
    }
    // The key lies in `key`; PowerShell writes its identifier and version outside.
    let inner = field(object, "key").and_then(Value::as_object);
    let key = inner.unwrap_or(object);
    let text = |name| field(key, name).or_else(|| field(object, name)).and_then(Value::as_str);
    if let Some(kind) = text("kty").or_else(|| text("keytype"))
        && !["RSA", "RSA-HSM"].iter().any(|rsa| kind.eq_ignore_ascii_case(rsa))
    {
        let found = if kind.to_ascii_uppercase().starts_with("EC") { "an EC key" } else { "a key of another kind" };
        return Some(Err(Error::PublicKeyNotRsa { found }));
    }
    let identifier = text("kid").or_else(|| text("id").filter(|id| id.contains("/keys/")));
    let named = |key| PublicKey::nameless(key).named(identifier, text("version"));
    let numbers = ["n", "e"].map(|name| field(key, name).and_then(bytes));
    if let [Some(n), Some(e)] = &numbers {
        return Some(of_numbers(n, e).map(named));
    }
    // A certificate, as `az keyvault certificate show` and REST write it: standard Base64 of DER.
    if let Some(certificate) = text("cer").and_then(|text| text::base64(text).ok()) {
        return der::public_key(&certificate).map(|key| key.map(named));
    }
    let is_described = identifier.is_some() || ["kty", "keyuri", "keyops"].iter().any(|name| text(name).is_some());
    let properties = field(object, "properties").and_then(Value::as_object);
    let is_resource = properties.is_some_and(|key| field(key, "kty").is_some());
    if (is_described && field(object, "value").is_none()) || is_resource {
        return missing("a description of a key without its modulus", GIVE_PUBLIC);
    }
    None
}

/// Base64URL, Base64 or byte numbers; PowerShell 5.1 may put an array into an object with `value`.
fn bytes(value: &Value) -> Option<Zeroizing<Vec<u8>>> {
    match value {
        Value::Object(object) => field(object, "value").and_then(number),
        value => number(value),
    }
}
