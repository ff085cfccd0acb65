//! Conversions that tools do to a ciphertext.

use super::{gzip, zlib};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// A name, the repair that undoes it, and the conversion.
pub(crate) type Conversion = (&'static str, &'static str, fn(&[u8]) -> Vec<u8>);

/// The conversions that can be undone.
pub(crate) const INVERTIBLE: &[Conversion] = &[
    ("Base64", "base64", base64),
    ("Base64, URL-safe, unpadded", "base64", |file| URL_SAFE_NO_PAD.encode(file).into()),
    ("Base64 in lines", "base64", |file| lines(&base64(file), 76, "\r\n")),
    ("Base64 in lines, with a mark", "base64", |file| [BOM, &lines(&base64(file), 64, "\n")].concat()),
    ("Base64 in quotes", "base64", |file| around("\"", file, "\"\n")),
    ("Base64 as Python prints it", "base64", |file| around("b'", file, "'\n")),
    ("a data: URL", "base64", |file| around("data:application/octet-stream;base64,", file, "")),
    ("certutil's armour", "base64", |file| armoured("CERTIFICATE", file)),
    ("an armour of another name", "base64", |file| armoured("MESSAGE", file)),
    ("Logic Apps' envelope", "base64", |file| {
        around("{\"$content-type\":\"application/octet-stream\",\"$content\":\"", file, "\"}")
    }),
    ("Logic Apps' envelope the other way round", "base64", |file| {
        around("{\n  \"$content\": \"", file, "\",\n  \"$content-type\": \"application/octet-stream\"\n}\n")
    }),
    ("JSON with escapes", "base64", |file| {
        let text = String::from_utf8(base64(file)).unwrap().replace('+', "\\u002B").replace('/', "\\/");
        format!("{{\"contentBytes\":\"{}\"}}", text.replace('=', "\\u003d")).into_bytes()
    }),
    ("Base64 in XML", "base64", |file| around("<string xmlns=\"urn:x\">", file, "</string>")),
    ("Base64 piece by piece", "base64", |file| file.chunks(1000).flat_map(base64).collect()),
    ("Base64 in UTF-16", "utf-16+base64", |file| utf16(&[&base64(file)[..], b"\r\n"].concat())),
    ("hex", "hex", |file| hex(file, "", "")),
    ("hex in capitals, in lines", "hex", |file| lines(&hex(file, "", "").to_ascii_uppercase(), 60, "\n")),
    ("hex with blanks", "hex", |file| hex(file, "", " ")),
    ("hex with dashes", "hex", |file| hex(file, "", "-")),
    ("0x in front of all", "hex", |file| [b"0x", &hex(file, "", "")[..]].concat()),
    ("0x in front of each", "hex", |file| [b"[", &hex(file, "0x", ", ")[..], b"]\n"].concat()),
    ("\\x in front of each", "hex", |file| hex(file, "\\x", "")),
    ("hex in UTF-16", "utf-16+hex", |file| utf16(&hex(file, "", ""))),
    ("one more gzip", "gzip", gzip),
    ("one more zlib", "zlib", zlib),
    ("Base64 in a gzip", "gzip+base64", |file| gzip(&base64(file))),
    ("a gzip in Base64", "base64+gzip", |file| base64(&gzip(file))),
    ("Latin-1 to UTF-8", "latin1", latin1),
    ("Latin-1 to UTF-8, twice", "latin1+latin1", |file| latin1(&latin1(file))),
    ("Windows-1252 to UTF-8", "windows-1252", windows_1252),
    ("Windows-1252 to UTF-8, twice", "windows-1252+windows-1252", |file| windows_1252(&windows_1252(file))),
    ("Latin-1 to UTF-16", "utf-16+latin1", |file| utf16(&latin1(file))),
    ("Latin-1 to UTF-8, and CR before LF", "latin1+crlf", |file| latin1(&crlf(file))),
    ("CR before LF", "crlf", crlf),
    ("a mark in front", "bom", |file| [BOM, file].concat()),
];

pub(crate) const BOM: &[u8] = b"\xEF\xBB\xBF";

pub(crate) fn base64(file: &[u8]) -> Vec<u8> {
    STANDARD.encode(file).into_bytes()
}

pub(crate) fn hex(file: &[u8], before: &str, between: &str) -> Vec<u8> {
    let bytes: Vec<String> = file.iter().map(|byte| format!("{before}{byte:02x}")).collect();
    bytes.join(between).into_bytes()
}

pub(crate) fn latin1(file: &[u8]) -> Vec<u8> {
    file.iter().map(|byte| char::from(*byte)).collect::<String>().into_bytes()
}

/// <https://encoding.spec.whatwg.org/index-windows-1252.txt>
pub(crate) fn windows_1252(file: &[u8]) -> Vec<u8> {
    let high: Vec<char> = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".chars().collect();
    let char_of = |byte: u8| if (0x80..0xA0).contains(&byte) { high[usize::from(byte) - 0x80] } else { byte.into() };
    file.iter().map(|byte| char_of(*byte)).collect::<String>().into_bytes()
}

pub(crate) fn crlf(file: &[u8]) -> Vec<u8> {
    file.iter().flat_map(|byte| if *byte == b'\n' { b"\r\n".to_vec() } else { vec![*byte] }).collect()
}

/// Little-endian with a byte order mark, as PowerShell writes it.
pub(crate) fn utf16(text: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(text).unwrap();
    "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// Bytes that are not UTF-8 become U+FFFD.
pub(crate) fn replaced(file: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(file).into_owned().into_bytes()
}

/// Bytes above 127 become question marks.
pub(crate) fn questioned(file: &[u8]) -> Vec<u8> {
    file.iter().map(|byte| if byte.is_ascii() { *byte } else { b'?' }).collect()
}

/// The highest bit of each byte is cleared.
pub(crate) fn stripped(file: &[u8]) -> Vec<u8> {
    file.iter().map(|byte| byte & 0x7F).collect()
}

fn around(before: &str, file: &[u8], after: &str) -> Vec<u8> {
    [before.as_bytes(), &base64(file), after.as_bytes()].concat()
}

fn armoured(label: &str, file: &[u8]) -> Vec<u8> {
    let body = String::from_utf8(lines(&base64(file), 64, "\r\n")).unwrap();
    format!("-----BEGIN {label}-----\r\n{body}-----END {label}-----\r\n").into_bytes()
}

fn lines(text: &[u8], length: usize, end: &str) -> Vec<u8> {
    text.chunks(length).flat_map(|line| [line, end.as_bytes()].concat()).collect()
}
