//! However the input is cut, the result or the error is that of the one-shot call.
//!
//! A failing case is printed whole and shrunk; `PROPTEST_RNG_SEED=…` with the printed seed replays a run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::make;

use make::{GzipMember, IV, KEY, Noise};
use mgdc_decrypt::{Compression, Decryptor, Options, Pulled, decrypt};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// The content to compress: nothing, text, noise, or highly compressible bytes, of some length.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let length = prop_oneof![0..40_usize, 0..40_usize, 4060..4130_usize, 0..20_000_usize];
    (length, 0..3, any::<u64>()).prop_map(|(length, kind, seed)| match kind {
        0 => Noise(seed).bytes(length),
        1 => vec![b' '; length],
        _ => make::json_lines(length),
    })
}

fn member() -> impl Strategy<Value = Vec<u8>> {
    let text = || proptest::option::of(proptest::collection::vec(1..=255_u8, 0..300));
    let extra = proptest::option::of(proptest::collection::vec(any::<u8>(), 0..300));
    (content(), extra, text(), text(), any::<bool>(), 0..=9_u32).prop_map(
        |(content, extra, name, comment, header_crc, level)| {
            GzipMember { extra, name, comment, header_crc, level }.of(&content)
        },
    )
}

/// The plaintext under the padding, and the compression to force; `None` when it is recognised by content.
type Inside = (Vec<u8>, Option<Compression>);

fn inside() -> impl Strategy<Value = Inside> {
    prop_oneof![
        4 => proptest::collection::vec(member(), 1..4).prop_map(|members| (members.concat(), None)),
        2 => content().prop_map(|content| (make::zlib(&content), None)),
        1 => content().prop_map(|content| (make::deflate(&content), Some(Compression::Deflate))),
        1 => (0..9000_usize).prop_map(|length| (make::deflate(&make::json_lines(length)), None)),
        1 => content().prop_map(|content| (content, Some(Compression::None))),
        1 => (0..9000_usize).prop_map(|length| (make::json_lines(length), None)),
    ]
}

/// Sizes of the pieces.
type Cuts = Vec<usize>;

fn cuts() -> impl Strategy<Value = Cuts> {
    let size = || prop_oneof![Just(1), Just(15), Just(16), Just(17), 1..100_usize, 1..5000_usize];
    proptest::collection::vec(size(), 1..5)
}

/// How a file is damaged.
#[derive(Debug, Clone)]
enum Damage {
    /// Flips bits of the plaintext under the padding, at this share of its length.
    Flip(f64, u8),
    CutInside(f64),
    CutOutside(f64),
    Append(Vec<u8>),
    Limit(u64),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (0.0..1.0, 1..=255_u8).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        (0.0..1.0).prop_map(Damage::CutInside),
        (0.0..1.0).prop_map(Damage::CutOutside),
        proptest::collection::vec(prop_oneof![Just(0), Just(0x1F), Just(0x8B), any::<u8>()], 1..40)
            .prop_map(Damage::Append),
        (0..3000_u64).prop_map(Damage::Limit),
    ]
}

fn runner(cases: u32) -> TestRunner {
    let seed = match Config::default().rng_seed {
        RngSeed::Random => std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64,
        RngSeed::Fixed(seed) => seed,
    };
    println!("PROPTEST_RNG_SEED={seed}");
    TestRunner::new(Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..Config::default() })
}

#[test]
fn any_cutting_gives_the_one_shot_result() {
    let check = |((inside, compression), pieces): (Inside, Cuts)| {
        let ciphertext = make::encrypt(&inside);
        let options = Options::default().with_compression(compression);
        let whole = decrypt(&ciphertext, &make::file_key(), options);
        prop_assert!(whole.is_ok(), "{whole:?}");
        prop_assert_eq!(make::open_pieces(&ciphertext, options, &pieces), whole);
        Ok(())
    };
    runner(400).run(&(inside(), cuts()), check).unwrap();
}

