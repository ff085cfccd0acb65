//! Unlocking many entries, with the private-key operations done in workers.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::make;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use make::{IV, KEY, Noise, private_key, wrap};
use mgdc_decrypt::{Algorithm, DataDrop, ImportOptions, PrivateKey, Unwrapped, Wanted};

/// Entries with wrapped keys, and IVs in clear or wrapped.
fn document(entries: &[(&[u8], &[u8])]) -> Vec<u8> {
    let entries = entries.iter().map(|(key, iv)| {
        format!(r#"{{"DecryptionKeyValue":"{}","DecryptionKeyIV":"{}"}}"#, STANDARD.encode(key), STANDARD.encode(iv))
    });
    format!("[{}]", entries.collect::<Vec<_>>().join(",")).into_bytes()
}

fn drop_of(entries: &[(&[u8], &[u8])]) -> DataDrop {
    let mut drop = DataDrop::default();
    assert_eq!(drop.add_document("k.json", &document(entries)), entries.len());
    drop
}

/// Does the wanted operations as a worker does, which has only the bytes. Returns the number of entries of each value.
fn elsewhere(drop: &DataDrop, key: &PrivateKey) -> (Unwrapped, Vec<Vec<usize>>) {
    let worker = PrivateKey::from_parts(&key.to_parts()).unwrap();
    let (mut unwrapped, mut rounds) = (Unwrapped::default(), Vec::new());
    loop {
        let wanted = drop.wanted(key, &unwrapped);
        if wanted.is_empty() {
            return (unwrapped, rounds);
        }
        rounds.push(wanted.iter().map(|wanted| wanted.entries).collect());
        for piece in wanted.chunks(2) {
            let sent = Wanted::from_bytes(&Wanted::to_bytes(piece)).unwrap();
            let mut done = Unwrapped::default();
            sent.iter().for_each(|wanted| done.attempt(&worker, wanted));
            unwrapped.add_results(piece, &done.results(&sent)).unwrap();
        }
    }
}

#[test]
fn each_distinct_value_is_wanted_once_and_an_iv_after_its_key() {
    let key = private_key("contoso-2048");
    let [one, two] = [Algorithm::RsaOaep, Algorithm::Rsa15].map(|algorithm| wrap("contoso-2048", algorithm, &KEY));
    let iv = wrap("contoso-2048", Algorithm::RsaOaep, &IV);
    let (foreign, short) = (wrap("stranger-2048", Algorithm::RsaOaep, &KEY), [1; 255]);
    let mut drop = drop_of(&[
        (&one, &IV),
        (&one, &[7; 16]),
        (&two, &IV),
        (&foreign, &IV),
        // An IV is wanted only if its key was opened.
        (&one, &iv),
        (&foreign, &iv),
        (&short, &IV),
    ]);
    let (mut unwrapped, rounds) = elsewhere(&drop, &key);
    assert_eq!(rounds, [vec![3, 1, 2], vec![1]]);
    assert_eq!(drop.unlock_with(&mut unwrapped, &key, None), Ok(vec![0, 1, 2, 4]));
    let algorithms: Vec<Option<Algorithm>> =
        drop.entries().iter().map(|entry| entry.file_key.as_ref().and_then(|key| key.algorithm())).collect();
    let oaep = Some(Algorithm::RsaOaep);
    assert_eq!(algorithms, [oaep, oaep, Some(Algorithm::Rsa15), None, oaep, None, None]);
    assert!(drop.wanted(&key, &Unwrapped::default()).iter().all(|wanted| wanted.wrapped == foreign));
}

#[test]
fn what_was_done_elsewhere_gives_what_an_unlock_gives() {
    let mut noise = Noise(8);
    let wrapped: Vec<Vec<u8>> = (0..6)
        .map(|index| match index {
            0 => wrap("contoso-2048", Algorithm::RsaOaep256, &KEY),
            1 => wrap("contoso-4096", Algorithm::RsaOaep, &KEY),
            2 => wrap("contoso-2048", Algorithm::Rsa15, b"no key"),
            _ => noise.bytes(256),
        })
        .collect();
    let entries: Vec<(&[u8], &[u8])> = wrapped.iter().map(|wrapped| (wrapped.as_slice(), IV.as_slice())).collect();
    let both = [
        make::key_file("stranger-2048/pkcs8.pem"),
        make::key_file("contoso-4096/pkcs8.pem"),
        make::key_file("contoso-2048/pkcs8.pem"),
    ];
    let key = PrivateKey::import(&both.concat(), &ImportOptions::default()).unwrap();
    for algorithm in [None, Some(Algorithm::RsaOaep), Some(Algorithm::Rsa15)] {
        let (mut here, mut there) = (drop_of(&entries), drop_of(&entries));
        let expected = here.unlock(&key, algorithm);
        let (mut unwrapped, _) = elsewhere(&there, &key);
        assert_eq!(there.unlock_with(&mut unwrapped, &key, algorithm), expected);
        for (here, there) in here.entries().iter().zip(there.entries()) {
            assert_eq!(here.error, there.error);
            assert_eq!(here.file_key.is_some(), there.file_key.is_some());
        }
    }
}

#[test]
fn the_parts_of_a_key_are_all_of_it() {
    for name in ["contoso-2048", "contoso-3072", "contoso-4096", "stranger-2048"] {
        let key = private_key(name);
        let parts = key.to_parts();
        let copy = PrivateKey::from_parts(&parts).unwrap();
        assert_eq!(copy.to_parts(), parts, "{name}");
        assert_eq!(copy.bits(), key.bits());
        for end in [1, 2, 100, parts.len() - 1] {
            assert!(PrivateKey::from_parts(&parts[..end]).is_none(), "{name}, cut at {end}");
        }
    }
}

#[test]
fn results_that_are_none_are_not_taken() {
    let key = private_key("contoso-2048");
    let wrapped = wrap("contoso-2048", Algorithm::RsaOaep, &KEY);
    let wanted = [Wanted { wrapped, keys: vec![0], entries: 1 }];
    let mut done = Unwrapped::default();
    done.attempt(&key, &wanted[0]);
    let results = done.results(&wanted);
    assert_eq!(Unwrapped::default().add_results(&wanted, &results), Some(()));
    assert_eq!(Unwrapped::default().add_results(&wanted, &results[..results.len() - 1]), None);
    assert_eq!(Unwrapped::default().add_results(&wanted, &[results.as_slice(), &[0]].concat()), None);
    assert_eq!(Wanted::from_bytes(&Wanted::to_bytes(&wanted)[1..]), None);
}
