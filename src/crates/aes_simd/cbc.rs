use crate::bits::{Bits, State, add, mix_columns_back, transpose};
use crate::s_box::{S_BOX_CONSTANT, substitute, substitute_back};
use core::array::from_fn;
use zeroize::Zeroizing;

/// Words of the key schedule of AES-256.
const WORDS: usize = 60;
const KEY_WORDS: usize = 8;

/// One key for the first addition, and one for each of the 14 rounds; bitsliced, the same for all blocks.
type RoundKeys = [[u128; 8]; 15];

/// Decrypts a chain of whole blocks, in as many calls as needed.
pub struct CbcDecryptor {
    round_keys: Box<Zeroizing<RoundKeys>>,
    /// The last block of ciphertext, or the IV.
    previous: [u8; 16],
}

impl CbcDecryptor {
    /// Starts after `iv`: the IV of the file, or the ciphertext block before.
    #[must_use]
    pub fn new(key: &[u8; 32], iv: &[u8; 16]) -> Self {
        Self { round_keys: round_keys(key), previous: *iv }
    }

    /// Decrypts in place.
    pub fn decrypt(&mut self, blocks: &mut [[u8; 16]]) {
        let mut previous = Bits::from(u128::from_le_bytes(self.previous));
        for group in blocks.chunks_mut(8) {
            let mut ciphertext = [Bits::from(0); 8];
            for (bits, block) in ciphertext.iter_mut().zip(&*group) {
                *bits = u128::from_le_bytes(*block).into();
            }
            let plaintext = decrypt(&self.round_keys, ciphertext);
            for ((block, plaintext), ciphertext) in group.iter_mut().zip(plaintext).zip(ciphertext) {
                *block = u128::from(plaintext ^ previous).to_le_bytes();
                previous = ciphertext;
            }
        }
        self.previous = u128::from(previous).to_le_bytes();
    }
}

/// `InvCipher` (FIPS 197, 5.3) of eight blocks.
fn decrypt([first, rounds @ .., last]: &RoundKeys, blocks: State) -> State {
    let back = |state: State| substitute_back(state.map(Bits::shift_rows_back));
    let mut state = back(add(transpose(blocks), last.map(Bits::from)));
    for key in rounds.iter().rev() {
        state = back(mix_columns_back(add(state, key.map(Bits::from))));
    }
    transpose(add(state, first.map(Bits::from)))
}

/// `KeyExpansion` (FIPS 197, 5.2), its words in little endian. All keys but the first also include the constant of the
/// S-box: they are added just before an S-box, and `InvMixColumns` does not change a state whose bytes are all equal.
fn round_keys(key: &[u8; 32]) -> Box<Zeroizing<RoundKeys>> {
    let mut words = Zeroizing::new(Vec::<u32>::with_capacity(WORDS)); // never grows, which would leave a copy behind
    words.extend(key.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)));
    for index in KEY_WORDS..WORDS {
        let word = words.last().copied().unwrap_or_default();
        let changed = match index % KEY_WORDS {
            0 => substitute_word(word.rotate_right(8)) ^ (1 << (index / KEY_WORDS - 1)),
            4 => substitute_word(word),
            _ => word,
        };
        let before = words.get(index - KEY_WORDS).copied().unwrap_or_default();
        words.push(before ^ changed);
    }
    let mut round_keys = Box::new(Zeroizing::new(RoundKeys::default()));
    let mut constant = 0;
    for (round_key, words) in round_keys.iter_mut().zip(words.as_chunks::<4>().0) {
        let block = words.iter().rev().fold(0, |block, word| block << 32 | u128::from(*word)) ^ constant;
        *round_key = transpose([block.into(); 8]).map(u128::from);
        constant = u128::from_le_bytes([S_BOX_CONSTANT; 16]);
    }
    round_keys
}

/// `SubWord` (FIPS 197, 5.2).
fn substitute_word(word: u32) -> u32 {
    let blocks = from_fn(|block| Bits::from(if block == 0 { u128::from(word) } else { 0 }));
    let [block, ..] = transpose(substitute(transpose(blocks)));
    u128::from(block) as u32 ^ u32::from_le_bytes([S_BOX_CONSTANT; 4])
}