#[test]
fn any_cutting_gives_the_same_error() {
    let check = |((mut inside, compression), damage, pieces): (Inside, Damage, Cuts)| {
        let mut options = Options::default().with_compression(compression);
        let at = |share: f64, length: usize| (share * length as f64) as usize;
        match &damage {
            Damage::Flip(share, bits) => {
                let place = at(*share, inside.len());
                inside.get_mut(place).into_iter().for_each(|byte| *byte ^= bits);
            }
            Damage::CutInside(share) => inside.truncate(at(*share, inside.len())),
            Damage::Append(bytes) => inside.extend(bytes),
            Damage::Limit(limit) => options.output_limit = Some(*limit),
            Damage::CutOutside(_) => {}
        }
        let mut ciphertext = make::encrypt(&inside);
        if let Damage::CutOutside(share) = damage {
            ciphertext.truncate(at(share, ciphertext.len()));
        }
        let whole = make::open(&ciphertext, options);
        let cut = make::open_pieces(&ciphertext, options, &pieces);
        match (whole, cut) {
            (Err(whole), Err(cut)) => prop_assert_eq!(whole.code(), cut.code(), "{} and {}", whole, cut),
            (whole, cut) => prop_assert_eq!(whole, cut),
        }
        Ok(())
    };
    runner(600).run(&(inside(), damage(), cuts()), check).unwrap();
}

#[test]
fn another_engine_may_decrypt_any_number_of_blocks_before_the_last() {
    for inside in [make::json_lines(9000), make::gzip(&make::json_lines(9000)), make::gzip(b""), b"{}".to_vec()] {
        let ciphertext = make::encrypt(&inside);
        let expected = make::open(&ciphertext, Options::default()).unwrap();
        let blocks = ciphertext.len() / 16 - 1;
        for outside in (0..=blocks).step_by(blocks.div_ceil(20).max(1)) {
            let mut decryptor = Decryptor::new(&make::file_key(), Options::default());
            // Two pieces, because the chain must continue between them.
            for (from, to) in [(0, outside / 2), (outside / 2, outside)] {
                let before = &ciphertext[..to * 16];
                let last_block = before.last_chunk().unwrap_or(&IV);
                decryptor.push_decrypted(&inside[from * 16..to * 16], last_block).unwrap();
            }
            decryptor.push(&ciphertext[outside * 16..]).unwrap();
            decryptor.end().unwrap();
            let mut plaintext = Vec::new();
            while let Pulled::Plaintext(piece) = decryptor.pull().unwrap() {
                plaintext.extend_from_slice(piece);
            }
            assert_eq!((plaintext, decryptor.finish().unwrap()), expected, "{outside} of {blocks} blocks");
        }
    }
}

/// The beginning is judged by one window, however much of the file has arrived.
#[test]
fn what_stands_behind_the_first_window_does_not_change_what_a_file_is() {
    let mut control_character = make::json_lines(9000);
    control_character[6000] = 0;
    let mut cut_character = make::json_lines(4095);
    cut_character.extend("Größe".repeat(200).bytes());
    for inside in [control_character, cut_character] {
        let ciphertext = make::encrypt(&inside);
        for piece in [1000, 4096, 4112, 8000, usize::MAX] {
            let (plaintext, _) = make::open_pieces(&ciphertext, Options::default(), &[piece]).unwrap();
            assert_eq!(plaintext, inside, "in pieces of {piece}");
        }
        assert_eq!(decrypt(&ciphertext, &make::file_key(), Options::default()).unwrap().0, inside);
    }
}

/// Lengths on both sides of the window's end: the probe, the pieces and the whole file must agree.
#[test]
fn files_about_as_long_as_the_first_window_open_alike() {
    for length in 4064..4144 {
        for inside in [make::json_lines(length), vec![b'A'; length], [make::json_lines(length), vec![0xC3]].concat()] {
            let ciphertext = make::encrypt_with(&KEY, &IV, &inside);
            let whole = decrypt(&ciphertext, &make::file_key(), Options::default()).map_err(|error| error.code());
            for piece in [16, 4096, 4112, usize::MAX] {
                let cut = make::open_pieces(&ciphertext, Options::default(), &[piece]);
                assert_eq!(cut.map_err(|error| error.code()), whole, "{length} bytes in pieces of {piece}");
            }
        }
    }
}
