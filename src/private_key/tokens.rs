//! Base64 and hex in a text: a PFX in a line of an `.env` file, in the data of a Kubernetes secret, or alone.

use super::magic;
use crate::text;
use zeroize::Zeroizing;

/// A key of 2048 bits takes over 1,600 characters, its numbers n and d alone 700.
const SHORTEST: usize = 400;

/// The decoded bytes of every token that may hold a key or a certificate.
pub(super) fn tokens(text: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut found: Vec<Zeroizing<Vec<u8>>> = Vec::new();
    // A text that is one token may have blanks anywhere, and hex may have colons.
    let whole = text.trim_matches(['"', '\'']);
    found.extend(hex(whole).or_else(|| text::base64(whole).ok()));
    if found.iter().any(|bytes| may_hold(bytes)) {
        return found;
    }
    found.clear();
    for word in words(text) {
        // A following word may have been joined by mistake, so that the groups of four are wrong at the end.
        let whole = word.get(..word.len() & !3).unwrap_or(&word);
        let bytes = hex(&word).or_else(|| text::base64(&word).or_else(|_| text::base64(whole)).ok());
        found.extend(bytes.filter(|bytes| may_hold(bytes)));
    }
    found
}

/// Whether bytes may hold a key: DER, a Key Vault backup, JSON, or a PEM text, also in UTF-16 or in Base64 once more.
fn may_hold(bytes: &[u8]) -> bool {
    let has = |wanted: &[u8]| memchr::memmem::find(bytes, wanted).is_some();
    bytes.first() == Some(&0x30)
        || magic::is_binary(bytes)
        || has(b"BEGIN")
        || has(b"B\0E\0G\0I\0N")
        || has(b"LS0tLS1CRUdJTi")
        || bytes.starts_with(b"MI")
        || is_json(bytes)
}

fn is_json(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{") && std::str::from_utf8(bytes).is_ok()
}

/// Decodes hex digits, with or without blanks, colons, and a leading `0x` or PostgreSQL's `\x`.
fn hex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("\\x")).unwrap_or(text);
    let is_hex = |c: char| c.is_ascii_hexdigit() || c.is_whitespace() || matches!(c, ':' | '-');
    let is_long = digits.len() >= SHORTEST && digits.chars().all(is_hex);
    is_long.then(|| text::hex(&text::without(digits, |c| !c.is_ascii_hexdigit())))?
}

/// Long runs of Base64 characters. A run at the end of a line continues on the next line if that line holds nothing
/// else.
fn words(text: &str) -> Vec<Zeroizing<String>> {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=');
    // Allocated once: growing would leave copies behind.
    let fresh = || Zeroizing::new(String::with_capacity(text.len()));
    let (mut words, mut open) = (Vec::new(), fresh());
    for line in text.lines() {
        let line = line.trim().trim_end_matches(['\\', '"', '\'', ',']).trim_start_matches(['"', '\'']);
        // A word of a few letters is a name or YAML's `>-`, and not the beginning of a run.
        let goes_on = line.chars().all(is_of_word) && value(line) == line && open.len() >= 16 && !open.ends_with('=');
        for (index, part) in line.split(|c| !is_of_word(c)).enumerate() {
            if index > 0 || !goes_on {
                close(&mut open, &mut words, fresh);
            }
            open.push_str(value(part));
        }
    }
    close(&mut open, &mut words, fresh);
    words
}

fn close(open: &mut Zeroizing<String>, words: &mut Vec<Zeroizing<String>>, fresh: impl Fn() -> Zeroizing<String>) {
    if open.len() >= SHORTEST {
        words.push(std::mem::replace(open, fresh()));
    } else {
        open.clear();
    }
}

/// The value in `NAME=MII…`: Base64 has equals signs only at the end.
fn value(word: &str) -> &str {
    match word.split_once('=') {
        Some((_, value)) if !value.trim_matches('=').is_empty() => value,
        _ => word,
    }
}
