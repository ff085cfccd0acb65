//! Base64 (RFC 4648, sections 4 and 5), in any envelope that tools put around it.

use super::undo::BOM;

/// The text must begin within so many bytes.
const OPENING: usize = 1024;
/// The most bytes after the text: the rest of an envelope, or the last line of an armour.
const CLOSING: usize = 1024;

/// Decodes in pieces: both alphabets, with or without padding (also in the middle, where pieces were encoded one by
/// one), with blanks and line ends anywhere, and with JSON's escapes.
#[derive(Default)]
pub(crate) struct Base64 {
    /// The input so far, until it is known where the text begins.
    opening: Option<Vec<u8>>,
    begun: bool,
    bits: u32,
    count: u32,
    escape: Escape,
    /// Bytes after the text.
    behind: usize,
    /// Whether it is an armoured text, which a dash ends; otherwise a dash is a digit.
    is_armoured: bool,
}

#[derive(Default, Clone, Copy)]
enum Escape {
    #[default]
    None,
    Backslash,
    /// Hex digits of `\u` so far, and their value.
    Unicode(u32, u32),
}

impl Base64 {
    /// `None` when the input is not Base64.
    pub(crate) fn run(&mut self, input: &[u8], last: bool, out: &mut Vec<u8>) -> Option<()> {
        if self.begun {
            self.decode(input, out)?;
        } else {
            let mut start = self.opening.take().unwrap_or_default();
            start.extend_from_slice(input);
            if start.len() >= OPENING || last {
                self.begun = true;
                let window = start.get(..OPENING).unwrap_or(&start);
                self.is_armoured = is_armour(window);
                let begin = opening(window);
                self.decode(start.get(begin..)?, out)?;
            } else {
                self.opening = Some(start);
            }
        }
        if last { self.flush(out) } else { Some(()) }
    }

    fn decode(&mut self, input: &[u8], out: &mut Vec<u8>) -> Option<()> {
        for (at, &byte) in input.iter().enumerate() {
            if self.behind > 0 {
                self.behind += input.len() - at;
                return (self.behind <= CLOSING).then_some(());
            }
            match self.escape {
                Escape::None => self.character(byte, out)?,
                Escape::Backslash => {
                    self.escape = Escape::None;
                    match byte {
                        b'n' | b'r' | b't' => {}
                        b'u' => self.escape = Escape::Unicode(0, 0),
                        _ => self.character(byte, out)?,
                    }
                }
                Escape::Unicode(digits, value) => {
                    let value = value << 4 | char::from(byte).to_digit(16)?;
                    self.escape = Escape::Unicode(digits + 1, value);
                    if digits == 3 {
                        self.escape = Escape::None;
                        self.character(u8::try_from(value).ok()?, out)?;
                    }
                }
            }
        }
        Some(())
    }

    fn character(&mut self, byte: u8, out: &mut Vec<u8>) -> Option<()> {
        match byte {
            b'-' if self.is_armoured => self.behind = 1,
            b'=' => self.flush(out)?,
            b'\\' => self.escape = Escape::Backslash,
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => match digit(byte) {
                Some(digit) => {
                    self.bits = self.bits << 6 | u32::from(digit);
                    self.count += 1;
                    if self.count == 4 {
                        out.extend_from_slice(self.bits.to_be_bytes().get(1..)?);
                        (self.bits, self.count) = (0, 0);
                    }
                }
                None => self.behind = 1,
            },
        }
        Some(())
    }

    /// Decodes an incomplete group at the end of the text, or of a part of it.
    fn flush(&mut self, out: &mut Vec<u8>) -> Option<()> {
        match self.count {
            0 => {}
            2 => out.push((self.bits >> 4) as u8),
            3 => out.extend_from_slice(&((self.bits >> 2) as u16).to_be_bytes()),
            _ => return None,
        }
        (self.bits, self.count) = (0, 0);
        Some(())
    }
}

