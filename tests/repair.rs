//! Conversions of a ciphertext are undone and reported if a key proves them; those that cannot be undone are named.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::make;

use make::convert::{self, INVERTIBLE, base64, crlf, hex, latin1};
use make::{IV, KEY, Noise, code, encrypt, encrypt_with, file_key, gzip, json_lines, zlib};
use mgdc_decrypt::{
    Compression, Decryptor, Error, FileKey, Options, PaddingCause, Probe, Pulled, Repair, Summary, decrypt,
};

const AUTO: Options = Options::new();

fn opened(file: &[u8]) -> Result<(Vec<u8>, Summary), Error> {
    decrypt(file, &file_key(), AUTO)
}

/// Content of many sizes, from empty to more than a window, and its stored form.
fn contents() -> Vec<(Vec<u8>, Vec<u8>)> {
    let plain = [Vec::new(), b"{}".to_vec(), json_lines(100), json_lines(3000), json_lines(200_000)];
    let noise = Noise(1).bytes(70_000);
    let gzipped = plain.iter().chain([&noise]).map(|plain| (plain.clone(), gzip(plain)));
    let kept = plain.iter().map(|plain| (plain.clone(), plain.clone()));
    gzipped.chain(kept).chain([(json_lines(3000), zlib(&json_lines(3000)))]).collect()
}

#[test]
fn undoes_each_conversion_where_the_key_proves_it() {
    for (what, name, convert) in INVERTIBLE {
        for (plaintext, stored) in contents() {
            let ciphertext = encrypt(&stored);
            let file = convert(&ciphertext);
            if file == ciphertext {
                continue; // without an LF nothing is changed
            }
            let context = format!("{what}, {} bytes of {}", plaintext.len(), stored.len());
            let (found, summary) = opened(&file).unwrap_or_else(|error| panic!("{context}: {error}"));
            assert!(found == plaintext, "{context}");
            let repair = summary.repair.unwrap_or_else(|| panic!("{context}: nothing to undo"));
            // Without a byte from 0x80 to 0x9F both charsets give the same result, and without an LF the CRLF step
            // changes nothing.
            let same = |name: &str| name.replace("windows-1252", "latin1").replace("+crlf", "");
            assert_eq!(same(&repair.name()), same(name), "{context}");
            assert_eq!(summary.bytes_in, file.len() as u64);
            assert!(summary.warnings()[0].contains("was undone"), "{context}");
        }
    }
}

#[test]
fn undoes_in_pieces_what_it_undoes_in_one() {
    let contents = [json_lines(0), json_lines(40), json_lines(60_000), Noise(2).bytes(20_000)];
    for (what, name, convert) in INVERTIBLE {
        for plaintext in &contents {
            let file = convert(&encrypt(&gzip(plaintext)));
            let repair = Repair::from_name(name).unwrap();
            for sizes in [&[1][..], &[7, 100, 3], &[5000], &[usize::MAX]] {
                if sizes == [1] && file.len() > 5000 {
                    continue;
                }
                let decryptor = Decryptor::repairing(&file_key(), Some(repair), AUTO);
                let (found, summary) = make::in_pieces(&file, sizes, decryptor).unwrap();
                assert!(found == *plaintext, "{what} in pieces of {sizes:?}");
                assert_eq!(summary.repair, Some(repair));
            }
        }
    }
}

#[test]
fn a_conversion_that_no_key_proves_is_not_undone() {
    let stranger = FileKey::new([0x77; 32], IV);
    for (what, _, convert) in INVERTIBLE {
        for plaintext in [json_lines(0), json_lines(300), json_lines(30_000)] {
            let file = convert(&encrypt(&gzip(&plaintext)));
            assert!(decrypt(&file, &stranger, AUTO).is_err(), "{what}, {} bytes", plaintext.len());
        }
    }
}

