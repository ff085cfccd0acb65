//! Hex digits in whatever spelling: either case, `0x`, `\x`, blanks, line ends, separators and quotes between pairs.

/// Decodes in pieces.
#[derive(Default)]
pub(crate) struct Hex {
    high: Option<u8>,
    begun: bool,
}

impl Hex {
    /// `None` for what is no hex text.
    pub(crate) fn run(&mut self, input: &[u8], last: bool, out: &mut Vec<u8>) -> Option<()> {
        for &byte in input {
            match (self.high, value(byte)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    self.high = None;
                    self.begun = true;
                }
                (None, Some(high)) => self.high = Some(high),
                // `0x`, and `\x` or `X'` in front of all.
                (Some(0), None) if matches!(byte, b'x' | b'X') => self.high = None,
                (None, None) if is_separator(byte) || matches!(byte, b'x' | b'X' | b'\\') => {}
                // A byte order mark.
                (None, None) if !self.begun && byte >= 0x80 => {}
                _ => return None,
            }
        }
        (!last || self.high.is_none()).then_some(())
    }
}

/// The last bytes: pairs, counted from the end.
pub(crate) fn tail(text: &[u8]) -> Vec<u8> {
    const PREFIX: u8 = u8::MAX;
    let mut digits = Vec::new();
    for &byte in text.iter().rev() {
        match value(byte) {
            Some(digit) => digits.push(digit),
            // Its 0 comes next.
            None if matches!(byte, b'x' | b'X') => digits.push(PREFIX),
            None if is_separator(byte) || byte == b'\\' => {}
            None => break,
        }
    }
    let mut bytes = Vec::new();
    let mut rest = digits.as_slice();
    loop {
        rest = match rest {
            [PREFIX, 0, rest @ ..] | [PREFIX, rest @ ..] => rest,
            [low, high, rest @ ..] if *high != PREFIX => {
                bytes.push(high << 4 | low);
                rest
            }
            _ => break,
        };
    }
    bytes.reverse();
    bytes
}

fn value(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

fn is_separator(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t'
            | b'\r'
            | b'\n'
            | b':'
            | b','
            | b';'
            | b'-'
            | b'"'
            | b'\''
            | b'['
            | b']'
            | b'('
            | b')'
            | b'{'
            | b'}'
    )
}
