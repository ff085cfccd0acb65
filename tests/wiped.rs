//! Which secrets stay in the memory of a native process. In wasm the allocator wipes every freed block
//! (tests/js/wiped.test.mjs).
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "common/memory.rs"]
mod memory;

use aes::Aes256;
use cbc::cipher::{Array, BlockModeEncrypt, KeyIvInit};
use memory::Search;
use mgdc_decrypt::{Decryptor, FileKey, ImportOptions, Options, PrivateKey};
use std::sync::Mutex;

const KEY: [u8; 32] = [7; 32];
const IV: [u8; 16] = [9; 16];
/// 32 KiB: bigger blocks are returned to the system at once, wiped or not.
const BLOCKS: usize = 2048;
/// The number of blocks that may stay: the first 4 KiB, which are copied as text when the content is recognised, and
/// blocks on the stack of the cipher.
const LEFT: usize = 256 + 8;

/// One search at a time, because a search would find the bytes of another one.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn the_plaintext_is_wiped_with_the_decryptor() {
    let _alone = ALONE.lock();
    let mut search = Search::new(&block());
    for (pulls, ended) in [(0, false), (1, false), (1, true), (2, true)] {
        let ciphertext = encrypted();
        let mut decryptor = Decryptor::new(&FileKey::new(KEY, IV), Options::default());
        decryptor.push(&ciphertext).unwrap();
        if ended {
            decryptor.end().unwrap();
        }
        for _ in 0..pulls {
            decryptor.pull().unwrap();
        }
        // Otherwise the search would prove nothing.
        assert!(search.count() > BLOCKS - LEFT, "the plaintext is not found at all");
        drop(decryptor);
        let left = search.count();
        assert!(left <= LEFT, "{left} blocks of {BLOCKS} after {pulls} pulls, ended: {ended}");
    }
}

#[test]
fn the_text_of_a_key_is_wiped_when_it_was_read() {
    let _alone = ALONE.lock();
    let mut source =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drops/keys/contoso-2048/jwk.json")).unwrap();
    // Base64 from the middle of the private exponent: the first bytes of a freed block are overwritten at once.
    let at = source.windows(5).position(|window| window == b"\"d\": " || window == b"\"d\":\"").unwrap() + 100;
    let mut search = Search::new(&source[at..at + 16]);
    let key = PrivateKey::import(&source, &ImportOptions::default()).unwrap();
    assert!(search.count() > 0, "the text is not found at all");
    source.fill(0);
    assert_eq!(search.count(), 0);
    drop(key);
}

/// PowerShell writes bytes as an array of numbers. Here one number fills its place in memory, so that it can be found.
#[test]
fn the_numbers_of_an_array_are_wiped_when_it_was_read() {
    let _alone = ALONE.lock();
    let number = u64::from_be_bytes(*b"\x12number\x21");
    let mut search = Search::new(&number.to_ne_bytes());
    let mut source = format!("{{\"RawResult\": [{}]}}", vec![number.to_string(); 64].join(","));
    assert!(PrivateKey::import(source.as_bytes(), &ImportOptions::default()).is_err());
    source.clear();
    // The parser frees smaller buffers as it grows (4, 8, 16 and 32 numbers), which are wiped in wasm only.
    let left = search.count();
    assert!(left <= 60, "{left}, and not 60 at most: the 64 are left, too");
}

/// Text, so that it is not taken for compressed data; made of bytes that occur nowhere else in memory.
fn block() -> [u8; 16] {
    b"xbt}=vabt ohmdkz".map(|byte| byte ^ 1)
}

/// Encrypted in place, so that no plaintext stays behind.
fn encrypted() -> Vec<u8> {
    let mut blocks = vec![block(); BLOCKS];
    blocks.push([16; 16]);
    let mut cipher = cbc::Encryptor::<Aes256>::new(&KEY.into(), &IV.into());
    cipher.encrypt_blocks(Array::cast_slice_from_core_mut(&mut blocks));
    blocks.concat()
}
