//! Compressed content → plaintext, in pieces, with every check that the format has.
//!
//! gzip (RFC 1952: every member, CRC-32 and length), zlib (RFC 1950: Adler-32), raw deflate (RFC 1951), or nothing.
//! Zero bytes after the end are skipped with a warning, as gzip does. So are line ends after content whose checksum was
//! right, because tools append them. Anything else after the end is an error.

pub(crate) mod gzip;
mod pooled_inflater;
mod watch;
pub(crate) mod zlib;

pub(crate) use pooled_inflater::PooledInflater;
pub(crate) use watch::{MemberEnd, Watch};

use crate::error::Error;
use mgdc_inflate::{Status, crc32};
use zlib_rs::adler32::adler32;

/// How the content of a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// RFC 1952, any number of members.
    Gzip,
    /// RFC 1950.
    Zlib,
    /// RFC 1951, without header and checksum.
    Deflate,
    /// Delivered as it is.
    None,
}

impl Compression {
    /// `gzip`, `zlib`, `deflate` or `none`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zlib => "zlib",
            Self::Deflate => "deflate",
            Self::None => "none",
        }
    }

    /// The compression of a [`name`](Self::name); `None` for `auto` and anything else.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Gzip, Self::Zlib, Self::Deflate, Self::None].into_iter().find(|compression| compression.name() == name)
    }
}

/// Which checksum of the content was checked and right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verified {
    /// CRC-32 and length of every gzip member.
    Crc32,
    /// zlib's Adler-32.
    Adler32,
}

impl Verified {
    /// Lower-case name, as reports show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "crc32",
            Self::Adler32 => "adler32",
        }
    }
}

pub(crate) struct Decoder {
    compression: Compression,
    /// For salvage; `None` otherwise.
    watch: Option<Watch>,
    limit: u64,
    inflate: PooledInflater,
    stage: Stage,
    /// The bytes so far of a header or trailer that comes in pieces.
    partial: Vec<u8>,
    checksum: u32,
    /// Members begun.
    members: u64,
    /// Bytes of plaintext of this member, and in all.
    member: u64,
    total: u64,
    pub(crate) trailing_zeros: u64,
    /// CR and LF after the end.
    pub(crate) trailing_line_ends: u64,
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// The output is the input.
    Copy,
    Header,
    Body,
    Trailer,
    /// After a whole member or stream: another one, zero bytes, or the end.
    After,
}

impl Decoder {
    pub(crate) fn new(compression: Compression, limit: Option<u64>) -> Self {
        let mut decoder = Self {
            compression,
            watch: None,
            limit: limit.unwrap_or(u64::MAX),
            inflate: PooledInflater::new(),
            stage: Stage::Header,
            partial: Vec::new(),
            checksum: 0,
            members: 0,
            member: 0,
            total: 0,
            trailing_zeros: 0,
            trailing_line_ends: 0,
        };
        match compression {
            Compression::None => decoder.stage = Stage::Copy,
            Compression::Deflate => decoder.begin_body(),
            Compression::Gzip | Compression::Zlib => {}
        }
        decoder
    }

    /// A decoder that tells what salvage must know. `is_entered`: it begins in the middle of a member, with a block that
    /// does not refer to what came before.
    pub(crate) fn watched(compression: Compression, is_entered: bool) -> Self {
        let mut decoder = Self::new(compression, None);
        if is_entered {
            decoder.begin_body();
        }
        decoder.watch = Some(Watch { is_entered, ..Watch::default() });
        decoder
    }

    /// See [`watched`](Self::watched).
    pub(crate) fn watch(&mut self) -> Option<&mut Watch> {
        self.watch.as_mut()
    }

