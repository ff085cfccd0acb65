//! Literals and matches: the loop that takes most of the time.

use crate::huffman::LONGEST;
use crate::{Inflater, Invalid, LIMIT, SIZE, Status};

/// Bytes of input that one round of the fast loop may read: three refills of 8 bytes.
const FAST_INPUT: usize = 24;
/// Literals are paired after so many bytes of a block, if there is enough input: for a small block, pairing costs more
/// than it saves.
const UNPAIRED: usize = 512;
const ENOUGH: usize = 2048;

impl Inflater {
    /// Decodes to the end of the block, or as far as input and room allow.
    pub(crate) fn symbols(&mut self, input: &mut &[u8]) -> Result<Option<Status>, Invalid> {
        if !self.tables.is_paired() && input.len() >= ENOUGH {
            let mut first = input.get(..UNPAIRED).unwrap_or_default();
            let has_ended = self.symbols_fast(&mut first)?;
            *input = input.get(UNPAIRED - first.len()..).unwrap_or_default();
            if has_ended {
                return Ok(None);
            }
            self.tables.pair();
        }
        loop {
            if self.symbols_fast(input)? {
                return Ok(None);
            }
            if self.end > LIMIT {
                return Ok(Some(Status::Room));
            }
            // Symbol by symbol near the end of the input.
            self.refill(input);
            let Some((symbol, used)) = self.symbol()? else { return Ok(Some(Status::Input)) };
            self.drop_bits(used);
            match symbol {
                Symbol::Literal(byte) => self.append(&[byte]),
                Symbol::Match { length, distance } if distance <= self.end - self.begin => {
                    repeat(&mut self.window, self.end, distance, length);
                    self.end += length;
                }
                Symbol::Match { .. } => return Err(Invalid),
                Symbol::EndOfBlock => {
                    self.end_block();
                    return Ok(None);
                }
            }
        }
    }

    /// The next symbol and its number of bits; `None` when there are not enough bits.
    fn symbol(&self) -> Result<Option<(Symbol, u32)>, Invalid> {
        let entry = self.tables.symbol(self.bits);
        let symbol = match entry {
            _ if entry.is_invalid() => return if self.count < LONGEST { Ok(None) } else { Err(Invalid) },
            _ if entry.is_literal() => (Symbol::Literal(entry.literal()), entry.literal_bits()),
            _ if entry.is_end() => (Symbol::EndOfBlock, entry.bits()),
            _ => {
                let rest = self.bits >> entry.bits();
                let distance = self.tables.distance(rest);
                let used = entry.bits() + distance.bits();
                if distance.is_invalid() {
                    return if self.count < entry.bits() + LONGEST { Ok(None) } else { Err(Invalid) };
                }
                (Symbol::Match { length: entry.value(self.bits), distance: distance.value(rest) }, used)
            }
        };
        Ok((symbol.1 <= self.count).then_some(symbol))
    }

    /// Decodes while there is plenty of input and room. Returns whether the block ended.
    ///
    /// Never inlined, because it is slower by a twelfth in the midst of other code: V8 then keeps less of its state in
    /// registers. It has two callers, because `wasm-opt` inlines what has one.
    #[inline(never)]
    #[expect(clippy::indexing_slicing, reason = "bounds that the compiler proves, or that follow from LIMIT and ROOM")]
    fn symbols_fast(&mut self, input: &mut &[u8]) -> Result<bool, Invalid> {
        let (tables, out) = (&self.tables, &mut *self.window);
        let (mut bits, mut count, mut end, mut rest) = (self.bits, self.count, self.end, *input);
        let mut outcome = Ok(false);
        // Reads to at least 56 bits: enough for five entries of literals, or for a match.
        macro_rules! refill {
            ($end:lifetime) => {
                let Some((word, _)) = rest.split_first_chunk::<8>() else { break $end };
                bits |= u64::from_le_bytes(*word) << count;
                rest = &rest[((count >> 3) & 7 ^ 7) as usize..];
                count |= 56;
            };
        }
        macro_rules! consume {
            ($entry:expr) => {
                bits = bits.wrapping_shr($entry.bits());
                count = count.wrapping_sub($entry.bits());
            };
        }
        macro_rules! literal {
            ($entry:expr) => {
                consume!($entry);
                let (bytes, length) = $entry.literals();
                out[end..end + 2].copy_from_slice(&bytes);
                end += length;
            };
        }
        'symbols: while end <= LIMIT && rest.len() >= FAST_INPUT {
            refill!('symbols);
            let mut entry = tables.symbol_root(bits);
            loop {
                if entry.is_literal() {
                    literal!(entry);
                    entry = tables.symbol_root(bits);
                    if entry.is_literal() {
                        literal!(entry);
                        entry = tables.symbol_root(bits);
                        if entry.is_literal() {
                            literal!(entry);
                            entry = tables.symbol_root(bits);
                            if entry.is_literal() {
                                literal!(entry);
                                entry = tables.symbol_root(bits);
                                if entry.is_literal() {
                                    literal!(entry);
                                    continue 'symbols;
                                }
                            }
                        }
                    }
                    refill!('symbols);
                }
                if entry.is_special() {
                    entry = tables.symbol(bits);
                    if entry.is_literal() {
                        literal!(entry);
                        continue 'symbols;
                    }
                    if entry.is_end() {
                        consume!(entry);
                        outcome = Ok(true);
                        break 'symbols;
                    }
                    if entry.is_invalid() {
                        outcome = Err(Invalid);
                        break 'symbols;
                    }
                }
                let length = entry.value(bits);
                consume!(entry);
                let distance_entry = tables.distance(bits);
                let distance = distance_entry.value(bits);
                consume!(distance_entry);
                if distance_entry.is_invalid() || distance > end - self.begin {
                    outcome = Err(Invalid);
                    break 'symbols;
                }
                refill!('symbols);
                entry = tables.symbol_root(bits);
                if distance >= 16 {
                    // `from` never exceeds LIMIT; the mask tells the compiler so.
                    let from = (end - distance) & LIMIT;
                    // Most are shorter than 48: without a branch that depends on the length.
                    for at in [0, 16, 32] {
                        let piece: [u8; 16] = *out[from + at..].first_chunk().unwrap_or(&[0; 16]);
                        out[end + at..end + at + 16].copy_from_slice(&piece);
                    }
                    for at in (48..length).step_by(16) {
                        out.copy_within(from + at..from + at + 16, end + at);
                    }
                } else {
                    repeat(out, end, distance, length);
                }
                end += length;
                if end > LIMIT || rest.len() < FAST_INPUT {
                    break 'symbols;
                }
            }
        }
        (self.bits, self.count, self.end, *input) = (bits, count, end, rest);
        if outcome == Ok(true) {
            self.end_block();
        }
        outcome
    }
}

enum Symbol {
    Literal(u8),
    Match { length: usize, distance: usize },
    EndOfBlock,
}

/// Copies from `distance` bytes back. Source and target may overlap, which repeats the source.
fn repeat(out: &mut [u8; SIZE], end: usize, distance: usize, length: usize) {
    let Some((history, room)) = out.split_at_mut_checked(end) else { return };
    let (Some(source), Some(target)) = (history.get(end - distance..), room.get_mut(..length)) else { return };
    if let [byte] = *source {
        target.fill(byte);
        return;
    }
    for piece in target.chunks_mut(distance) {
        piece.copy_from_slice(source.get(..piece.len()).unwrap_or_default());
    }
}
