//! The kind of content, recognised by its beginning: an encrypted file does not say what it contains.
//!
//! A header alone proves little, because text may look like one (`x^`, `hC`, `80` are valid zlib headers). So zlib and
//! raw deflate are accepted only when the beginning inflates.

use crate::aes_cbc::BLOCK;
use crate::decompress::{Compression, PooledInflater, gzip, zlib};
use mgdc_inflate::Status;

/// Bytes of the beginning that are examined: enough for a dynamic Huffman header (RFC 1951, 3.2.7) and some data.
pub(crate) const HEAD: usize = 4096;

/// The kind of content that a beginning was recognised as.
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
    /// The compression of such content.
    pub(crate) fn compression(self) -> Compression {
        match self {
            Self::Gzip => Compression::Gzip,
            Self::Zlib => Compression::Zlib,
            Self::Deflate => Compression::Deflate,
            _ => Compression::None,
        }
    }
}

/// The kind of decrypted content, by its first [`HEAD`] bytes; `None` when it is not recognised. `ended` says that
/// `plain` is all of the content.
pub(crate) fn recognize(plain: &[u8], ended: bool) -> Option<Content> {
    // Always the same window, so that the verdict does not depend on how much has arrived.
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

/// The kind of a file that was delivered *in clear*; `None` when it looks encrypted.
///
/// zlib and raw deflate are left out: they are not delivered in clear, and noise is most easily mistaken for them.
pub(crate) fn recognize_clear(head: &[u8], whole: bool) -> Option<Content> {
    match marked(head, whole) {
        // One ciphertext in some ten million begins with these three bytes: so the deflate data must be valid as well.
        Some(Content::Gzip) => gzip_inflates(head).then_some(Content::Gzip),
        Some(content) => Some(content),
        None => text(head, whole).or_else(|| is_code_page(head).then_some(Content::Text)),
    }
}

/// Whether decompressed content is compressed once more, and how.
pub(crate) fn compressed_again(head: &[u8]) -> Option<Content> {
    if matches!(marked(head, false), Some(Content::Gzip)) && gzip_inflates(head) {
        return Some(Content::Gzip);
    }
    // Two bytes of header prove little: text may begin so.
    let is_zlib = zlib::has_header(head) && text(head, false).is_none();
    (is_zlib && inflates(head.get(zlib::HEADER..)?, Tail::Adler32)).then_some(Content::Zlib)
}

/// Whether a gzip header is followed by data that inflates.
pub(crate) fn gzip_inflates(head: &[u8]) -> bool {
    gzip_header(head).is_some_and(|data| inflates(data, Tail::Any))
}

/// Whether a JSON value begins here that is not part of another one: then a comma or a bracket would follow it. A value
/// that goes on beyond `head` counts by its beginning.
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

/// The text, if it is UTF-8, or UTF-16 with a byte order mark.
pub(crate) fn decoded(head: &[u8], whole: bool) -> Option<String> {
    match head {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => utf8(head, whole),
    }
}

/// Whether this is text in a code page where most bytes are not ASCII, such as Windows-1251 or Shift-JIS: it has blanks
/// or separators in every 64 bytes and no control character. For 256 bytes of noise that is true once in 10^14.
fn is_code_page(head: &[u8]) -> bool {
    let is_gap = |byte: &u8| matches!(byte, b' ' | b',' | b';' | b'\t' | b'\n' | b'"' | b'|');
    let (windows, _) = head.as_chunks::<64>();
    windows.len() >= 4 && !head.iter().any(is_ascii_control) && windows.iter().all(|window| window.iter().any(is_gap))
}

/// Whether bytes from the middle of a file are text: then only the bytes before them are garbled.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    // The first bytes may be the end of a UTF-8 character.
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

/// `controls` says whether the control characters in the bytes are acceptable; in UTF-16 none are.
fn text_with(head: &[u8], whole: bool, controls: fn(&[u8]) -> bool) -> Option<Content> {
    // Nearly any short noise is valid UTF-16, so some of it must be ASCII, and more of it without a byte order mark.
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

/// Whether control characters are rare enough for text: DEL in JSON, separators of Hive (`\x01`), ESC, 0x1A.
///
/// Under a wrong IV the first block is noise and text follows, so the first block may have two controls at most, both
/// the same. Noise then passes for UTF-8 once in some 35,000 blocks; with no controls allowed it would be once in
/// 180,000. Two blocks are required, because for a single block (an empty file's ciphertext, a few bytes of deflate
/// data) this would be too often.
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
        // The window may end inside a character.
        Err(error) if error.error_len().is_none() && !whole => {
            std::str::from_utf8(head.get(..error.valid_up_to())?).ok().filter(|text| !text.is_empty()).map(Into::into)
        }
        Err(_) => None,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let mut units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    // The window may end inside a surrogate pair.
    units.pop_if(|last| (0xD800..0xDC00).contains(last));
    String::from_utf16(&units).ok()
}

/// Whether this is text in Windows-1252 or a similar code page. 32 bytes of noise pass less than once in 100,000.
///
/// The first block is checked separately and more strictly: under a wrong IV it is noise, and text follows.
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

/// What may follow the end of the deflate data.
#[derive(Clone, Copy, PartialEq)]
enum Tail {
    None,
    Adler32,
    Any,
}

/// Whether the bytes are deflate data, whole or the beginning of it.
fn inflates(data: &[u8], tail: Tail) -> bool {
    let mut inflater = PooledInflater::new();
    let Ok((used, status)) = inflater.decode(data) else { return false };
    // A full window of output is enough: noise does not inflate that far.
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
            // There is no checksum, so the output must make sense.
            Tail::None => rest().all(|byte| *byte == 0) && (first.is_empty() || makes_sense(first)),
        };
    }
    // The data goes on beyond a full window: noise does not get that far. In a short window it may, so the output must
    // make sense.
    data.len() >= HEAD / 4 || if first.is_empty() { tail == Tail::Any } else { makes_sense(first) }
}

/// Whether inflated output has a known magic number or is text without control characters. Noise inflates largely to
/// ASCII, but with many control characters.
fn makes_sense(head: &[u8]) -> bool {
    let none = |head: &[u8]| !head.iter().any(is_ascii_control);
    marked(head, false).or_else(|| text_with(head, false, none)).is_some()
}

/// The deflate data behind a gzip header; empty when the header is longer than `head`.
fn gzip_header(head: &[u8]) -> Option<&[u8]> {
    match gzip::header(head).ok()? {
        gzip::Header::Complete { length } => head.get(length..),
        gzip::Header::Partial => Some(&[]),
    }
}
