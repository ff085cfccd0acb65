//! The text around a value: its name, and the algorithm and key version of its answer.

use super::finder::{ANSWER, Hit, MISNAMED, OTHER};
use crate::algorithm::Algorithm;
use std::ops::Range;

/// The greatest distance of a value from its name, in bytes.
const NEAR: usize = 160;
/// The greatest extent of an answer on either side of a value, in bytes.
const FAR: usize = 4096;

/// Names of the value: `value` in REST, `result` in the Azure CLI, `RawResult` and `Result` in PowerShell, `plaintext`
/// and `key` in Python. Logic Apps wraps them in `body` and `$content`.
const NAMES: [&str; 7] = ["value", "result", "rawresult", "plaintext", "key", "body", "$content"];
/// Words that languages write between a name and the bytes.
const TYPES: [&str; 16] = [
    "b",
    "byte",
    "bytes",
    "bytearray",
    "buffer",
    "uint8array",
    "uint8",
    "int8",
    "sbyte",
    "new",
    "data",
    "type",
    "array",
    "string",
    "count",
    "x",
];
/// Parts of names of other values with 32 bytes.
const OTHERS: [&str; 16] = [
    "sha",
    "hash",
    "thumbprint",
    "digest",
    "fingerprint",
    "x5t",
    "etag",
    "md5",
    "kid",
    "token",
    "signature",
    "nonce",
    "cookie",
    "secret",
    "integrity",
    "session",
];

/// How likely the text at `start` is the value of an answer.
pub(super) fn rank(text: &str, start: usize) -> u8 {
    match name(text, start) {
        // `--value` is what was sent to the vault.
        Some(name) if name.starts_with('-') => MISNAMED,
        Some(name) if OTHERS.iter().any(|other| contains(name, other)) => MISNAMED,
        Some(name) if NAMES.iter().any(|known| known.eq_ignore_ascii_case(name)) => ANSWER,
        _ => OTHER,
    }
}

/// Whether the value of an answer certainly begins here.
pub(super) fn is_value(text: &str, start: usize) -> bool {
    name(text, start).is_some_and(|name| NAMES.iter().take(4).any(|known| known.eq_ignore_ascii_case(name)))
}

/// The last word before a value that is not a type, on the same line or at the end of the line before.
fn name(text: &str, start: usize) -> Option<&str> {
    let from = (start.saturating_sub(NEAR)..=start).find(|at| text.is_char_boundary(*at))?;
    let mut before = text.get(from..start)?;
    loop {
        before = before.trim_end_matches(|c: char| !is_name(c));
        let word = before.get(before.rfind(|c: char| !is_name(c)).map_or(0, |at| at + 1)..)?;
        if word.is_empty() {
            return None;
        }
        let is_type = word.bytes().all(|byte| byte.is_ascii_digit())
            || word.bytes().all(|byte| byte == b'-')
            || TYPES.iter().any(|known| known.eq_ignore_ascii_case(word));
        if !is_type {
            return Some(word);
        }
        before = before.get(..before.len() - word.len())?;
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_$-".contains(c)
}

fn contains(name: &str, part: &str) -> bool {
    name.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// The answer that a value belongs to: the JSON object or the lines around it.
pub(super) fn around(text: &str, hit: &Hit, hits: &[Hit]) -> Range<usize> {
    let others = hits.iter().filter(|other| other.layer == hit.layer && other.key != hit.key);
    let others: Vec<&Range<usize>> = others.map(|other| &other.place).collect();
    let is_free = |range: &Range<usize>| !others.iter().any(|other| range.start < other.end && other.start < range.end);
    let mut object = None;
    let mut inner = hit.place.clone();
    while let Some(outer) = braces(text, &inner).filter(|outer| is_free(outer) && outer.len() <= 2 * FAR) {
        // `{12, 34}` and `{ "type": "Buffer", … }` are only the value; the answer is around them.
        object = text.get(outer.start..hit.place.start).filter(|left| left.contains([':', '='])).map(|_| outer.clone());
        inner = outer;
    }
    object.unwrap_or_else(|| lines(text, &inner, &others))
}

/// The pair of braces around a place.
fn braces(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let open = unmatched(text.as_bytes().get(..place.start)?.iter().rev().take(FAR), b'{', b'}')?;
    let close = unmatched(text.as_bytes().get(place.end..)?.iter().take(FAR), b'}', b'{')?;
    Some(place.start - open - 1..place.end + close + 1)
}

/// The number of bytes before the first `wanted` that has no `partner`.
fn unmatched<'a>(bytes: impl Iterator<Item = &'a u8>, wanted: u8, partner: u8) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in bytes.enumerate() {
        if *byte == partner {
            depth += 1;
        } else if *byte == wanted {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    None
}

/// The lines before a value that may belong to its answer, and the `Name : value` lines after it.
fn lines(text: &str, place: &Range<usize>, others: &[&Range<usize>]) -> Range<usize> {
    let floor = others.iter().map(|other| other.end).filter(|end| *end <= place.start).max().unwrap_or_default();
    let ceiling = others.iter().map(|other| other.start).filter(|start| *start >= place.end).min();
    let ceiling = ceiling.unwrap_or(text.len());
    let (mut start, mut end) = (place.start, place.end);
    let before = text.get(floor..place.start).unwrap_or_default();
    for (index, line) in before.rsplit('\n').enumerate() {
        let is_end = index > 0 && (line.trim().is_empty() || line.contains(['{', '}']) || is_notice(line));
        if is_end || place.start - start > FAR {
            break;
        }
        start = start.saturating_sub(line.len() + usize::from(index > 0));
    }
    let after = text.get(place.end..ceiling).unwrap_or_default();
    for (index, line) in after.split('\n').enumerate() {
        // PowerShell's lists have the name, blanks and a colon.
        let is_field = line.split_once(':').is_some_and(|(name, _)| {
            let name = name.trim();
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())
        });
        if index > 6 || (index > 0 && (!is_field || line.contains(['{', '}']))) {
            break;
        }
        end += line.len() + usize::from(index > 0);
    }
    start..end.min(ceiling)
}

fn is_notice(line: &str) -> bool {
    ["warning", "error", "info", "debug"]
        .iter()
        .any(|word| line.trim_start().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

/// The algorithm that a text names, if it names only one.
pub(super) fn algorithm(text: &str) -> Option<Algorithm> {
    let mut named = text.split(|c: char| !is_name(c)).filter_map(Algorithm::from_name);
    let first = named.next()?;
    named.all(|other| other == first).then_some(first)
}
