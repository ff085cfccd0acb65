//! `encryptionKeyDetails.json` → [`KeyDetails`]: the only place that knows Microsoft's field names.
//!
//! The article (Microsoft Learn, "Use encryption with Microsoft Graph Data Connect") names the fields and leaves the
//! nesting open, so every nesting is read: the document is walked, and a wrapped key is an object that has a value and
//! an IV, its own or inherited from the object around it. Field names are compared without case and separators.

mod documents;

use crate::error::{Error, TooMuch};
use crate::text;
use documents::documents;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// One wrapped key: what opens the files of a drop once the private key of `public_key_version` undoes the wrapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyDetails {
    /// Place in the document, for messages: `$.DecryptionKeyDetails[0]`.
    pub place: String,
    /// The Key Vault key version, 32 hex digits; `None` when the document does not say.
    pub public_key_version: Option<String>,
    /// The whole key identifier, when that is what the document gave: `https://….vault.azure.net/keys/NAME/VERSION`.
    pub key_identifier: Option<String>,
    /// The RSA ciphertext of the AES key: as long as the modulus, 256 bytes for RSA-2048.
    pub wrapped_key: Vec<u8>,
    /// The initialisation vector.
    pub iv: Iv,
    /// What the key opens.
    pub kind: KeyKind,
}

impl KeyDetails {
    /// One of two with the same identity is enough. An entry for files and one for columns are two: only the first is tried.
    pub(crate) fn identity(&self) -> Identity {
        (self.wrapped_key.clone(), self.iv.clone(), self.kind)
    }
}

/// What an entry opens. Ordered and not hashed: whoever wrote the drop could choose what collides.
pub(crate) type Identity = (Vec<u8>, Iv, KeyKind);

/// The IV of a key details entry: in clear, or wrapped by RSA like the key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Iv {
    /// 16 bytes.
    Clear([u8; 16]),
    /// RSA ciphertext, as long as the modulus.
    Wrapped(Vec<u8>),
}

/// What a wrapped key opens (`DecryptionKeyType` in MicrosoftDocs/Viva, insights/advanced/api.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyKind {
    /// Whole files.
    File,
    /// Values inside rows: listed, never tried on files.
    Column,
}

/// Reads every wrapped key of a key details document: UTF-8 or UTF-16 JSON of any nesting, also JSON Lines and several
/// values in a row.
///
/// # Errors
/// `ERR_KEY_DETAILS_JSON`, and when no entry at all is usable, what is wrong with the first one:
/// `ERR_KEY_DETAILS_FIELD`, `ERR_KEY_DETAILS_BASE64`, `ERR_IV_LENGTH`.
///
/// ```
/// let json = br#"{"DecryptionKeyDetails": {
///     "PublicKeyVersion": "501bc4c9f66d877902c60ab27d226ed6",
///     "DecryptionKeyValue": "AAAA", "DecryptionKeyIV": "vLvaqqAN8GaYI9gGuX1bsQ=="}}"#;
/// let details = mgdc_decrypt::parse_key_details(json)?;
/// assert_eq!(details[0].public_key_version.as_deref(), Some("501bc4c9f66d877902c60ab27d226ed6"));
/// # Ok::<(), mgdc_decrypt::Error>(())
/// ```
pub fn parse_key_details(json: &[u8]) -> Result<Vec<KeyDetails>, Error> {
    let KeyDetailsDocument { entries, mut faults } = KeyDetailsDocument::parse(json)?;
    if entries.is_empty() { Err(faults.swap_remove(0)) } else { Ok(entries) }
}

/// A key details document in which one damaged entry does not hide the others. Never both empty.
#[derive(Debug, Clone)]
pub struct KeyDetailsDocument {
    /// The usable entries, in document order.
    pub entries: Vec<KeyDetails>,
    /// What is wrong with the others.
    pub faults: Vec<Error>,
}

impl KeyDetailsDocument {
    /// Reads a document and keeps what is usable.
    ///
    /// # Errors
    /// `ERR_KEY_DETAILS_JSON`. A document without any entry has an `ERR_KEY_DETAILS_FIELD` among its faults.
    pub fn parse(json: &[u8]) -> Result<Self, Error> {
        Self::parse_some(json, usize::MAX)
    }

