//! Base64, Base64URL and hex in a text, in one piece or broken into lines.

use super::context;
use super::finder::{Finder, LONGEST};
use crate::text as encoding;
use std::ops::Range;
use zeroize::Zeroizing;

/// The length of Base64 of 32 bytes: shorter text makes no key.
const SHORTEST: usize = 43;
/// The longest value that is put together from lines: hex of UTF-16 text of hex.
const LONGEST_BROKEN: usize = 512;
/// The width of the narrowest console. In a value of more than two lines, all but the first and the last have the same
/// length.
const NARROWEST: usize = 8;
/// The longest gap between two lines of a value, in bytes: PowerShell indents them.
const WIDEST_GAP: usize = 256;

/// A run of Base64 characters, with its padding.
struct Run {
    place: Range<usize>,
    /// Whether it ends in padding, so that nothing can follow.
    is_padded: bool,
    /// Whether it cannot be a value: a line of dashes, a part of an address, or cut off.
    is_none: bool,
}

/// Records every value, and returns the texts that were in Base64: Logic Apps encodes a body that it does not take for
/// JSON.
pub(super) fn find(text: &str, finder: &mut Finder) -> Vec<Zeroizing<String>> {
    whole(text, finder);
    let runs = runs(text, finder);
    let mut inner = Vec::new();
    for run in runs.iter().filter(|run| !run.is_none) {
        let token = text.get(run.place.clone()).unwrap_or_default();
        if !single(token, text, run.place.clone(), finder) {
            inner.extend(document(token));
            odd(token, text, run.place.start, finder);
        }
    }
    for first in 0..runs.len() {
        broken(runs.get(first..).unwrap_or_default(), text, finder);
    }
    inner
}

/// A text that is only one value may have blanks anywhere.
fn whole(text: &str, finder: &mut Finder) {
    let value = text.trim_matches(|c: char| c.is_whitespace() || "\"'`".contains(c));
    if value.len() <= 2 * LONGEST && value.contains(char::is_whitespace) {
        note(&encoding::without(value, char::is_whitespace), text, 0..text.len(), finder);
    }
}

fn single(token: &str, text: &str, place: Range<usize>, finder: &mut Finder) -> bool {
    if note(token, text, place.clone(), finder) {
        return true;
    }
    // It has characters of both alphabets, so those of one alphabet are around the value, as in a path or with a dash.
    if !(token.contains(['-', '_']) && token.contains(['+', '/'])) {
        return false;
    }
    [['-', '_'], ['+', '/']].into_iter().any(|foreign| {
        let parts = token.split(foreign).filter(|part| part.len() >= SHORTEST);
        // Every part is recorded, not only the first that makes a key.
        let found: Vec<bool> = parts.map(|part| note(part, text, place.clone(), finder)).collect();
        found.contains(&true)
    })
}

fn note(value: &str, text: &str, place: Range<usize>, finder: &mut Finder) -> bool {
    if !(SHORTEST..=LONGEST).contains(&value.len()) {
        return false;
    }
    // Hex digits are also valid Base64, so they count only if they make a key.
    let digits = value.strip_prefix("0x").or_else(|| value.strip_prefix("0X")).unwrap_or(value);
    if encoding::hex(digits).is_some_and(|bytes| finder.note(&bytes, text, place.clone(), true)) {
        return true;
    }
    encoding::base64(value).is_ok_and(|bytes| finder.note(&bytes, text, place, false))
}

/// Puts together the lines of a value that begins with the first run.
fn broken(runs: &[Run], text: &str, finder: &mut Finder) {
    let [first, rest @ ..] = runs else { return };
    let mut value = Zeroizing::new(String::with_capacity(LONGEST_BROKEN));
    let (mut last, mut width) = (first, None);
    for run in std::iter::once(first).chain(rest) {
        let gap = text.get(last.place.end..run.place.start).unwrap_or_default();
        let is_next = value.is_empty() || (!last.is_padded && is_break(gap));
        let length = run.place.len();
        if run.is_none || !is_next || value.len() + length > LONGEST_BROKEN || width.is_some_and(|width| length > width)
        {
            return;
        }
        value.push_str(text.get(run.place.clone()).unwrap_or_default());
        if run.place.start > first.place.start {
            if !finder.may_join() {
                return;
            }
            note(&value, text, first.place.start..run.place.end, finder);
            // This is the last line, because it is shorter.
            if length < NARROWEST || width.is_some_and(|width| length < width) {
                return;
            }
            width = Some(length);
        }
        last = run;
    }
}

/// Whether a value may continue after this gap: blanks, a line end, a table border, or a shell's line continuation.
fn is_break(gap: &str) -> bool {
    let is_blank = |c: char| c.is_whitespace() || "|>`^\\│┃║".contains(c);
    !gap.is_empty() && gap.len() <= WIDEST_GAP && gap.chars().all(is_blank)
}

fn runs(text: &str, finder: &mut Finder) -> Vec<Run> {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let (mut runs, mut at, mut address) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        let start = at;
        at += bytes.get(at..).unwrap_or_default().iter().take_while(|byte| is_base64(**byte)).count();
        if at == start {
            // The version in a key identifier is not a value.
            if text.get(at..).is_some_and(|rest| rest.starts_with("://")) {
                let end = |c: char| c.is_whitespace() || "\"'`,;<>|()[]{}\\".contains(c);
                address = text.get(at..).and_then(|rest| rest.find(end)).map_or(text.len(), |length| at + length);
            }
            at += 1;
            continue;
        }
        let end = at;
        at += bytes.get(at..).unwrap_or_default().iter().take(2).take_while(|byte| **byte == b'=').count();
        let token = bytes.get(start..end).unwrap_or_default();
        let before = text.get(..start).unwrap_or_default();
        let after = text.get(at..).unwrap_or_default();
        let is_cut = is_cut_after(after) || before.ends_with('…') || before.ends_with("...");
        finder.is_cut |= is_cut && token.len() > 20;
        // `\nAAAA` is read in the next layer; dots separate the parts of an Entra ID token.
        let joined = before.ends_with('\\')
            || (before.ends_with('.') && start > 1 && is_base64(byte(start - 2)))
            || (after.starts_with('.') && is_base64(byte(at + 1)));
        let is_rule = token.iter().all(|byte| matches!(byte, b'-' | b'_'));
        let is_none = start < address || is_rule || is_cut || joined;
        runs.push(Run { place: start..at, is_padded: at > end, is_none });
    }
    runs
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

/// Whether the tool left out the rest of a value before this text.
pub(super) fn is_cut_after(after: &str) -> bool {
    let after = after.trim_start_matches([' ', ',', '\n', '\t']);
    after.starts_with('…') || after.starts_with("...")
}

/// The text of Base64 that holds JSON.
fn document(token: &str) -> Option<Zeroizing<String>> {
    // Base64 of `{` or `[` and what may follow.
    let is_likely = token.len() > SHORTEST && ["ey", "ew", "W3", "Ww"].iter().any(|start| token.starts_with(start));
    let bytes = encoding::base64(token).ok().filter(|_| is_likely)?;
    std::str::from_utf8(&bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
}

/// Records the length of a value that is in the right place but is not a key: the length shows what went wrong.
fn odd(token: &str, text: &str, start: usize, finder: &mut Finder) {
    // At least as long as Base64 of a 128-bit key, and shorter than the wrapped key.
    if finder.odd.is_none() && (22..256).contains(&token.len()) && context::is_value(text, start) {
        finder.odd = encoding::base64(token).ok().map(|bytes| bytes.len());
    }
}
