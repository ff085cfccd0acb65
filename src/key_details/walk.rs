//! Finds key details in a JSON value of any nesting: every object that has a wrapped key and an IV, its own or
//! inherited.
//!
//! It keeps a stack instead of recursing, so that the caller can pause between two values.

use super::documents::Document;
use super::{Identity, KeyDetails, KeyDetailsDocument, KeyKind, in_base64, is_wrapped, parse_iv, version};
use crate::error::{Error, TooMuch};
use crate::text;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::rc::Rc;

/// How many documents may be nested as strings in strings; each may be as deep as the JSON parser allows.
const STRINGS: usize = 3;

pub(super) struct Walk {
    /// What is left to visit; the next one is last.
    stack: Vec<Frame>,
    entries: Vec<KeyDetails>,
    faults: Vec<Error>,
    /// The identities of the entries so far.
    known: BTreeSet<Identity>,
    /// The walk ends beyond so many entries and faults.
    most: usize,
}

enum Frame {
    Value {
        value: Value,
        place: String,
        around: Context,
    },
    /// Visited after everything in an object.
    End {
        place: String,
        context: Context,
        is_whole: bool,
        found_before: usize,
    },
    Fault(Error),
}

/// What an object inherits from the objects around it.
#[derive(Default, Clone)]
struct Context {
    parts: Parts,
    /// Whether it is below a field whose name begins with `decryptionKey`: there `value` alone means a wrapped key.
    inside: bool,
    /// How many strings that are documents are around it.
    strings: usize,
}

/// The parts of an entry that were found so far.
#[derive(Default, Clone)]
struct Parts {
    value: Option<Part>,
    iv: Option<Part>,
    version: Option<Rc<str>>,
    kind: Option<Rc<str>>,
}

/// The content of a field: text, or words for anything else.
#[derive(Clone)]
enum Part {
    Text(Rc<str>),
    Other(&'static str),
}

impl Walk {
    pub(super) fn of(documents: Vec<Document>, most: usize) -> Self {
        let frame = |(place, document)| match document {
            Ok(value) => Frame::Value { value, place, around: Context::default() },
            Err(fault) => Frame::Fault(fault),
        };
        let stack = documents.into_iter().rev().map(frame).collect();
        Self { stack, entries: Vec::new(), faults: Vec::new(), known: BTreeSet::new(), most }
    }

    /// `false` when nothing is left.
    pub(super) fn step(&mut self) -> bool {
        if self.is_over() {
            return false;
        }
        match self.stack.pop() {
            None => return false,
            Some(Frame::Fault(fault)) => self.faults.push(fault),
            Some(Frame::Value { value, place, around }) => self.visit(value, &place, around),
            Some(Frame::End { place, context, is_whole, found_before }) => {
                // An object that only passes a part on to the entries inside it is not an entry itself.
                if is_whole || self.found() == found_before {
                    self.add(&context, &place);
                }
            }
        }
        true
    }

    pub(super) fn finish(mut self) -> Result<KeyDetailsDocument, Error> {
        if self.is_over() {
            return Err(Error::KeyDetailsLimit { reason: TooMuch::Entries { limit: self.most } });
        }
        if self.found() == 0 {
            self.faults.push(Error::KeyDetailsField {
                place: "$".into(),
                field: "DecryptionKeyValue",
                found: "nothing",
            });
        }
        Ok(KeyDetailsDocument { entries: self.entries, faults: self.faults })
    }

    fn found(&self) -> usize {
        self.entries.len() + self.faults.len()
    }

    fn is_over(&self) -> bool {
        self.found() > self.most
    }

    fn visit(&mut self, value: Value, place: &str, around: Context) {
        match value {
            Value::Object(object) => self.visit_object(object, place, &around),
            Value::Array(items) => {
                let item =
                    |(index, value)| Frame::Value { value, place: format!("{place}[{index}]"), around: around.clone() };
                self.stack.extend(items.into_iter().enumerate().rev().map(item));
            }
            // A document inside a string, as nested serializers write it.
            Value::String(text) if around.strings < STRINGS && text.trim_start().starts_with(['{', '[', '"']) => {
                if let Ok(value) = serde_json::from_str(&text) {
                    let around = Context { strings: around.strings + 1, ..around };
                    self.stack.push(Frame::Value { value, place: place.into(), around });
                }
            }
            _ => {}
        }
    }

