//! Which files are private keys. The page, the element, the API and the command line share this rule.
//!
//! A key that is mistaken for data is written to the output; data that is mistaken for a key is missing there. So a
//! file that [`PrivateKey::import`](super::PrivateKey::import) opens is a key if the key *is* the document, and not if
//! a row quotes it.

use super::jwk::{self, field};
use super::kdf::Budget;
use super::opener::{Opener, decode};
use super::password::Password;
use super::unescape::unescaped;
use super::{RsaKey, key_vault, magic, pem, tokens};
use crate::error::Error;
use crate::json::Json;
use memchr::memmem;
use serde_json::{Map, Value};

/// How a file counts in a search for private keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Recognized {
    /// Something that people mistake for a private key, or a damaged key. If it was added as a key, an error says what
    /// is wrong; in a drop it is a file like any other.
    NearKey,
    /// A private key that opens no drop: an EC key, a Java keystore, an OpenSSH key.
    OtherKey,
    /// A private key or its container, with a password.
    WithPassword,
    /// A private key.
    PrivateKey,
}

impl Recognized {
    /// Size of the biggest file that is examined, in bytes. A PFX with its whole certificate chain has 10 KiB.
    pub const MOST: usize = 64 << 10;

    /// Examines a whole file. `path` is its path in the drop, or the name under which it was added; `is_loose` says
    /// that it is in no folder. No password is tried and no key derived, so it takes microseconds when there is no key.
    pub fn of(path: &str, content: &[u8], is_loose: bool) -> Option<Self> {
        if content.len() > Self::MOST {
            return None;
        }
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let is_named = is_loose && has_ending(name, KEY_ENDINGS);
        let found = if may_be_key(content) { look(content, Place { name, is_loose }) } else { None };
        // A loose file with the name of a key is treated as one, so that an error says why it is none.
        found.filter(|found| is_loose || *found > Self::NearKey).or(is_named.then_some(Self::NearKey))
    }

    /// The name in the bindings.
    pub fn name(self) -> &'static str {
        match self {
            Self::NearKey => "near-key",
            Self::OtherKey => "other-key",
            Self::WithPassword => "with-password",
            Self::PrivateKey => "private-key",
        }
    }

    /// `None` when it is no known container.
    fn of_readable(result: &Result<Vec<RsaKey>, Error>) -> Option<Self> {
        (!matches!(result, Err(Error::PrivateKeyInvalid { .. }))).then(|| Self::of_result(result))
    }

    fn of_result(result: &Result<Vec<RsaKey>, Error>) -> Self {
        match result {
            Ok(_) => Self::PrivateKey,
            Err(
                Error::PrivateKeyCost { .. } | Error::PrivateKeyEncrypted { .. } | Error::PrivateKeyPassword { .. },
            ) => Self::WithPassword,
            Err(
                Error::PrivateKeyTooSmall { .. } | Error::PrivateKeyNotRsa { .. } | Error::PrivateKeyUnsupported { .. },
            ) => Self::OtherKey,
            Err(_) => Self::NearKey,
        }
    }
}

const KEY_ENDINGS: &[&str] = &["pem", "der", "key", "pfx", "p12", "p8", "jwk", "ppk", "pvk", "jks", "bks"];

/// File types of datasets: text around a key in such a file is the content of a mail.
const DATA_ENDINGS: &[&str] = &["json", "jsonl", "ndjson", "csv", "tsv", "parquet", "avro", "orc", "eml", "html", "gz"];

fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|one| one.eq_ignore_ascii_case(ending)))
}

#[derive(Clone, Copy)]
struct Place<'a> {
    name: &'a str,
    is_loose: bool,
}

impl Place<'_> {
    /// Whether there may be other text around a key.
    fn allows_prose(self) -> bool {
        self.is_loose && !has_ending(self.name, DATA_ENDINGS)
    }
}

