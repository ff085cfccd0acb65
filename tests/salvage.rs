//! What is salvaged of damaged files: every row is a true one, in its order and once, and enough of them come out.
//!
//! The damage is the same in every run; `PROPTEST_RNG_SEED=…` changes it. A wrong row may pass once in some 10,000
//! files with damage inside compressed data (see `src/salvage.rs`), so a new seed may find one.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::common;
use crate::make;

use flate2::{Compress, Compression as Level, FlushCompress};
use make::{Noise, encrypt, file_key, gzip};
use mgdc_decrypt::{
    Compression, DataDrop, Decryptor, ImportOptions, Options, PathRole, PrivateKey, Probe, Salvage, Salvaged, Verdict,
};
use std::fs;

fn noise() -> Noise {
    Noise(std::env::var("PROPTEST_RNG_SEED").map_or(20_261_129, |seed| seed.parse().unwrap()))
}

/// Rows of JSON Lines, each different: mails with prose, nested objects, numbers.
fn rows(noise: &mut Noise, count: usize) -> Vec<u8> {
    let word = |noise: &mut Noise| {
        let number = noise.next() % 700;
        let syllables = ["ka", "lem", "so", "ri", "tün", "ba", "on", "ve", "mi", "dur"];
        format!("{}{}{}", syllables[number as usize % 10], syllables[number as usize / 10 % 10], number / 100)
    };
    let mut text = String::new();
    for id in 0..count {
        let words = 5 + noise.next() % 120;
        let body: Vec<String> = (0..words).map(|_| word(noise)).collect();
        let (from, size) = (word(noise), noise.next() % 100_000);
        text += &format!(
            "{{\"id\":\"{id:08x}{:016x}\",\"from\":{{\"name\":\"{from}\",\"address\":\"{from}@contoso.example\"}},\
             \"isRead\":{},\"size\":{size},\"to\":[\"{}\",\"{}\"],\"body\":\"{}\"}}\n",
            noise.next(),
            size % 2 == 0,
            word(noise),
            word(noise),
            body.join(" ")
        );
    }
    text.into_bytes()
}

fn table(noise: &mut Noise, count: usize) -> Vec<u8> {
    let line = |_| {
        let (id, hours) = (noise.next(), noise.next() % 1000);
        format!("{id:016x},2026-{:02}-{:02},{}.{:02},team {}\n", id % 12, id % 28, hours / 100, hours % 100, hours % 7)
    };
    let lines: String = (0..count).map(line).collect();
    format!("PersonId,MetricDate,Hours,Team\n{lines}").into_bytes()
}

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

type Pack = fn(&[u8]) -> Vec<u8>;

fn plain(data: &[u8]) -> Vec<u8> {
    data.to_vec()
}

/// One member for each 100,000 bytes.
fn members(data: &[u8]) -> Vec<u8> {
    data.chunks(100_000).flat_map(gzip).collect()
}

/// One gzip member with a full flush after each 50,000 bytes, as `pigz --independent` writes.
fn flushed(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
    out.extend(flushed_deflate(data));
    out.extend(make::crc32(data).to_le_bytes());
    out.extend((data.len() as u32).to_le_bytes());
    out
}

fn flushed_deflate(data: &[u8]) -> Vec<u8> {
    let (mut deflate, mut out) = (Compress::new(Level::new(6), false), Vec::new());
    for piece in data.chunks(50_000) {
        out.reserve(100_000);
        deflate.compress_vec(piece, &mut out, FlushCompress::Full).unwrap();
    }
    out.reserve(100);
    deflate.compress_vec(&[], &mut out, FlushCompress::Finish).unwrap();
    out
}

