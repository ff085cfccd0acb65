//! Streaming AES-256-CBC decryption with PKCS#7 padding (NIST SP 800-38A, 6.2; RFC 5652, 6.3).
//!
//! The mode does not authenticate: changed ciphertext decrypts to changed plaintext without an error. What tells
//! damage apart here are the padding, the checksum of the compressed content, and a look at both ends ([`crate::probe`]).

use crate::error::{Error, PaddingCause};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use mgdc_aes_simd::CbcDecryptor as Cipher;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use stock::Cipher;
use zeroize::Zeroizing;

/// Bytes of an AES block.
pub(crate) const BLOCK: usize = 16;

/// Takes ciphertext in pieces of any size and gives plaintext; the last block waits for [`finish`](Self::finish).
pub(crate) struct CbcDecryptor {
    key: Zeroizing<[u8; 32]>,
    cipher: Cipher,
    /// The last 1 to 16 bytes so far: the last whole block, for it may hold the padding, or the beginning of a block.
    held: Vec<u8>,
    total: u64,
}

impl CbcDecryptor {
    pub(crate) fn new(key: &[u8; 32], iv: &[u8; BLOCK]) -> Self {
        let cipher = Cipher::new(key, iv);
        Self { key: Zeroizing::new(*key), cipher, held: Vec::with_capacity(BLOCK), total: 0 }
    }

    /// Goes on behind `length` bytes that were decrypted elsewhere and end in the ciphertext block `last_block`.
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
            // The one copy: decryption is then in place.
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

/// Decrypts whole blocks apart from a stream: `iv` is the ciphertext block before them, or the file's IV.
pub(crate) fn decrypt_at(key: &[u8; 32], iv: &[u8; BLOCK], ciphertext: &[u8]) -> Vec<u8> {
    let mut blocks = ciphertext.to_vec();
    Cipher::new(key, iv).decrypt(blocks.as_chunks_mut().0);
    blocks
}

/// Bytes of PKCS#7 padding at the end of a decrypted last block; `None` when they are not all alike.
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

    /// As that of `mgdc_aes_simd`, by the crate that uses the instructions of the processor.
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
