//! Hex digits in any notation: either case, `0x`, `\x`, blanks, line ends, separators and quotes between pairs.

/// Decodes in pieces.
#[derive(Default)]
pub(crate) struct Hex {
    high: Option<u8>,
    begun: bool,
}

impl Hex {
    /// `None` when the input is not hex text.
    pub(crate) fn run(&mut self, input: &[u8], last: bool, out: &mut Vec<u8>) -> Option<()> {
        for &byte in input {
            match (self.high, value(byte)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    self.high = None;
                    self.begun = true;
                }
                (None, Some(high)) => self.high = Some(high),
                // `0x`, and `\x` or `X'` at the beginning.
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

/// Decodes the end of a file: pairs, counted from the end.
pub(crate) fn tail(text: &[u8]) -> Vec<u8> {
    let mut digits = Vec::new();
    let mut rest = text.iter().rev().copied().peekable();
    while let Some(byte) = rest.next() {
        match value(byte) {
            Some(digit) => digits.push(digit),
            None if matches!(byte, b'x' | b'X') => {
                rest.next_if(|before| matches!(before, b'0' | b'\\'));
            }
            None if is_separator(byte) => {}
            None => break,
        }
    }
    let (pairs, _) = digits.as_chunks::<2>();
    pairs.iter().rev().map(|[low, high]| high << 4 | low).collect()
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
