//! A look at both ends shows what is wrong with a file, or which key opens it, before a byte is written.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::make;

use make::{IV, KEY, Noise, code, encrypt, encrypt_with, gzip, json_lines};
use mgdc_decrypt::{
    Compression, Content, Error, FileKey, KeySet, Match, Options, PaddingCause, Probe, UnrecognizedCause, Verdict,
};

fn find(file: &[u8], keys: &[&FileKey]) -> Result<Match, Error> {
    Probe::of(file).find(keys, Options::default())
}

fn cause(file: &[u8]) -> Result<PaddingCause, UnrecognizedCause> {
    match find(file, &[&make::file_key()]).unwrap_err() {
        Error::Padding { cause } => Ok(cause),
        Error::Unrecognized { cause } => Err(cause),
        other => unreachable!("{other}"),
    }
}

/// The plaintexts of a usual drop, long and short.
fn plaintexts() -> Vec<Vec<u8>> {
    let lengths = [40, 500, 4112, 20_000];
    lengths.into_iter().flat_map(|length| [json_lines(length), gzip(&json_lines(length * 10))]).collect()
}

#[test]
fn a_right_key_opens_both_ends() {
    for plaintext in plaintexts() {
        let found = find(&encrypt(&plaintext), &[&make::file_key()]).unwrap();
        let content = if plaintext[0] == 0x1F { Content::Gzip } else { Content::Json };
        assert_eq!(found, Match { key: 0, content, repair: None });
    }
}

#[test]
fn a_wrong_key_is_an_error_that_says_so() {
    let mut causes = std::collections::BTreeMap::new();
    let plaintexts = [json_lines(500), gzip(&json_lines(500))];
    for seed in 0..400 {
        let key = Noise(seed).array();
        for plaintext in &plaintexts {
            *causes.entry(format!("{:?}", cause(&encrypt_with(&key, &IV, plaintext)))).or_insert(0) += 1;
        }
    }
    // Under a wrong key the padding is sometimes right by chance, but hardly anything else.
    let wrong_key = causes.remove("Ok(WrongKey)").unwrap();
    let by_chance = causes.remove("Err(MaybeWrongKey)").unwrap_or_default();
    assert!(wrong_key >= 790 && by_chance >= 1, "{wrong_key}, {by_chance} and {causes:?}");
    assert!(causes.values().sum::<i32>() <= 2, "{causes:?}");
}

#[test]
fn right_padding_under_a_wrong_key_is_still_an_error() {
    for plaintext in plaintexts() {
        let lucky = (0..10_000)
            .map(|seed| encrypt_with(&Noise(seed).array(), &IV, &plaintext))
            .find(|file| matches!(cause(file), Err(UnrecognizedCause::MaybeWrongKey)))
            .unwrap();
        assert_eq!(code(mgdc_decrypt::decrypt(&lucky, &make::file_key(), Options::default())), "ERR_UNRECOGNIZED");
        // Without the probe as well.
        assert_eq!(code(make::open(&lucky, Options::default())), "ERR_UNRECOGNIZED");
        // Only with a forced compression may this pass the probe, and the checks of gzip still apply.
        let forced = Options::default().with_compression(Compression::Gzip);
        assert_eq!(code(mgdc_decrypt::decrypt(&lucky, &make::file_key(), forced)), "ERR_COMPRESSED_DATA");
    }
}

#[test]
fn a_wrong_iv_on_text_is_told_from_a_wrong_key() {
    let texts = [json_lines(60), json_lines(3000), json_lines(20_000), "日本語のテキスト\n".repeat(500).into_bytes()];
    let utf16: Vec<u8> = "{\"id\":1}\r\n".repeat(50).encode_utf16().flat_map(u16::to_le_bytes).collect();
    for text in texts.into_iter().chain([utf16]) {
        for seed in 0..100 {
            let file = encrypt_with(&KEY, &Noise(seed).array(), &text);
            assert_eq!(cause(&file), Err(UnrecognizedCause::WrongIv), "IV of seed {seed}, {} bytes", text.len());
        }
    }
}

/// Text under a wrong IV would pass for Windows-1252 text with odd first characters, if nothing more were checked.
#[test]
fn a_wrong_iv_is_hardly_ever_passed_off_as_text() {
    let passed = (1000..21_000_u64).filter(|seed| {
        find(&encrypt_with(&KEY, &Noise(*seed).array(), &json_lines(300)), &[&make::file_key()]).is_ok()
    });
    let passed = passed.count();
    assert!(passed <= 10, "{passed} of 20000 were passed off as text");
}

