//! What a piece of content is, told by its beginning: the format of a drop has no mark of its own.
//!
//! A header alone proves little, for text may look like one (`x^`, `hC`, `80` are valid zlib headers): zlib and raw
//! deflate count only when the beginning inflates.

use crate::aes_cbc::BLOCK;
use crate::decompress::{PooledInflater, gzip, zlib};
use mgdc_inflate::Status;

/// Bytes of the beginning that are looked at: enough for a dynamic Huffman header (RFC 1951, 3.2.7) and some data.
pub(crate) const HEAD: usize = 4096;

/// What a beginning was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// No bytes at all.
    Empty,
    /// RFC 1952.
    Gzip,
    /// RFC 1950.
    Zlib,
    /// RFC 1951, raw.
    Deflate,
    /// Text that begins like JSON.
    Json,
    /// Other text.
    Text,
    /// Apache Parquet.
    Parquet,
    /// Apache Avro object container.
    Avro,
    /// Apache ORC.
    Orc,
    /// ZIP archive.
    Zip,
    /// Hadoop's checksum file beside a part file.
    HadoopCrc,
}

impl Content {
    /// Lower-case name, as reports show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Gzip => "gzip",
            Self::Zlib => "zlib",
            Self::Deflate => "deflate",
            Self::Json => "json",
            Self::Text => "text",
            Self::Parquet => "parquet",
            Self::Avro => "avro",
            Self::Orc => "orc",
            Self::Zip => "zip",
            Self::HadoopCrc => "crc",
        }
    }
}

/// What decrypted content is, by its first [`HEAD`] bytes; `None` when it makes no sense. `ended`: nothing comes after
/// `plain`.
pub(crate) fn recognize(plain: &[u8], ended: bool) -> Option<Content> {
    // Always the same window, so that the verdict does not depend on how much is there already.
    let whole = ended && plain.len() < HEAD;
    let head = plain.get(..HEAD).unwrap_or(plain);
    if let Some(content) = marked(head, whole).or_else(|| text(head, whole)) {
        return Some(content);
    }
    if zlib::has_header(head) && inflates(head.get(zlib::HEADER..)?, Tail::Adler32) {
        return Some(Content::Zlib);
    }
    inflates(head, Tail::None).then_some(Content::Deflate)
}

/// What a file that was delivered *in clear* is; `None` when it looks encrypted.
///
/// Not zlib and raw deflate: nobody delivers those, and they are the easiest to see in noise.
pub(crate) fn recognize_clear(head: &[u8], whole: bool) -> Option<Content> {
    match marked(head, whole) {
        // Three bytes of magic stand in one of some ten million ciphertexts: the deflate data must be right as well.
        Some(Content::Gzip) => gzip_inflates(head).then_some(Content::Gzip),
        Some(content) => Some(content),
        None => text(head, whole).or_else(|| is_code_page(head).then_some(Content::Text)),
    }
}

/// The same for what came out of a decompression: whether it is compressed once more, and how.
pub(crate) fn compressed_again(head: &[u8]) -> Option<Content> {
    if matches!(marked(head, false), Some(Content::Gzip)) && gzip_inflates(head) {
        return Some(Content::Gzip);
    }
    // Two bytes of header prove little: text may begin so.
    let is_zlib = zlib::has_header(head) && text(head, false).is_none();
    (is_zlib && inflates(head.get(zlib::HEADER..)?, Tail::Adler32)).then_some(Content::Zlib)
}

/// A gzip header, and data behind it that inflates.
pub(crate) fn gzip_inflates(head: &[u8]) -> bool {
    gzip_header(head).is_some_and(|data| inflates(data, Tail::Any))
}

/// Whether a JSON value begins here and is whole where it ends: inside of another one a comma or a bracket would follow.
/// Of one that goes on beyond what is here only the beginning shows.
pub(crate) fn is_whole_json(head: &[u8]) -> bool {
    let mut values = serde_json::Deserializer::from_slice(head).into_iter::<serde::de::IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => {
            let rest = head.get(values.byte_offset()..).unwrap_or_default();
            let gap = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            rest.is_empty() || gap > 0 && matches!(rest.get(gap), None | Some(b'{' | b'['))
        }
        Some(Err(error)) => error.is_eof(),
        None => false,
    }
}

