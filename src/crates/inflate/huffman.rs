//! Huffman codes of deflate as tables (RFC 1951, sections 3.2.2 and 3.2.5).
//!
//! A root table is indexed by the next bits; longer codes continue in further tables. An entry holds everything about
//! its symbol.

use crate::Invalid;
use crate::entry::Entry;

/// Bits of the longest code.
pub(super) const LONGEST: u32 = 15;
/// Bits of the root tables. With 10 bits, or 12, there are too few pairs of literals, or too many entries to fill for
/// each block of gzip.
const SYMBOL_BITS: u32 = 11;
const DISTANCE_BITS: u32 = 8;

/// The codes of a block.
pub(super) struct Tables {
    symbols: [Entry; 1 << SYMBOL_BITS],
    symbol_links: Vec<Entry>,
    distances: [Entry; 1 << DISTANCE_BITS],
    distance_links: Vec<Entry>,
    is_fixed: bool,
    is_paired: bool,
}

impl Default for Tables {
    fn default() -> Self {
        Self {
            symbols: [Entry::INVALID; 1 << SYMBOL_BITS],
            symbol_links: Vec::new(),
            distances: [Entry::INVALID; 1 << DISTANCE_BITS],
            distance_links: Vec::new(),
            is_fixed: false,
            is_paired: false,
        }
    }
}

impl Tables {
    /// Wipes all codes.
    pub(super) fn clear(&mut self) {
        self.symbols.fill(Entry::INVALID);
        self.distances.fill(Entry::INVALID);
        for links in [&mut self.symbol_links, &mut self.distance_links] {
            links.resize(links.capacity(), Entry::INVALID);
            links.fill(Entry::INVALID);
        }
        (self.is_fixed, self.is_paired) = (false, false);
    }

    /// The entry in the root table.
    #[expect(clippy::indexing_slicing, reason = "the mask keeps the index inside, as the compiler sees")]
    #[inline(always)]
    pub(super) fn symbol_root(&self, bits: u64) -> Entry {
        self.symbols[bits as usize & ((1 << SYMBOL_BITS) - 1)]
    }

    /// The entry of the literal or length at the beginning of `bits`.
    #[inline(always)]
    pub(super) fn symbol(&self, bits: u64) -> Entry {
        follow(self.symbol_root(bits), bits >> SYMBOL_BITS, &self.symbol_links)
    }

    /// The entry of the distance at the beginning of `bits`.
    #[expect(clippy::indexing_slicing, reason = "the mask keeps the index inside, as the compiler sees")]
    #[inline(always)]
    pub(super) fn distance(&self, bits: u64) -> Entry {
        follow(self.distances[bits as usize & ((1 << DISTANCE_BITS) - 1)], bits >> DISTANCE_BITS, &self.distance_links)
    }

    /// Sets the fixed codes (RFC 1951, section 3.2.6).
    pub(super) fn set_fixed(&mut self) -> Result<(), Invalid> {
        if !self.is_fixed {
            let symbols: [u8; 288] = std::array::from_fn(|symbol| match symbol {
                144..256 => 9,
                256..280 => 7,
                _ => 8,
            });
            self.set(&symbols, &[5; 32])?;
            self.is_fixed = true;
        }
        Ok(())
    }

    /// Sets codes of these lengths; 0 means that the symbol is not used.
    pub(super) fn set(&mut self, symbols: &[u8], distances: &[u8]) -> Result<(), Invalid> {
        (self.is_fixed, self.is_paired) = (false, false);
        // The code of a single symbol may be incomplete, and a block of literals needs no distance: zlib accepts both.
        build(symbols, &mut self.symbols, &mut self.symbol_links, Entry::of_symbol, true)?;
        build(distances, &mut self.distances, &mut self.distance_links, Entry::of_distance, true)
    }

    pub(super) fn is_paired(&self) -> bool {
        self.is_paired
    }

    /// Joins two literals in one entry of the root table where the index holds both codes.
    pub(super) fn pair(&mut self) {
        self.is_paired = true;
        let bits = self.symbols.iter().map(|entry| if entry.is_literal() { entry.bits() } else { SYMBOL_BITS });
        let shortest = bits.min().unwrap_or(SYMBOL_BITS);
        let longest = SYMBOL_BITS - shortest;
        if longest < shortest {
            return;
        }
        // Downwards: the entry of the second literal lies lower, and is still a single one.
        for index in (0..self.symbols.len()).rev() {
            let Some(first) = self.symbols.get(index).filter(|entry| entry.is_literal() && entry.bits() <= longest)
            else {
                continue;
            };
            let Some(second) = self.symbols.get(index >> first.bits()).filter(|entry| entry.is_literal()) else {
                continue;
            };
            if first.bits() + second.bits() <= SYMBOL_BITS {
                let pair = first.with_second(*second);
                if let Some(entry) = self.symbols.get_mut(index) {
                    *entry = pair;
                }
            }
        }
    }
}

