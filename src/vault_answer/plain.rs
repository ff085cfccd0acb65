//! Pasted bytes → text, without the changes that consoles, word processors and serializers made to it.

use crate::text;
use zeroize::Zeroizing;

/// How often a text is unescaped, for example for JSON in a JSON string in a log line.
const LAYERS: usize = 3;

/// The text as it was pasted, and the same with its escapes undone, once and again.
pub(super) struct Plain {
    /// The texts to search; later ones were inside earlier ones.
    pub(super) layers: Vec<Zeroizing<String>>,
    /// Whether the bytes were text at all.
    pub(super) is_text: bool,
}

impl Plain {
    pub(super) fn of(answer: &[u8]) -> Self {
        let decoded = text::decode(answer);
        let is_text = decoded.is_some();
        // The key is ASCII, so it can be found in any 8-bit encoding, and in UTF-16 that was cut or has other text
        // after it.
        let text = decoded.unwrap_or_else(|| collect(answer.len(), answer.iter().map(|byte| char::from(*byte))));
        let mut layers = vec![clean(&text)];
        while let Some(inner) = layers.last().filter(|_| layers.len() <= LAYERS).and_then(|text| unescape(text)) {
            layers.push(clean(&inner));
        }
        Self { layers, is_text }
    }

    /// The text as it was pasted.
    pub(super) fn outer(&self) -> &str {
        self.layers.first().map_or("", |text| text.as_str())
    }
}

fn collect(bytes: usize, chars: impl Iterator<Item = char>) -> Zeroizing<String> {
    // Allocated with the greatest length: growing would leave a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(2 * bytes));
    text.extend(chars);
    text
}

/// The text without colour codes, control characters and invisible characters, with straight quotes and hyphens.
fn clean(text: &str) -> Zeroizing<String> {
    let mut clean = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = escape_sequence(rest) {
            rest = after;
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\n' | '\t' | '…' => clean.push(c),
            '\r' if rest.starts_with('\n') => {}
            '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => clean.push('"'),
            '‘' | '’' | '‚' | '‛' | '′' => clean.push('\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => clean.push('-'),
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => {}
            c if c.is_control() => {}
            c if c.is_whitespace() => clean.push(' '),
            c => clean.push(c),
        }
    }
    clean
}

/// The text after the terminal sequence at its beginning (ECMA-48, 5.4; xterm's OSC). The escape character may be lost,
/// as in `[32m`, or shown as `^[`. `None` without such a sequence.
fn escape_sequence(text: &str) -> Option<&str> {
    let body = ["\u{1B}", "^[", "\u{9B}"].iter().find_map(|mark| text.strip_prefix(mark));
    let Some(body) = body else {
        let parameters = text.strip_prefix('[')?.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        let length = text.len() - parameters.len();
        return parameters.strip_prefix('m').filter(|_| (2..=20).contains(&length));
    };
    if let Some(title) = body.strip_prefix(']') {
        let end = title.find(['\u{07}', '\u{1B}', '\n'])?;
        let after = title.get(end..)?;
        return Some(after.strip_prefix('\u{07}').or(after.strip_prefix("\u{1B}\\")).unwrap_or(after));
    }
    let parameters = match body.strip_prefix('[') {
        Some(parameters) => parameters,
        None if text.starts_with('\u{9B}') => body,
        // `^[` without a bracket is no sequence.
        None => return text.starts_with('\u{1B}').then(|| body.get(1..).unwrap_or(body)),
    };
    let end = parameters.find(|c: char| !matches!(c, ' '..='?'))?;
    let after = parameters.get(end..)?;
    Some(after.strip_prefix(|c: char| c.is_ascii()).unwrap_or(after))
}

/// The text with one layer of escapes of JSON, URLs and HTML undone; `None` when it has none. `\x01` stays, because it
/// stands for a byte.
fn unescape(text: &str) -> Option<Zeroizing<String>> {
    text.contains(['\\', '%', '&']).then_some(())?;
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let (mut rest, mut changed) = (text, false);
    while let Some(at) = rest.find(['\\', '%', '&']) {
        plain.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let known = ESCAPES.iter().find(|(escape, _)| rest.get(..escape.len()) == Some(escape));
        let (length, c) = match known {
            Some((escape, c)) => (escape.len(), Some(*c)),
            None => match unicode(rest) {
                Some(c) => (6, Some(c)),
                None => (1, None),
            },
        };
        changed |= c.is_some();
        plain.push(c.or_else(|| rest.chars().next()).unwrap_or_default());
        rest = rest.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    changed.then_some(plain)
}

const ESCAPES: [(&str, char); 29] = [
    ("\\\"", '"'),
    ("\\'", '\''),
    ("\\/", '/'),
    ("\\\\", '\\'),
    ("\\n", '\n'),
    ("\\r", '\n'),
    ("\\t", '\t'),
    ("%2B", '+'),
    ("%2b", '+'),
    ("%2F", '/'),
    ("%2f", '/'),
    ("%3D", '='),
    ("%3d", '='),
    ("%22", '"'),
    ("%20", ' '),
    ("&quot;", '"'),
    ("&#34;", '"'),
    ("&#x22;", '"'),
    ("&#39;", '\''),
    ("&#x27;", '\''),
    ("&#43;", '+'),
    ("&#x2B;", '+'),
    ("&#x2b;", '+'),
    ("&#47;", '/'),
    ("&#x2F;", '/'),
    ("&#x2f;", '/'),
    ("&#61;", '='),
    ("&#x3D;", '='),
    ("&amp;", '&'),
];

/// `\u002B`, as System.Text.Json and ConvertTo-Json write a plus sign.
fn unicode(text: &str) -> Option<char> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
}