    /// Decodes input and returns how much of it was used: all of it, or less when the output buffer is full. The output
    /// of the last call is discarded.
    pub(crate) fn decode(&mut self, input: &[u8]) -> Result<usize, Error> {
        self.inflate.discard_fresh();
        let mut consumed = 0;
        loop {
            let rest = input.get(consumed..).unwrap_or_default();
            let before = consumed;
            consumed += match self.stage {
                // Even without input: the inflater may hold symbols that did not fit into the output before.
                Stage::Body => match self.body(rest)? {
                    (used, Status::End) => used,
                    (used, _) => {
                        self.count_used(used);
                        return Ok(consumed + used);
                    }
                },
                _ if rest.is_empty() => return Ok(consumed),
                Stage::Copy => self.copy(rest)?,
                Stage::Header => self.header(rest)?,
                Stage::Trailer => self.trailer(rest)?,
                Stage::After => self.after(rest)?,
            };
            self.count_used(consumed - before);
        }
    }

    fn count_used(&mut self, used: usize) {
        if let Some(watch) = &mut self.watch {
            watch.used += used as u64;
        }
    }

    /// The output of the last `decode`; `None` when the output is the input itself.
    pub(crate) fn fresh(&self) -> Option<&[u8]> {
        (self.compression != Compression::None).then(|| self.inflate.fresh())
    }

    /// Checks that the content is complete, and returns which checksum was verified.
    pub(crate) fn finish(&self) -> Result<Option<Verified>, Error> {
        match (self.stage, self.compression) {
            (Stage::Copy, _) | (Stage::After, Compression::Deflate | Compression::None) => Ok(None),
            (Stage::After, Compression::Gzip) => Ok(Some(Verified::Crc32)),
            (Stage::After, Compression::Zlib) => Ok(Some(Verified::Adler32)),
            (Stage::Header, _) if self.is_member() => Err(self.damaged("stops inside its header")),
            (Stage::Header, _) => Err(self.trailing_data()),
            (Stage::Body, _) => Err(self.damaged("stops early")),
            (Stage::Trailer, _) => Err(self.damaged("stops before its checksum")),
        }
    }

    pub(crate) fn compression(&self) -> Compression {
        self.compression
    }

    /// Whether the next input belongs to the compressed data itself.
    pub(crate) fn is_in_body(&self) -> bool {
        self.stage == Stage::Body
    }

    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    fn copy(&mut self, input: &[u8]) -> Result<usize, Error> {
        self.count(input.len())?;
        Ok(input.len())
    }

    fn header(&mut self, input: &[u8]) -> Result<usize, Error> {
        let before = self.partial.len();
        // Only a part of the input, because most of it is not the header; a bigger part each time, because a header may
        // be long.
        let input = input.get(..before.max(64)).unwrap_or(input);
        self.partial.extend_from_slice(input);
        let length = match self.compression {
            Compression::Zlib if self.partial.len() < zlib::HEADER => return Ok(input.len()),
            Compression::Zlib if zlib::has_header(&self.partial) => zlib::HEADER,
            Compression::Zlib => return Err(self.damaged("does not begin with a zlib header")),
            _ => match gzip::header(&self.partial) {
                Ok(gzip::Header::Complete { length }) => length,
                Ok(gzip::Header::Partial) => return Ok(input.len()),
                Err(problem) => {
                    return Err(if self.is_member() { self.damaged(problem) } else { self.trailing_data() });
                }
            },
        };
        self.begin_body();
        Ok(length - before)
    }

    /// Whether the bytes so far belong to a member: after the first member something else may follow.
    fn is_member(&self) -> bool {
        self.members == 0 || self.partial.starts_with(&[0x1F, 0x8B])
    }

    fn begin_body(&mut self) {
        self.members += 1;
        self.partial.clear();
        self.inflate.reset();
        self.checksum = u32::from(self.compression == Compression::Zlib); // Adler-32 begins with 1, CRC-32 with 0
        self.member = 0;
        self.stage = Stage::Body;
    }

    fn body(&mut self, input: &[u8]) -> Result<(usize, Status), Error> {
        let before = self.inflate.fresh().len();
        let result = self.inflate.decode(input);
        // Counted for a damaged stream too: the error says how much came out of it.
        let plaintext = self.inflate.fresh().get(before..).unwrap_or_default();
        let produced = plaintext.len();
        match self.compression {
            Compression::Gzip => self.checksum = crc32(self.checksum, plaintext),
            Compression::Zlib => self.checksum = adler32(self.checksum, plaintext),
            Compression::Deflate | Compression::None => {}
        }
        self.member += produced as u64;
        self.count(produced)?;
        let (consumed, status) = result.map_err(|_| self.damaged("is not valid"))?;
        if status == Status::End {
            self.stage = if self.compression == Compression::Deflate { Stage::After } else { Stage::Trailer };
            self.unread()?;
        }
        Ok((consumed, status))
    }

