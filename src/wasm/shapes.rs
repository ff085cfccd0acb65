//! The objects that cross to JavaScript, as `pkg/index.d.ts` describes them.

use crate::{Algorithm, Content, Error, Fault, FileKey, Iv, KeyKind, Lookalike, PathRole, text};
use serde::Serialize;
use wasm_bindgen::JsValue;

/// An error as a plain object. `pkg/core/errors.js` turns it into a MgdcDecryptError.
#[derive(Serialize)]
pub(super) struct Failure<'a> {
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
}

impl<'a> Failure<'a> {
    fn of(error: &Error, path: Option<&'a str>) -> Self {
        Self { code: error.code(), message: error.to_string(), path }
    }

    pub(super) fn of_fault(fault: &'a Fault) -> Self {
        Self::of(&fault.error, Some(&fault.path))
    }
}

#[derive(Serialize)]
pub(super) struct Layout {
    pub(super) root: String,
    pub(super) roles: String,
}

/// The letter for a role.
pub(super) fn letter_of(role: PathRole) -> char {
    match role {
        PathRole::KeyDetails => 'k',
        PathRole::Metadata => 'm',
        PathRole::Litter => 'l',
        PathRole::Data => 'd',
    }
}

/// The role with a letter.
pub(super) fn role_of(letter: char) -> PathRole {
    let all = [PathRole::KeyDetails, PathRole::Metadata, PathRole::Litter];
    all.into_iter().find(|role| letter_of(*role) == letter).unwrap_or(PathRole::Data)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct KeyDetails<'a> {
    place: &'a str,
    public_key_version: Option<&'a str>,
    key_identifier: Option<&'a str>,
    wrapped_key: String,
    iv: String,
    kind: &'static str,
}

impl<'a> KeyDetails<'a> {
    pub(super) fn of(details: &'a crate::KeyDetails) -> Self {
        Self {
            place: &details.place,
            public_key_version: details.public_key_version.as_deref(),
            key_identifier: details.key_identifier.as_deref(),
            wrapped_key: text::to_base64(&details.wrapped_key),
            iv: match &details.iv {
                Iv::Clear(iv) => text::to_base64(iv),
                Iv::Wrapped(wrapped) => text::to_base64(wrapped),
            },
            kind: match details.kind {
                KeyKind::File => "file",
                KeyKind::Column => "column",
            },
        }
    }
}

#[derive(Serialize)]
pub(super) struct Entry<'a> {
    path: &'a str,
    #[serde(flatten)]
    details: KeyDetails<'a>,
    unlocked: bool,
    algorithm: Option<&'static str>,
    encoding: Option<&'static str>,
    error: Option<Failure<'a>>,
}

impl<'a> Entry<'a> {
    pub(super) fn of(entry: &'a crate::Entry) -> Self {
        Self {
            path: &entry.path,
            details: KeyDetails::of(&entry.details),
            unlocked: entry.file_key.is_some(),
            algorithm: entry.file_key.as_ref().and_then(FileKey::algorithm).map(Algorithm::name),
            encoding: entry.file_key.as_ref().map(|file_key| file_key.encoding().name()),
            error: entry.error.as_ref().map(|error| Failure::of(error, Some(&entry.path))),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Verdict {
    entry: Option<usize>,
    content: Option<&'static str>,
    repair: Option<String>,
    resembles: Option<&'static str>,
}

impl Verdict {
    pub(super) fn of(verdict: crate::Verdict) -> Self {
        match verdict {
            crate::Verdict::Clear { content, resembles } => Self {
                entry: None,
                content: content.map(Content::name),
                repair: None,
                resembles: resembles.map(Lookalike::words),
            },
            crate::Verdict::Encrypted { entry, content, repair } => Self {
                entry: Some(entry),
                content: Some(content.name()),
                repair: repair.map(|repair| repair.name()),
                resembles: None,
            },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Summary {
    compression: &'static str,
    bytes_in: f64,
    bytes_out: f64,
    verified: Option<&'static str>,
    warnings: Vec<String>,
}

impl Summary {
    pub(super) fn of(summary: &crate::Summary) -> Self {
        Self {
            compression: summary.compression.name(),
            bytes_in: summary.bytes_in as f64,
            bytes_out: summary.bytes_out as f64,
            verified: summary.verified.map(crate::Verified::name),
            warnings: summary.warnings(),
        }
    }
}

pub(super) fn fail(error: Error) -> JsValue {
    to_js(&Failure::of(&error, None)).unwrap_or_else(|error| error)
}

pub(super) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    // The typed contract asks for `null` and not `undefined`, and for plain objects and not `Map`s.
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(JsValue::from)
}