#[test]
fn a_file_that_was_cut_after_its_conversion_is_said_to_be_cut() {
    for (what, convert) in
        [("Base64", base64 as fn(&[u8]) -> Vec<u8>), ("hex", |file| hex(file, "", "")), ("Latin-1", latin1)]
    {
        let file = convert(&encrypt(&gzip(&json_lines(300_000))));
        // Whole characters, and no padding by chance.
        let cut =
            (file.len() / 8 * 4..).step_by(4).find(|cut| file[*cut..].first().is_none_or(|byte| byte & 0xC0 != 0x80));
        let error = opened(&file[..cut.unwrap()]).unwrap_err();
        assert_eq!(error, Error::Padding { cause: PaddingCause::EndDamaged }, "{what}");
    }
}

#[test]
fn what_stands_in_the_middle_of_base64_is_an_error() {
    let mut file = base64(&encrypt(&gzip(&Noise(3).bytes(30_000))));
    let middle = file.len() / 2;
    file[middle] = b'!';
    assert_eq!(code(opened(&file)), "ERR_CONVERTED");
    let mut file = hex(&encrypt(&gzip(&Noise(3).bytes(30_000))), "", "");
    file[30_001] = b'x';
    assert_eq!(code(opened(&file)), "ERR_CONVERTED");
    let mut file = gzip(&encrypt(&gzip(&Noise(3).bytes(30_000))));
    let end = file.len() - 6;
    file[end] ^= 1;
    assert_eq!(code(opened(&file)), "ERR_CONVERTED");
    let mut file = crlf(&encrypt(&gzip(&Noise(3).bytes(90_000))));
    let lone = file.windows(2).rposition(|two| two == b"\r\n").unwrap();
    file[lone] = b'x';
    assert!(opened(&file).is_err());
}

#[test]
fn takes_the_iv_in_front_of_the_ciphertext() {
    let own: [u8; 16] = *b"another iv, own.";
    for (plaintext, stored) in contents() {
        // The IV of the key details counts whatever follows; another IV only before content with a magic number.
        for (iv, is_told) in [(IV, true), (own, stored != plaintext)] {
            let file = [&iv[..], &encrypt_with(&KEY, &iv, &stored)].concat();
            if !is_told {
                continue;
            }
            let (found, summary) = opened(&file).unwrap_or_else(|error| panic!("{} bytes: {error}", plaintext.len()));
            assert!(found == plaintext, "{} bytes", plaintext.len());
            assert_eq!(summary.repair.unwrap().name(), "iv-in-front");
            assert!(summary.warnings()[0].contains("IV was in front"), "{:?}", summary.warnings());
            let is_proved = summary.verified.is_some();
            assert_eq!(!is_proved, summary.warnings().iter().any(|text| text.contains("was cut there")));
            let wrapped = base64(&file);
            let (found, summary) = opened(&wrapped).unwrap();
            assert!(found == plaintext);
            assert_eq!(summary.repair.unwrap().name(), "base64+iv-in-front");
        }
    }
    // A forced compression is that of the content, and says nothing about the file around it.
    let (plain, stored) = (json_lines(100), gzip(&json_lines(100)));
    let file = [&own[..], &encrypt_with(&KEY, &own, &stored)].concat();
    for (compression, expected) in [(Compression::Gzip, &plain), (Compression::None, &stored)] {
        let (found, summary) = decrypt(&file, &file_key(), AUTO.with_compression(compression)).unwrap();
        assert!(found == *expected, "{compression:?}");
        assert_eq!(summary.repair.unwrap().name(), "iv-in-front");
    }
    // JSON that begins at the second block must not be a part of a line that began before.
    let json = b"{\"id\": 1, \"subject\": \"first\"}\n{\"id\": 2}\n";
    assert_eq!(opened(&[&own[..], &encrypt_with(&KEY, &own, json)].concat()).unwrap().0, json);
}