#[test]
fn a_wrong_iv_on_compressed_content_is_an_error() {
    for seed in 0..500 {
        for plaintext in [gzip(&json_lines(20)), gzip(&json_lines(20_000)), make::zlib(&json_lines(2000))] {
            let file = encrypt_with(&KEY, &Noise(seed).array(), &plaintext);
            assert_eq!(code(find(&file, &[&make::file_key()])), "ERR_UNRECOGNIZED", "IV of seed {seed}");
        }
    }
}

#[test]
fn a_file_cut_at_a_block_is_told_from_a_wrong_key() {
    for plaintext in plaintexts().into_iter().filter(|plaintext| plaintext.len() >= 500) {
        let file = encrypt(&plaintext);
        for blocks in 1..20 {
            let cut = &file[..file.len() - 16 * blocks];
            match mgdc_decrypt::decrypt(cut, &make::file_key(), Options::default()).unwrap_err() {
                Error::Padding { cause } => assert_eq!(cause, PaddingCause::EndDamaged),
                // Compressed data ends like padding once in 256: then only the whole stream shows the damage.
                error => assert_eq!((error.code(), plaintext[0]), ("ERR_COMPRESSED_DATA", 0x1F)),
            }
        }
    }
}

#[test]
fn rejects_ciphertext_that_is_not_whole_blocks() {
    for plaintext in plaintexts() {
        let file = encrypt(&plaintext);
        for cut in (1..16).chain([file.len() - 1, file.len()]) {
            let rest = &file[..file.len() - cut];
            let error = find(rest, &[&make::file_key()]).unwrap_err();
            assert_eq!(error, Error::CiphertextLength { length: rest.len() as u64 });
            assert!(error.to_string().contains(&format!("{} bytes", rest.len())), "{error}");
            assert_eq!(code(make::open(rest, Options::default())), "ERR_CIPHERTEXT_LENGTH");
        }
    }
}

#[test]
fn tiny_files_are_judged_by_their_length_and_padding() {
    for (length, expected) in
        [(0, "ERR_CIPHERTEXT_LENGTH"), (1, "ERR_CIPHERTEXT_LENGTH"), (15, "ERR_CIPHERTEXT_LENGTH")].into_iter().chain([
            (16, "ERR_PADDING"),
            (17, "ERR_CIPHERTEXT_LENGTH"),
            (32, "ERR_PADDING"),
        ])
    {
        let noise = Noise(7).bytes(length);
        assert_eq!(code(find(&noise, &[&make::file_key()])), expected, "{length} bytes");
    }
    assert_eq!(Probe::of(b"").clear(), Some(Content::Empty));
    for length in 0..40 {
        let text = json_lines(length);
        let content = if length == 0 { Content::Empty } else { Content::Json };
        assert_eq!(find(&encrypt(&text), &[&make::file_key()]).unwrap().content, content, "{length} bytes inside");
    }
}

#[test]
fn finds_the_key_among_several_wherever_it_stands() {
    let keys: Vec<FileKey> = (0..20).map(|seed| FileKey::new(Noise(seed).array(), Noise(100 + seed).array())).collect();
    let keys: Vec<&FileKey> = keys.iter().collect();
    for plaintext in plaintexts() {
        for (index, seed) in (0..20_u64).enumerate().step_by(19) {
            let file = encrypt_with(&Noise(seed).array(), &Noise(100 + seed).array(), &plaintext);
            assert_eq!(find(&file, &keys).unwrap().key, index);
        }
        // The same key with another IV is the closest match, and the other keys must not hide that.
        let other_iv = encrypt_with(&Noise(3).array(), &IV, &plaintext);
        assert_eq!(code(find(&other_iv, &keys)), "ERR_UNRECOGNIZED");
    }
    let cut = encrypt_with(&Noise(3).array(), &Noise(103).array(), &json_lines(1000));
    assert_eq!(code(find(&cut[..cut.len() - 16], &keys)), "ERR_PADDING");
    assert_eq!(code(find(&encrypt(b"{}"), &[])), "ERR_FILE_KEY_MISSING");
}

#[test]
fn of_several_keys_the_error_is_about_the_nearest_wherever_it_stands() {
    let right = make::file_key();
    let others: Vec<FileKey> = (0..4).map(|seed| FileKey::new(Noise(seed).array(), IV)).collect();
    let cut = encrypt(&json_lines(1000));
    let cut = &cut[..cut.len() - 16];
    // Bytes of no known format: the padding is right under the right key, and by chance, with one byte, under another.
    let unknown = encrypt(&Noise(9).bytes(1002));
    let alone = |key: &FileKey| find(&unknown, &[key]).unwrap_err();
    let lucky = (0..10_000)
        .map(|seed| FileKey::new(Noise(seed).array(), IV))
        .find(|key| matches!(alone(key), Error::Unrecognized { cause: UnrecognizedCause::MaybeWrongKey }))
        .unwrap();
    for place in [0, 1, 5] {
        let mut keys: Vec<&FileKey> = others.iter().chain([&lucky]).collect();
        keys.insert(place, &right);
        let error = find(cut, &keys).unwrap_err();
        assert!(matches!(error, Error::Padding { cause: PaddingCause::EndDamaged }), "place {place}: {error}");
        let error = find(&unknown, &keys).unwrap_err();
        assert!(matches!(error, Error::Unrecognized { cause: UnrecognizedCause::Content }), "place {place}: {error}");
    }
}

