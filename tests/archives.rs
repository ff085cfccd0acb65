//! Deflated entries of archives, in pieces of any size.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use flate2::Compression;
use flate2::write::DeflateEncoder;
use mgdc_decrypt::{EntryInflater, Error};
use proptest::prelude::*;
use std::io::Write;

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).expect("into memory");
    encoder.finish().expect("into memory")
}

/// What comes out of the packed bytes, in pieces of these sizes, and the CRC-32.
fn inflate(packed: &[u8], size: u64, piece: usize, room: usize) -> Result<(Vec<u8>, u32), Error> {
    let mut inflater = EntryInflater::new(size);
    let mut content = Vec::new();
    for part in packed.chunks(piece) {
        inflater.push(|input| input.extend_from_slice(part));
        loop {
            let bytes = inflater.pull(room)?;
            assert!(bytes.len() <= room);
            if bytes.is_empty() {
                break;
            }
            content.extend_from_slice(bytes);
        }
    }
    inflater.finish().map(|checksum| (content, checksum))
}

proptest! {
    #[test]
    fn any_pieces_give_the_content(
        content in prop::collection::vec(0..4u8, 0..60_000),
        piece in 1..5000usize,
        room in 1..5000usize,
    ) {
        let (found, checksum) = inflate(&deflated(&content), content.len() as u64, piece, room).expect("valid");
        prop_assert_eq!(&found, &content);
        let mut expected = flate2::Crc::new();
        expected.update(&content);
        prop_assert_eq!(checksum, expected.sum());
    }
}

#[test]
fn what_is_not_as_the_archive_says_fails() {
    let packed = deflated(b"some content");
    let code = |packed: &[u8], size| inflate(packed, size, 7, 64).expect_err("damaged").code();
    assert_eq!(code(&packed, 11), "ERR_OUTPUT_LIMIT");
    assert_eq!(code(&packed, 13), "ERR_COMPRESSED_DATA");
    assert_eq!(code(&packed[..packed.len() - 2], 12), "ERR_COMPRESSED_DATA");
    assert_eq!(code(&[&packed[..], b"more"].concat(), 12), "ERR_TRAILING_DATA");
    assert_eq!(code(&[7], 12), "ERR_COMPRESSED_DATA");
    assert_eq!(code(&[], 12), "ERR_COMPRESSED_DATA");
}

#[test]
fn a_thousandfold_expansion_comes_in_pieces() {
    let size = 64 << 20;
    let packed = deflated(&vec![0; size]);
    let mut inflater = EntryInflater::new(size as u64);
    inflater.push(|input| input.extend_from_slice(&packed));
    let mut total = 0;
    loop {
        let length = inflater.pull(usize::MAX).expect("valid").len();
        assert!(length <= (1 << 20) + 258, "{length}"); // the last match may end behind the piece
        total += length;
        if length == 0 {
            break;
        }
    }
    assert_eq!(total, size);
    inflater.finish().expect("whole");
}
