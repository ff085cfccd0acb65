//! Hex dumps: `xxd`, `hexdump -C`, `od -t x1`, PowerShell's Format-Hex.

use super::finder::{Finder, LONGEST};
use zeroize::Zeroizing;

/// Bytes per line.
const LINE: usize = 16;

pub(super) fn find(text: &str, finder: &mut Finder) {
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + LINE));
    let (mut start, mut at, mut width) = (0, 0, 0);
    for line in text.split_inclusive('\n').chain(std::iter::once("")) {
        let parsed = offset(line).filter(|(_, digits, is_first)| *is_first || *digits == width);
        if parsed.is_none_or(|(_, _, is_first)| is_first) {
            finder.note(&bytes, text, start..at, false);
            bytes.clear();
            width = 0;
        }
        if let Some((rest, digits, is_first)) = parsed {
            if is_first {
                (start, width) = (at, digits);
            }
            if bytes.len() <= LONGEST {
                pairs(rest, &mut bytes);
            }
        }
        at += line.len();
    }
}

/// The text after the offset of a line, the number of the offset's digits, and whether the offset is 0.
fn offset(line: &str) -> Option<(&str, usize, bool)> {
    let line = line.trim_start();
    let length = line.find(|c: char| !c.is_ascii_hexdigit())?;
    let (offset, rest) = line.split_at_checked(length)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let is_offset = (4..=16).contains(&length) && rest.starts_with(' ');
    is_offset.then(|| (rest, length, offset.bytes().all(|digit| digit == b'0')))
}

/// Reads the pairs of hex digits, up to the column that shows them as characters.
fn pairs(line: &str, bytes: &mut Vec<u8>) {
    let (mut rest, mut count) = (line.trim_start(), 0);
    while count < LINE {
        let Some(byte) = rest.get(..2).and_then(|pair| u8::from_str_radix(pair, 16).ok()) else { return };
        bytes.push(byte);
        count += 1;
        rest = rest.get(2..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        if blanks > 2 {
            return;
        }
        rest = rest.get(blanks..).unwrap_or_default();
    }
}
