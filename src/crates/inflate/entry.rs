//! The meaning of a Huffman code of deflate, in 32 bits (RFC 1951, section 3.2.5).

/// Base values and counts of extra bits of the length codes 257 to 285.
const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];
/// The same for the distance codes 0 to 29.
const DISTANCES: [(u16, u8); 30] = [
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 0),
    (5, 1),
    (7, 1),
    (9, 2),
    (13, 2),
    (17, 3),
    (25, 3),
    (33, 4),
    (49, 4),
    (65, 5),
    (97, 5),
    (129, 6),
    (193, 6),
    (257, 7),
    (385, 7),
    (513, 8),
    (769, 8),
    (1025, 9),
    (1537, 9),
    (2049, 10),
    (3073, 10),
    (4097, 11),
    (6145, 11),
    (8193, 12),
    (12289, 12),
    (16385, 13),
    (24577, 13),
];

/// The meaning of a code.
///
/// | bits | content |
/// | --- | --- |
/// | 0 to 5 | length of the code and its extra bits, or of two codes; for a link, the bits that index the other table |
/// | 6 to 7 | how many literals: one or two |
/// | 8 to 11 | length of the first code alone |
/// | 12 | end of block |
/// | 13 | link to another table |
/// | 14 | one or two literals |
/// | 15 | neither a literal nor a base |
/// | 16 to 31 | base, literals (the first one lower), or where the other table begins |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry(u32);

impl Entry {
    const END: u32 = 1 << 12;
    const LINK: u32 = 1 << 13;
    const SPECIAL: u32 = 1 << 15;
    const LITERAL: u32 = 1 << 14;
    /// No code.
    pub(crate) const INVALID: Self = Self(Self::SPECIAL);

    pub(crate) fn base(&(base, extra): &(u16, u8)) -> Self {
        Self(u32::from(base) << 16 | u32::from(extra))
    }

    /// The entry of a literal, a length or the end of a block.
    pub(crate) fn of_symbol(symbol: usize) -> Self {
        match symbol {
            0..256 => Self::of_literal(symbol),
            256 => Self(Self::SPECIAL | Self::END),
            _ => LENGTHS.get(symbol - 257).map_or(Self::INVALID, Self::base),
        }
    }

    pub(crate) fn of_distance(symbol: usize) -> Self {
        DISTANCES.get(symbol).map_or(Self::INVALID, Self::base)
    }

    /// The entry of a code for the length of a code.
    pub(crate) fn of_length(symbol: usize) -> Self {
        Self::of_literal(symbol)
    }

    fn of_literal(symbol: usize) -> Self {
        Self(Self::LITERAL | 1 << 6 | (symbol as u32) << 16)
    }

    pub(crate) fn link(start: usize, bits: u32) -> Self {
        Self(Self::SPECIAL | Self::LINK | (start as u32) << 16 | bits)
    }

    pub(crate) fn with_code(self, length: u32) -> Self {
        if self == Self::INVALID { self } else { Self((self.0 + length) | length << 8) }
    }

    /// The entry of a literal, followed by another one.
    pub(crate) fn with_second(self, second: Self) -> Self {
        Self((self.0 + second.bits() + (1 << 6)) | u32::from(second.literal()) << 24)
    }

    pub(crate) fn bits(self) -> u32 {
        self.0 & 63
    }

    /// The bits of the first literal alone.
    pub(crate) fn literal_bits(self) -> u32 {
        self.0 >> 8 & 15
    }

    /// The first literal.
    pub(crate) fn literal(self) -> u8 {
        (self.0 >> 16) as u8
    }

    /// The literals, and how many of the bytes they are.
    pub(crate) fn literals(self) -> ([u8; 2], usize) {
        (((self.0 >> 16) as u16).to_le_bytes(), (self.0 >> 6 & 3) as usize)
    }

    pub(crate) fn is_literal(self) -> bool {
        self.0 & Self::LITERAL != 0
    }

    pub(crate) fn is_special(self) -> bool {
        self.0 & Self::SPECIAL != 0
    }

    pub(crate) fn is_end(self) -> bool {
        self.0 & Self::END != 0
    }

    pub(crate) fn is_invalid(self) -> bool {
        self == Self::INVALID
    }

    /// Whether the code continues in a table that begins at `start` and is indexed by the next `bits` bits.
    pub(crate) fn is_link(self) -> bool {
        self.0 & Self::LINK != 0
    }

    pub(crate) fn start(self) -> usize {
        (self.0 >> 16) as usize
    }

    /// The base plus the extra bits. `bits` begins with the code.
    pub(crate) fn value(self, bits: u64) -> usize {
        let extra = (bits & ((1 << self.bits()) - 1)) >> (self.0 >> 8 & 15);
        (self.0 >> 16) as usize + extra as usize
    }
}
