//! What a decryptor leaves behind in the process's memory, natively: freed is not wiped. Looks at the memory itself, so on
//! Linux only. A program of its own with one test: nothing else may hold what is looked for.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use aes::Aes256;
use cbc::cipher::{Array, BlockModeEncrypt, KeyIvInit};
use mgdc_decrypt::{Decryptor, FileKey, Options};
use std::fs::{File, read_to_string};
use std::os::unix::fs::FileExt;

const KEY: [u8; 32] = [7; 32];
const IV: [u8; 16] = [9; 16];
/// 32 KiB: bigger pieces of memory go back to the system at once, whether they were wiped or not.
const BLOCKS: usize = 2048;
/// What may stay: the first 4 KiB, in which the look at what it is takes a copy as text, and what the cipher had on the stack.
const LEFT: usize = 256 + 8;
/// Text, so that it is not taken for anything compressed; and never in memory as such: see [`found`].
const MASKED: [u8; 16] = *b"}gqz8sdgx%jejhk\x7f";
const MASK: u8 = 0x0A;

#[test]
fn the_plaintext_is_wiped_with_the_decryptor() {
    let mut room = vec![0; 1 << 20]; // so big that it has a mapping of its own
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
        // Else the search would prove nothing.
        assert!(found(&mut room) > BLOCKS - LEFT, "the plaintext is not found at all");
        drop(decryptor);
        let left = found(&mut room);
        assert!(left <= LEFT, "{left} blocks of {BLOCKS} after {pulls} pulls, ended: {ended}");
    }
}

/// Encrypted in place, so that no plaintext stays from it.
fn encrypted() -> Vec<u8> {
    let mut blocks = vec![MASKED.map(|byte| byte ^ MASK); BLOCKS];
    blocks.push([16; 16]);
    let mut cipher = cbc::Encryptor::<Aes256>::new(&KEY.into(), &IV.into());
    cipher.encrypt_blocks(Array::cast_slice_from_core_mut(&mut blocks));
    blocks.concat()
}

/// How often the writable memory of this process holds the text. It is compared under a mask, so that the search is not found.
fn found(room: &mut [u8]) -> usize {
    let memory = File::open("/proc/self/mem").unwrap();
    let mut places = 0;
    for map in read_to_string("/proc/self/maps").unwrap().lines().filter(|map| map.contains(" rw-p ")) {
        let (start, end) = map.split(' ').next().unwrap().split_once('-').unwrap();
        let [mut at, end] = [start, end].map(|text| u64::from_str_radix(text, 16).unwrap());
        // Not where the search itself reads to.
        while at < end && !(at..end).contains(&(room.as_ptr() as u64)) {
            let wanted = room.len().min(usize::try_from(end - at).unwrap());
            let Ok(length @ 1..) = memory.read_at(&mut room[..wanted], at) else { break };
            places += places_in(&room[..length]);
            at += length as u64;
        }
    }
    places
}

fn places_in(bytes: &[u8]) -> usize {
    let first = MASKED[0] ^ MASK;
    let begins = |at: &usize| bytes[*at..].iter().zip(&MASKED).all(|(byte, masked)| byte ^ MASK == *masked);
    bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == first)
        .filter(|(at, _)| at + 16 <= bytes.len() && begins(at))
        .count()
}
