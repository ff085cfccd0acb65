//! Undoes steps in pieces of any size. The memory does not depend on the length of the file.

use super::base64::Base64;
use super::charset::{Narrow, Utf16};
use super::hex::Hex;
use super::{Repair, Step};
use crate::decompress::{Compression, Decoder};
use crate::error::Error;

/// How many bytes are processed at a time: an outer gzip expands them at most 1,032 times.
pub(crate) const PIECE: usize = 1 << 14;

/// Undoes all steps of a repair except the IV in front, which the decryptor handles.
pub(crate) struct Undoing {
    steps: Vec<Undo>,
}

impl Undoing {
    /// `None` when the bytes need no change.
    pub(crate) fn of(repair: Repair) -> Option<Self> {
        let steps: Vec<Undo> = repair.steps().filter_map(Undo::of).collect();
        (!steps.is_empty()).then_some(Self { steps })
    }

    /// Appends the result for `input` to `out`. `last` says that nothing follows.
    pub(crate) fn run(&mut self, input: &[u8], last: bool, out: &mut Vec<u8>) -> Result<(), Error> {
        let Some((inner, outer)) = self.steps.split_last_mut() else { return Ok(()) };
        let mut bytes = input.to_vec();
        for step in outer {
            let mut next = Vec::new();
            step.run(&bytes, last, &mut next)?;
            bytes = next;
        }
        inner.run(&bytes, last, out)
    }
}

/// Undoes one step.
pub(crate) enum Undo {
    Base64(Base64),
    Hex(Hex),
    Inflate(Box<Decoder>),
    Narrow(Narrow),
    Utf16(Utf16),
    Crlf(Crlf),
    Bom(usize),
}

impl Undo {
    pub(crate) fn of(step: Step) -> Option<Self> {
        let inflate = |compression| Self::Inflate(Box::new(Decoder::new(compression, None)));
        Some(match step {
            Step::Base64 => Self::Base64(Base64::default()),
            Step::Hex => Self::Hex(Hex::default()),
            Step::Gzip => inflate(Compression::Gzip),
            Step::Zlib => inflate(Compression::Zlib),
            Step::Latin1 | Step::Windows1252 => Self::Narrow(Narrow::default()),
            Step::Utf16 => Self::Utf16(Utf16::default()),
            Step::Crlf => Self::Crlf(Crlf::default()),
            Step::Bom => Self::Bom(0),
            Step::IvInFront => return None,
        })
    }

    /// As [`Undoing::run`].
    pub(crate) fn run(&mut self, input: &[u8], last: bool, out: &mut Vec<u8>) -> Result<(), Error> {
        match self {
            Self::Base64(step) => step.run(input, last, out).ok_or(changed("is Base64 text with something else in it")),
            Self::Hex(step) => step.run(input, last, out).ok_or(changed("is hex text with something else in it")),
            Self::Inflate(step) => {
                inflate(step, input, last, out).map_err(|_| changed("is inside one more compression that is damaged"))
            }
            Self::Narrow(step) => step.run(input, last, out).ok_or(changed(
                "was converted to UTF-8 on the way, and holds characters that no byte was converted to",
            )),
            Self::Utf16(step) => {
                step.run(input, last, out).ok_or(changed("was converted to UTF-16 on the way, and is not valid"))
            }
            Self::Crlf(step) => step
                .run(input, last, out)
                .ok_or(changed("begins as if it had a CR put before each LF, and holds others without")),
            Self::Bom(skipped) => {
                let skip = (BOM.len() - *skipped).min(input.len());
                *skipped += skip;
                out.extend_from_slice(input.get(skip..).unwrap_or_default());
                Ok(())
            }
        }
    }
}

pub(crate) const BOM: &[u8] = b"\xEF\xBB\xBF";

fn changed(problem: &'static str) -> Error {
    Error::Converted { problem }
}

fn inflate(decoder: &mut Decoder, input: &[u8], last: bool, out: &mut Vec<u8>) -> Result<(), Error> {
    let mut rest = input;
    loop {
        let used = decoder.decode(rest)?;
        let fresh = decoder.fresh().unwrap_or_default();
        out.extend_from_slice(fresh);
        rest = rest.get(used..).unwrap_or_default();
        if rest.is_empty() && fresh.is_empty() {
            break;
        }
    }
    if last { decoder.finish().map(drop) } else { Ok(()) }
}

/// Removes the CR before every LF. This is exact, because the conversion only inserted bytes.
#[derive(Default)]
pub(crate) struct Crlf {
    cr: bool,
}

impl Crlf {
    /// `None` at an LF without CR: then this conversion was not done.
    fn run(&mut self, input: &[u8], last: bool, out: &mut Vec<u8>) -> Option<()> {
        for &byte in input {
            if byte == b'\n' {
                if !self.cr {
                    return None;
                }
            } else if self.cr {
                out.push(b'\r');
            }
            self.cr = byte == b'\r';
            if !self.cr {
                out.push(byte);
            }
        }
        if last && self.cr {
            self.cr = false;
            out.push(b'\r');
        }
        Some(())
    }
}