/// Text as characters, where it is UTF-8 or UTF-16.
pub(crate) fn decoded(head: &[u8], whole: bool) -> Option<String> {
    match head {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => utf8(head, whole),
    }
}

/// Text in an 8-bit or a double-byte code page, most of it not ASCII, as Windows-1251 or Shift-JIS: bytes above 127, blanks
/// and separators, and not one control character. Of 256 bytes of noise that is true once in 10^14.
fn is_code_page(head: &[u8]) -> bool {
    let is_gap = |byte: &u8| matches!(byte, b' ' | b',' | b';' | b'\t' | b'\n' | b'"' | b'|');
    let (windows, _) = head.as_chunks::<64>();
    windows.len() >= 4 && !head.iter().any(is_ascii_control) && windows.iter().all(|window| window.iter().any(is_gap))
}

/// Whether bytes from somewhere inside are text: then only what stood before them is garbled.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    // The first bytes may be the rest of a UTF-8 character.
    let cut = bytes.iter().take(3).take_while(|byte| **byte & 0xC0 == 0x80).count();
    bytes.len() >= 16 && text(bytes.get(cut..).unwrap_or_default(), false).is_some()
}

fn marked(head: &[u8], whole: bool) -> Option<Content> {
    match head {
        [] => whole.then_some(Content::Empty),
        // RFC 1952, 2.3: ID1, ID2, CM; the upper three flag bits are reserved and zero.
        [0x1F, 0x8B, 0x08, flags, ..] if flags & 0xE0 == 0 => Some(Content::Gzip),
        [0x1F, 0x8B] | [0x1F, 0x8B, 0x08] if whole => Some(Content::Gzip),
        [b'P', b'A', b'R', b'1' | b'E', ..] => Some(Content::Parquet),
        [b'O', b'b', b'j', 1, ..] => Some(Content::Avro),
        [b'O', b'R', b'C', 0..=31, ..] => Some(Content::Orc),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Content::Zip),
        [b'c', b'r', b'c', 0, 0, 0, _, _, ..] => Some(Content::HadoopCrc),
        _ => None,
    }
}

/// UTF-8, UTF-16, or mostly ASCII in some 8-bit encoding, with next to no control characters.
fn text(head: &[u8], whole: bool) -> Option<Content> {
    text_with(head, whole, few_controls)
}

/// `controls`: whether those of the bytes are allowed; in UTF-16 none are.
fn text_with(head: &[u8], whole: bool, controls: fn(&[u8]) -> bool) -> Option<Content> {
    // Nearly any short noise is valid UTF-16, so that some of it must be ASCII, and more of it without a mark.
    let has_ascii = |text: &String| text.is_empty() || text.contains(|c: char| c.is_ascii());
    let begins_ascii =
        |text: &String| text.chars().take(8).filter(char::is_ascii).count() >= text.chars().take(8).count() / 2;
    let decoded = match head {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes).filter(has_ascii),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes).filter(has_ascii),
        [first, 0, ..] if is_printable(first) => utf16(head, u16::from_le_bytes).filter(begins_ascii),
        [0, second, ..] if is_printable(second) => utf16(head, u16::from_be_bytes).filter(begins_ascii),
        _ => utf8(head, whole),
    };
    let text = match decoded {
        Some(text) => text,
        None if eight_bit(head) && controls(head) => return Some(Content::Text),
        None => return None,
    };
    let is_utf8 = head.starts_with(text.as_bytes());
    if text.chars().any(is_control) && !(is_utf8 && controls(head)) {
        return None;
    }
    let json = text.trim_start_matches('\u{FEFF}').trim_start().starts_with(['{', '[']);
    Some(if json { Content::Json } else { Content::Text })
}

