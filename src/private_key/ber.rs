//! BER (ITU-T X.690) → DER, so that the crate `der`, which is strict on purpose, reads the files of Windows and old
//! tools.
//!
//! It removes three liberties of BER: indefinite lengths, lengths in more bytes than needed, and octet strings in
//! pieces. DER stays as it is.

use zeroize::Zeroizing;

/// Deepest nesting that is accepted: a PFX needs about ten levels, and each level costs a copy.
const DEPTH: usize = 32;

const OCTET_STRING: u8 = 0x04;
const CONSTRUCTED: u8 = 0x20;
const END_OF_CONTENTS: u8 = 0;

/// The DER of one whole element; `None` when the bytes are anything else.
pub(super) fn to_der(ber: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut input = ber;
    let der = element(&mut input, 0)?.1;
    input.is_empty().then_some(der)
}

/// The DER of the element at the front of `input`, which is advanced; `None` when there is no whole element.
pub(super) fn next_der(input: &mut &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut rest = *input;
    let der = element(&mut rest, 0)?.1;
    *input = rest;
    Some(der)
}

/// The tag and the DER of the element at the front of `input`, which is advanced.
fn element(input: &mut &[u8], depth: usize) -> Option<(u8, Zeroizing<Vec<u8>>)> {
    let (&tag, rest) = input.split_first()?;
    *input = rest;
    // Tag numbers from 31 on take more bytes; key containers do not have them.
    if depth > DEPTH || tag & 0x1F == 0x1F {
        return None;
    }
    let constructed = tag & CONSTRUCTED != 0;
    let content = match length(input)? {
        Length::Indefinite if constructed => children(input, tag, depth, true)?,
        Length::Indefinite => return None,
        Length::Definite(length) => {
            let (content, rest) = input.split_at_checked(length)?;
            *input = rest;
            if constructed {
                let mut content = content;
                children(&mut content, tag, depth, false)?
            } else {
                Zeroizing::new(content.to_vec())
            }
        }
    };
    let tag = if tag == OCTET_STRING | CONSTRUCTED { OCTET_STRING } else { tag };
    Some((tag, encode(tag, &content)))
}

/// The content of a constructed element: the DER of its children, or for an octet string their contents.
fn children(input: &mut &[u8], tag: u8, depth: usize, indefinite: bool) -> Option<Zeroizing<Vec<u8>>> {
    // If the end is not known, the buffer grows: allocating room for all of the input would make many small elements
    // costly.
    let mut content = Zeroizing::new(Vec::with_capacity(if indefinite { 0 } else { input.len() }));
    loop {
        if input.is_empty() {
            return (!indefinite).then_some(content);
        }
        let (child, der) = element(input, depth + 1)?;
        if child == END_OF_CONTENTS {
            return (indefinite && der.as_slice() == [END_OF_CONTENTS, 0]).then_some(content);
        }
        if tag == OCTET_STRING | CONSTRUCTED {
            if child != OCTET_STRING {
                return None;
            }
            let mut piece = der.get(1..)?;
            length(&mut piece)?;
            content.extend_from_slice(piece);
        } else {
            content.extend_from_slice(&der);
        }
    }
}

enum Length {
    Definite(usize),
    Indefinite,
}

fn length(input: &mut &[u8]) -> Option<Length> {
    let (&first, rest) = input.split_first()?;
    *input = rest;
    match first {
        0..=0x7F => Some(Length::Definite(first.into())),
        0x80 => Some(Length::Indefinite),
        _ => {
            let (bytes, rest) = input.split_at_checked(usize::from(first & 0x7F))?;
            *input = rest;
            let length =
                bytes.iter().try_fold(0u32, |length, byte| Some(length.checked_mul(256)? | u32::from(*byte)))?;
            Some(Length::Definite(usize::try_from(length).ok()?))
        }
    }
}

fn encode(tag: u8, content: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut der = Zeroizing::new(Vec::with_capacity(content.len() + 6));
    der.push(tag);
    match content.len() {
        length @ 0..=0x7F => der.push(length as u8),
        length => {
            let bytes = (length as u32).to_be_bytes();
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            der.push(0x80 | (4 - zeros) as u8);
            der.extend(bytes.iter().skip(zeros));
        }
    }
    der.extend_from_slice(content);
    der
}

#[cfg(test)]
mod tests {
    use super::to_der;

    fn of(ber: &[u8]) -> Option<Vec<u8>> {
        to_der(ber).map(|der| der.to_vec())
    }

    #[test]
    fn takes_back_the_liberties_of_ber() {
        assert_eq!(of(&[0x30, 0x80, 0x02, 0x01, 0x07, 0, 0]), Some(vec![0x30, 3, 0x02, 1, 7]));
        assert_eq!(of(&[0x30, 0x83, 0, 0, 3, 0x02, 0x01, 0x07]), Some(vec![0x30, 3, 0x02, 1, 7]));
        assert_eq!(of(&[0x24, 0x80, 0x04, 1, 1, 0x24, 5, 0x04, 1, 2, 0x04, 0, 0, 0]), Some(vec![0x04, 2, 1, 2]));
        // An implicit octet string stays in pieces: only its reader knows its type.
        assert_eq!(of(&[0xA0, 0x80, 0x04, 1, 1, 0, 0]), Some(vec![0xA0, 3, 0x04, 1, 1]));
    }

    #[test]
    fn leaves_der_alone() {
        let long = [&[0x30, 0x82, 1, 4, 0x04, 0x82, 1, 0][..], &[7; 256]].concat();
        for der in [&[0x05, 0][..], &[0x30, 0], &[0x30, 3, 0x02, 1, 7], &long] {
            assert_eq!(of(der).as_deref(), Some(der));
        }
    }

    #[test]
    fn refuses_what_is_no_whole_element() {
        for ber in [
            &[][..],
            &[0x30],
            &[0x30, 0x80],
            &[0x30, 0x80, 0],
            &[0x30, 0x80, 0, 1, 0],
            &[0x30, 2, 0, 0],
            &[0x04, 0x80, 0, 0],
            &[0x30, 3, 0x02, 2, 7],
            &[0x05, 0, 0],
            &[0x30, 0x85, 1, 0, 0, 0, 0],
            &[0x24, 3, 0x02, 1, 1],
            &[0x1F, 1, 0],
            &[0x30, 0x80].repeat(1000),
        ] {
            assert_eq!(of(ber), None, "{ber:x?}");
        }
    }
}
