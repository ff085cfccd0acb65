//! Inputs for the tests: noise, compressed content, ciphertext, wrapped keys.
//!
//! Compression comes from miniz_oxide (through flate2), which shares no code with the zlib-rs that is tested; gzip
//! headers are written by hand. Every seed is an argument, so that a failure can be replayed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, dead_code)]

pub(crate) mod convert;
mod pieces;

pub(crate) use pieces::in_pieces;

use aes::Aes256;
use cbc::cipher::{Array, BlockModeEncrypt, KeyIvInit};
use flate2::Compression as Level;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use mgdc_decrypt::{
    Algorithm, Decryptor, Error, FileKey, ImportOptions, Iv, KeyDetails, KeyKind, Options, PrivateKey, Summary,
};
use rsa::pkcs1v15::Pkcs1v15Encrypt;
use rsa::pkcs8::DecodePrivateKey;
use rsa::rand_core::{Infallible, TryCryptoRng, TryRng};
use rsa::{Oaep, PrivateKey as RsaPrivateKey};
use std::io::Write;
use std::path::PathBuf;

/// Reproducible noise: SplitMix64.
pub(crate) struct Noise(pub u64);

impl Noise {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| (self.next() >> 56) as u8).collect()
    }

    pub(crate) fn array<const N: usize>(&mut self) -> [u8; N] {
        self.bytes(N).try_into().unwrap()
    }
}

impl TryRng for Noise {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.next() as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next())
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        dst.copy_from_slice(&self.bytes(dst.len()));
        Ok(())
    }
}

/// For tests only, and not secret.
impl TryCryptoRng for Noise {}

/// JSON lines of `length` bytes; the last line may be cut, but not inside a character.
pub(crate) fn json_lines(length: usize) -> Vec<u8> {
    let lines = (0..).map(|line| format!("{{\"id\":{line},\"subject\":\"Grüße {}\"}}\n", line * 7919 % 1000));
    let mut text: String = lines.take(length / 20 + 1).collect();
    let whole = (0..=length).rfind(|length| text.is_char_boundary(*length)).unwrap();
    text.truncate(whole);
    let mut bytes = text.into_bytes();
    bytes.resize(length, b' ');
    bytes
}

pub(crate) const KEY: [u8; 32] = [0x4B; 32];
pub(crate) const IV: [u8; 16] = *b"initial-vector-1";

pub(crate) fn file_key() -> FileKey {
    FileKey::new(KEY, IV)
}

/// AES-256-CBC of whole blocks, without padding.
pub(crate) fn encrypt_blocks(key: &[u8; 32], iv: &[u8; 16], blocks: &[u8]) -> Vec<u8> {
    assert!(blocks.len().is_multiple_of(16));
    let mut bytes = blocks.to_vec();
    let (blocks, _) = Array::slice_as_chunks_mut(&mut bytes);
    cbc::Encryptor::<Aes256>::new(key.into(), iv.into()).encrypt_blocks(blocks);
    bytes
}

/// PKCS#7 padding, then AES-256-CBC under [`KEY`] and [`IV`].
pub(crate) fn encrypt(plaintext: &[u8]) -> Vec<u8> {
    encrypt_with(&KEY, &IV, plaintext)
}

pub(crate) fn encrypt_with(key: &[u8; 32], iv: &[u8; 16], plaintext: &[u8]) -> Vec<u8> {
    let padding = 16 - plaintext.len() % 16;
    encrypt_blocks(key, iv, &[plaintext, &vec![padding as u8; padding]].concat())
}

pub(crate) fn deflate(data: &[u8]) -> Vec<u8> {
    deflate_at(data, 6)
}

/// `level` 0 stores.
pub(crate) fn deflate_at(data: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Level::new(level));
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Level::new(6));
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn gzip(data: &[u8]) -> Vec<u8> {
    GzipMember::default().of(data)
}

/// A gzip member with the optional fields of RFC 1952, section 2.3.
#[derive(Debug, Clone, Default)]
pub(crate) struct GzipMember {
    pub extra: Option<Vec<u8>>,
    pub name: Option<Vec<u8>>,
    pub comment: Option<Vec<u8>>,
    pub header_crc: bool,
    /// Deflate level; 0 is 6 here.
    pub level: u32,
}