/// Whether control characters are as rare as in text that has some: DEL in JSON, separators of Hive (`\x01`), ESC, 0x1A.
///
/// Under a wrong IV the first block is noise, and text follows: two controls at most, of one kind. Noise is then taken for
/// UTF-8 once in some 35,000 blocks, instead of once in 180,000 without any. Two blocks must be there, for of one alone
/// (an empty file's ciphertext, a few bytes of deflate data) that would be too often.
fn few_controls(head: &[u8]) -> bool {
    let first: Vec<u8> = head.iter().take(BLOCK).copied().filter(is_ascii_control).collect();
    head.len() >= 2 * BLOCK
        && first.len() <= 2
        && first.first() == first.last()
        && head.iter().filter(|byte| is_ascii_control(byte)).count() <= head.len() / 8
}

pub(crate) fn utf8(head: &[u8], whole: bool) -> Option<String> {
    match std::str::from_utf8(head) {
        Ok(text) => Some(text.into()),
        // The window may cut a character.
        Err(error) if error.error_len().is_none() && !whole => {
            std::str::from_utf8(head.get(..error.valid_up_to())?).ok().filter(|text| !text.is_empty()).map(Into::into)
        }
        Err(_) => None,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let mut units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    // The window may cut a surrogate pair.
    units.pop_if(|last| (0xD800..0xDC00).contains(last));
    String::from_utf16(&units).ok()
}

/// Windows-1252 and its kin: with 32 bytes the chance of noise is below one in 100,000.
///
/// The first block is looked at by itself and more strictly: under a wrong IV it is noise, and text follows.
fn eight_bit(head: &[u8]) -> bool {
    let mostly = |bytes: &[u8]| bytes.iter().filter(|byte| is_printable(byte)).count() * 4 >= bytes.len() * 3;
    let first = head.get(..BLOCK).unwrap_or_default();
    head.len() >= 2 * BLOCK
        && mostly(head)
        && mostly(first)
        && first.iter().all(|byte| is_printable(byte) || *byte >= 0xC0)
}

fn is_printable(byte: &u8) -> bool {
    matches!(byte, 0x20..0x7F | b'\t' | b'\n' | b'\r')
}

pub(crate) fn is_ascii_control(byte: &u8) -> bool {
    is_control(char::from(*byte))
}

fn is_control(c: char) -> bool {
    (c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\u{C}')) || c == '\u{7F}'
}

/// What may follow the deflate data.
#[derive(Clone, Copy, PartialEq)]
enum Tail {
    None,
    Adler32,
    Any,
}

/// Whether the bytes are the beginning of deflate data, or all of it.
fn inflates(data: &[u8], tail: Tail) -> bool {
    let mut inflater = PooledInflater::new();
    let Ok((used, status)) = inflater.decode(data) else { return false };
    // A full window of output ends the look, too: what inflates so far is no noise.
    let first = inflater.fresh().get(..HEAD).unwrap_or(inflater.fresh());
    if status == Status::End {
        let (unused, length) = inflater.unused();
        let rest = || unused.iter().take(length).chain(data.get(used..).unwrap_or_default());
        return match tail {
            Tail::Any => true,
            Tail::Adler32 => {
                rest().skip(4).all(|byte| matches!(byte, 0 | b'\r' | b'\n'))
                    || (!first.is_empty() && makes_sense(first))
            }
            // No checksum of its own: then what came out must make sense.
            Tail::None => rest().all(|byte| *byte == 0) && (first.is_empty() || makes_sense(first)),
        };
    }
    // Not ended within a full window: noise does not get that far. In a short one it may: then it must make sense.
    data.len() >= HEAD / 4 || if first.is_empty() { tail == Tail::Any } else { makes_sense(first) }
}

/// Without control characters: what noise inflates to is ASCII in large part, and has many.
fn makes_sense(head: &[u8]) -> bool {
    let none = |head: &[u8]| !head.iter().any(is_ascii_control);
    marked(head, false).or_else(|| text_with(head, false, none)).is_some()
}

/// The deflate data behind a gzip header; nothing of it when the header is longer than what is looked at.
fn gzip_header(head: &[u8]) -> Option<&[u8]> {
    match gzip::header(head).ok()? {
        gzip::Header::Complete { length } => head.get(length..),
        gzip::Header::Partial => Some(&[]),
    }
}
