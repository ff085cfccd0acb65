//! Key readiness against the samples of tests/readiness, and against bad input.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]

#[path = "readiness/bounds.rs"]
mod bounds;
#[path = "readiness/cases.rs"]
mod cases;
#[path = "readiness/commands.rs"]
mod commands;
#[path = "readiness/inputs.rs"]
mod inputs;
#[path = "readiness/partial.rs"]
mod partial;
#[path = "readiness/powershell.rs"]
mod powershell;
#[path = "readiness/table.rs"]
mod table;

use serde_json::Value;
use std::path::PathBuf;

fn samples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/readiness")
}

/// The folder with cases.json and commands.json: another one with `READINESS_SET=FOLDER`.
fn set() -> PathBuf {
    std::env::var_os("READINESS_SET").map_or_else(samples, PathBuf::from)
}

fn read_json(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(set().join(name)).unwrap()).unwrap()
}

/// A member that is a text or a list of texts.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(items)) => items.iter().map(|item| item.as_str().unwrap().to_owned()).collect(),
        _ => Vec::new(),
    }
}