    fn visit_object(&mut self, object: Map<String, Value>, place: &str, around: &Context) {
        let fields: Vec<Field> =
            object.into_iter().map(|(name, value)| Field { normal: normalize(&name), name, value }).collect();
        let own = Parts::of(&fields, around.inside);
        let (is_entry, is_whole) = (own.value.is_some() || own.iv.is_some(), own.value.is_some() && own.iv.is_some());
        let context = Context { parts: own.or(&around.parts), ..*around };
        if is_entry {
            let (place, context, found_before) = (place.into(), context.clone(), self.found());
            self.stack.push(Frame::End { place, context, is_whole, found_before });
        }
        let worth =
            fields.into_iter().filter(|field| !matches!(field.value, Value::Null | Value::Bool(_) | Value::Number(_)));
        let child = |Field { normal, name, value }| Frame::Value {
            value,
            place: format!("{place}.{}", shown(&name)),
            around: Context { inside: around.inside || normal.starts_with("decryptionkey"), ..context.clone() },
        };
        self.stack.extend(worth.rev().map(child));
    }

    fn add(&mut self, context: &Context, place: &str) {
        match entry(&context.parts, place) {
            Ok(entry) if !self.known.insert(entry.identity()) => {}
            Ok(entry) => self.entries.push(entry),
            Err(fault) => self.faults.push(fault),
        }
    }
}

struct Field {
    normal: String,
    name: String,
    value: Value,
}

impl Parts {
    /// The parts in the fields of one object.
    fn of(fields: &[Field], inside: bool) -> Self {
        let mut own = Self::default();
        let (mut plain_value, mut plain_iv) = (None, None);
        for Field { normal, value, .. } in fields {
            match normal.as_str() {
                "decryptionkeyvalue" => own.value = Some(part(value)),
                "decryptionkeyiv" => own.iv = Some(part(value)),
                // An object or array of this name is visited instead.
                "value" | "decryptionkey" if !value.is_object() && !value.is_array() => plain_value = Some(part(value)),
                "iv" | "initializationvector" => plain_iv = Some(part(value)),
                "publickeyversion" => own.version = value.as_str().map(Rc::from),
                "decryptionkeytype" | "type" => own.kind = value.as_str().map(Rc::from),
                _ => {}
            }
        }
        // The short names are common words: outside of a `decryptionKey…` field they count only as a pair.
        if inside || plain_iv.is_some() && (plain_value.is_some() || own.value.is_some()) {
            own.value = own.value.or(plain_value);
        }
        if inside || own.value.is_some() {
            own.iv = own.iv.or(plain_iv);
        }
        own
    }

    /// These parts, completed by inherited ones.
    fn or(self, inherited: &Self) -> Self {
        Self {
            value: self.value.or_else(|| inherited.value.clone()),
            iv: self.iv.or_else(|| inherited.iv.clone()),
            version: self.version.or_else(|| inherited.version.clone()),
            kind: self.kind.or_else(|| inherited.kind.clone()),
        }
    }
}

fn part(value: &Value) -> Part {
    match value {
        Value::String(text) if text.trim().is_empty() => Part::Other("an empty text"),
        Value::String(text) => Part::Text(text.as_str().into()),
        Value::Null => Part::Other("null"),
        Value::Bool(_) => Part::Other("true or false"),
        Value::Number(_) => Part::Other("a number"),
        Value::Array(_) => Part::Other("an array"),
        Value::Object(_) => Part::Other("an object"),
    }
}

fn entry(parts: &Parts, place: &str) -> Result<KeyDetails, Error> {
    let wrapped_key = bytes(parts.value.as_ref(), "DecryptionKeyValue", place)?;
    let twice = in_base64(&wrapped_key).filter(|inner| is_wrapped(inner.len()));
    let wrapped_key = twice.map_or(wrapped_key, |inner| inner.to_vec());
    let iv = bytes(parts.iv.as_ref(), "DecryptionKeyIV", place)?;
    let (public_key_version, key_identifier) = parts.version.as_deref().map_or((None, None), version);
    let kind = match &parts.kind {
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

fn bytes(part: Option<&Part>, field: &'static str, place: &str) -> Result<Vec<u8>, Error> {
    match part.unwrap_or(&Part::Other("nothing")) {
        Part::Other(found) => Err(Error::KeyDetailsField { place: place.into(), field, found }),
        Part::Text(text) => text::base64(text).map(|bytes| bytes.to_vec()).map_err(|position| {
            Error::KeyDetailsBase64 { place: place.into(), field, position, length: text.trim().chars().count() }
        }),
    }
}

/// A field name for messages: on one line, and of limited length.
fn shown(name: &str) -> String {
    name.chars().take(40).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// For comparison without case and separators: `DecryptionKeyIV`, `decryptionKeyIv`, `decryption_key_iv`.
fn normalize(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
