//! Whether a text is a ciphertext that went through a text conversion.
//!
//! Each character has a weight: how much likelier it is in converted noise than in text, as the natural logarithm of
//! the quotient, rounded. For noise the frequencies are computed from uniform bytes; for text they were counted in
//! JSON, CSV and mail in many languages, and rounded towards "text". A sum above zero means noise: 16 bytes of noise
//! have a sum of 15 to 30, and real text loses one or more for each character.

use crate::content;
use crate::repair::{byte_of, is_windows};

/// How the noise was converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noise {
    /// Bytes became U+FFFD: they are lost.
    Replaced,
    /// Bytes above 127 became question marks: they are lost.
    Questioned,
    /// Each byte became a character.
    Widened,
}

/// Texts with fewer characters are not weighed.
const LEAST: usize = 12;

/// How a ciphertext was converted to this text; `None` for real text. `ended` says that nothing follows.
pub(crate) fn of(text: &str, ended: bool) -> Option<Noise> {
    let separator = separator(text);
    let (mut count, mut replaced, mut questions, mut beyond) = (0, 0_usize, 0_usize, 0_usize);
    let (mut shared, mut wide, mut high) = (0.0_f32, 0.0, 0.0);
    for c in text.chars() {
        count += 1;
        match c {
            '\u{FFFD}' => replaced += 1,
            '?' => questions += 1,
            // In noise, two bytes in a row form a UTF-8 character at one of 30 places, three at one of 250.
            '\u{100}'.. => {
                beyond += usize::from(byte_of(c).is_none());
                high += if c < '\u{800}' { -2.3 } else { -4.0 };
                wide += if is_windows(c) { 2.3 } else { 0.0 };
            }
            '\u{80}'..'\u{A0}' => {
                high -= 2.3;
                wide += 4.0;
            }
            '\u{A0}'..'\u{100}' => {
                high -= 2.3;
                wide += 1.5;
            }
            c if Some(c) == separator => {}
            c => shared += ascii(c),
        }
    }
    if count < LEAST {
        // One block of ciphertext may become so few characters, a third of them lost.
        return (replaced >= 2 && replaced * 3 >= count).then_some(Noise::Replaced);
    }
    if replaced >= 2 && shared + high + 4.0 * replaced as f32 > 0.0 {
        return Some(Noise::Replaced);
    }
    let blocks = count.is_multiple_of(16) || !ended;
    if replaced + beyond == 0 && wide > 0.0 {
        // Characters that are not whole blocks must be noise beyond doubt, or have been converted twice. The sum of two
        // or three blocks of noise may be below zero by chance; that of text is much lower.
        let doubt = match blocks {
            true if ended && count <= 48 => -3.0,
            true => 0.0,
            false => 0.3 * count as f32,
        };
        if shared + wide > doubt || is_widened_twice(text, ended) {
            return Some(Noise::Widened);
        }
    }
    // Mails have question marks too, in place of whole words; but then without control characters beside them.
    let is_questioned = text.is_ascii() && questions * 10 >= count * 3 && shared + 4.0 * questions as f32 > 0.0;
    let proven = controls(text) >= 3 || (blocks && ended && count <= 64);
    (is_questioned && proven).then_some(Noise::Questioned)
}

/// Whether each byte became a character, was written as UTF-8, and each byte of that became a character again.
fn is_widened_twice(text: &str, ended: bool) -> bool {
    let bytes: Option<Vec<u8>> = text.chars().map(byte_of).collect();
    let inner = bytes.as_deref().and_then(|bytes| content::utf8(bytes, ended));
    inner.is_some_and(|inner| inner.len() < text.len() && of(&inner, ended) == Some(Noise::Widened))
}

fn ascii(c: char) -> f32 {
    match c {
        ' ' => -3.2,
        'a'..='z' => -1.4,
        'A'..='Z' => 0.1,
        '0'..='9' => -1.1,
        '\t' | '\n' | '\r' => -0.5,
        c if c.is_ascii_control() => 4.0,
        _ => -0.2,
    }
}

/// The most frequent control character, which may be a separator in text (Hive's `\x01`).
fn separator(text: &str) -> Option<char> {
    let mut counts = [0_usize; 128];
    for byte in text.bytes().filter(|byte| is_control(*byte)) {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let (byte, count) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    (*count > 0).then_some(byte as u8 as char)
}

/// How many different control characters there are.
fn controls(text: &str) -> usize {
    let mut seen = [false; 128];
    for byte in text.bytes().filter(|byte| is_control(*byte)) {
        if let Some(seen) = seen.get_mut(usize::from(byte)) {
            *seen = true;
        }
    }
    seen.iter().filter(|seen| **seen).count()
}

fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Whether bytes have no structure, like ciphertext. Fewer than [`SURE`] bytes are too few to tell, and count as noise.
pub(crate) fn is_noise(bytes: &[u8]) -> bool {
    bytes.len() < SURE || is_noise_of(256, bytes)
}

/// The same for bytes that are all below `values`.
pub(crate) fn is_noise_of(values: usize, bytes: &[u8]) -> bool {
    let sample = bytes.get(..512).unwrap_or(bytes);
    let mut seen = [false; 256];
    for byte in sample {
        if let Some(seen) = seen.get_mut(usize::from(*byte)) {
            *seen = true;
        }
    }
    let distinct = seen.iter().filter(|seen| **seen).count() as f64;
    // The expected number of distinct values; its standard deviation is below 5 for any length.
    let expected = values as f64 * (1.0 - (1.0 - 1.0 / values as f64).powi(sample.len() as i32));
    distinct > expected - 20.0
}

const SURE: usize = 96;
