//! How content is recognised: decrypted content, which may be compressed, and files that were delivered in clear.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::make;

use make::{Noise, code, deflate, deflate_at, encrypt, gzip, json_lines, zlib};
use mgdc_decrypt::{Compression, Content, Options, Probe, decrypt};

/// The kind that decrypted content is recognised as.
fn inside(content: &[u8]) -> Option<Content> {
    let ciphertext = encrypt(content);
    Probe::of(&ciphertext).find(&[&make::file_key()], Options::default()).ok().map(|found| found.content)
}

/// The kind that a clear file is recognised as.
fn clear(file: &[u8]) -> Option<Content> {
    Probe::of(file).clear()
}

/// The content is delivered byte for byte, not decompressed.
fn is_kept(content: &[u8]) -> bool {
    let opened = decrypt(&encrypt(content), &make::file_key(), Options::default());
    opened.is_ok_and(|(opened, summary)| opened == content && summary.compression == Compression::None)
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn text_that_begins_like_zlib_is_text() {
    // Each of these is a valid zlib header (RFC 1950, section 2.2): a multiple of 31 whose low four bits are 8.
    for header in ["x^", "80", "hC", "X\t", "8O", "H\r", "(S", "h\u{5}"].map(str::as_bytes) {
        let is_header = u16::from_be_bytes([header[0], header[1]]).is_multiple_of(31) && header[0] & 15 == 8;
        let is_text = !header.contains(&5);
        for length in [2, 3, 10, 100, 1000, 5000, 50_000] {
            let text = [header, &b" and what follows is text, too;\n".repeat(length / 20 + 1)].concat();
            let text = &text[..length];
            if is_text {
                assert!(is_kept(text), "{length} bytes {header:?}");
                assert_eq!(clear(text), Some(Content::Text));
            } else {
                // One control character is allowed in two blocks of text, and not in less.
                assert_eq!(is_kept(text), length >= 32, "{length} bytes {header:?}");
            }
        }
        assert!(is_header || !is_text || ["X\t", "8O", "H\r", "(S"].map(str::as_bytes).contains(&header));
    }
}

#[test]
fn text_in_every_usual_encoding_is_kept_as_it_is() {
    let json = "{\"subject\": \"Grüße, 日本語 und 😀\"}\r\n";
    let csv = "Name;Größe;Straße;Übergröße\r\nMüller;1,80;Öderweg;Å\r\n".repeat(3);
    let windows_1252: Vec<u8> = csv.chars().map(|c| c as u32 as u8).collect();
    for (text, content) in [
        (json.as_bytes().to_vec(), Content::Json),
        ([b"\xEF\xBB\xBF", json.as_bytes()].concat(), Content::Json),
        (utf16(json, u16::to_le_bytes), Content::Json),
        (utf16(json, u16::to_be_bytes), Content::Json),
        (utf16(&format!("\u{FEFF}{json}"), u16::to_le_bytes), Content::Json),
        (utf16(&format!("\u{FEFF}{json}"), u16::to_be_bytes), Content::Json),
        (utf16(&format!("\u{FEFF}{}", "日本語\n".repeat(50)), u16::to_le_bytes), Content::Text),
        (utf16(&format!("\u{FEFF}{}", "😀x".repeat(3000)), u16::to_le_bytes), Content::Text),
        (utf16(&csv, u16::to_le_bytes), Content::Text),
        (csv.clone().into_bytes(), Content::Text),
        (windows_1252, Content::Text),
        (json_lines(50_000), Content::Json),
        ("日本語".repeat(3000).into_bytes(), Content::Text),
        (b"  \r\n\t[1]".to_vec(), Content::Json),
        (b"id,subject\n1,x\n".to_vec(), Content::Text),
        (b"a".to_vec(), Content::Text),
        (b"\xEF\xBB\xBF".to_vec(), Content::Text),
    ] {
        assert_eq!(inside(&text), Some(content), "{:?}", &text[..text.len().min(30)]);
        assert_eq!(clear(&text), Some(content), "{:?}", &text[..text.len().min(30)]);
        assert!(is_kept(&text));
    }
}

#[test]
fn text_with_a_few_control_characters_is_text() {
    let windows_1252: Vec<u8> = "Müller;Straße;Größe\r\n".repeat(3).chars().map(|c| c as u32 as u8).collect();
    for text in [
        b"{\"subject\": \"deleted: \x7F\", \"from\": \"x\"}\n".to_vec(),
        "{\"subject\": \"Grüße\u{7F}\", \"from\": \"日本語\"}\n".repeat(200).into_bytes(),
        b"id,subject,from\r\n1,status,someone\r\n\x1A".to_vec(),
        [windows_1252.as_slice(), b"\x1A"].concat(),
        b"4711\x01subject of it\x01someone@contoso.com\x01\\N\n".repeat(300),
        b"\x1B[31mERROR\x1B[0m in the line that is not coloured\n".to_vec(),
        b"subject\x0Bsecond line,someone@contoso.com\n".to_vec(),
        b"id,subject,from,to\n1,C string\0,someone,else\n".to_vec(),
    ] {
        assert!(matches!(inside(&text), Some(Content::Text | Content::Json)), "{:?}", &text[..30]);
        assert!(matches!(clear(&text), Some(Content::Text | Content::Json)), "{:?}", &text[..30]);
        assert!(is_kept(&text));
    }
}

#[test]
fn what_has_more_control_characters_is_no_text() {
    for binary in [
        b"id\x01a\x02subject, and then text that is long enough for it".to_vec(),
        b"a\x01bc\x01de\x01 and then text that is long enough for it".to_vec(),
        b"text, and then more: \x01\x01\x01\x01\x01".repeat(40),
        b"short: \x7F".to_vec(),
        utf16("text of sixteen, and\u{1}\u{7F} then more of it", u16::to_le_bytes),
    ] {
        assert_eq!((inside(&binary), clear(&binary)), (None, None), "{:?}", String::from_utf8_lossy(&binary));
    }
}

/// Under a wrong IV the first block is noise and text follows: that must be noticed almost always.
#[test]
fn text_behind_a_block_of_noise_is_no_text() {
    let mut taken = 0;
    for seed in 0..100_000 {
        let text = [Noise(seed).bytes(16).as_slice(), b"subject\": \"x\"}\n{\"id\": \"some more\"}"].concat();
        taken += usize::from(clear(&text).is_some());
    }
    assert!(taken <= 30, "{taken} of 100000 were taken for text");
}

#[test]
fn other_formats_are_told_by_their_own_heads() {
    let noise = Noise(1).bytes(3000);
    for (head, content) in [
        (&b"PAR1"[..], Content::Parquet),
        (b"PARE", Content::Parquet),
        (b"Obj\x01", Content::Avro),
        (b"ORC\x08", Content::Orc),
        (b"PK\x03\x04", Content::Zip),
        (b"PK\x05\x06", Content::Zip),
        (b"crc\0\0\0\x02\0", Content::HadoopCrc),
    ] {
        let file = [head, &noise].concat();
        assert_eq!(inside(&file), Some(content));
        assert_eq!(clear(&file), Some(content));
        assert!(is_kept(&file), "{content:?}");
    }
}

#[test]
fn every_content_has_a_name_of_its_own() {
    use Content::{Avro, Deflate, Empty, Gzip, HadoopCrc, Json, Orc, Parquet, Text, Zip, Zlib};
    let all = [Empty, Gzip, Zlib, Deflate, Json, Text, Parquet, Avro, Orc, Zip, HadoopCrc];
    let names: std::collections::BTreeSet<&str> = all.into_iter().map(Content::name).collect();
    assert_eq!(names.len(), all.len());
    assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase())));
}

