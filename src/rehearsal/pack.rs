//! Compresses and encrypts a file as Data Connect does: gzip, then AES-256-CBC with PKCS#7 padding.

use super::public_key::NO_ENCRYPTION;
use crate::error::Error;
use aes::Aes256;
use cbc::Encryptor;
use cbc::cipher::{Array, BlockModeEncrypt, KeyIvInit};
use zeroize::Zeroizing;

/// A new AES key and IV, which all files of the drop share.
pub(super) struct FileCipher {
    key: Zeroizing<[u8; 32]>,
    iv: [u8; 16],
}

impl FileCipher {
    pub(super) fn random() -> Result<Self, Error> {
        let mut cipher = Self { key: Zeroizing::default(), iv: [0; 16] };
        getrandom::fill(cipher.key.as_mut_slice()).map_err(|_| NO_ENCRYPTION)?;
        getrandom::fill(&mut cipher.iv).map_err(|_| NO_ENCRYPTION)?;
        Ok(cipher)
    }

    pub(super) fn key(&self) -> &[u8] {
        self.key.as_slice()
    }

    pub(super) fn iv(&self) -> &[u8] {
        &self.iv
    }

    pub(super) fn encrypt(&self, plaintext: &[u8]) -> Vec<u8> {
        let padding = 16 - plaintext.len() % 16;
        let mut bytes = [plaintext, &vec![padding as u8; padding]].concat();
        let (blocks, _) = Array::slice_as_chunks_mut(&mut bytes);
        Encryptor::<Aes256>::new((&*self.key).into(), (&self.iv).into()).encrypt_blocks(blocks);
        bytes
    }
}

/// One gzip member (RFC 1952) of stored blocks (RFC 1951, section 3.2.4): some kilobytes do not need to become smaller,
/// and a compressor would be more code than all of the rehearsal.
pub(super) fn gzip(data: &[u8]) -> Vec<u8> {
    // Magic, deflate, no flags, no time, no hint, an unknown system.
    let mut gzip = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
    let mut blocks = data.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        gzip.push(u8::from(blocks.peek().is_none()));
        gzip.extend(length.to_le_bytes());
        gzip.extend((!length).to_le_bytes());
        gzip.extend(block);
    }
    gzip.extend(mgdc_inflate::crc32(0, data).to_le_bytes());
    gzip.extend((data.len() as u32).to_le_bytes());
    gzip
}