#[inline(always)]
fn follow(entry: Entry, rest: u64, links: &[Entry]) -> Entry {
    if !entry.is_link() {
        return entry;
    }
    let index = entry.start() + (rest & ((1 << entry.bits()) - 1)) as usize;
    links.get(index).copied().unwrap_or(Entry::INVALID)
}

/// Fills `root`, whose length is a power of two, and `links` with the canonical code of these lengths.
///
/// Codes come with their first bit lowest, so all entries of a code of `n` bits are `2^n` apart. Therefore the table
/// for codes of up to `n + 1` bits begins as two copies of the table for up to `n` bits.
#[expect(clippy::indexing_slicing, reason = "lengths run from 1 to 15")]
pub(super) fn build(
    lengths: &[u8],
    root: &mut [Entry],
    links: &mut Vec<Entry>,
    entry: impl Fn(usize) -> Entry,
    may_be_incomplete: bool,
) -> Result<(), Invalid> {
    let (mut counts, mut starts) = ([0_u32; 16], [0_usize; 17]);
    for length in lengths {
        *counts.get_mut(usize::from(*length)).ok_or(Invalid)? += 1;
    }
    counts[0] = 0;
    check(&counts, may_be_incomplete)?;
    for length in 1..16 {
        starts[length + 1] = starts[length] + counts[length] as usize;
    }
    let (mut sorted, mut next) = ([0_u16; 320], starts);
    for (symbol, length) in lengths.iter().enumerate().filter(|(_, length)| **length > 0) {
        let place = next.get_mut(usize::from(*length)).ok_or(Invalid)?;
        *sorted.get_mut(*place).ok_or(Invalid)? = symbol as u16;
        *place += 1;
    }
    links.clear();
    let root_bits = root.len().ilog2();
    if let Some(first) = root.first_mut() {
        *first = Entry::INVALID;
    }
    let (mut code, mut link) = (0_u32, None);
    for length in 1..=LONGEST {
        if length <= root_bits {
            let half = 1 << (length - 1);
            root.copy_within(..half, half);
        }
        let symbols = starts[length as usize]..starts[length as usize + 1];
        for (index, symbol) in symbols.clone().zip(sorted.get(symbols).unwrap_or_default()) {
            let entry = entry(usize::from(*symbol)).with_code(length);
            let reversed = (code.reverse_bits() >> (32 - length)) as usize;
            code += 1;
            if length <= root_bits {
                *root.get_mut(reversed).ok_or(Invalid)? = entry;
                continue;
            }
            let prefix = reversed & (root.len() - 1);
            let (start, bits) = match link {
                Some((known, start, bits)) if known == prefix => (start, bits),
                _ => {
                    // As big as the remaining codes with this prefix need it.
                    let mut bits = length - root_bits;
                    let mut space = starts[length as usize + 1] - index;
                    while space < 1 << bits && bits + root_bits < LONGEST {
                        bits += 1;
                        space = 2 * space + counts[(bits + root_bits) as usize] as usize;
                    }
                    let start = links.len();
                    links.resize(start + (1 << bits), Entry::INVALID);
                    *root.get_mut(prefix).ok_or(Invalid)? = Entry::link(start, bits);
                    link = Some((prefix, start, bits));
                    (start, bits)
                }
            };
            let places = links.get_mut(start..start + (1 << bits)).ok_or(Invalid)?;
            for place in places.iter_mut().skip(reversed >> root_bits).step_by(1 << (length - root_bits)) {
                *place = entry;
            }
        }
        code <<= 1;
    }
    Ok(())
}

/// Checks that the codes use all bit patterns, or, if they may be incomplete, that there is none or a single one of one
/// bit.
fn check(counts: &[u32; 16], may_be_incomplete: bool) -> Result<(), Invalid> {
    let mut left = 1_i32;
    for count in &counts[1..] {
        left = 2 * left - *count as i32;
        if left < 0 {
            return Err(Invalid);
        }
    }
    let total: u32 = counts.iter().sum();
    let is_fine = left == 0 || (may_be_incomplete && (total == 0 || (total == 1 && counts[1] == 1)));
    if is_fine { Ok(()) } else { Err(Invalid) }
}
