//! Base64, Base64URL and hex in a text, each in one piece or broken into lines.

use super::context;
use super::finder::{Finder, LONGEST};
use crate::text as encoding;
use std::ops::Range;
use zeroize::Zeroizing;

/// Base64 of 32 bytes: nothing shorter makes a key.
const SHORTEST: usize = 43;
/// Longest value that is put together again from lines: hex of UTF-16 text of hex.
const LONGEST_BROKEN: usize = 512;
/// Width of the narrowest console. What has more lines than two has them all equally long, but for the first and the last.
const NARROWEST: usize = 8;
/// Blanks and line ends between the lines of one value: PowerShell indents them.
const WIDEST_GAP: usize = 256;

/// A run of characters that Base64 consists of, with its padding.
struct Run {
    place: Range<usize>,
    /// Nothing can follow.
    is_padded: bool,
    /// A rule of dashes, a part of an address, or what was cut off.
    is_none: bool,
}

/// Notes every value, and gives the texts that stand there in Base64: Logic Apps wraps a body that is no JSON for it.
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

/// A text that is nothing but one value may be broken anywhere.
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
    // Characters of both alphabets: one of them is something around it, as a path or a dash.
    if !(token.contains(['-', '_']) && token.contains(['+', '/'])) {
        return false;
    }
    [['-', '_'], ['+', '/']].into_iter().any(|foreign| {
        let parts = token.split(foreign).filter(|part| part.len() >= SHORTEST);
        // Every part, not only the first that makes a key.
        let found: Vec<bool> = parts.map(|part| note(part, text, place.clone(), finder)).collect();
        found.contains(&true)
    })
}

fn note(value: &str, text: &str, place: Range<usize>, finder: &mut Finder) -> bool {
    if !(SHORTEST..=LONGEST).contains(&value.len()) {
        return false;
    }
    // Hex digits are Base64 as well: only when they make a key.
    let digits = value.strip_prefix("0x").or_else(|| value.strip_prefix("0X")).unwrap_or(value);
    if encoding::hex(digits).is_some_and(|bytes| finder.note(&bytes, text, place.clone(), true)) {
        return true;
    }
    encoding::base64(value).is_ok_and(|bytes| finder.note(&bytes, text, place, false))
}

/// Puts the lines of a value together that begins with the first run.
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
            // The last line is shorter.
            if length < NARROWEST || width.is_some_and(|width| length < width) {
                return;
            }
            width = Some(length);
        }
        last = run;
    }
}

/// Whether a value may go on behind this: blanks, a line end, the rule of a table, a shell's mark that the line goes on.
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
            // The version in a key identifier is no answer.
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
        // `\nAAAA` is read in the next layer; dots stand between the parts of a token of Entra ID.
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

/// Whether the tool that printed it left the rest out.
pub(super) fn is_cut_after(after: &str) -> bool {
    let after = after.trim_start_matches([' ', ',', '\n', '\t']);
    after.starts_with('…') || after.starts_with("...")
}

/// JSON in Base64.
fn document(token: &str) -> Option<Zeroizing<String>> {
    // `{` and `[`, and what may follow.
    let is_likely = token.len() > SHORTEST && ["ey", "ew", "W3", "Ww"].iter().any(|start| token.starts_with(start));
    let bytes = encoding::base64(token).ok().filter(|_| is_likely)?;
    std::str::from_utf8(&bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
}

/// A value in the right place that is no key: its length tells what went wrong.
fn odd(token: &str, text: &str, start: usize, finder: &mut Finder) {
    // As long as a key of 128 bits in Base64, and shorter than what was sent to the vault.
    if finder.odd.is_none() && (22..256).contains(&token.len()) && context::is_value(text, start) {
        finder.odd = encoding::base64(token).ok().map(|bytes| bytes.len());
    }
}
