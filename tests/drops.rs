//! Every drop of `tests/drops` comes out as `expected.json` says, whatever the size of the pieces.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Expected, Sample, open, read_json, samples};
use mgdc_decrypt::PrivateKey;
use serde::Deserialize;

#[test]
fn every_sample_drop_comes_out_as_expected() {
    let expected: Vec<Expected> = read_json("expected.json");
    for piece in [usize::MAX, 4096, 17, 1] {
        let mut wrong = Vec::new();
        for sample in read_json::<Vec<Sample>>("drops.json") {
            let keys: Vec<_> = sample.keys.iter().map(|key| samples().join(key)).collect();
            let outcomes = open(&samples().join(&sample.path), &keys, piece);
            for line in expected.iter().filter(|line| line.drop == sample.drop) {
                let outcome = outcomes.get(&line.file);
                if !outcome
                    .is_some_and(|outcome| outcome.is(line) || line.also_ok.iter().any(|other| outcome.is(other)))
                {
                    wrong.push(format!("{} {}: {outcome:?}", line.drop, line.file));
                }
            }
            let lines = expected.iter().filter(|line| line.drop == sample.drop).count();
            assert_eq!(outcomes.len(), lines, "{}: a file too many or too few", sample.drop);
        }
        assert!(wrong.is_empty(), "in pieces of {piece} bytes:\n{}", wrong.join("\n"));
    }
}

/// A line of `keys.json`.
#[derive(Deserialize)]
struct Key {
    file: String,
    form: String,
    password: Option<String>,
    outcome: String,
    error_kind: Option<String>,
    #[serde(default)]
    also_ok: Vec<Expected>,
    #[serde(default)]
    keys: Vec<serde::de::IgnoredAny>,
}

#[test]
fn every_clear_pem_and_der_key_is_read_or_refused_as_expected() {
    let mut tried = 0;
    for key in read_json::<Vec<Key>>("keys.json") {
        let clear = key.password.is_none() && !key.form.contains("JWK") && !key.form.starts_with("right file");
        if !clear {
            continue;
        }
        tried += 1;
        let result = PrivateKey::import(&std::fs::read(samples().join(&key.file)).unwrap(), Some(&key.file));
        match result {
            Ok(private_key) => {
                assert_eq!(key.outcome, "key", "{}", key.file);
                assert_eq!(private_key.versions().count(), key.keys.len(), "{}", key.file);
            }
            Err(error) => {
                let kinds =
                    key.error_kind.iter().chain(key.also_ok.iter().filter_map(|other| other.error_kind.as_ref()));
                assert!(
                    kinds.map(|kind| common::code_of(kind)).any(|code| code == error.code()),
                    "{}: {error}",
                    key.file
                );
            }
        }
    }
    assert!(tried >= 25, "only {tried} keys were tried");
}
