//! JSON → what it is: a key, a vault, the key details of a drop, or something that people mistake for one of these.

use super::facts::{DropFacts, KeyFacts, VaultFacts};
use super::key_json::{has_attributes, key_facts};
use super::kinds::Kind;
use super::members::{Object, object, set, text};
use super::vault_json::{is_vault, subscription, vault_facts};
use serde_json::Value;

/// One thing that a JSON document holds.
pub(super) enum Found {
    Key(Box<KeyFacts>),
    Vault(Box<VaultFacts>),
    Drop(DropFacts),
    Byok(Box<Object>),
    Uri(String),
    /// Something that no rule can be judged by, and the command that gives the right thing if there is a better one than
    /// that of its kind.
    Other(Kind, Option<&'static str>),
}

const AZ_KEY: &str = "az keyvault key show --vault-name <vault> --name <key> -o json";
const PS_KEY: &str = "Get-AzKeyVaultKey -Name <key> -VaultName <vault> | ConvertTo-Json -Depth 5";
const REST_KEY: &str = "GET {vault}/keys/{name}?api-version=7.4";

/// The commands that describe one key.
pub(super) const LIST_COMMANDS: [&str; 3] = [AZ_KEY, PS_KEY, REST_KEY];

/// Deepest nesting of lists that is looked into; the parser allows 128.
const DEPTH: usize = 8;

/// Everything in a JSON value. `file` names the file.
pub(super) fn classify(value: &Value, file: &str) -> Vec<Found> {
    let mut found = Vec::new();
    walk(value, file, "", 0, &mut found);
    if found.is_empty() {
        found.push(Found::Other(Kind::Unknown, None));
    }
    found
}

fn walk(value: &Value, file: &str, place: &str, depth: usize, found: &mut Vec<Found>) {
    match value {
        Value::Array(items) if depth < DEPTH => {
            for (index, item) in items.iter().enumerate() {
                walk(item, file, &format!("{place}[{index}]"), depth + 1, found);
            }
        }
        Value::Object(document) => one(document, file, place, depth, found),
        Value::String(text) if super::identifier::typed(text).identifier.is_some() => {
            found.push(Found::Uri(text.clone()));
        }
        _ => found.push(Found::Other(Kind::Unknown, None)),
    }
}

fn one(document: &Object, file: &str, place: &str, depth: usize, found: &mut Vec<Found>) {
    let named = || if place.is_empty() { file.to_owned() } else { format!("{file} {place}") };
    let has = |name: &str| set(document, name).is_some();
    let properties = object(document, "properties");
    let in_properties = |name: &str| properties.is_some_and(|properties| set(properties, name).is_some());
    let kind_of_type = text(document, "type").unwrap_or_default().to_ascii_lowercase();
    if is_error(document) {
        return found.push(Found::Other(Kind::Error, None));
    }
    if has("ciphertext") && has("header") || (has("schemaversion") && (has("ciphertext") || has("header"))) {
        return found.push(Found::Byok(Box::new(document.clone())));
    }
    if has("decryptionkeydetails") || has("decryptionkeyvalue") || has("publickeyversion") {
        let mut versions = Vec::new();
        key_versions(document, 0, &mut versions);
        return found.push(Found::Drop(DropFacts { what: "drop", file: named(), versions }));
    }
    if let Some(kind) = other_kind(document) {
        return found.push(Found::Other(kind, None));
    }
    if is_vault(document) {
        return found.push(Found::Vault(Box::new(vault_facts(document, &named()))));
    }
    // A list: of whole keys or vaults, or of what a list shows of keys.
    for name in ["value", "keys"] {
        if let Some(Value::Array(items)) = set(document, name).filter(|_| !has("kty") && !has("key")) {
            if items.is_empty() {
                return found.push(Found::Other(Kind::KeyList, Some(REST_KEY)));
            }
            let before = found.len();
            for (index, item) in items.iter().enumerate().filter(|_| depth < DEPTH) {
                walk(item, file, &format!("{place}.{name}[{index}]"), depth + 1, found);
            }
            for item in found.iter_mut().skip(before) {
                if let Found::Other(Kind::KeyList, command) = item {
                    *command = Some(if kind_of_type.is_empty() { REST_KEY } else { AZ_KEY });
                }
            }
            return;
        }
    }
    let is_key = object(document, "key").is_some_and(|key| set(key, "kty").is_some() || set(key, "kid").is_some())
        || text(document, "key").is_some_and(|text| text.starts_with('{'))
        || has("kty")
        || has("keytype")
        || in_properties("kty");
    if is_key || (has_attributes(document) && !has("id") && !has("kid") && !has("name")) {
        let mut facts = key_facts(document, &named());
        facts.label = label(&facts);
        return found.push(Found::Key(Box::new(facts)));
    }
    let is_vault_resource =
        kind_of_type == "microsoft.keyvault/vaults" || kind_of_type == "microsoft.keyvault/managedhsms";
    let is_listed_vault =
        has("vaultname") && has("resourceid") && text(document, "resourceid").and_then(subscription).is_some();
    if is_vault_resource || is_listed_vault {
        return found.push(Found::Other(Kind::VaultList, None));
    }
    if has("kid") || has("id") || in_properties("keyuri") || has("vaulthsmname") {
        let command = if has("vaultname") || has("vaulthsmname") {
            PS_KEY
        } else if depth == 0 || place.ends_with(']') && !place.contains('.') {
            AZ_KEY
        } else {
            REST_KEY
        };
        let is_of_vault = ["kid", "id"].iter().any(|name| text(document, name).is_some_and(|id| id.contains("/keys/")));
        let kind =
            if is_of_vault || in_properties("keyuri") || has("vaulthsmname") { Kind::KeyList } else { Kind::Unknown };
        return found.push(Found::Other(kind, Some(command)));
    }
    found.push(Found::Other(Kind::Unknown, None));
}

/// An error of Key Vault, of Azure Resource Manager or of the sign-in.
fn is_error(document: &Object) -> bool {
    let has = |name: &str| set(document, name).is_some();
    let is_flat = text(document, "code").is_some() && text(document, "message").is_some();
    let is_described = has("error") && !has("kty") && !has("key");
    is_described || (is_flat && !has("kty") && !has("key") && !has("id"))
}

/// Secrets, certificates, backups and deleted keys, which share members with keys.
fn other_kind(document: &Object) -> Option<Kind> {
    let has = |name: &str| set(document, name).is_some();
    let value = text(document, "value");
    if value.is_some_and(is_backup_text) {
        return Some(Kind::Backup);
    }
    let ids = || ["id", "kid", "recoveryid"].iter().filter_map(|name| text(document, name));
    // The collection follows the host: a key may be named `secrets`.
    let is_at = |part: &str| {
        let mut collections = ids().filter_map(|id| id.split_once("://")?.1.split('/').nth(1));
        collections.any(|collection| collection.eq_ignore_ascii_case(part))
    };
    if has("recoveryid") || has("deleteddate") || has("scheduledpurgedate") || is_at("deletedkeys") {
        return Some(Kind::DeletedKey);
    }
    if has("cer")
        || (has("x5t") && !has("kty"))
        || has("x509thumbprint")
        || has("sid")
        || has("thumbprint")
        || is_at("certificates")
    {
        return Some(Kind::Certificate);
    }
    let is_secret =
        (has("contenttype") && value.is_some() && !has("kty")) || has("secretvalue") || has("secretvaluetext");
    (is_secret || is_at("secrets")).then_some(Kind::Secret)
}

/// The Base64 of `&AzureKeyVaultKeyBackupV`.
pub(super) fn is_backup_text(text: &str) -> bool {
    text.trim_start().starts_with("JkF6dXJlS2V5VmF1bHRLZXlCYWNrdXBW")
}

/// At most so many versions of a drop are read.
const MOST_VERSIONS: usize = 10_000;

/// Every `PublicKeyVersion` of a drop's key details: 32 hex digits, or the last part of an identifier.
fn key_versions(document: &Object, depth: usize, versions: &mut Vec<String>) {
    if depth > DEPTH || versions.len() >= MOST_VERSIONS {
        return;
    }
    if let Some(version) = text(document, "publickeyversion") {
        let last = version.trim_end_matches('/').rsplit('/').next().unwrap_or(version);
        versions.push(last.to_ascii_lowercase());
    }
    for value in document.values() {
        let objects = match value {
            Value::Object(object) => vec![object],
            Value::Array(items) => items.iter().filter_map(Value::as_object).collect(),
            _ => Vec::new(),
        };
        objects.into_iter().for_each(|object| key_versions(object, depth + 1, versions));
    }
}

/// A name of the key for people: its own, and its file.
pub(super) fn label(facts: &KeyFacts) -> String {
    match (&facts.name, &facts.vault) {
        (Some(name), Some(vault)) => format!("{name} in {vault} ({})", facts.file),
        (Some(name), None) => format!("{name} ({})", facts.file),
        _ => facts.file.clone(),
    }
}
