//! Undoes two conversions: bytes that were read as one character each and written as UTF-8, and text that was written
//! as UTF-16.

/// UTF-8 → bytes, for Latin-1 and Windows-1252 at the same time: no character stands for different bytes in the two.
///
/// Windows-1252 as in the WHATWG's Encoding Standard and in .NET: the five bytes without a character are C1 controls.
#[derive(Default)]
pub(crate) struct Narrow {
    /// The beginning of a character that comes in pieces.
    held: Vec<u8>,
}

impl Narrow {
    /// `None` when the input is not UTF-8, or has a character that no byte stands for.
    pub(crate) fn run(&mut self, input: &[u8], last: bool, out: &mut Vec<u8>) -> Option<()> {
        let mut bytes = std::mem::take(&mut self.held);
        bytes.extend_from_slice(input);
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text,
            Err(error) if error.error_len().is_none() && !last => {
                let (text, rest) = bytes.split_at_checked(error.valid_up_to())?;
                self.held = rest.to_vec();
                std::str::from_utf8(text).ok()?
            }
            Err(_) => return None,
        };
        out.reserve(text.len());
        for c in text.chars() {
            out.push(byte_of(c)?);
        }
        Some(())
    }
}

/// The byte that the character stands for in Latin-1 or Windows-1252.
pub(crate) fn byte_of(c: char) -> Option<u8> {
    u8::try_from(c).ok().or_else(|| WINDOWS_1252.iter().position(|known| *known == c).map(|at| 0x80 + at as u8))
}

/// Whether only Windows-1252 has the character.
pub(crate) fn is_windows(c: char) -> bool {
    c > '\u{FF}' && byte_of(c).is_some()
}

/// The characters of the bytes 0x80 to 0x9F.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// The original bytes of the end of a file, from the first whole character on.
pub(crate) fn narrow_tail(tail: &[u8]) -> Option<Vec<u8>> {
    let cut = tail.iter().take(3).take_while(|byte| **byte & 0xC0 == 0x80).count();
    let mut bytes = Vec::new();
    Narrow::default().run(tail.get(cut..)?, true, &mut bytes)?;
    Some(bytes)
}

/// UTF-16 → UTF-8. The byte order is found by the byte order mark or by the zero bytes.
#[derive(Default)]
pub(crate) struct Utf16 {
    is_big_endian: Option<bool>,
    half: Option<u8>,
    surrogate: Option<u16>,
}

impl Utf16 {
    pub(crate) fn with_order(is_big_endian: bool) -> Self {
        Self { is_big_endian: Some(is_big_endian), ..Self::default() }
    }

    /// `None` when the input is not UTF-16.
    pub(crate) fn run(&mut self, input: &[u8], last: bool, out: &mut Vec<u8>) -> Option<()> {
        for &byte in input {
            let Some(first) = self.half.take() else {
                self.half = Some(byte);
                continue;
            };
            let pair = [first, byte];
            let is_big_endian = match self.is_big_endian {
                Some(order) => order,
                None => {
                    let order = matches!(pair, [0xFE, 0xFF] | [0, _]);
                    self.is_big_endian = Some(order);
                    if matches!(pair, [0xFE, 0xFF] | [0xFF, 0xFE]) {
                        continue;
                    }
                    order
                }
            };
            let unit = if is_big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) };
            let units: &[u16] = match (self.surrogate.take(), unit) {
                (None, 0xD800..0xDC00) => {
                    self.surrogate = Some(unit);
                    continue;
                }
                (Some(high), _) => &[high, unit],
                (None, _) => &[unit],
            };
            for c in char::decode_utf16(units.iter().copied()) {
                out.extend_from_slice(c.ok()?.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        (!last || (self.half.is_none() && self.surrogate.is_none())).then_some(())
    }
}

/// The byte order of this beginning, if it looks like UTF-16.
pub(crate) fn utf16_order(head: &[u8]) -> Option<bool> {
    match head {
        [0xFF, 0xFE, ..] => Some(false),
        [0xFE, 0xFF, ..] => Some(true),
        [1..=255, 0, 1..=255, 0, ..] => Some(false),
        [0, 1..=255, 0, 1..=255, ..] => Some(true),
        _ => None,
    }
}
