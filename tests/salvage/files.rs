//! What the tests of salvage damage: rows, and the ways in which they are packed.

use super::make::{self, Noise, gzip};
use flate2::{Compress, Compression as Level, FlushCompress};

pub(crate) fn noise() -> Noise {
    Noise(std::env::var("PROPTEST_RNG_SEED").map_or(20_261_129, |seed| seed.parse().unwrap()))
}

/// Rows of JSON Lines, each different: mails with prose, nested objects, numbers.
pub(crate) fn rows(noise: &mut Noise, count: usize) -> Vec<u8> {
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

pub(crate) fn table(noise: &mut Noise, count: usize) -> Vec<u8> {
    let line = |_| {
        let (id, hours) = (noise.next(), noise.next() % 1000);
        format!("{id:016x},2026-{:02}-{:02},{}.{:02},team {}\n", id % 12, id % 28, hours / 100, hours % 100, hours % 7)
    };
    let lines: String = (0..count).map(line).collect();
    format!("PersonId,MetricDate,Hours,Team\n{lines}").into_bytes()
}

pub(crate) type Pack = fn(&[u8]) -> Vec<u8>;

pub(crate) fn plain(data: &[u8]) -> Vec<u8> {
    data.to_vec()
}

/// One member for each 100,000 bytes.
pub(crate) fn members(data: &[u8]) -> Vec<u8> {
    data.chunks(100_000).flat_map(gzip).collect()
}

/// One gzip member with a full flush after each 50,000 bytes, as `pigz --independent` writes.
pub(crate) fn flushed(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
    out.extend(flushed_deflate(data, 50_000, FlushCompress::Full));
    out.extend(make::crc32(data).to_le_bytes());
    out.extend((data.len() as u32).to_le_bytes());
    out
}

/// Raw deflate with a flush after each `step` bytes.
pub(crate) fn flushed_deflate(data: &[u8], step: usize, flush: FlushCompress) -> Vec<u8> {
    let (mut deflate, mut out) = (Compress::new(Level::new(6), false), Vec::new());
    for piece in data.chunks(step) {
        out.reserve(2 * step);
        deflate.compress_vec(piece, &mut out, flush).unwrap();
    }
    out.reserve(100);
    deflate.compress_vec(&[], &mut out, FlushCompress::Finish).unwrap();
    out
}

pub(crate) const PACKS: [(&str, Pack); 6] = [
    ("plain", plain),
    ("gzip", gzip),
    ("zlib", make::zlib),
    ("deflate", make::deflate),
    ("members", members),
    ("flushed", flushed),
];