impl GzipMember {
    pub(crate) fn header(&self) -> Vec<u8> {
        let flag = |on: bool, bit: u8| if on { bit } else { 0 };
        let flags = flag(self.header_crc, 2)
            | flag(self.extra.is_some(), 4)
            | flag(self.name.is_some(), 8)
            | flag(self.comment.is_some(), 16);
        let mut header = vec![0x1F, 0x8B, 8, flags, 1, 2, 3, 4, 0, 3];
        if let Some(extra) = &self.extra {
            header.extend((extra.len() as u16).to_le_bytes());
            header.extend(extra);
        }
        for text in [&self.name, &self.comment].into_iter().flatten() {
            header.extend(text);
            header.push(0);
        }
        if self.header_crc {
            header.extend((crc32(&header) as u16).to_le_bytes());
        }
        header
    }

    pub(crate) fn of(&self, data: &[u8]) -> Vec<u8> {
        let level = if self.level == 0 { 6 } else { self.level };
        let trailer = [crc32(data).to_le_bytes(), (data.len() as u32).to_le_bytes()].concat();
        [self.header(), deflate_at(data, level), trailer].concat()
    }
}

pub(crate) fn crc32(data: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(data);
    crc.sum()
}

/// Decrypts in one piece, without a look at the ends.
pub(crate) fn open(ciphertext: &[u8], options: Options) -> Result<(Vec<u8>, Summary), Error> {
    open_pieces(ciphertext, options, &[usize::MAX])
}

/// Decrypts in pieces of the given sizes, repeated as needed.
pub(crate) fn open_pieces(ciphertext: &[u8], options: Options, pieces: &[usize]) -> Result<(Vec<u8>, Summary), Error> {
    in_pieces(ciphertext, pieces, Decryptor::new(&file_key(), options))
}

pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    match result {
        Ok(value) => panic!("no error, but {value:?}"),
        Err(error) => error.code(),
    }
}

/// A file under `tests/drops/keys`.
pub(crate) fn key_file(path: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/drops/keys");
    std::fs::read(folder.join(path)).unwrap()
}

/// `name` is a folder of `tests/drops/keys`.
pub(crate) fn private_key(name: &str) -> PrivateKey {
    import(&key_file(&format!("{name}/pkcs8.pem"))).unwrap()
}

pub(crate) fn import(source: &[u8]) -> Result<PrivateKey, Error> {
    PrivateKey::import(source, &ImportOptions::default())
}

/// Wraps `content` for the public half of `name`.
pub(crate) fn wrap(name: &str, algorithm: Algorithm, content: &[u8]) -> Vec<u8> {
    wrap_with(&mut Noise(content.len() as u64), name, algorithm, content)
}

pub(crate) fn wrap_with(rng: &mut Noise, name: &str, algorithm: Algorithm, content: &[u8]) -> Vec<u8> {
    let pem = String::from_utf8(key_file(&format!("{name}/pkcs8.pem"))).unwrap();
    let key = RsaPrivateKey::from_pkcs8_pem(&pem).unwrap().to_public_key();
    match algorithm {
        Algorithm::RsaOaep => key.encrypt(rng, Oaep::<sha1::Sha1>::new(), content),
        Algorithm::RsaOaep256 => key.encrypt(rng, Oaep::<sha2::Sha256>::new(), content),
        Algorithm::RsaOaep256Mgf1Sha1 => {
            key.encrypt(rng, Oaep::<sha2::Sha256, sha1::Sha1>::new_with_mgf_hash(), content)
        }
        Algorithm::Rsa15 => key.encrypt(rng, Pkcs1v15Encrypt, content),
        other => panic!("no wrapping for {other:?}"),
    }
    .unwrap()
}

/// A key details entry with [`IV`] in clear.
pub(crate) fn details(wrapped_key: Vec<u8>) -> KeyDetails {
    KeyDetails {
        place: "$.DecryptionKeyDetails[0]".into(),
        public_key_version: None,
        key_identifier: None,
        wrapped_key,
        iv: Iv::Clear(IV),
        kind: KeyKind::File,
    }
}

/// Whether two file keys are the same. `FileKey` does not show its bytes, so each decrypts something.
pub(crate) fn opens(file_key: &FileKey, key: &[u8; 32], iv: &[u8; 16]) -> bool {
    let text = b"{\"sixteen bytes\": \"and some more\"}";
    let result = mgdc_decrypt::decrypt(&encrypt_with(key, iv, text), file_key, Options::default());
    result.is_ok_and(|(plaintext, _)| plaintext == text)
}
