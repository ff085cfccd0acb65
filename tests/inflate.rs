//! Our inflate against two others, miniz_oxide and zlib-rs: all three give the same plaintext, or all refuse.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::make;

use flate2::{Decompress, FlushDecompress, Status};
use make::{Noise, deflate_at};
use mgdc_decrypt::{Compression, Options};

const LIMIT: usize = 4 << 20;

#[test]
fn agrees_with_others_on_what_encoders_write() {
    let mut next = Noise(11);
    for (name, plaintext) in samples() {
        for level in 0..=9 {
            let stream = deflate_at(&plaintext, level);
            let piece = [1, 7, 4096, usize::MAX][next.next() as usize % 4];
            assert!(ours(&stream, piece) == Some(plaintext.clone()), "{name}, level {level}, pieces of {piece}");
        }
    }
}

#[test]
fn agrees_with_others_on_damaged_streams() {
    let mut next = Noise(12);
    let (mut whole, mut refused) = (0, 0);
    for (name, plaintext) in samples().into_iter().filter(|(_, plaintext)| plaintext.len() < 100_000) {
        for level in [0, 1, 6, 9] {
            for _ in 0..15 {
                let mut stream = deflate_at(&plaintext, level);
                for _ in 0..=(next.next() % 3) {
                    // Mostly near the beginning, in the header of a block.
                    let reach = if next.next().is_multiple_of(2) { stream.len().min(80) } else { stream.len() };
                    let at = next.next() as usize % reach;
                    stream[at] ^= 1 << (next.next() % 8);
                }
                if next.next().is_multiple_of(4) {
                    // Not to zero bytes, which would be an empty file.
                    stream.truncate(1 + next.next() as usize % stream.len());
                }
                let expected = zlib(&stream);
                assert_eq!(expected, miniz(&stream), "{name}: the others agree");
                let piece = [1, 5, 100, usize::MAX][next.next() as usize % 4];
                assert!(ours(&stream, piece) == expected, "{name}, level {level}: {stream:?}");
                if expected.is_some() { whole += 1 } else { refused += 1 }
            }
        }
    }
    assert!(whole > 100 && refused > 150, "{whole} whole, {refused} refused: both must occur");
}

/// RFC 1950, 2.2: FDICT. The dictionary is not available, and without it the rest decodes to something else.
#[test]
fn a_preset_dictionary_is_refused() {
    let plaintext = make::json_lines(3000);
    let stream = make::zlib(&plaintext);
    for identifier in [&b""[..], b"\x01\x02\x03\x04"] {
        // The rest would inflate whether the identifier is skipped or taken for data.
        let preset = [&b"\x78\x20"[..], identifier, &stream[2..]].concat();
        assert!(u16::from_be_bytes([0x78, 0x20]).is_multiple_of(31));
        let forced = Options::default().with_compression(Compression::Zlib);
        let result = make::open(&make::encrypt(&preset), forced);
        assert_eq!(make::code(result), "ERR_COMPRESSED_DATA", "{} bytes of identifier", identifier.len());
        let result = make::open(&make::encrypt(&preset), Options::default());
        assert_eq!(make::code(result), "ERR_UNRECOGNIZED", "{} bytes of identifier", identifier.len());
        assert!(mgdc_decrypt::decrypt(&make::encrypt(&preset), &make::file_key(), Options::default()).is_err());
    }
}

/// Otherwise a file without a zero byte would be kept in memory as a whole.
#[test]
fn a_gzip_header_that_does_not_end_is_given_up_at_256_kib() {
    let header = make::GzipMember { name: Some(Vec::new()), ..Default::default() }.header();
    let endless = [&header[..10], &vec![b'n'; 4 << 20]].concat();
    let options = Options::default().with_compression(Compression::Gzip);
    let mut decryptor = mgdc_decrypt::Decryptor::new(&make::file_key(), options);
    let mut pushed = 0;
    let error = make::encrypt(&endless).chunks(10_000).find_map(|piece| {
        pushed += piece.len();
        decryptor.push(piece).unwrap();
        decryptor.pull().err()
    });
    assert_eq!(error.map(|error| error.code()), Some("ERR_COMPRESSED_DATA"));
    assert!((256 << 10..600 << 10).contains(&pushed), "given up after {pushed} bytes");
    // Up to the limit a header may be long.
    let long = make::GzipMember { name: Some(vec![b'n'; (256 << 10) - 100]), ..Default::default() }.of(b"{}");
    assert_eq!(make::open(&make::encrypt(&long), options).unwrap().0, b"{}");
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut next = Noise(13);
    let mut noise =
        |length: usize, alphabet: u64| (0..length).map(|_| (next.next() % alphabet) as u8).collect::<Vec<_>>();
    // The counts of the symbols are powers of two, which makes the codes as long as possible.
    let skewed = (0..22_u32).flat_map(|symbol| vec![symbol as u8; 1 << (21 - symbol)]).collect();
    let far = [noise(32_168, 256), noise(600, 4)].concat();
    vec![
        ("nothing", Vec::new()),
        ("one byte", vec![7]),
        ("zeros", vec![0; 1 << 20]),
        ("JSON Lines", make::json_lines(3 << 20)),
        ("noise", noise(300_000, 256)),
        ("two symbols", noise(90_000, 2)),
        ("Base64-like", noise(90_000, 64)),
        ("short repeats", (0..90_000).map(|at: u32| (at % 13 + at / 1000) as u8).collect()),
        ("long codes", skewed),
        ("a repeat from as far as it goes", [far.clone(), far].concat()),
    ]
}

fn ours(stream: &[u8], piece: usize) -> Option<Vec<u8>> {
    let limit = Some(LIMIT as u64);
    let options = Options::default().with_compression(Compression::Deflate).with_output_limit(limit);
    make::open_pieces(&make::encrypt(stream), options, &[piece]).ok().map(|(plaintext, _)| plaintext)
}

/// The plaintext of a complete stream that ends where its input ends.
fn miniz(stream: &[u8]) -> Option<Vec<u8>> {
    let (mut inflate, mut plaintext) = (Decompress::new(false), Vec::with_capacity(LIMIT));
    let status = inflate.decompress_vec(stream, &mut plaintext, FlushDecompress::Finish).ok()?;
    (status == Status::StreamEnd && rest_is_zero(stream, inflate.total_in())).then_some(plaintext)
}

fn zlib(stream: &[u8]) -> Option<Vec<u8>> {
    let (mut inflate, mut plaintext) = (zlib_rs::Inflate::new(false, 15), vec![0; LIMIT]);
    let status = inflate.decompress(stream, &mut plaintext, zlib_rs::InflateFlush::Finish).ok()?;
    plaintext.truncate(inflate.total_out() as usize);
    (status == zlib_rs::Status::StreamEnd && rest_is_zero(stream, inflate.total_in())).then_some(plaintext)
}

fn rest_is_zero(stream: &[u8], end: u64) -> bool {
    stream[end as usize..].iter().all(|byte| *byte == 0)
}
