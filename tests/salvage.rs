//! What is salvaged of damaged files: every row is a true one, in its order and once, and enough of them come out.
//!
//! The damage is the same in every run; `PROPTEST_RNG_SEED=…` changes it. A wrong row may pass once in some 10,000
//! files with damage inside compressed data (see `src/salvage.rs`), so a new seed may find one.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "salvage/bounds.rs"]
mod bounds;
#[path = "salvage/files.rs"]
mod files;

use crate::make;

use files::{PACKS, Pack, flushed, flushed_deflate, members, noise, rows, table};
use flate2::FlushCompress;
use make::{Noise, encrypt, file_key, gzip};
use mgdc_decrypt::{Options, Salvage, Salvaged};

/// Both passes over a file, in pieces of the given sizes.
fn salvage_in(ciphertext: &[u8], options: Options, pieces: [usize; 2]) -> (Vec<u8>, Salvaged) {
    let mut salvage = Salvage::new(&file_key(), options, false);
    ciphertext.chunks(pieces[0]).for_each(|piece| salvage.push(piece));
    let salvaged = salvage.rewind().unwrap();
    let mut out = Vec::new();
    for piece in ciphertext.chunks(pieces[1]) {
        salvage.push(piece);
        out.extend_from_slice(salvage.rows());
    }
    salvage.end();
    out.extend_from_slice(salvage.rows());
    assert_eq!(out.len() as u64, salvaged.bytes, "the second pass gives what the first one chose");
    assert_eq!(lines(&out).len() as u64, salvaged.rows);
    assert_eq!(salvaged.nothing.is_some(), out.is_empty());
    let mut before = 0;
    for range in &salvaged.lost {
        assert!(before <= range.start && range.start < range.end, "{:?}", salvaged.lost);
        before = range.end;
    }
    assert!(before <= ciphertext.len() as u64);
    (out, salvaged)
}

fn salvage(ciphertext: &[u8]) -> (Vec<u8>, Salvaged) {
    salvage_in(ciphertext, Options::default(), [40_000, 7777])
}

fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

/// Every row is a true one, in order, none twice. Returns the part of the true text that came out.
fn check(out: &[u8], truth: &[u8], what: &str) -> f64 {
    let mut rest = lines(truth).into_iter();
    for line in lines(out) {
        let text = String::from_utf8_lossy(line);
        assert!(rest.any(|row| row == line), "{what}: no true row, or not in its place: {text}");
    }
    out.len() as f64 / truth.len() as f64
}

/// `count` damaged copies of a file of each kind, with `damage`; returns the mean part that came out by kind.
fn try_all(count: usize, packs: &[(&str, Pack)], damage: impl Fn(&mut Noise, &mut Vec<u8>)) -> Vec<(String, f64)> {
    let mut noise = noise();
    let mut means = Vec::new();
    for (name, pack) in packs {
        let truth = rows(&mut noise, 900);
        let whole = encrypt(&pack(&truth));
        let mut sum = 0.0;
        for index in 0..count {
            let mut file = whole.clone();
            damage(&mut noise, &mut file);
            let (out, _) = salvage(&file);
            sum += check(&out, &truth, &format!("{name} {index}"));
        }
        means.push(((*name).to_owned(), sum / count as f64));
    }
    println!("{means:?}");
    means
}

fn place(noise: &mut Noise, file: &[u8]) -> usize {
    // Without the first blocks: if they are damaged, no key opens the beginning.
    64 + noise.next() as usize % (file.len() - 64)
}

#[test]
fn a_cut_file_gives_the_rows_before_the_cut() {
    let mut noise = noise();
    for (name, pack) in PACKS {
        for (kind, truth) in [("rows", rows(&mut noise, 900)), ("table", table(&mut noise, 9000))] {
            let whole = encrypt(&pack(&truth));
            for _ in 0..25 {
                let cut = place(&mut noise, &whole);
                let (out, salvaged) = salvage(&whole[..cut]);
                let part = check(&out, &truth, name);
                let (before, lost) = (cut as f64 / whole.len() as f64, &salvaged.lost);
                assert!(part > before - 0.04, "{name}, {kind}, cut at {before}: {part}");
                assert!(lost.last().unwrap().end == cut as u64 && lost.len() == 1, "{name}: {lost:?}");
            }
            let (out, _) = salvage(&whole[..whole.len() * 9 / 10]);
            assert!(check(&out, &truth, name) > 0.8, "{name}");
        }
    }
}