/// The possible decodings of the last bytes: one if padding shows the end, otherwise three.
pub(crate) fn tails(tail: &[u8]) -> Vec<Vec<u8>> {
    let end = tail.windows(5).position(|bytes| bytes == b"-----").unwrap_or(tail.len());
    let (mut digits, mut padding) = (Vec::new(), 0);
    // Text that was encoded in pieces has padding in the middle.
    let mut before = Vec::new();
    let mut text = tail.iter().take(end).copied();
    while let Some(byte) = text.next() {
        if padding > 0 && digit(byte).is_some() {
            before.extend(aligned(&digits, 4 - padding.min(2)).unwrap_or_default());
            (digits, padding) = (Vec::new(), 0);
        }
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'=' => padding += 1,
            b'\\' => match text.next() {
                Some(b'/') => digits.push(b'/'),
                Some(b'u') => {
                    let code: Vec<u8> = text.by_ref().take(4).collect();
                    let code = std::str::from_utf8(&code).ok().and_then(|code| u8::from_str_radix(code, 16).ok());
                    match code {
                        Some(b'=') => padding += 1,
                        code => digits.extend(code),
                    }
                }
                _ => {}
            },
            _ if digit(byte).is_none() => break,
            _ => digits.push(byte),
        }
    }
    let rests = if padding > 0 { vec![4 - padding.min(2)] } else { vec![0, 2, 3] };
    let decoded = rests.into_iter().filter_map(|rest| aligned(&digits, rest));
    decoded.map(|bytes| [before.as_slice(), &bytes].concat()).collect()
}

/// Digits that end in a group of so many digits.
fn aligned(digits: &[u8], rest: usize) -> Option<Vec<u8>> {
    let skip = digits.len().checked_sub(rest % 4)? % 4;
    let (mut decoder, mut bytes) = (Base64 { begun: true, ..Base64::default() }, Vec::new());
    decoder.run(digits.get(skip..)?, true, &mut bytes)?;
    Some(bytes)
}

/// Whether the surroundings say that the text is Base64: an armour, a `data:` URL, the field of an envelope.
pub(crate) fn is_said(head: &[u8]) -> bool {
    let start = head.get(..OPENING).unwrap_or(head);
    let is_named = |name: &[u8]| start.windows(name.len()).any(|bytes| bytes == name);
    let start_is_said = is_armour(head) || head.starts_with(b"data:") || head.starts_with(b"\"data:");
    let is_envelope = head.starts_with(b"{") && (is_named(b"\"$content\"") || is_named(b"\"contentBytes\""));
    start_is_said || is_envelope || head.starts_with(b"<string") || head.starts_with(b"<base64Binary")
}

/// Where the text begins: after a byte order mark, the first line of an armour, `data:…,`, the name of a field or
/// element, or a quote.
pub(crate) fn opening(head: &[u8]) -> usize {
    let from = |at: usize| head.get(at..).unwrap_or_default();
    let mut at = if head.starts_with(BOM) { BOM.len() } else { 0 };
    at += from(at).iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let behind = |at: usize, end: u8| from(at).iter().position(|byte| *byte == end).map_or(at, |end| at + end + 1);
    match from(at) {
        rest if is_armour(rest) => behind(at, b'\n'),
        rest if rest.starts_with(b"data:") || rest.starts_with(b"\"data:") => behind(at, b','),
        [b'{' | b'[' | b'<', ..] => longest(head, at),
        [b'b', b'"' | b'\'', ..] => at + 2,
        [b'"' | b'\'', ..] => at + 1,
        _ => at,
    }
}

fn is_armour(head: &[u8]) -> bool {
    let head = head.strip_prefix(BOM).unwrap_or(head).trim_ascii_start();
    head.starts_with(b"-----BEGIN ")
}

/// The content in an envelope: the longest run of digits after a quote or a tag. `$content` of Logic Apps is tried
/// first, because short content may be no longer than the name of its type.
fn longest(head: &[u8], from: usize) -> usize {
    let named = head.windows(11).position(|bytes| bytes == b"\"$content\":").map(|at| at + 11);
    if let Some(at) = named {
        let quote = head.get(at..).unwrap_or_default().iter().position(|byte| *byte == b'"');
        return quote.map_or(at, |quote| at + quote + 1);
    }
    let (mut best, mut length) = (from, 0);
    let is_edge = |byte: &u8| matches!(byte, b'"' | b'>');
    for at in (from..head.len()).filter(|at| head.get(*at).is_some_and(is_edge)).map(|at| at + 1) {
        let run = head
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| digit(**byte).is_some() || matches!(byte, b'=' | b'\\' | b'\r' | b'\n'));
        let run = run.count();
        if run >= length {
            (best, length) = (at, run);
        }
    }
    best
}

fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}