const PACKS: [(&str, Pack); 6] = [
    ("plain", plain),
    ("gzip", gzip),
    ("zlib", make::zlib),
    ("deflate", make::deflate),
    ("members", members),
    ("flushed", flushed),
];

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
    for (name, packed) in [("gzip", flushed(&truth)), ("deflate", flushed_deflate(&truth))] {
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
    let (mut deflate, mut packed) = (Compress::new(Level::new(6), false), Vec::new());
    for piece in truth.chunks(5000) {
        packed.reserve(20_000);
        deflate.compress_vec(piece, &mut packed, FlushCompress::Sync).unwrap();
    }
    packed.reserve(100);
    deflate.compress_vec(&[], &mut packed, FlushCompress::Finish).unwrap();
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

#[test]
fn the_size_of_the_pieces_changes_nothing() {
    let mut noise = noise();
    let truth = rows(&mut noise, 500);
    for (name, pack) in PACKS {
        let mut file = encrypt(&pack(&truth));
        let at = place(&mut noise, &file);
        file[at] ^= 4;
        file.truncate(file.len() - 3);
        let whole = salvage_in(&file, Options::default(), [usize::MAX, 1]);
        assert_eq!(whole, salvage_in(&file, Options::default(), [1, 4099]), "{name}");
        assert_eq!(whole, salvage_in(&file, Options::default(), [17, usize::MAX]), "{name}");
    }
}

#[test]
fn nothing_panics() {
    let mut noise = noise();
    let truth = rows(&mut noise, 60);
    for (name, pack) in PACKS {
        for _ in 0..60 {
            let mut file = encrypt(&pack(&truth));
            for _ in 0..noise.next() % 5 {
                let at = noise.next() as usize % file.len();
                match noise.next() % 4 {
                    0 => file.truncate(at.max(1)),
                    1 => drop(file.splice(at..at, noise.bytes(5))),
                    _ => file[at] = noise.next() as u8,
                }
            }
            let forced = [None, Some(Compression::Gzip), Some(Compression::None), Some(Compression::Deflate)];
            let options = Options::default().with_compression(forced[noise.next() as usize % 4]);
            let piece = 1 + noise.next() as usize % 5000;
            let (_, salvaged) = salvage_in(&file, options, [piece, 100]);
            assert!(!format!("{salvaged:?}").is_empty(), "{name}");
        }
    }
}

#[test]
fn rows_over_the_limit_are_an_error() {
    let file = encrypt(&gzip(&rows(&mut noise(), 300)));
    let mut salvage = Salvage::new(&file_key(), Options::default().with_output_limit(1000), false);
    salvage.push(&file[..file.len() - 1]);
    assert_eq!(salvage.rewind().unwrap_err().code(), "ERR_OUTPUT_LIMIT");
}

/// The samples that fail inside. What their rows were is known only where a checksum is right; the others must at least
/// be whole rows.
#[test]
fn the_damaged_samples_give_true_rows_only() {
    let mut outcomes = Vec::new();
    for name in ["neg-truncated", "neg-bitflip", "neg-inside", "neg-iv-wrong"] {
        let root = common::samples().join("drops").join(name);
        let mut drop = DataDrop::default();
        drop.add_document("k.json", &fs::read(root.join(mgdc_decrypt::KEY_DETAILS_PATH)).unwrap());
        let pem = make::key_file("contoso-2048/pkcs8.pem");
        drop.unlock(&PrivateKey::import(&pem, &ImportOptions::default()).unwrap(), None).unwrap();
        let folder = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path());
        let data = folder.filter(|path| !path.ends_with("metadata")).flat_map(|path| fs::read_dir(path).unwrap());
        for path in data.map(|entry| entry.unwrap().path()) {
            let file = fs::read(&path).unwrap();
            let probe = Probe::of(&file);
            let judged = drop.judge(PathRole::Data, &probe, Options::default()).ok();
            let Some(Verdict::Encrypted { entry, .. }) = judged.or_else(|| drop.open_head(&probe)) else { continue };
            let key = drop.entries()[entry].file_key.as_ref().unwrap();
            let name = format!("{name}/{}", path.file_stem().unwrap().to_str().unwrap());
            if let Ok((_, summary)) = make::in_pieces(&file, &[1000], Decryptor::new(key, Options::default())) {
                assert!(name.ends_with("intact"), "{name}: {summary:?}");
                continue;
            }
            let mut salvage = Salvage::new(key, Options::default(), false);
            salvage.push(&file);
            let salvaged = salvage.rewind().unwrap();
            salvage.push(&file);
            let mut out = salvage.rows().to_vec();
            salvage.end();
            out.extend_from_slice(salvage.rows());
            assert_eq!(out.len() as u64, salvaged.bytes, "{name}");
            for line in lines(&out) {
                assert!(line.ends_with(b"\n") && serde_json::from_slice::<serde_json::Value>(line).is_ok(), "{name}");
            }
            outcomes.push((name, salvaged.rows, salvaged.is_certain));
        }
    }
    outcomes.sort();
    let expected = [
        ("neg-bitflip/last-block", 4, false),
        ("neg-bitflip/middle", 0, false),
        ("neg-inside/crc", 0, false),
        ("neg-inside/cut-header", 0, false),
        ("neg-inside/cut-inside", 0, false),
        ("neg-inside/isize", 4, true),
        ("neg-inside/no-trailer", 0, false),
        ("neg-inside/tail", 4, true),
        ("neg-truncated/first-block", 0, false),
        ("neg-truncated/half", 0, false),
        ("neg-truncated/minus-1-byte", 4, false),
        ("neg-truncated/minus-16-bytes", 4, false),
        ("neg-truncated/minus-5-bytes", 4, false),
    ];
    let expected: Vec<_> = expected.map(|(name, rows, certain)| (name.to_owned(), rows, certain)).into();
    assert_eq!(outcomes, expected);
}