#[test]
fn a_changed_bit_gives_no_wrong_row() {
    let means = try_all(60, &PACKS, |noise, file| {
        let at = place(noise, file);
        file[at] ^= 1 << (noise.next() % 8);
    });
    // In plain text everything else comes out; a single member gives what lies before the damage.
    for ((name, part), least) in means.iter().zip([0.99, 0.25, 0.25, 0.25, 0.7, 0.75]) {
        assert!(*part > least, "{name}: {part}");
    }
}

#[test]
fn overwritten_blocks_give_no_wrong_row() {
    try_all(40, &PACKS, |noise, file| {
        let at = place(noise, file) / 16 * 16;
        let blocks = 1 + noise.next() as usize % 3;
        let junk = noise.bytes(16 * blocks);
        file.splice(at..(at + junk.len()).min(file.len()), junk);
    });
}

#[test]
fn a_lost_sector_gives_no_wrong_row() {
    try_all(40, &PACKS, |noise, file| {
        let at = 4096 + place(noise, file) / 4096 * 4096;
        file.iter_mut().skip(at).take(4096).for_each(|byte| *byte = 0);
    });
}

#[test]
fn swapped_and_lost_blocks_give_no_wrong_row() {
    try_all(40, &PACKS[1..], |noise, file| {
        let (one, other) = (place(noise, file) / 16 * 16, place(noise, file) / 16 * 16);
        for at in 0..16 {
            file.swap(one + at, other + at);
        }
    });
    try_all(40, &PACKS, |noise, file| {
        let at = place(noise, file);
        let end = (at + 1 + noise.next() as usize % 100).min(file.len());
        file.drain(at..end);
    });
}

#[test]
fn members_after_the_damage_are_certain() {
    let mut noise = noise();
    let truth = rows(&mut noise, 1200);
    let mut file = encrypt(&members(&truth));
    let at = file.len() / 2;
    file[at] ^= 1;
    let (out, salvaged) = salvage(&file);
    assert!(check(&out, &truth, "members") > 0.7);
    assert!(out.ends_with(&truth[truth.len() - 100_000..]), "up to the end");
    let [lost] = salvaged.lost.as_slice() else { panic!("{:?}", salvaged.lost) };
    assert!(lost.contains(&(at as u64)), "{lost:?} of {at}");
    // The rows before the damage in its own member have no checksum; without such rows all are certain.
    let certain: Vec<bool> = (0..20)
        .map(|part| {
            let mut file = encrypt(&members(&truth));
            let at = file.len() * (20 + part) / 42;
            file[at] ^= 1;
            salvage(&file).1.is_certain
        })
        .collect();
    assert!(certain.contains(&true) && certain.contains(&false), "{certain:?}");
    let mut single = encrypt(&gzip(&truth));
    let at = single.len() * 3 / 4;
    single[at] ^= 1;
    let (out, salvaged) = salvage(&single);
    assert!(check(&out, &truth, "one member") > 0.4 && !salvaged.is_certain);
}

#[test]
fn whole_members_before_a_cut_header_are_certain() {
    let truth = rows(&mut noise(), 300);
    let packed = gzip(&truth);
    let file = encrypt(&[packed.clone(), packed[..5].to_vec()].concat());
    let (out, salvaged) = salvage(&file);
    assert_eq!(out, truth);
    assert!(salvaged.is_certain);
    // With something else after it, too; and the last row needs no line end.
    let truth = &truth[..truth.len() - 1];
    let (out, salvaged) = salvage(&encrypt(&[gzip(truth).as_slice(), b"trailing garbage"].concat()));
    assert_eq!(out, truth);
    assert!(salvaged.is_certain);
    assert_eq!(salvaged.lost.len(), 1);
}