/// A cheap filter that never rejects a key: it looks for the features of every supported or named container.
fn may_be_key(content: &[u8]) -> bool {
    // "MII" and "MIA" begin the Base64 of DER and BER, 3082 and 3080 their hex. LS0t…, LQAt… and 2d2d… begin the Base64
    // and hex of "-----BEGIN" in UTF-8 and UTF-16.
    const NEEDLES: [&[u8]; 15] = [
        b"BEGIN",
        b"MII",
        b"MIA",
        b"kty",
        b"Kty",
        b"LS0tLS1CRUdJTi",
        b"LQAtAC0A",
        b"3082",
        b"3080",
        b"2d2d2d2d2d42",
        b"RSAKeyValue",
        b"schema_version",
        b"\"Buffer\"",
        b"48,130",
        b"/keys/",
    ];
    let is_utf16 = content.get(..64).unwrap_or(content).contains(&0);
    magic::is_binary(content)
        || content.starts_with(b"PuTTY-User-Key-File-")
        || content.starts_with(b"JkF6dXJlS2V5VmF1bH") // a Key Vault backup
        || (is_utf16 && is_text(content))
        || is_dense(content)
        || (is_plain(content) && NEEDLES.iter().any(|needle| memmem::find(content, needle).is_some()))
}

/// Whether the beginning has no control characters, like text. One ciphertext in 1,200 begins like that.
fn is_plain(content: &[u8]) -> bool {
    let start = content.get(..64).unwrap_or(content);
    start.iter().all(|byte| *byte >= b' ' || b"\t\n\r\x0C\x1B".contains(byte))
}

/// Whether every other byte is mostly zero, as in UTF-16 and not in ciphertext.
fn is_text(content: &[u8]) -> bool {
    let start = content.get(..64).unwrap_or(content);
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    zeros(0).max(zeros(1)) * 3 > start.len()
}

/// Whether the beginning is nothing but Base64 or hex.
fn is_dense(content: &[u8]) -> bool {
    let start = content.get(..96).unwrap_or(content);
    content.len() > 400
        && start.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_ :\r\n\t\"'".contains(byte))
        && !start.iter().take(40).any(|byte| *byte == b' ')
}

fn look(content: &[u8], place: Place<'_>) -> Option<Recognized> {
    let mut opener = Opener::new(Password(None), Budget::none());
    if magic::is_binary(content) {
        // One ciphertext in 512 begins like DER.
        return Recognized::of_readable(&opener.open(content));
    }
    let text = decode(content)?;
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\0');
    if let Some(json) = text.starts_with(['{', '[', '"']).then(|| Json::parse(text)).flatten() {
        return in_json(&json.0, "", place, &mut opener);
    }
    // The lines are JSON rows: keys in them are data.
    let first = text.lines().next().unwrap_or_default();
    if first.starts_with(['{', '[']) && first.len() > 2 && Json::parse(first).is_some() {
        return None;
    }
    in_text(text, place, &mut opener)
}

/// Looks in a text that is not JSON as a whole.
fn in_text(text: &str, place: Place<'_>, opener: &mut Opener<'_>) -> Option<Recognized> {
    if magic::named_text(text).is_some() || (text.starts_with('<') && text.contains("<RSAKeyValue")) {
        return opener.open_text(text).map(|result| Recognized::of_result(&result));
    }
    let plain = unescaped(text);
    let blocks = pem::blocks(&plain);
    let mut found = None;
    let mut around = String::new();
    let mut at = 0;
    for block in &blocks {
        let before = plain.get(at..block.place.start).unwrap_or_default();
        around.push_str(before);
        at = block.place.end;
        // A key in the middle of a line is a quotation.
        if !begins(before.rsplit(['\n', '\r']).next().unwrap_or_default()) {
            continue;
        }
        let here = Recognized::of_result(&block.private_keys(opener));
        // A damaged key may still be most of a key, so it must not get into the output.
        let here = if here == Recognized::NearKey && block.is_private() && place.is_loose {
            Recognized::OtherKey
        } else {
            here
        };
        found = found.max(Some(here));
        if found == Some(Recognized::PrivateKey) {
            at = blocks.last().map_or(at, |last| last.place.end);
            break;
        }
    }
    around.push_str(plain.get(at..).unwrap_or_default());
    if found.is_none() {
        found = in_tokens(text, opener);
        // The lines that are not just a part of the Base64.
        let is_more = |line: &&str| line.len() < 200 && line.trim().contains(' ');
        around = text.lines().filter(is_more).flat_map(|line| [line, "\n"]).collect();
    }
    // An address alone is not meant for a key: the page takes one that is pasted to where a command is made of it.
    let is_listing = text.len() < 4096 && text.trim().contains('\n') && key_vault::names_a_key(text);
    let is_near = place.allows_prose() && is_listing;
    let found = found.or_else(|| in_json_inside(text, place, opener)).or(is_near.then_some(Recognized::NearKey))?;
    (place.allows_prose() || around.lines().all(pem::is_attribute)).then_some(found)
}