    /// The same, but `ERR_KEY_DETAILS_LIMIT` as soon as there are more entries, faults included.
    pub(crate) fn parse_some(json: &[u8], most: usize) -> Result<Self, Error> {
        let mut walk = Walk { entries: Vec::new(), faults: Vec::new(), known: BTreeSet::new(), most };
        for (place, document) in documents(json)? {
            match document {
                Ok(document) => walk.visit(&document, &place, &Context::default()),
                Err(fault) => walk.faults.push(fault),
            }
            if walk.is_over() {
                return Err(Error::KeyDetailsLimit { reason: TooMuch::Entries { limit: most } });
            }
        }
        if walk.entries.is_empty() && walk.faults.is_empty() {
            walk.faults.push(Error::KeyDetailsField {
                place: "$".into(),
                field: "DecryptionKeyValue",
                found: "nothing",
            });
        }
        Ok(Self { entries: walk.entries, faults: walk.faults })
    }
}

/// What an object inherits from the objects around it.
#[derive(Default, Clone)]
struct Context<'a> {
    value: Option<&'a Value>,
    iv: Option<&'a Value>,
    version: Option<&'a str>,
    kind: Option<&'a str>,
    /// Below a field whose name speaks of decryption keys: there, `value` alone is meant to be one.
    inside: bool,
    /// Strings around it that are documents themselves.
    strings: usize,
}

/// Deepest nesting of documents in strings that is read: each may be as deep as the JSON parser allows.
const STRINGS: usize = 3;

struct Walk {
    entries: Vec<KeyDetails>,
    faults: Vec<Error>,
    /// What the entries open.
    known: BTreeSet<Identity>,
    /// Entries and faults after which it ends.
    most: usize,
}

impl Walk {
    fn is_over(&self) -> bool {
        self.entries.len() + self.faults.len() > self.most
    }

    fn visit(&mut self, value: &Value, place: &str, around: &Context<'_>) {
        match value {
            _ if self.is_over() => {}
            Value::Object(object) => self.visit_object(object, place, around),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.visit(item, &format!("{place}[{index}]"), around);
                }
            }
            // A document inside a string, as serializers of serializers write it.
            Value::String(text) if around.strings < STRINGS && text.trim_start().starts_with(['{', '[', '"']) => {
                if let Ok(document) = serde_json::from_str(text) {
                    self.visit(&document, place, &Context { strings: around.strings + 1, ..around.clone() });
                }
            }
            _ => {}
        }
    }

    fn visit_object(&mut self, object: &Map<String, Value>, place: &str, around: &Context<'_>) {
        let own = Own::of(object, around.inside);
        let context = Context {
            value: own.value.or(around.value),
            iv: own.iv.or(around.iv),
            version: own.version.or(around.version),
            kind: own.kind.or(around.kind),
            ..around.clone()
        };
        let before = self.entries.len() + self.faults.len();
        for (name, child) in object {
            let inside = around.inside || normalize(name).starts_with("decryptionkey");
            self.visit(child, &format!("{place}.{}", shown(name)), &Context { inside, ..context.clone() });
        }
        let found_below = self.entries.len() + self.faults.len() > before;
        // An object that only lends a part to the entries below it is no entry of its own.
        if own.is_entry() && (!found_below || own.is_whole()) {
            match entry(&context, place) {
                Ok(entry) if !self.known.insert(entry.identity()) => {}
                Ok(entry) => self.entries.push(entry),
                Err(fault) => self.faults.push(fault),
            }
        }
    }
}

/// The fields that stand in one object itself.
struct Own<'a> {
    value: Option<&'a Value>,
    iv: Option<&'a Value>,
    version: Option<&'a str>,
    kind: Option<&'a str>,
}

