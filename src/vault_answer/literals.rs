//! Byte strings in quotes, as programs print them: Python's `b'\x01…'`, and those of Ruby, Go, C and shells.

use super::finder::{Finder, LONGEST};
use zeroize::Zeroizing;

pub(super) fn find(text: &str, finder: &mut Finder) {
    // Without an escape it is plain text, which `tokens` finds.
    if !text.contains("\\x") && !text.contains("\\0") && !text.contains("\\3") {
        return;
    }
    for quote in ['\'', '"'] {
        let mut from = 0;
        while let Some(start) = text.get(from..).and_then(|rest| rest.find(quote)).map(|at| from + at) {
            from = start + 1;
            let mut bytes = Zeroizing::new(Vec::with_capacity(2 * LONGEST));
            let mut end = start;
            // pprint splits a long one into several, with blanks between them.
            let mut next = Some(start);
            while let Some(open) = next {
                let Some(close) = literal(text.get(open + 1..).unwrap_or_default(), quote, &mut bytes) else { break };
                end = open + 1 + close;
                finder.note(&bytes, text, start..end, false);
                let rest = text.get(end..).unwrap_or_default();
                let gap = rest.len() - rest.trim_start().len();
                let prefix = rest.trim_start().starts_with(['b', 'B']) as usize;
                let at = end + gap + prefix;
                next = (gap > 0 && text.get(at..).is_some_and(|rest| rest.starts_with(quote))).then_some(at);
            }
            // A closing quote may open the next literal: there may be an apostrophe before, as in "can't".
            from = if end > start + 1 { end - 1 } else { from };
        }
    }
}

/// Appends the bytes before the closing quote. Returns the length of the text with the quote, or `None` when it is not
/// a byte string.
fn literal(text: &str, quote: char, bytes: &mut Vec<u8>) -> Option<usize> {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if bytes.len() > LONGEST {
            return None;
        }
        let byte = match c {
            c if c == quote => return Some(at + 1),
            '\\' => match chars.next()?.1 {
                'x' => {
                    let digits = text.get(at + 2..at + 4)?;
                    chars.nth(1)?;
                    u8::from_str_radix(digits, 16).ok()?
                }
                // Three octal digits, as Perl, bash and Protocol Buffers write them.
                digit @ '0'..='7' => match text.get(at + 1..at + 4).map(|digits| u8::from_str_radix(digits, 8)) {
                    Some(Ok(byte)) => {
                        chars.nth(1)?;
                        byte
                    }
                    _ if digit == '0' => 0,
                    _ => return None,
                },
                'n' => b'\n',
                'r' => b'\r',
                't' => b'\t',
                'a' => 7,
                'b' => 8,
                'v' => 11,
                'f' => 12,
                'e' => 27,
                other => u8::try_from(other).ok().filter(u8::is_ascii)?,
            },
            '\n' => return None,
            c => u8::try_from(c).ok().filter(u8::is_ascii)?,
        };
        bytes.push(byte);
    }
    None
}