/// A forced compression relaxes the check of the beginning. A padding that is right by chance must not win over the key
/// that fits.
#[test]
fn a_forced_compression_does_not_take_the_wrong_one_of_several_keys() {
    let options = Options::default().with_compression(Compression::Gzip);
    let file = encrypt(&gzip(&json_lines(500)));
    let lucky = (0..10_000)
        .map(|seed| FileKey::new(Noise(seed).array(), IV))
        .find(|key| Probe::of(&file).find(&[key], options).is_ok())
        .unwrap();
    let found = Probe::of(&file).find(&[&lucky, &make::file_key()], options).unwrap();
    assert_eq!(found, Match { key: 1, content: Content::Gzip, repair: None });
}

#[test]
fn clear_files_are_told_whatever_their_length() {
    let noise = Noise(9).bytes(9000);
    for length in (16..200).chain([4096, 4112, 8000]) {
        let gzipped = make::GzipMember { extra: Some(vec![0; length]), ..Default::default() }.of(b"{}");
        let binary = |magic: &[u8]| [magic, &noise].concat()[..length.max(16)].to_vec();
        for (file, content) in [
            (json_lines(length), Content::Json),
            (vec![b'x'; length], Content::Text),
            (gzipped, Content::Gzip),
            (binary(b"PAR1"), Content::Parquet),
            (binary(b"Obj\x01"), Content::Avro),
            (binary(b"PK\x03\x04"), Content::Zip),
        ] {
            assert_eq!(Probe::of(&file).clear(), Some(content), "{length} bytes");
            // A multiple of 16 could be the length of a ciphertext.
            assert!(find(&file, &[&make::file_key()]).is_err());
        }
    }
}

/// `count` entries: with one AES key and an IV for each, or a key for each.
fn many(count: u64, one_key: bool) -> Vec<FileKey> {
    (0..count)
        .map(|seed| FileKey::new(Noise(if one_key { 7 } else { seed }).array(), Noise(1 << 40 | seed).array()))
        .collect()
}

#[test]
fn finds_one_entry_among_thousands_in_little_time() {
    for (count, one_key) in [(2500_u64, true), (2500, false), (10_000, false)] {
        let keys = many(count, one_key);
        let set = KeySet::new(keys.into_iter().enumerate().collect(), false);
        for (plaintext, what) in [
            (gzip(&json_lines(20_000)), "gzip"),
            (json_lines(20_000), "text"),
            (make::deflate(&json_lines(20_000)), "deflate"),
        ] {
            let entry = count - 3;
            let key = Noise(if one_key { 7 } else { entry }).array();
            let file = encrypt_with(&key, &Noise(1 << 40 | entry).array(), &plaintext);
            let probe = Probe::of(&file);
            let best = (0..3).map(|_| {
                let started = std::time::Instant::now();
                let verdict = set.judge(&probe, Options::default());
                assert!(
                    matches!(verdict, Ok(Verdict::Encrypted { entry: found, .. }) if found as u64 == entry),
                    "{what}: {verdict:?}"
                );
                started.elapsed()
            });
            let best = best.min().unwrap();
            println!("{what} among {count} entries, one AES key: {one_key}: {best:?}");
            // Twenty times the usual time, because tests are not optimised and the machine may be busy.
            assert!(best.as_secs() < 10, "{what} among {count} entries took {best:?}");
        }
    }
}

/// Under a wrong IV text sometimes looks like text, too: the right entry must win, wherever it is in the list.
#[test]
fn the_right_iv_wins_over_thousands_that_are_near() {
    let keys = many(2500, true);
    let keys: Vec<&FileKey> = keys.iter().collect();
    for entry in (0..2500_u64).step_by(130) {
        for text in [json_lines(300), b"id,subject,from\n1,status,someone\n".repeat(30), b"{}".to_vec(), Vec::new()] {
            let file = encrypt_with(&Noise(7).array(), &Noise(1 << 40 | entry).array(), &text);
            assert_eq!(find(&file, &keys).unwrap().key as u64, entry, "{} bytes", text.len());
        }
    }
}
