//! Salvage of anything, in pieces of any size, up to its limit; and of the samples.

use super::files::{PACKS, noise, rows};
use super::make::{self, encrypt, file_key, gzip};
use super::{lines, place, salvage_in};
use crate::common;
use mgdc_decrypt::{
    Compression, DataDrop, Decryptor, ImportOptions, Options, PathRole, PrivateKey, Probe, Salvage, Verdict,
};
use std::fs;

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
