//! Every drop of `tests/drops` has the outcome of `expected.json`, whatever the size of the pieces.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use crate::common;

use common::{Expected, Sample, open, read_json, samples};

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
