//! Raw deflate (RFC 1951) in pieces of any size, and CRC-32.
//!
//! Own code because this stage takes the most time. For 256 MiB of JSON Lines in V8 it takes 0.57 s, and zlib-rs
//! 0.80 s (30 November 2026); fdeflate is slower too, and does not say where a stream ends.
//!
//! What it does, and what else was tried. Median time in V8 (Node.js 20, as `make bench INFLATE=1` does it) against the
//! same code without it, in per cent; less is better. JSON Lines, XML, source code, a program, Base64 of noise, and
//! files of 2 KiB:
//!
//! | | JSON | XML | source | program | Base64 | small |
//! | --- | --- | --- | --- | --- | --- | --- |
//! | the fast loop is a function of its own (`symbols_fast`) | -9 | -10 | -6 | -7 | -1 | -2 |
//! | five literals in place of three between two reads of input | -4 | -1 | -2 | -1 | -5 | -4 |
//! | the first 32 bytes of a match without a branch | -3 | -2 | -7 | -3 | -1 | -1 |
//! | 48 in place of 32 bytes | -1 | -4 | -2 | -1 | 0 | 0 |
//! | two literals in one entry, 11 bits, from the beginning of a block | -8 | -8 | +2 | 0 | +3 | +34 |
//! | … after 512 bytes of a block, if there is enough input | -8 | -10 | +5 | +1 | +3 | +2 |
//! | all of these together | -18 | -24 | -12 | -11 | -3 | -3 |
//! | not taken: two literals, 10 bits | -4 | -7 | +3 | +3 | +4 | |
//! | two literals, 12 bits | -5 | -6 | +4 | +4 | -35 | +77 |
//! | 11 bits alone | -2 | 0 | -2 | -3 | 0 | 0 |
//! | 9 bits alone | -2 | 0 | +1 | +20 | 0 | +4 |
//! | 9 bits for distances, alone or with all | 0 | -1 | 0 | 0 | 0 | 0 |
//! | links in arrays of a fixed length, without a check of bounds | +1 | +2 | +2 | +1 | 0 | |
//! | no check of bounds for the rest of a match | 0 | +1 | +1 | +1 | 0 | |
//! | a window of 256 KiB in place of 1 MiB | +1 | 0 | -1 | 0 | 0 | -1 |
//! | distances below 16 by copies of 16 bytes (zeros: +236) | -1 | 0 | -1 | -2 | +2 | 0 |
//!
//! Differences of 2 and less are noise. Two literals in one entry cost source code and Base64 more than they save
//! there, but no kind of data is slower than it was. With 12 bits Base64 would be much faster, and JSON Lines slower.
//!
//! Older than this table: the output array has a length that the compiler knows, so that it removes most checks of
//! bounds; one entry holds base, extra bits and code length; the next symbol is looked up before a match is copied. The
//! 16 bytes of a copy are one `v128.load` and one `v128.store`.

mod crc32;
mod entry;
mod header;
mod huffman;
mod symbols;

pub use crc32::crc32;
use header::{Header, Step};
use huffman::Tables;
use zeroize::Zeroize;

/// How far back a match may reach.
const HISTORY: usize = 1 << 15;
/// A symbol is decoded only while the output ends below this.
const LIMIT: usize = (1 << 20) - 1;
/// Room for the longest match (258), ten literals before it, and the excess of copies in pieces of 16 bytes.
const ROOM: usize = 320;
const SIZE: usize = LIMIT + 1 + ROOM;

/// Why `decode` returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// All input was used, and there is more to come.
    Input,
    /// The window is full: use what is fresh, and discard it.
    Room,
    /// The last block ended.
    End,
}

/// The stream is not valid deflate data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invalid;

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Block,
    /// So many bytes of a stored block are left.
    Stored(usize),
    Lengths,
    Symbols,
    End,
}

/// Decodes one stream after another.
///
/// [`decode`](Self::decode) some input, use what is [`fresh`](Self::fresh), [discard](Self::discard_fresh) it, and so
/// on.
///
/// ```
/// let mut inflater = mgdc_inflate::Inflater::new();
/// let (used, status) = inflater.decode(&[0x4B, 0x04, 0x00])?; // "a"
/// assert_eq!((used, status), (3, mgdc_inflate::Status::End));
/// assert_eq!(inflater.fresh(), b"a");
/// # Ok::<(), mgdc_inflate::Invalid>(())
/// ```
pub struct Inflater {
    /// Input bits that were read and not used, lowest bit first. The bits above `count` belong to input that was not
    /// read yet.
    bits: u64,
    count: u32,
    state: State,
    is_last: bool,
    header: Header,
    tables: Tables,
    /// The history, then the fresh output from `taken` to `end`.
    window: Box<[u8; SIZE]>,
    taken: usize,
    end: usize,
    /// Where the stream begins in the window, or 0 once that has moved out.
    begin: usize,
    /// The end of everything that was ever written.
    written: usize,
}

impl Inflater {
    /// At the beginning of a stream.
    pub fn new() -> Self {
        Self {
            bits: 0,
            count: 0,
            state: State::Block,
            is_last: false,
            header: Header::default(),
            tables: Tables::default(),
            // `Box::new([0; SIZE])` may be built on the stack first.
            window: vec![0; SIZE].try_into().unwrap_or_else(|_| Box::new([0; SIZE])),
            taken: 0,
            end: 0,
            begin: 0,
            written: 0,
        }
    }

