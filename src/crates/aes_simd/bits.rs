//! A 128-bit vector, and eight of them as a bitsliced state.

use core::arch::wasm32::{
    i8x16_shuffle, u8x16_splat, u64x2, u64x2_extract_lane, u64x2_shl, u64x2_shr, v128, v128_and, v128_xor,
};
use core::ops::{BitAnd, BitXor};

#[derive(Clone, Copy)]
pub(crate) struct Bits(v128);

/// Vector _i_ holds bit _i_ of every byte.
pub(crate) type State = [Bits; 8];

impl BitAnd for Bits {
    type Output = Self;
    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self(v128_and(self.0, other.0))
    }
}

impl BitXor for Bits {
    type Output = Self;
    #[inline(always)]
    fn bitxor(self, other: Self) -> Self {
        Self(v128_xor(self.0, other.0))
    }
}

impl From<u128> for Bits {
    #[inline(always)]
    fn from(number: u128) -> Self {
        Self(u64x2(number as u64, (number >> 64) as u64))
    }
}

impl From<Bits> for u128 {
    #[inline(always)]
    fn from(bits: Bits) -> Self {
        Self::from(u64x2_extract_lane::<1>(bits.0)) << 64 | Self::from(u64x2_extract_lane::<0>(bits.0))
    }
}

impl Bits {
    /// In every column, the byte of the next row.
    #[inline(always)]
    fn next_row(self) -> Self {
        Self(i8x16_shuffle::<1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12>(self.0, self.0))
    }

    /// In every column, the byte of the row after the next.
    #[inline(always)]
    fn second_row(self) -> Self {
        Self(i8x16_shuffle::<2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13>(self.0, self.0))
    }

    /// `InvShiftRows` (FIPS 197, 5.3.1).
    #[inline(always)]
    pub(crate) fn shift_rows_back(self) -> Self {
        Self(i8x16_shuffle::<0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3>(self.0, self.0))
    }
}

/// Converts eight blocks to a state, and a state to eight blocks, by transposing the 8 by 8 bits of each byte position.
#[inline(always)]
pub(crate) fn transpose([a, b, c, d, e, f, g, h]: State) -> State {
    let swap = |a: Bits, b: Bits, distance: u32, mask: u8| {
        let changed = (Bits(u64x2_shr(a.0, distance)) ^ b) & Bits(u8x16_splat(mask));
        (a ^ Bits(u64x2_shl(changed.0, distance)), b ^ changed)
    };
    let ((a, b), (c, d), (e, f), (g, h)) =
        (swap(a, b, 1, 0x55), swap(c, d, 1, 0x55), swap(e, f, 1, 0x55), swap(g, h, 1, 0x55));
    let ((a, c), (b, d), (e, g), (f, h)) =
        (swap(a, c, 2, 0x33), swap(b, d, 2, 0x33), swap(e, g, 2, 0x33), swap(f, h, 2, 0x33));
    let ((a, e), (b, f), (c, g), (d, h)) =
        (swap(a, e, 4, 0x0F), swap(b, f, 4, 0x0F), swap(c, g, 4, 0x0F), swap(d, h, 4, 0x0F));
    [a, b, c, d, e, f, g, h]
}

/// Every byte times x in the field of AES (FIPS 197, 4.2.1).
#[inline(always)]
fn double([a, b, c, d, e, f, g, h]: State) -> State {
    [h, a ^ h, b, c ^ h, d ^ h, e, f, g]
}

#[inline(always)]
pub(crate) fn add(left: State, right: State) -> State {
    let ([a, b, c, d, e, f, g, h], [i, j, k, l, m, n, o, p]) = (left, right);
    [a ^ i, b ^ j, c ^ k, d ^ l, e ^ m, f ^ n, g ^ o, h ^ p]
}

/// `InvMixColumns` (FIPS 197, 5.3.3): 14x + 11y + 13z + 9u, where y, z and u are the rows below x.
#[inline(always)]
pub(crate) fn mix_columns_back(state: State) -> State {
    let sum = add(state, state.map(Bits::next_row)); // x + y
    let inner = add(state, double(sum)); // 3x + 2y
    let outer = add(sum, double(double(inner))); // 13x + 9y
    add(add(inner, outer), outer.map(Bits::second_row))
}
