//! Streaming AES-256-CBC decryption with PKCS#7 padding (NIST SP 800-38A, 6.2; RFC 5652, 6.3).
//!
//! The mode does not authenticate: changed ciphertext decrypts to changed plaintext without an error. Damage is found
//! by the padding, by the checksum of the compressed content, and by a look at both ends of the file
//! ([`crate::probe`]).

use crate::error::{Error, PaddingCause};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use mgdc_aes_simd::CbcDecryptor as Cipher;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use stock::Cipher;
use zeroize::Zeroizing;

/// Bytes of an AES block.
pub(crate) const BLOCK: usize = 16;

/// Decrypts ciphertext in pieces of any size. The last block is held back until [`finish`](Self::finish).
pub(crate) struct CbcDecryptor {
    key: Zeroizing<[u8; 32]>,
    cipher: Cipher,
    /// The last 1 to 16 bytes so far: the last whole block, because it may hold the padding, or the beginning of a
    /// block.
    held: Vec<u8>,
    total: u64,
}

impl CbcDecryptor {
    pub(crate) fn new(key: &[u8; 32], iv: &[u8; BLOCK]) -> Self {
        let cipher = Cipher::new(key, iv);
        Self { key: Zeroizing::new(*key), cipher, held: Vec::with_capacity(BLOCK), total: 0 }
    }

    /// Skips `length` bytes that were decrypted elsewhere. `last_block` is the last ciphertext block of them.
    pub(crate) fn skip_to(&mut self, length: usize, last_block: &[u8; BLOCK]) -> Result<(), Error> {
        if !self.held.is_empty() || !length.is_multiple_of(BLOCK) {
            return Err(Error::Finished);
        }
        self.cipher = Cipher::new(&self.key, last_block);
        self.total += length as u64;
        Ok(())
    }

    /// Appends the plaintext of all but the last block to `out`.
    pub(crate) fn update(&mut self, input: &[u8], out: &mut Vec<u8>) {
        self.total += input.len() as u64;
        let available = self.held.len() + input.len();
        let emit = available.saturating_sub(1) / BLOCK * BLOCK;
        let (now, later) = input.split_at(emit.saturating_sub(self.held.len()));
        if emit > 0 {
            let start = out.len();
            // The only copy: the decryption itself is in place.
            out.append(&mut self.held);
            out.extend_from_slice(now);
            self.cipher.decrypt(out.get_mut(start..).unwrap_or_default().as_chunks_mut().0);
        }
        self.held.extend_from_slice(later);
    }

    /// Appends the plaintext of the last block without its padding; returns the bytes of padding, 1 to 16.
    pub(crate) fn finish(mut self, out: &mut Vec<u8>) -> Result<usize, Error> {
        if self.held.len() != BLOCK {
            return Err(Error::CiphertextLength { length: self.total });
        }
        self.cipher.decrypt(self.held.as_chunks_mut().0);
        let padding = padding(&self.held).ok_or(Error::Padding { cause: PaddingCause::Unknown })?;
        out.extend_from_slice(self.held.get(..BLOCK - padding).unwrap_or_default());
        Ok(padding)
    }
}

/// Decrypts whole blocks outside of a stream. `iv` is the ciphertext block before them, or the file's IV.
pub(crate) fn decrypt_at(key: &[u8; 32], iv: &[u8; BLOCK], ciphertext: &[u8]) -> Vec<u8> {
    let mut blocks = ciphertext.to_vec();
    Cipher::new(key, iv).decrypt(blocks.as_chunks_mut().0);
    blocks
}

/// Bytes of PKCS#7 padding at the end of a decrypted last block; `None` when the padding is not valid.
pub(crate) fn padding(block: &[u8]) -> Option<usize> {
    let length = usize::from(*block.last()?);
    let tail = block.get(block.len().checked_sub(length)?..)?;
    ((1..=BLOCK).contains(&length) && tail.iter().all(|byte| usize::from(*byte) == length)).then_some(length)
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod stock {
    use super::BLOCK;
    use aes::Aes256;
    use cbc::cipher::{Array, BlockModeDecrypt, KeyIvInit};

    /// The same interface as the cipher of `mgdc_aes_simd`, over the crate that uses the AES instructions of the
    /// processor.
    pub(super) struct Cipher(cbc::Decryptor<Aes256>);

    impl Cipher {
        pub(super) fn new(key: &[u8; 32], iv: &[u8; BLOCK]) -> Self {
            Self(cbc::Decryptor::new(key.into(), iv.into()))
        }

        pub(super) fn decrypt(&mut self, blocks: &mut [[u8; BLOCK]]) {
            self.0.decrypt_blocks(Array::cast_slice_from_core_mut(blocks));
        }
    }
}