#[test]
fn a_full_flush_is_a_place_to_go_on() {
    let mut noise = noise();
    let truth = rows(&mut noise, 1200);
    for (name, packed) in [("gzip", flushed(&truth)), ("deflate", flushed_deflate(&truth, 50_000, FlushCompress::Full))]
    {
        let mut file = encrypt(&packed);
        let at = file.len() / 3;
        file[at..at + 16].copy_from_slice(&noise.bytes(16));
        let (out, salvaged) = salvage(&file);
        assert!(check(&out, &truth, name) > 0.7, "{name}");
        assert!(!salvaged.is_certain);
        if name == "gzip" {
            assert!(out.ends_with(&truth[truth.len() - 50_000..]), "up to the end");
        }
    }
}

#[test]
fn a_sync_flush_is_none() {
    let mut noise = noise();
    let truth = rows(&mut noise, 600);
    let packed = flushed_deflate(&truth, 5000, FlushCompress::Sync);
    for _ in 0..20 {
        let mut file = encrypt(&packed);
        let at = place(&mut noise, &file);
        file[at] ^= 1;
        check(&salvage(&file).0, &truth, "sync flush");
    }
}

/// A wrong checksum and nothing else: the content may be wrong, or only the checksum.
#[test]
fn a_wrong_checksum_alone_gives_nothing() {
    let truth = rows(&mut noise(), 600);
    for (name, from_end) in [("crc", 8), ("adler", 4)] {
        let mut packed = if name == "crc" { gzip(&truth) } else { make::zlib(&truth) };
        let at = packed.len() - from_end;
        packed[at] ^= 1;
        let (out, salvaged) = salvage(&encrypt(&packed));
        assert!(out.is_empty(), "{name}");
        assert!(salvaged.nothing.unwrap().contains("checksum"), "{name}: {salvaged:?}");
    }
    // With a right CRC-32 and a wrong length the content is right.
    let mut packed = gzip(&truth);
    let at = packed.len() - 2;
    packed[at] ^= 1;
    let (out, salvaged) = salvage(&encrypt(&packed));
    assert!(out == truth && salvaged.is_certain);
    // A garbled trailer claims a length that cannot be.
    let mut packed = gzip(&truth);
    let at = packed.len() - 8;
    packed[at..].copy_from_slice(&[0xA5; 8]);
    let (out, salvaged) = salvage(&encrypt(&packed));
    assert!(check(&out, &truth, "trailer") > 0.7 && !salvaged.is_certain);
}

#[test]
fn content_without_rows_gives_nothing_and_says_so() {
    let mut noise = noise();
    let parquet = [b"PAR1".to_vec(), noise.bytes(50_000)].concat();
    let document = format!("[{}]", String::from_utf8(rows(&mut noise, 300)).unwrap().trim_end().replace('\n', ","));
    let inner = gzip(&noise.bytes(50_000));
    for (name, content) in [("parquet", parquet), ("document", gzip(document.as_bytes())), ("binary", inner)] {
        let file = encrypt(&content);
        let (out, salvaged) = salvage(&file[..file.len() / 2]);
        assert!(out.is_empty(), "{name}");
        assert!(salvaged.nothing.is_some(), "{name}");
        assert_eq!((salvaged.lost[0].clone(), salvaged.lost.len()), (0..file.len() as u64 / 2, 1), "{name}");
    }
}

/// Prose shows no damage: its lines count only where nothing showed up to the cut.
#[test]
fn lines_of_prose_come_out_only_of_a_cut_file() {
    let mut noise = noise();
    let words = String::from_utf8(rows(&mut noise, 900)).unwrap();
    let truth: String = words.lines().map(|line| line.replace([',', ';', '|', '{', '[', '"'], " ") + "\n").collect();
    let whole = encrypt(&gzip(truth.as_bytes()));
    let (out, _) = salvage(&whole[..whole.len() * 9 / 10 + 3]);
    assert!(check(&out, truth.as_bytes(), "prose") > 0.6);
    for _ in 0..40 {
        let mut file = whole.clone();
        let at = place(&mut noise, &file);
        file[at] ^= 1;
        check(&salvage(&file).0, truth.as_bytes(), "prose");
    }
}
