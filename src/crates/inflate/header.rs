//! The header of a block with dynamic codes (RFC 1951, section 3.2.7): the lengths of its codes, which are coded
//! themselves.

use crate::Invalid;
use crate::entry::Entry;
use crate::huffman::{Tables, build};
use zeroize::Zeroize;

/// The order in which the lengths of the codes for lengths come.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/// Bits of the longest code for a length.
const BITS: u32 = 7;

pub(super) enum Step {
    Done,
    /// More bits are needed.
    Input,
}

/// It is read in steps, because it may come in pieces.
pub(super) struct Header {
    symbols: usize,
    distances: usize,
    length_codes: usize,
    /// How many lengths of `codes` were read.
    read: usize,
    codes: [u8; 19],
    table: [Entry; 1 << BITS],
    lengths: Vec<u8>,
}

impl Default for Header {
    fn default() -> Self {
        let table = [Entry::INVALID; 1 << BITS];
        Self { symbols: 0, distances: 0, length_codes: 0, read: 0, codes: [0; 19], table, lengths: Vec::new() }
    }
}

impl Header {
    /// Wipes all codes.
    pub(super) fn clear(&mut self) {
        (self.symbols, self.distances, self.length_codes, self.read) = (0, 0, 0, 0);
        self.codes = [0; 19];
        self.table.fill(Entry::INVALID);
        self.lengths.zeroize();
    }

    /// Begins a header with so many codes of each kind.
    pub(super) fn begin(&mut self, symbols: usize, distances: usize, length_codes: usize) -> Result<(), Invalid> {
        if symbols > 286 || distances > 30 {
            return Err(Invalid);
        }
        (self.symbols, self.distances, self.length_codes, self.read) = (symbols, distances, length_codes, 0);
        self.codes = [0; 19];
        self.lengths.clear();
        Ok(())
    }

    /// Reads as much as the bits hold.
    pub(super) fn step(&mut self, bits: &mut u64, count: &mut u32) -> Result<Step, Invalid> {
        let mut take_bits = |length: u32| {
            let value = *bits & ((1 << length) - 1);
            *bits >>= length;
            *count -= length;
            (value as usize, *bits, *count)
        };
        let (_, mut ahead, mut left) = take_bits(0);
        while self.read < self.length_codes {
            if left < 3 {
                return Ok(Step::Input);
            }
            let length;
            (length, ahead, left) = take_bits(3);
            if let Some(code) = ORDER.get(self.read).and_then(|symbol| self.codes.get_mut(*symbol)) {
                *code = length as u8;
            }
            self.read += 1;
            if self.read == self.length_codes {
                build(&self.codes, &mut self.table, &mut Vec::new(), Entry::of_length, false)?;
            }
        }
        let total = self.symbols + self.distances;
        while self.lengths.len() < total {
            let entry = self.table.get(ahead as usize % self.table.len()).copied().unwrap_or(Entry::INVALID);
            let (base, extra) = match entry.literal() {
                0..16 => (1, 0),
                16 => (3, 2),
                17 => (3, 3),
                _ => (11, 7),
            };
            if entry.is_invalid() || entry.bits() + extra > left {
                return if left < BITS + extra { Ok(Step::Input) } else { Err(Invalid) };
            }
            let value = match entry.literal() {
                length @ 0..16 => length,
                16 => *self.lengths.last().ok_or(Invalid)?,
                _ => 0,
            };
            take_bits(entry.bits());
            let repeats;
            (repeats, ahead, left) = take_bits(extra);
            let length = self.lengths.len() + base + repeats;
            if length > total {
                return Err(Invalid);
            }
            self.lengths.resize(length, value);
        }
        Ok(Step::Done)
    }

    /// Builds the codes of the block, which must include one for its end.
    pub(super) fn build(&self, tables: &mut Tables) -> Result<(), Invalid> {
        let (symbols, distances) = self.lengths.split_at_checked(self.symbols).ok_or(Invalid)?;
        if symbols.get(256).is_none_or(|length| *length == 0) {
            return Err(Invalid);
        }
        tables.set(symbols, distances)
    }
}
