//! The core's tests, natively, in one program: linking one for each file took as long as running them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod archives;
mod chunking;
mod common;
mod containers;
mod content;
mod drops;
mod errors;
mod file_key;
mod hostile;
mod inflate;
mod key_details;
mod key_details_lines;
mod key_numbers;
mod key_texts;
mod layout;
mod lookalike;
mod make;
mod private_key;
mod probe;
mod readiness;
mod recognition;
mod rehearsal;
mod repair;
mod salvage;
mod unlock;
mod vault_answer;
mod vault_answer_text;
mod wycheproof;

use std::collections::BTreeSet;
use std::path::Path;

/// Cargo.toml names the programs, and this file the modules: what neither names would be no test at all.
#[test]
fn every_file_is_a_program_or_a_module_here() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let here = std::fs::read_to_string(root.join("tests/core.rs")).unwrap();
    let lost: BTreeSet<_> = std::fs::read_dir(root.join("tests"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| !manifest.contains(&format!("path = \"tests/{name}.rs\"")))
        .filter(|name| !here.lines().any(|line| line == format!("mod {name};")))
        .collect();
    assert_eq!(lost, BTreeSet::new());
}
