//! Bytes as lists of numbers, in any notation: `[1, 2]`, `{12 34}`, `0x01, 0x02`, `AB-CD`, `-12, 34`, one a line, …

use super::context;
use super::finder::{Finder, LONGEST};
use super::tokens::is_cut_after;
use std::ops::Range;
use zeroize::Zeroizing;

/// The longest gap between two numbers, in bytes: a console may be wide.
const WIDEST_GAP: usize = 128;
/// A shorter list is not taken for bytes.
const FEWEST: usize = 16;

/// A word, and the bytes that it may stand for.
struct Word {
    place: Range<usize>,
    decimal: Option<u8>,
    hex: Option<u8>,
    /// Hex digits of several bytes: 4, 8 or 16.
    wide: usize,
}

pub(super) fn find(text: &str, finder: &mut Finder) {
    let words = words(text);
    let mut start = 0;
    for end in 1..=words.len() {
        let goes_on = words.get(end - 1).zip(words.get(end)).is_some_and(|(one, next)| follows(text, one, next));
        if !goes_on {
            list(words.get(start..end).unwrap_or_default(), text, finder);
            start = end;
        }
    }
    indexed(&words, text, finder);
}

/// Whether two words belong to the same list.
fn follows(text: &str, one: &Word, next: &Word) -> bool {
    let is_kind = (one.is_byte() && next.is_byte()) || (one.wide > 0 && one.wide == next.wide);
    let gap = text.get(one.place.end..next.place.start).unwrap_or_default();
    is_kind && gap.len() <= WIDEST_GAP && gap.chars().all(|c| c.is_whitespace() || ",;:-|\"'│".contains(c))
}

fn list(words: &[Word], text: &str, finder: &mut Finder) {
    let [first, .., last] = words else { return };
    if is_cut_after(text.get(last.place.end..).unwrap_or_default()) {
        finder.is_cut |= words.len() > 2;
        return;
    }
    let place = first.place.start..last.place.end;
    if first.wide > 0 {
        if first.wide * words.len() <= 2 * LONGEST {
            let digits = words.iter().filter_map(|word| text.get(word.place.clone()));
            let mut all = Zeroizing::new(String::with_capacity(first.wide * words.len()));
            digits.for_each(|digits| all.push_str(digits));
            crate::text::hex(&all).map(|bytes| finder.note(&bytes, text, place, true));
        }
        return;
    }
    let is_note = |words: &[Word], finder: &mut Finder| {
        let place = words.first().map_or(0, |word| word.place.start)..words.last().map_or(0, |word| word.place.end);
        let found = [Word::decimal, Word::hex]
            .map(|kind| bytes(words, kind).is_some_and(|bytes| finder.note(&bytes, text, place.clone(), false)));
        found.contains(&true)
    };
    if is_note(words, finder) {
        return;
    }
    // Several lists one below the other: one on each line, one in each paragraph, or simply key after key.
    let mut found = false;
    for line_ends in [1, 2] {
        let is_apart = |one: &Word, next: &Word| {
            text.get(one.place.end..next.place.start).unwrap_or_default().matches('\n').count() >= line_ends
        };
        for part in words.chunk_by(|one, next| !is_apart(one, next)).filter(|part| part.len() < words.len()) {
            found |= part.len() >= FEWEST && is_note(part, finder);
        }
        if found {
            return;
        }
    }
    if words.len().is_multiple_of(32) && words.len() <= 32 * super::VaultAnswer::MOST {
        for part in words.chunks(32) {
            is_note(part, finder);
        }
    } else if words.len() >= FEWEST && (context::is_value(text, place.start) || words.len() * 6 > text.len() / 2) {
        finder.odd.get_or_insert(words.len());
    }
}

fn bytes(words: &[Word], kind: fn(&Word) -> Option<u8>) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(words.len()));
    for word in words {
        bytes.push(kind(word)?);
    }
    Some(bytes)
}

/// `{"0": 12, "1": 34}`, the JSON of a Uint8Array, and `[0] => 12`.
fn indexed(words: &[Word], text: &str, finder: &mut Finder) {
    for (at, first) in words.iter().enumerate().filter(|(_, word)| word.text(text) == "0") {
        let pairs = words.get(at..).unwrap_or_default().as_chunks::<2>().0;
        let mut bytes = Zeroizing::new(Vec::with_capacity(64));
        let mut end = first.place.end;
        for (index, [key, value]) in pairs.iter().take(LONGEST).enumerate() {
            let is_apart = |from: usize, to: usize| {
                text.get(from..to).is_none_or(|gap| gap.is_empty() && index > 0 || gap.len() > WIDEST_GAP)
            };
            let Some(byte) = value.decimal else { break };
            if key.text(text).parse() != Ok(index) || is_apart(key.place.end, value.place.start) {
                break;
            }
            bytes.push(byte);
            end = value.place.end;
        }
        finder.note(&bytes, text, first.place.start..end, false);
    }
}

impl Word {
    fn is_byte(&self) -> bool {
        self.decimal.is_some() || self.hex.is_some()
    }

    fn decimal(&self) -> Option<u8> {
        self.decimal
    }

    fn hex(&self) -> Option<u8> {
        self.hex
    }

    fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.place.clone()).unwrap_or_default()
    }
}

fn words(text: &str) -> Vec<Word> {
    let bytes = text.as_bytes();
    let (mut words, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let mut start = at;
        at += bytes.get(at..).unwrap_or_default().iter().take_while(|byte| is_word(**byte)).count();
        if at == start {
            at += 1;
            continue;
        }
        let word = text.get(start..at).unwrap_or_default();
        // A minus sign, and not the dash in AB-CD.
        let is_negative = text.get(..start).is_some_and(|before| {
            before.strip_suffix('-').is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_alphanumeric()))
        });
        let number = number(word);
        let decimal = match is_negative {
            true => number.filter(|number| *number <= 128).map(|number| (-number) as u8),
            false => number.and_then(|number| u8::try_from(number).ok()),
        };
        let hex = if is_negative && decimal.is_some() { None } else { hex(word) };
        let is_hex = word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let wide = if is_hex && matches!(word.len(), 4 | 8 | 16) { word.len() } else { 0 };
        if is_negative && decimal.is_some() {
            start -= 1;
        }
        words.push(Word { place: start..at, decimal, hex, wide });
    }
    words
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Up to three digits, with or without a suffix of Rust or F#.
fn number(word: &str) -> Option<i16> {
    let digits = ["_u8", "u8", "_i8", "i8", "uy", "y", "UY"].iter().find_map(|suffix| word.strip_suffix(suffix));
    let digits = digits.unwrap_or(word);
    (digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// Two hex digits, or one or two after `0x`.
fn hex(word: &str) -> Option<u8> {
    match word.strip_prefix("0x").or(word.strip_prefix("0X")) {
        Some(digits) => {
            let digits = ["_u8", "u8", "uy"].iter().find_map(|suffix| digits.strip_suffix(suffix)).unwrap_or(digits);
            (digits.len() <= 2).then(|| u8::from_str_radix(digits, 16).ok())?
        }
        None if word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            u8::from_str_radix(word, 16).ok()
        }
        None => None,
    }
}