impl<'a> Own<'a> {
    fn of(object: &'a Map<String, Value>, inside: bool) -> Self {
        let mut own = Self { value: None, iv: None, version: None, kind: None };
        let (mut plain_value, mut plain_iv) = (None, None);
        for (name, value) in object {
            match normalize(name).as_str() {
                "decryptionkeyvalue" => own.value = Some(value),
                "decryptionkeyiv" => own.iv = Some(value),
                // An object or array of this name is walked into instead.
                "value" | "decryptionkey" if !value.is_object() && !value.is_array() => plain_value = Some(value),
                "iv" | "initializationvector" => plain_iv = Some(value),
                "publickeyversion" => own.version = value.as_str(),
                "decryptionkeytype" | "type" => own.kind = value.as_str(),
                _ => {}
            }
        }
        // The short names are common words: outside of a decryption key they count only as a pair.
        if inside || plain_iv.is_some() && (plain_value.is_some() || own.value.is_some()) {
            own.value = own.value.or(plain_value);
        }
        if inside || own.value.is_some() {
            own.iv = own.iv.or(plain_iv);
        }
        own
    }

    fn is_entry(&self) -> bool {
        self.value.is_some() || self.iv.is_some()
    }

    fn is_whole(&self) -> bool {
        self.value.is_some() && self.iv.is_some()
    }
}

fn entry(context: &Context<'_>, place: &str) -> Result<KeyDetails, Error> {
    let wrapped_key = bytes(context.value, "DecryptionKeyValue", place)?;
    let iv = bytes(context.iv, "DecryptionKeyIV", place)?;
    let (public_key_version, key_identifier) = context.version.map_or((None, None), version);
    let kind = match context.kind {
        Some(kind) if kind.eq_ignore_ascii_case("column") => KeyKind::Column,
        _ => KeyKind::File,
    };
    Ok(KeyDetails {
        place: place.into(),
        public_key_version,
        key_identifier,
        wrapped_key,
        iv: parse_iv(iv, place)?,
        kind,
    })
}

fn bytes(value: Option<&Value>, field: &'static str, place: &str) -> Result<Vec<u8>, Error> {
    let fault = |found| Error::KeyDetailsField { place: place.into(), field, found };
    match value {
        None => Err(fault("nothing")),
        Some(Value::Null) => Err(fault("null")),
        Some(Value::Bool(_)) => Err(fault("true or false")),
        Some(Value::Number(_)) => Err(fault("a number")),
        Some(Value::Array(_)) => Err(fault("an array")),
        Some(Value::Object(_)) => Err(fault("an object")),
        Some(Value::String(text)) if text.trim().is_empty() => Err(fault("an empty text")),
        Some(Value::String(text)) => text::base64(text).map(|bytes| bytes.to_vec()).map_err(|position| {
            Error::KeyDetailsBase64 { place: place.into(), field, position, length: text.trim().chars().count() }
        }),
    }
}

/// As long as an RSA modulus, of 1024 bits and more: nothing else in key details is.
pub(crate) fn is_wrapped_iv(length: usize) -> bool {
    length >= 128 && length.is_multiple_of(8)
}

/// 16 bytes, or Base64 text of them, or wrapped like the key.
fn parse_iv(bytes: Vec<u8>, place: &str) -> Result<Iv, Error> {
    if let Ok(iv) = <[u8; 16]>::try_from(bytes.as_slice()) {
        return Ok(Iv::Clear(iv));
    }
    let twice = text::decode(&bytes).and_then(|text| text::base64(&text).ok());
    if let Some(Ok(iv)) = twice.map(|bytes| <[u8; 16]>::try_from(bytes.as_slice())) {
        return Ok(Iv::Clear(iv));
    }
    if is_wrapped_iv(bytes.len()) {
        return Ok(Iv::Wrapped(bytes));
    }
    Err(Error::IvLength { place: place.into(), length: bytes.len() })
}

/// A bare version, or a key identifier (`https://HOST/keys/NAME/VERSION`), from which the version is taken.
pub(crate) fn version(text: &str) -> (Option<String>, Option<String>) {
    let text = text.trim().trim_end_matches('/');
    if text.is_empty() {
        return (None, None);
    }
    let lower = text.to_ascii_lowercase();
    let Some((_, path)) = lower.split_once("/keys/") else {
        return (Some(lower), None);
    };
    let version = path.split('/').nth(1).filter(|version| !version.is_empty()).map(str::to_owned);
    (version, Some(text.into()))
}

/// A field name as messages show it: on one line, and not endless.
fn shown(name: &str) -> String {
    name.chars().take(40).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Compared without case and separators: `DecryptionKeyIV`, `decryptionKeyIv`, `decryption_key_iv`.
fn normalize(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
