//! The gzip member header (RFC 1952, section 2.3): its length, and whether it is valid.
//!
//! Own code because the inflate crates hide where a member ends, stop after the first member, or give the same error
//! for every problem. Users need to know which check failed.

use mgdc_inflate::crc32;

const FHCRC: u8 = 0x02;
const FEXTRA: u8 = 0x04;
const FNAME: u8 = 0x08;
const FCOMMENT: u8 = 0x10;
const RESERVED: u8 = 0xE0;

/// Longest header that is accepted, in bytes: the extra field has at most 64 KiB, and names are shorter.
const LONGEST: usize = 1 << 18;

/// How much of the header is in the bytes so far.
#[derive(Debug, PartialEq)]
pub(crate) enum Header {
    Complete {
        /// Bytes of the header.
        length: usize,
    },
    Partial,
}

/// Reads the header at the beginning of `bytes`. The error is half a sentence that says what is wrong.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, &'static str> {
    let fixed = [0x1F, 0x8B, 8];
    if bytes.iter().zip(fixed).any(|(byte, expected)| *byte != expected) {
        return Err("does not begin with a gzip header");
    }
    let Some(&flags) = bytes.get(3) else { return Ok(Header::Partial) };
    if flags & RESERVED != 0 {
        return Err("has reserved flags set in its header");
    }
    match end(bytes, flags) {
        Some(end) if end > LONGEST => Err("has a header without an end"),
        None if bytes.len() > LONGEST => Err("has a header without an end"),
        None => Ok(Header::Partial),
        Some(length) if flags & FHCRC == 0 => Ok(Header::Complete { length }),
        Some(end) => {
            let Some(&[low, high]) = bytes.get(end..end + 2) else { return Ok(Header::Partial) };
            // The CRC16 is the lower half of the CRC-32 of the header up to here.
            let expected = crc32(0, bytes.get(..end).unwrap_or_default()) as u16;
            if u16::from_le_bytes([low, high]) == expected {
                Ok(Header::Complete { length: end + 2 })
            } else {
                Err("has a damaged header")
            }
        }
    }
}

/// Where the fields before the header's own CRC end; `None` when that is beyond `bytes`.
fn end(bytes: &[u8], flags: u8) -> Option<usize> {
    let mut end = 10;
    if flags & FEXTRA != 0 {
        let length = bytes.get(end..end + 2)?;
        end += 2 + usize::from(u16::from_le_bytes(length.try_into().ok()?));
    }
    for field in [FNAME, FCOMMENT] {
        if flags & field != 0 {
            end += bytes.get(end..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    (bytes.len() >= end).then_some(end)
}