    /// Wipes everything, so that it is like new: making a new one costs more than a small stream.
    pub fn clear(&mut self) {
        let written = self.written.max(self.end);
        // Matches are copied in pieces, which may end beyond `end`.
        self.window.get_mut(..(written + ROOM).min(SIZE)).unwrap_or_default().zeroize();
        (self.taken, self.end, self.written) = (0, 0, 0);
        self.header.clear();
        self.tables.clear();
        self.reset();
    }

    /// Begins another stream; what is fresh stays.
    pub fn reset(&mut self) {
        (self.bits, self.count, self.state, self.begin) = (0, 0, State::Block, self.end);
    }

    /// Decodes into the window, at most 1 MiB; returns how many bytes of input were used.
    ///
    /// # Errors
    /// The stream is not valid; what was decoded before stays.
    pub fn decode(&mut self, input: &[u8]) -> Result<(usize, Status), Invalid> {
        let mut rest = input;
        let status = self.run(&mut rest)?;
        Ok((input.len() - rest.len(), status))
    }

    /// What was decoded since the last [`discard_fresh`](Self::discard_fresh).
    pub fn fresh(&self) -> &[u8] {
        self.window.get(self.taken..self.end).unwrap_or_default()
    }

    /// Discards the fresh output and makes room for more.
    pub fn discard_fresh(&mut self) {
        self.written = self.written.max(self.end);
        if self.end > LIMIT / 2 {
            let from = self.end - HISTORY;
            self.window.copy_within(from..self.end, 0);
            self.begin = self.begin.saturating_sub(from);
            self.end = HISTORY;
        }
        self.taken = self.end;
    }

    /// After the end: the whole bytes of input that were read but do not belong to the stream, at most 7, and their
    /// number.
    pub fn unused(&self) -> ([u8; 8], usize) {
        ((self.bits >> (self.count % 8)).to_le_bytes(), self.count as usize / 8)
    }

    fn run(&mut self, input: &mut &[u8]) -> Result<Status, Invalid> {
        loop {
            let blocked = match self.state {
                State::End => Some(Status::End),
                State::Block => self.block(input)?,
                State::Stored(left) => self.stored(input, left),
                State::Lengths => self.lengths(input)?,
                State::Symbols => self.symbols(input)?,
            };
            if let Some(status) = blocked {
                return Ok(status);
            }
        }
    }

    /// Reads the beginning of a block: three bits, and what follows them (RFC 1951, section 3.2.3).
    fn block(&mut self, input: &mut &[u8]) -> Result<Option<Status>, Invalid> {
        self.refill(input);
        let padding = self.count.wrapping_sub(3) % 8;
        let length = match self.bits >> 1 & 3 {
            _ if self.count < 3 => return Ok(Some(Status::Input)),
            0 => 3 + padding + 32,
            1 => 3,
            2 => 3 + 14,
            _ => return Err(Invalid),
        };
        if self.count < length {
            return Ok(Some(Status::Input));
        }
        let rest = self.bits >> 3;
        self.is_last = self.bits & 1 == 1;
        self.state = match self.bits >> 1 & 3 {
            0 => {
                let lengths = (rest >> padding) as u32;
                let (length, complement) = (lengths as u16, (lengths >> 16) as u16);
                if length != !complement {
                    return Err(Invalid);
                }
                State::Stored(usize::from(length))
            }
            1 => {
                self.tables.set_fixed()?;
                State::Symbols
            }
            _ => {
                self.header.begin(
                    (rest & 31) as usize + 257,
                    (rest >> 5 & 31) as usize + 1,
                    (rest >> 10 & 15) as usize + 4,
                )?;
                State::Lengths
            }
        };
        self.drop_bits(length);
        Ok(None)
    }

    fn stored(&mut self, input: &mut &[u8], mut left: usize) -> Option<Status> {
        while left > 0 && self.count > 0 && self.end <= LIMIT {
            let byte = self.bits as u8;
            self.drop_bits(8);
            self.append(&[byte]);
            left -= 1;
        }
        if self.count == 0 {
            self.bits = 0; // the bits may hold input that was not read, which is copied now
            let (now, later) = input.split_at(left.min(input.len()).min((LIMIT + 1).saturating_sub(self.end)));
            self.append(now);
            *input = later;
            left -= now.len();
        }
        if left == 0 {
            self.end_block();
            return None;
        }
        self.state = State::Stored(left);
        Some(if self.end > LIMIT { Status::Room } else { Status::Input })
    }

    fn lengths(&mut self, input: &mut &[u8]) -> Result<Option<Status>, Invalid> {
        loop {
            self.refill(input);
            let before = self.count;
            match self.header.step(&mut self.bits, &mut self.count)? {
                Step::Done => break,
                Step::Input if input.is_empty() && self.count == before => return Ok(Some(Status::Input)),
                Step::Input => {}
            }
        }
        self.header.build(&mut self.tables)?;
        self.state = State::Symbols;
        Ok(None)
    }

    fn append(&mut self, bytes: &[u8]) {
        if let Some(room) = self.window.get_mut(self.end..self.end + bytes.len()) {
            room.copy_from_slice(bytes);
            self.end += bytes.len();
        }
    }

    fn end_block(&mut self) {
        self.state = if self.is_last { State::End } else { State::Block };
    }

    /// Reads until there are at least 56 bits, or no more input.
    fn refill(&mut self, input: &mut &[u8]) {
        // The bits above `count` are the same as the ones that are added here again.
        while self.count < 56 {
            let Some((byte, rest)) = input.split_first() else { return };
            self.bits |= u64::from(*byte) << self.count;
            self.count += 8;
            *input = rest;
        }
    }

    fn drop_bits(&mut self, count: u32) {
        self.bits >>= count;
        self.count -= count;
    }
}

impl Default for Inflater {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Inflater {
    fn drop(&mut self) {
        self.clear();
    }
}