#[test]
fn binary_noise_is_refused_whatever_its_length() {
    for seed in 0..2000 {
        let noise = Noise(seed).bytes(40 + seed as usize * 7 % 9000);
        let result = decrypt(&encrypt(&noise), &make::file_key(), Options::default());
        assert_eq!(code(result), "ERR_UNRECOGNIZED", "noise of seed {seed}");
        assert_eq!(clear(&noise), None, "noise of seed {seed}");
    }
}

#[test]
fn binary_content_that_begins_like_text_is_refused() {
    for seed in 0..200 {
        // It is valid UTF-16 without control characters.
        let high: Vec<u8> = Noise(seed).bytes(300).iter().map(|byte| byte & 0x3F | 0x80).collect();
        for head in [&b"\xFF\xFE"[..], b"\xFE\xFF", b"{\0", b"\0{", b"id,subject,sender,receivers\n"] {
            let content = [head, &high].concat();
            assert_eq!((inside(&content), clear(&content)), (None, None), "{head:?} before noise of seed {seed}");
        }
    }
}

/// The ciphertext of an empty file is 16 bytes of noise: one in 400 would pass for UTF-16 text, if nothing more were
/// checked.
#[test]
fn short_noise_is_not_taken_for_clear_text() {
    let mut taken = 0;
    for seed in 0..20_000 {
        taken += usize::from(clear(&Noise(seed).bytes(16 * (1 + seed as usize % 4))).is_some());
    }
    assert!(taken <= 1, "{taken} of 20000 were taken for clear files");
}