#[test]
fn another_engine_decrypts_behind_an_iv_in_front() {
    let plaintext = gzip(&json_lines(50_000));
    let file = [&IV[..], &encrypt(&plaintext)].concat();
    let repair = Repair::from_name("iv-in-front");
    let mut decryptor = Decryptor::repairing(&file_key(), repair, AUTO);
    let block: [u8; 16] = file[16 * 20 - 16..16 * 20].try_into().unwrap();
    assert_eq!(decryptor.push_decrypted(&plaintext[..16], &block), Err(Error::Finished), "not before the IV");
    decryptor.push(&file[..16]).unwrap();
    decryptor.push_decrypted(&plaintext[..16 * 19], &block).unwrap();
    decryptor.push(&file[16 * 20..]).unwrap();
    decryptor.end().unwrap();
    let mut found = Vec::new();
    while let Pulled::Plaintext(piece) = decryptor.pull().unwrap() {
        found.extend_from_slice(piece);
    }
    let summary = decryptor.finish().unwrap();
    assert!(found == json_lines(50_000));
    assert_eq!((summary.bytes_in, summary.repair), (file.len() as u64, repair));
    // With any other repair the pushed bytes are not ciphertext yet.
    let mut decryptor = Decryptor::repairing(&file_key(), Repair::from_name("base64"), AUTO);
    assert_eq!(decryptor.push_decrypted(&plaintext[..16], &block), Err(Error::Finished));
}

/// Under a wrong IV text follows the first block as well. That block must not be taken for an IV in front, which would
/// lose 16 bytes.
#[test]
fn a_wrong_iv_is_not_taken_for_an_iv_in_front() {
    let texts = [json_lines(300), json_lines(20_000), b"id,subject,from\n1,status,someone\n".repeat(20)];
    for text in texts {
        for seed in 0..300 {
            let file = encrypt_with(&KEY, &Noise(seed).array(), &text);
            assert_eq!(code(opened(&file)), "ERR_UNRECOGNIZED", "{} bytes, seed {seed}", text.len());
        }
    }
}

#[test]
fn a_repair_has_a_name_that_leads_back_to_it() {
    for (_, name, _) in INVERTIBLE {
        assert_eq!(Repair::from_name(name).unwrap().name(), *name);
    }
    for name in ["", "base64+", "rot13", "Base64", "hex+hex+hex+hex"] {
        assert_eq!(Repair::from_name(name), None, "{name}");
    }
    let twice = opened(&latin1(&latin1(&encrypt(&gzip(b"{}"))))).unwrap().1.warnings();
    assert!(twice[0].ends_with("converted from Latin-1 to UTF-8 twice"), "{twice:?}");
    assert_eq!(format!("{:?}", Repair::from_name("gzip+base64").unwrap()), "Repair(gzip+base64)");
}

#[test]
fn an_outer_gzip_that_is_a_bomb_takes_little_memory_at_a_time() {
    let file = gzip(&vec![0; 16 << 20]);
    let mut decryptor = Decryptor::repairing(&file_key(), Repair::from_name("gzip"), AUTO.with_output_limit(1000));
    decryptor.push(&file).unwrap();
    // Zeros decrypt to noise, which is refused before much has been inflated.
    assert_eq!(code(decryptor.pull().map(drop)), "ERR_UNRECOGNIZED");
}

#[test]
fn what_lost_bytes_says_so_whatever_its_length() {
    for length in [64, 200, 1000, 5000, 100_000] {
        for seed in 0..20 {
            let ciphertext = encrypt(&Noise(seed).bytes(length));
            for (lossy, words) in [
                (convert::replaced(&ciphertext), "U+FFFD"),
                (convert::questioned(&ciphertext), "question marks"),
                (convert::stripped(&ciphertext), "highest bit"),
                (convert::utf16(&convert::replaced(&ciphertext)), "U+FFFD"),
            ] {
                let Err(error) = opened(&lossy) else { panic!("{words}: opened") };
                // A few blocks whose bytes were cut to seven bits cannot be recognised.
                if words == "highest bit" && length < 128 {
                    continue;
                }
                assert_eq!(error.code(), "ERR_CONVERTED", "{words}, {length} bytes, seed {seed}: {error}");
                assert!(error.to_string().contains(words) && error.to_string().contains("as binary"), "{error}");
            }
        }
    }
    assert_eq!(Probe::of(&convert::replaced(&encrypt(&gzip(&json_lines(900))))).clear(), None);
}
