//! Every key file of `keys.json` gives the right key, and every bad one its own code.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::common;
use crate::make;

use common::{Expected, code_of};
use make::{IV, Noise, details, key_file, opens};
use mgdc_decrypt::{Algorithm, Error, FileKey, ImportOptions, PrivateKey};
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey};
use rsa::{Oaep, PrivateKey as RsaPrivateKey, PublicKey as RsaPublicKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A line of `keys.json`.
#[derive(Deserialize)]
struct Line {
    file: String,
    form: String,
    password: Option<String>,
    outcome: String,
    error_kind: Option<String>,
    #[serde(default)]
    also_ok: Vec<Expected>,
    #[serde(default)]
    keys: Vec<Key>,
    /// Words in the error's text.
    #[serde(default)]
    says: String,
    /// Versions of the keys, if the container has them.
    versions: Option<Vec<Option<String>>>,
    key_id: Option<String>,
}

#[derive(Deserialize)]
struct Key {
    name: String,
    bits: usize,
    spki_sha256: String,
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn lines(folder: &str) -> Vec<Line> {
    serde_json::from_slice(&fs::read(tests().join(folder).join("keys.json")).unwrap()).unwrap()
}

fn import(source: &[u8], password: Option<&str>) -> Result<PrivateKey, Error> {
    PrivateKey::import(source, &ImportOptions::default().with_password(password))
}

/// The public halves of the sample keys, by the hash of their SubjectPublicKeyInfo.
fn public_keys() -> BTreeMap<String, RsaPublicKey> {
    let names = ["contoso-2048", "contoso-2048-old", "contoso-3072", "contoso-4096", "stranger-2048"];
    let of = |name: &&str| {
        let pem = String::from_utf8(key_file(&format!("{name}/pkcs8.pem"))).unwrap();
        let key = RsaPrivateKey::from_pkcs8_pem(&pem).unwrap().to_public_key();
        let hash = Sha256::digest(key.to_public_key_der().unwrap().as_bytes());
        (hash.iter().map(|byte| format!("{byte:02x}")).collect(), key)
    };
    names.iter().map(of).collect()
}

#[test]
fn every_form_gives_the_right_keys_or_the_right_error() {
    let public_keys = public_keys();
    let (mut tried, mut wrong) = (0, Vec::new());
    for folder in ["drops", "drops-extra"] {
        for line in lines(folder) {
            let source = fs::read(tests().join(folder).join(&line.file)).unwrap();
            let result = match import(&source, line.password.as_deref()) {
                Ok(private_key) => check_keys(&private_key, &line, &public_keys),
                Err(error) => check_error(&error, &line),
            };
            if let Err(problem) = result {
                wrong.push(format!("{folder}/{} ({}, password {:?}): {problem}", line.file, line.form, line.password));
            }
            tried += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried >= 270, "only {tried} lines were tried");
}

fn check_keys(
    private_key: &PrivateKey,
    line: &Line,
    public_keys: &BTreeMap<String, RsaPublicKey>,
) -> Result<(), String> {
    let versions: Vec<Option<String>> = private_key.versions().map(|version| version.map(str::to_owned)).collect();
    if line.outcome != "key" || versions.len() != line.keys.len() || private_key.bits() != line.keys[0].bits {
        return Err(format!("it gave {private_key:?}"));
    }
    for key in &line.keys {
        let wrapped = public_keys[&key.spki_sha256].encrypt(&mut Noise(7), Oaep::<sha1::Sha1>::new(), &[0x5A; 32]);
        let file_key = FileKey::unwrap(&details(wrapped.unwrap()), private_key, Some(Algorithm::RsaOaep));
        let file_key = file_key.map_err(|error| format!("{}: {error}", key.name))?;
        assert!(opens(&file_key, &[0x5A; 32], &IV), "{}: {}", line.file, key.name);
    }
    let as_expected = line.versions.as_ref().is_none_or(|expected| *expected == versions)
        && line.key_id.as_ref().is_none_or(|expected| private_key.key_id() == Some(expected));
    if as_expected { Ok(()) } else { Err(format!("versions {versions:?}, id {:?}", private_key.key_id())) }
}

fn check_error(error: &Error, line: &Line) -> Result<(), String> {
    let kinds = line.error_kind.iter().chain(line.also_ok.iter().filter_map(|other| other.error_kind.as_ref()));
    let text = error.to_string();
    let secret = line.password.as_deref().filter(|password| !password.is_empty());
    let is_right = kinds.map(|kind| code_of(kind)).any(|code| code == error.code())
        && text.contains(&line.says)
        && (40..=320).contains(&text.len())
        && !text.contains('\n')
        && !text.ends_with('.')
        && secret.is_none_or(|secret| !format!("{error} {error:?}").contains(secret));
    if is_right { Ok(()) } else { Err(format!("{}: {text}", error.code())) }
}

/// One source of each container, small enough to be tried with a few hundred changes.
fn containers() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for folder in ["drops/keys/contoso-2048", "drops/keys/bad", "drops-extra/keys"] {
        for entry in fs::read_dir(tests().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            files.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

/// A changed count may raise the cost: what the file now asks for decides how long it may take.
fn import_in_time(source: &[u8], password: Option<&str>, what: &str) {
    let start = Instant::now();
    let result = import(source, password);
    assert!(start.elapsed() < Duration::from_secs(60), "{what}: {:?}", start.elapsed());
    if let Err(error) = result {
        assert!(
            Error::CODES.contains(&error.code()) && error.code().starts_with("ERR_PRIVATE_KEY_"),
            "{what}: {error}"
        );
    }
}

#[test]
fn no_cut_container_panics() {
    for (name, source) in containers() {
        for length in
            (0..source.len()).step_by(source.len() / 20 + 1).chain(source.len().saturating_sub(3)..source.len())
        {
            import_in_time(&source[..length], Some("Contoso-drop-1"), &format!("{name}, {length} bytes"));
        }
    }
}

#[test]
fn no_changed_container_panics() {
    for (name, source) in containers() {
        let mut noise = Noise(source.len() as u64);
        for round in 0..12 {
            let mut changed = source.clone();
            // The parameters and the structure are near the beginning, the ciphertext after them.
            for _ in 0..=noise.next() % 3 {
                let near = if round % 2 == 0 { 120 } else { source.len() };
                let at = noise.next() as usize % near.min(source.len()).max(1);
                if let Some(byte) = changed.get_mut(at) {
                    *byte = if noise.next().is_multiple_of(2) {
                        *byte ^ 1 << (noise.next() % 8)
                    } else {
                        noise.next() as u8
                    };
                }
            }
            import_in_time(&changed, Some("Contoso-drop-1"), &format!("{name}, round {round}"));
        }
    }
}

#[test]
fn nesting_without_end_is_refused() {
    let deep = |opening: &[u8]| opening.repeat(100_000);
    for source in [
        deep(&[0x30, 0x80]),
        deep(&[0x24, 0x80]),
        deep(&[0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF]),
        deep(b"["),
        deep(b"{\"key\":"),
        deep(b"{\"value\":\""),
        deep(b"-----BEGIN PRIVATE KEY-----"),
    ] {
        import_in_time(&source, None, "deep nesting");
    }
    // A text in a text in a text …
    let mut text = String::from_utf8(key_file("contoso-2048/pkcs8.pem")).unwrap();
    for depth in 0..8 {
        assert!(import(text.as_bytes(), None).is_ok() || depth >= 4, "{depth} strings");
        text = serde_json::to_string(&text).unwrap();
    }
}
