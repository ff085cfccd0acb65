//! No input causes a panic: samples with bytes changed, lost and repeated, and noise.
//!
//! `PROPTEST_RNG_SEED=…` with the printed seed replays a run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::make;

use make::{GzipMember, Noise, details, encrypt, gzip, json_lines, key_file, zlib};
use mgdc_decrypt::{Compression, DataDrop, FileKey, Layout, Options, PathRole, Probe, parse_key_details};

/// `count` damaged copies of a sample, each with one to eight changes.
fn damaged(noise: &mut Noise, sample: &[u8], count: usize) -> Vec<Vec<u8>> {
    let below = |noise: &mut Noise, limit: usize| noise.next() as usize % limit.max(1);
    let one = |noise: &mut Noise| {
        let mut copy = sample.to_vec();
        for _ in 0..=noise.next() % 8 {
            let at = below(noise, copy.len());
            let end = at + below(noise, (copy.len() - at).min(300));
            match noise.next() % 6 {
                0 => copy.truncate(at),
                1 => drop(copy.drain(at..end)),
                2 => drop(copy.splice(at..at, copy[at..end].to_vec())),
                3 => drop(copy.splice(at..at, noise.bytes(5))),
                _ => copy.iter_mut().skip(at).take(1).for_each(|byte| *byte = noise.next() as u8),
            }
        }
        copy
    };
    (0..count).map(|_| one(noise)).collect()
}

fn noise() -> Noise {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().map(|seed| seed.parse().unwrap());
    let seed = seed.unwrap_or_else(|| std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64);
    println!("PROPTEST_RNG_SEED={seed}");
    Noise(seed)
}

#[test]
fn no_key_details_document_panics() {
    let noise = &mut noise();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drops/drops/");
    let mut opened = 0;
    for sample in ["openssl-rsa15-bom", "node-rotation", "node-value-iv", "openssl-key-b64url"] {
        let path = format!("{folder}{sample}/{}", mgdc_decrypt::KEY_DETAILS_PATH);
        for json in damaged(noise, &std::fs::read(path).unwrap(), 500) {
            let mut drop = DataDrop::default();
            opened += drop.add_document("k.json", &json);
            assert_eq!(parse_key_details(&json).map_or(0, |entries| entries.len()), drop.entries().len());
            assert!(drop.faults().iter().all(|fault| fault.error.to_string().len() < 1000));
        }
    }
    assert!(opened > 0, "the damage leaves nothing to read");
}

#[test]
fn no_private_key_panics() {
    let noise = &mut noise();
    let mut opened = 0;
    // Without a password: a changed count could make a derivation take minutes, which is not tested here.
    for sample in ["pkcs8.pem", "pkcs8.der", "pkcs1.der", "jwk.json", "jwks.json", "pem-key-then-cert.pem"] {
        for source in damaged(noise, &key_file(&format!("contoso-2048/{sample}")), 300) {
            opened += usize::from(make::import(&source).is_ok());
        }
    }
    assert!(opened > 0, "the damage leaves nothing to read");
}

#[test]
fn no_vault_answer_panics() {
    let noise = &mut noise();
    let numbers = format!("{{\"RawResult\": {:?}, \"Algorithm\": \"RSA-OAEP\"}}", [200; 32]);
    let value = format!("{{\"kid\": \"https://x/keys/y/z\", \"value\": \"{}\"}}", "A".repeat(43));
    for sample in [numbers.as_bytes(), value.as_bytes(), "“ab\u{FFFD}”".as_bytes(), &[0xFF, 0xFE, b'A', 0]] {
        for answer in damaged(noise, sample, 500) {
            let _ = FileKey::from_vault(&answer, &details(Vec::new())).map_err(|error| error.to_string());
        }
    }
}

#[test]
fn no_file_panics_whatever_it_is_opened_as() {
    let noise = &mut noise();
    let member =
        GzipMember { header_crc: true, extra: Some(vec![1; 50]), name: Some(vec![b'n'; 50]), ..Default::default() };
    let samples = [member.of(&json_lines(3000)), gzip(b""), zlib(&json_lines(3000)), make::deflate(&json_lines(3000))];
    for sample in samples.iter().chain([&json_lines(5000)]) {
        for inside in damaged(noise, sample, 60) {
            let ciphertext = encrypt(&inside);
            let forced = [Compression::Gzip, Compression::Zlib, Compression::Deflate, Compression::None].map(Some);
            for compression in forced.into_iter().chain([None]) {
                let options = Options::default().with_compression(compression).with_output_limit(1 << 20);
                let piece = 1 + noise.next() as usize % 5000;
                let whole = make::open(&ciphertext, options).map_err(|error| error.code());
                let cut = make::open_pieces(&ciphertext, options, &[piece]).map_err(|error| error.code());
                assert_eq!(whole, cut, "in pieces of {piece}");
            }
        }
    }
}

/// The ends come from the caller, who may have read too little, or another file.
#[test]
fn no_probe_panics_on_ends_that_do_not_fit_together() {
    let noise = &mut noise();
    let key = make::file_key();
    for _ in 0..3000 {
        let (head, tail) = (noise.next() as usize % 100, noise.next() as usize % 50);
        let (head, tail) = (noise.bytes(head), noise.bytes(tail));
        let length = [0, 16, 32, 4112, u64::MAX - 15, noise.next() % 200][noise.next() as usize % 6];
        let probe = Probe { length, head: &head, tail: &tail };
        let _ = (probe.clear(), probe.find(&[&key], Options::default()));
    }
}

#[test]
fn no_path_panics() {
    let noise = &mut noise();
    let sample = format!("Éxport/{}", mgdc_decrypt::KEY_DETAILS_PATH);
    for path in damaged(noise, sample.as_bytes(), 2000) {
        let path = String::from_utf8_lossy(&path);
        let layout = Layout::of(&[&path, "x/metadata/y", "metadata/JobMetadata/Metadata.json"]);
        assert_eq!(layout.roles[2], PathRole::Metadata);
        assert!(path.starts_with(&layout.root), "{path}");
    }
}