    /// Handles the bytes that the inflater read beyond the end of the stream: at most 7.
    fn unread(&mut self) -> Result<(), Error> {
        let (bytes, length) = self.inflate.unused();
        let mut rest = bytes.get(..length).unwrap_or_default();
        while !rest.is_empty() {
            let used = if self.stage == Stage::Trailer { self.trailer(rest)? } else { self.after(rest)? };
            rest = rest.get(used..).unwrap_or_default();
        }
        Ok(())
    }

    fn trailer(&mut self, input: &[u8]) -> Result<usize, Error> {
        let length = if self.compression == Compression::Gzip { 8 } else { 4 };
        let wanted = (length - self.partial.len()).min(input.len());
        self.partial.extend_from_slice(input.get(..wanted).unwrap_or_default());
        if self.partial.len() == length && self.watch.is_some() {
            self.watch_trailer();
        }
        match *self.partial.as_slice() {
            _ if self.partial.len() == length && self.watch.as_ref().is_some_and(|watch| watch.is_entered) => {}
            [a, b, c, d] if length == 4 => self.check("Adler-32", u32::from_be_bytes([a, b, c, d]) == self.checksum)?,
            [a, b, c, d, e, f, g, h] => {
                self.check("CRC-32", u32::from_le_bytes([a, b, c, d]) == self.checksum)?;
                // ISIZE is the length modulo 2^32.
                self.check("length", u32::from_le_bytes([e, f, g, h]) == self.member as u32)?;
            }
            _ => return Ok(wanted),
        }
        self.partial.clear();
        self.stage = Stage::After;
        if let Some(watch) = &mut self.watch {
            watch.ends.push(MemberEnd { at: self.total, is_checked: !watch.is_entered });
            watch.is_entered = false;
        }
        Ok(wanted)
    }

    fn watch_trailer(&mut self) {
        let (Some(watch), Some(length)) = (&mut self.watch, self.partial.get(4..).and_then(<[u8]>::first_chunk)) else {
            return;
        };
        let difference = u32::from_le_bytes(*length).wrapping_sub(self.member as u32) as i32;
        watch.has_odd_trailer = u64::from(difference.unsigned_abs()) > self.member / 2 + (1 << 20);
    }

    fn after(&mut self, input: &[u8]) -> Result<usize, Error> {
        // Raw deflate has no checksum, so line ends after it may be a sign of damage.
        let is_checked = self.compression != Compression::Deflate;
        let is_line_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let skipped = input.iter().take_while(|byte| **byte == 0 || (is_checked && is_line_end(byte))).count();
        let line_ends = input.iter().take(skipped).filter(|byte| is_line_end(byte)).count();
        self.trailing_line_ends += line_ends as u64;
        self.trailing_zeros += (skipped - line_ends) as u64;
        match input.get(skipped) {
            None => {}
            Some(0x1F)
                if self.compression == Compression::Gzip && self.trailing_zeros + self.trailing_line_ends == 0 =>
            {
                self.stage = Stage::Header;
            }
            Some(_) => return Err(self.trailing_data()),
        }
        Ok(skipped)
    }

    fn count(&mut self, produced: usize) -> Result<(), Error> {
        self.total += produced as u64;
        if self.total > self.limit { Err(Error::OutputLimit { limit: self.limit }) } else { Ok(()) }
    }

    fn check(&self, check: &'static str, right: bool) -> Result<(), Error> {
        if right { Ok(()) } else { Err(Error::Checksum { format: self.compression.name(), check }) }
    }

    fn damaged(&self, problem: &'static str) -> Error {
        Error::CompressedData { format: self.compression.name(), problem, offset: self.total }
    }

    fn trailing_data(&self) -> Error {
        Error::TrailingData { format: self.compression.name(), offset: self.total }
    }
}