/// Looks in Base64 or hex, alone or as the value of a name. Unreadable bytes may be anything and are ignored.
fn in_tokens(text: &str, opener: &mut Opener<'_>) -> Option<Recognized> {
    let tokens = tokens::tokens(text);
    let results = tokens.iter().map(|bytes| opener.open_inner(bytes));
    results.filter_map(|result| Recognized::of_readable(&result)).max()
}

/// Looks in JSON with other text around it, as a console shows it.
fn in_json_inside(text: &str, place: Place<'_>, opener: &mut Opener<'_>) -> Option<Recognized> {
    let values = key_vault::inside(text);
    let [value] = values.as_slice() else { return None };
    place.is_loose.then(|| in_json(&value.0, "", place, opener)).flatten()
}

/// Looks in a JSON value. `name` is the name of the value in its object.
fn in_json(value: &Value, name: &str, place: Place<'_>, opener: &mut Opener<'_>) -> Option<Recognized> {
    match value {
        Value::String(text) => in_string(text, name, place, opener),
        Value::Array(items) => match key_vault::source_of(items) {
            Some(source) if names_key(name, place) => decode(&source)
                .and_then(|text| in_text(text.trim(), strict(place), opener))
                .or_else(|| Recognized::of_readable(&opener.open_inner(&source))),
            Some(_) => None,
            None => items.iter().filter_map(|item| in_json(item, name, place, opener)).max(),
        },
        Value::Object(object) => in_object(object, place, opener),
        _ => None,
    }
}

fn in_object(object: &Map<String, Value>, place: Place<'_>, opener: &mut Opener<'_>) -> Option<Recognized> {
    if field(object, "kty").is_some() {
        return Some(Recognized::of_result(&jwk::private_key(object).map(|key| vec![key])));
    }
    // articles/key-vault/keys/byok-specification.md in MicrosoftDocs/azure-security-docs.
    if field(object, "schemaversion").is_some() && field(object, "ciphertext").is_some() {
        return Some(Recognized::OtherKey);
    }
    if place.is_loose && key_vault::is_answer(object) {
        return Some(Recognized::NearKey);
    }
    object.iter().filter_map(|(name, value)| in_json(value, name, place, opener)).max()
}

/// Looks in a JSON string. The key must be the whole string: a mail that quotes a key is a string, too.
fn in_string(text: &str, name: &str, place: Place<'_>, opener: &mut Opener<'_>) -> Option<Recognized> {
    let text = text.trim();
    if text.len() < 400 || !names_key(name, place) {
        return None;
    }
    if text.starts_with(['{', '['])
        && let Some(json) = Json::parse(text)
    {
        return opener.deeper(|opener| in_json(&json.0, name, place, opener)).flatten();
    }
    let found = in_text(text, strict(place), opener)?;
    // Base64 that cannot be opened as a key is some attachment.
    (found > Recognized::NearKey).then_some(found)
}

/// Whether a value of this name may be a key. A data file may have a row whose mail is a key and nothing else; there
/// the name of the value decides.
fn names_key(name: &str, place: Place<'_>) -> bool {
    const WORDS: [&str; 11] = ["key", "data", "pem", "pfx", "p12", "pkcs", "secret", "value", "cert", "private", "jwk"];
    let name = name.to_ascii_lowercase();
    place.is_loose || WORDS.iter().any(|word| name.contains(word))
}

fn strict(place: Place<'_>) -> Place<'_> {
    Place { name: "value.json", ..place }
}

/// Whether BEGIN may follow this text on the same line: nothing, a name, a quotation mark, or a comment sign.
fn begins(before: &str) -> bool {
    let before = before.trim().trim_end_matches(|c: char| "\"'`@(|>".contains(c) || c.is_whitespace());
    let before = before.trim_end_matches(['b', 'r', 'f', 'u', '$']).trim_end();
    before.chars().all(|c| !c.is_alphanumeric() && c != ',' && c != '{')
        || (before.ends_with(['=', ':']) && before.len() <= 200 && !before.contains(['{', ',']))
}
