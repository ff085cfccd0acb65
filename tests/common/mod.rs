//! The sample drops of `tests/drops`, and how the core opens one.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, dead_code)]

use crate::make::in_pieces;
use mgdc_decrypt::{DataDrop, Decryptor, Error, ImportOptions, Layout, Options, PathRole, PrivateKey, Probe, Verdict};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drops")
}

pub(crate) fn read_json<T: for<'a> Deserialize<'a>>(name: &str) -> T {
    serde_json::from_slice(&fs::read(samples().join(name)).unwrap()).unwrap()
}

/// A line of `drops.json`.
#[derive(Deserialize)]
pub(crate) struct Sample {
    pub drop: String,
    pub path: String,
    pub keys: Vec<String>,
}

/// A line of `expected.json`. `also_ok` lists other acceptable outcomes.
#[derive(Deserialize, Clone)]
pub(crate) struct Expected {
    #[serde(default)]
    pub drop: String,
    #[serde(default)]
    pub file: String,
    pub outcome: String,
    pub sha256: Option<String>,
    pub error_kind: Option<String>,
    #[serde(default)]
    pub also_ok: Vec<Self>,
}

/// Our code for each `error_kind` of the samples.
pub(crate) fn code_of(kind: &str) -> &'static str {
    match kind {
        "metadata_missing" => "ERR_KEY_DETAILS_MISSING",
        "metadata_json" => "ERR_KEY_DETAILS_JSON",
        "metadata_field" => "ERR_KEY_DETAILS_FIELD",
        "metadata_base64" => "ERR_KEY_DETAILS_BASE64",
        "iv_length" => "ERR_IV_LENGTH",
        "key_unwrap" => "ERR_FILE_KEY_UNWRAP",
        "content_key_length" => "ERR_FILE_KEY_LENGTH",
        "length" => "ERR_CIPHERTEXT_LENGTH",
        "padding" => "ERR_PADDING",
        "compressed_data" => "ERR_COMPRESSED_DATA",
        "checksum" => "ERR_CHECKSUM",
        "trailing_data" => "ERR_TRAILING_DATA",
        "unrecognized" => "ERR_UNRECOGNIZED",
        "output_limit" => "ERR_OUTPUT_LIMIT",
        "no_private_key" => "ERR_PRIVATE_KEY_MISSING",
        "not_rsa" => "ERR_PRIVATE_KEY_NOT_RSA",
        "rsa_too_small" => "ERR_PRIVATE_KEY_TOO_SMALL",
        "malformed_key" => "ERR_PRIVATE_KEY_INVALID",
        "password_required" => "ERR_PRIVATE_KEY_ENCRYPTED",
        "wrong_password" => "ERR_PRIVATE_KEY_PASSWORD",
        "kdf_too_costly" => "ERR_PRIVATE_KEY_COST",
        "unsupported_key_format" => "ERR_PRIVATE_KEY_UNSUPPORTED",
        other => panic!("no code is known for {other}"),
    }
}

/// The outcome of a file: its name, and a hash or code.
#[derive(Debug, PartialEq)]
pub(crate) struct Outcome {
    pub outcome: &'static str,
    pub detail: String,
}

impl Outcome {
    pub(crate) fn is(&self, expected: &Expected) -> bool {
        let detail = match &expected.error_kind {
            Some(kind) => code_of(kind),
            None => expected.sha256.as_deref().unwrap_or_default(),
        };
        self.outcome == expected.outcome && self.detail == detail
    }
}

/// Opens a drop like the pipeline does, each file in pieces of `piece` bytes.
pub(crate) fn open(root: &Path, keys: &[PathBuf], piece: usize) -> BTreeMap<String, Outcome> {
    let files = list(root);
    let paths: Vec<&str> = files.iter().map(String::as_str).collect();
    let layout = Layout::of(&paths);
    assert_eq!(layout.root, "", "the paths are relative to the drop already");
    let mut drop = DataDrop::default();
    let documents: Vec<&str> = roles(&paths, &layout, PathRole::KeyDetails);
    for path in &documents {
        drop.add_document(path, &fs::read(root.join(path)).unwrap());
    }
    for key in keys {
        // With several keys, a key that opens nothing is no failure of the drop.
        let _ = drop.unlock(&PrivateKey::import(&fs::read(key).unwrap(), &ImportOptions::default()).unwrap(), None);
    }
    let mut outcomes = BTreeMap::new();
    for (path, role) in paths.iter().zip(&layout.roles).filter(|(_, role)| **role != PathRole::KeyDetails) {
        let bytes = fs::read(root.join(path)).unwrap();
        outcomes.insert(
            (*path).to_owned(),
            match decrypt(&drop, *role, &bytes, piece) {
                Ok(outcome) => outcome,
                Err(error) => failed(&error),
            },
        );
    }
    if drop.entries().iter().all(|entry| entry.file_key.is_none()) {
        let reason = drop
            .entries()
            .iter()
            .find_map(|entry| entry.error.as_ref())
            .or(drop.faults().first().map(|fault| &fault.error));
        let path = documents.first().copied().unwrap_or(mgdc_decrypt::KEY_DETAILS_PATH);
        outcomes.insert(path.to_owned(), failed(reason.unwrap_or(&Error::KeyDetailsMissing)));
    }
    outcomes
}

fn decrypt(drop: &DataDrop, role: PathRole, bytes: &[u8], piece: usize) -> Result<Outcome, Error> {
    let hash = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let entry = match drop.judge(role, &Probe::of(bytes), Options::default())? {
        Verdict::Clear { .. } => return Ok(Outcome { outcome: "copied", detail: hash(bytes) }),
        Verdict::Encrypted { entry, .. } => entry,
        verdict => panic!("an unknown verdict: {verdict:?}"),
    };
    let file_key = drop.entries().get(entry).and_then(|entry| entry.file_key.as_ref()).unwrap();
    let (plaintext, _) = in_pieces(bytes, &[piece], Decryptor::new(file_key, Options::default()))?;
    Ok(Outcome { outcome: "plaintext", detail: hash(&plaintext) })
}

fn failed(error: &Error) -> Outcome {
    Outcome { outcome: "error", detail: error.code().to_owned() }
}

fn roles<'a>(paths: &[&'a str], layout: &Layout, wanted: PathRole) -> Vec<&'a str> {
    paths.iter().zip(&layout.roles).filter(|(_, role)| **role == wanted).map(|(path, _)| *path).collect()
}

fn list(root: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    files.sort();
    files
}