#[test]
fn short_noise_is_not_taken_for_deflate() {
    let mut taken = 0;
    for seed in 0..20_000 {
        taken += usize::from(inside(&Noise(seed).bytes(15 + seed as usize % 48)).is_some());
    }
    assert!(taken <= 4, "{taken} of 20000 were recognised as something");
}

#[test]
fn stored_deflate_blocks_are_not_taken_for_utf_16() {
    // A stored block of 0x41 bytes that is not the last: `00 41 00 BE FF` begins like big-endian UTF-16.
    let stored = [b"\x00\x41\x00\xBE\xFF".to_vec(), json_lines(0x41), b"\x03\x00".to_vec()].concat();
    assert_eq!(inside(&stored), Some(Content::Deflate));
    assert_eq!(decrypt(&encrypt(&stored), &make::file_key(), Options::default()).unwrap().0, json_lines(0x41));
    assert_eq!(inside(&deflate_at(&json_lines(5000), 0)), Some(Content::Deflate));
}

#[test]
fn compressed_content_is_recognised_whatever_it_holds() {
    for content in [Noise(1).bytes(10_000), Noise(2).bytes(100), vec![0; 100_000], json_lines(20), Vec::new()] {
        assert_eq!(inside(&gzip(&content)), Some(Content::Gzip));
        assert_eq!(inside(&zlib(&content)), Some(Content::Zlib));
        // Whole blocks of noise in a gzip may be ciphertext in another gzip: only a key can tell.
        let may_be_ciphertext = content.len() == 10_000;
        assert_eq!(clear(&gzip(&content)), (!may_be_ciphertext).then_some(Content::Gzip));
        // These are not delivered in clear, and noise is most easily mistaken for them.
        assert_eq!(clear(&zlib(&content)), None);
        assert_eq!(clear(&deflate(&content)), None);
    }
    let member = make::GzipMember { name: Some(b"part-00000".to_vec()), ..Default::default() };
    assert_eq!(clear(&member.of(b"{}")), Some(Content::Gzip));
}

#[test]
fn headers_that_no_compressor_writes_are_refused() {
    let noise = Noise(1).bytes(100);
    // gzip with a reserved flag; zlib whose beginning inflates to nothing and goes on.
    for head in [&b"\x1F\x8B\x08\x20\0\0\0\0\0\0"[..], b"\x1F\x8B\x07\0", b"\x78\x9C\x03\0\0\0\0\x01"] {
        let content = [head, &noise].concat();
        assert_eq!((inside(&content), clear(&content)), (None, None), "{head:?}");
    }
}

#[test]
fn a_gzip_magic_before_noise_is_not_a_clear_gzip_file() {
    let mut taken = 0;
    for seed in 0..1000 {
        let file = [&b"\x1F\x8B\x08\0\0\0\0\0\0\0"[..], &Noise(seed).bytes(5000)].concat();
        taken += usize::from(clear(&file).is_some());
    }
    assert!(taken <= 20, "{taken} of 1000 were taken for gzip");
}
