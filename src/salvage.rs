//! What can still be read of a damaged file: whole rows before the damage, and after it where the data can be entered
//! again.
//!
//! A damaged block of ciphertext garbles its 16 bytes of plaintext and changes bits of the next 16. If the content is
//! compressed, the inflater goes on for a while with wrong output before anything shows, so rows just before the first
//! *sign* of damage (data that is not valid, or a line that is no row) may be wrong already. These are not given: see
//! [`MARGIN`]. If the only sign is a wrong checksum at the end, no row can be told from another, and none is given.
//!
//! The file is read twice. The first pass chooses the rows, because a checksum comes after what it covers; the second
//! one gives them. Memory does not depend on the file, but what one piece gives is held until the next: push small ones.

mod plan;
mod rows;
mod scanner;
mod seek;

use crate::aes_cbc::{BLOCK, CbcDecryptor};
use crate::decompress::Compression;
use crate::error::Error;
use crate::file_key::FileKey;
use crate::options::Options;
use scanner::{Ending, Scanner};
use std::ops::Range;
use zeroize::Zeroizing;

/// Bytes of plaintext before a sign of damage whose rows are not given.
///
/// Measured on 29 November 2026. JSON Lines of messages, events, chats, users, two-field rows and long prose, 0.3 to 0.5
/// MB, deflate levels 0, 1, 6 and 9; one random place in each of 264,000 files damaged: a block and a bit of the next
/// one, two blocks, 4 KiB, or up to 9 blocks lost. In 5,668 files a wrong row that looked right came before the first
/// sign. It ended 1 KiB or more before the sign in 11, 4 KiB in 6, 16 KiB in 4 (all in long prose, at most 36,260
/// bytes), 64 KiB in none. CSV, 13,200 files: 1 KiB or more in one (1,233 bytes). Wrong text goes on to spoil what
/// follows because matches copy it, from up to 32 KiB back.
/// Zeros in place of 4 KiB of ciphertext, which decrypt to one block again and again, were tried on 20,200 more: at most 95 bytes.
///
/// In 390 of the 264,000 files the checksum was the only sign, and in each of these the content was wrong: 1 to 2 of
/// 100 files of long prose. So a file that shows nothing else gives no row.
const MARGIN: u64 = 64 << 10;

/// The same where the ciphertext ends without right padding, and nothing else showed: then it was cut, or it is damaged
/// up to its end. Of 42,000 files with noise over their last 16 to 16,384 bytes, 29 had a wrong row that looked right.
/// It was the last whole one in 28, and ended 120 bytes before the last line in one (CSV).
const END_MARGIN: u64 = 1 << 10;

/// In content that is not compressed: lines that begin so shortly after a damaged one may have changed bits.
const FLIPPED: u64 = 2 * BLOCK as u64;

/// Bytes of compressed data between two looks at the rows.
const CHUNK: usize = 256;

/// Most places that are tried for a new beginning.
const TRIALS: u32 = 100_000;

/// What was salvaged of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Salvaged {
    /// Rows that are given; 0 when nothing could be salvaged.
    pub rows: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The bytes of the encrypted file that gave no row, in order. In compressed data their ends are known to some
    /// hundred bytes only; a range may be wider than what is lost, never narrower.
    pub lost: Vec<Range<u64>>,
    /// Whether right checksums of whole gzip members cover every row that is given.
    pub is_certain: bool,
    /// How the content is compressed, if it was recognised.
    pub compression: Option<Compression>,
    /// Why there is no row.
    pub nothing: Option<&'static str>,
}

/// Reads a damaged file twice: [`push`](Self::push) all of it, [`rewind`](Self::rewind), push all of it again and take
/// the [rows](Self::rows) after each piece, then [`end`](Self::end) and take the last ones.
///
/// ```
/// use mgdc_decrypt::{FileKey, Options, Salvage};
/// # let cut = [0; 40];
/// let mut salvage = Salvage::new(&FileKey::new([0; 32], [0; 16]), Options::default(), false);
/// salvage.push(&cut);
/// let salvaged = salvage.rewind()?;
/// salvage.push(&cut);
/// salvage.end();
/// assert_eq!(salvage.rows().len() as u64, salvaged.bytes);
/// # Ok::<(), mgdc_decrypt::Error>(())
/// ```
pub struct Salvage {
    file_key: FileKey,
    options: Options,
    has_iv_in_front: bool,
    /// `None` after the end of a pass.
    blocks: Option<Blocks>,
    scanner: Scanner,
    length: u64,
}

impl Salvage {
    /// For one file. `has_iv_in_front`: it begins with its IV. Files that need any other repair are not salvaged.
    pub fn new(file_key: &FileKey, options: Options, has_iv_in_front: bool) -> Self {
        let file_key = FileKey::new(*file_key.key(), *file_key.iv());
        let blocks = Some(Blocks::new(&file_key, has_iv_in_front));
        let scanner = Scanner::new(options.compression, Blocks::begin(has_iv_in_front), None);
        Self { file_key, options, has_iv_in_front, blocks, scanner, length: 0 }
    }

    /// Takes the next piece of the file.
    pub fn push(&mut self, piece: &[u8]) {
        self.length += piece.len() as u64;
        self.scanner.out.clear();
        let Some(blocks) = &mut self.blocks else { return };
        blocks.push(piece);
        self.scanner.push(blocks.ready());
        blocks.discard();
    }

    /// Ends the pass.
    pub fn end(&mut self) {
        let Some(blocks) = self.blocks.take() else { return };
        self.scanner.out.clear();
        let (rest, ending) = blocks.finish();
        self.scanner.push(&rest);
        self.scanner.end(ending);
        let (length, is_whole) = (self.length, self.scanner.is_whole);
        self.scanner.plan.finish(length, is_whole);
    }

    /// Ends the first pass: what will be given in the second one.
    ///
    /// # Errors
    /// `ERR_OUTPUT_LIMIT` when the rows exceed the limit.
    pub fn rewind(&mut self) -> Result<Salvaged, Error> {
        self.end();
        let plan = &self.scanner.plan;
        if let Some(limit) = self.options.output_limit.filter(|limit| plan.bytes > *limit) {
            return Err(Error::OutputLimit { limit });
        }
        let salvaged = Salvaged {
            rows: plan.rows,
            bytes: plan.bytes,
            lost: plan.lost.clone(),
            is_certain: plan.is_certain && plan.rows > 0,
            compression: self.scanner.compression(),
            nothing: (plan.rows == 0).then(|| self.reason()),
        };
        let begin = Blocks::begin(self.has_iv_in_front);
        self.scanner = Scanner::new(self.options.compression, begin, Some(&self.scanner.plan.given));
        self.blocks = Some(Blocks::new(&self.file_key, self.has_iv_in_front));
        self.length = 0;
        Ok(salvaged)
    }

    /// In the second pass: the rows of the last piece, until the next one.
    pub fn rows(&self) -> &[u8] {
        &self.scanner.out
    }

    fn reason(&self) -> &'static str {
        if self.scanner.is_binary {
            "its content is no text, so there are no rows that could be told apart"
        } else if self.scanner.has_wrong_checksum {
            "only its checksum shows that it is damaged, so any row may be the wrong one"
        } else {
            "no whole row lies far enough before the damage, and the data cannot be entered again after it"
        }
    }
}

/// The blocks of the file, decrypted. The last two are held back: if the padding is wrong, the damage may be in either.
struct Blocks {
    cipher: CbcDecryptor,
    iv: Option<Vec<u8>>,
    plain: Zeroizing<Vec<u8>>,
}

impl Blocks {
    /// Where in the file its content begins.
    fn begin(has_iv_in_front: bool) -> u64 {
        if has_iv_in_front { BLOCK as u64 } else { 0 }
    }

    fn new(file_key: &FileKey, has_iv_in_front: bool) -> Self {
        let cipher = CbcDecryptor::new(file_key.key(), file_key.iv());
        Self { cipher, iv: has_iv_in_front.then(Vec::new), plain: Zeroizing::default() }
    }

    fn push(&mut self, piece: &[u8]) {
        let mut rest = piece;
        if let Some(iv) = &mut self.iv {
            let (now, later) = rest.split_at((BLOCK - iv.len()).min(rest.len()));
            iv.extend_from_slice(now);
            rest = later;
            if let Some(block) = iv.first_chunk::<BLOCK>() {
                // Nothing was pushed before, so this cannot fail.
                let _ = self.cipher.skip_to(0, block);
                self.iv = None;
            }
        }
        self.cipher.update(rest, &mut self.plain);
    }

    /// What is not held back.
    fn ready(&self) -> &[u8] {
        self.plain.get(..self.plain.len().saturating_sub(BLOCK)).unwrap_or_default()
    }

    fn discard(&mut self) {
        let length = self.ready().len();
        self.plain.drain(..length);
    }

    fn finish(mut self) -> (Zeroizing<Vec<u8>>, Ending) {
        let mut plain = std::mem::take(&mut self.plain);
        let cipher = self.cipher;
        match cipher.finish(&mut plain) {
            Ok(_) => (plain, Ending::Padded),
            // All whole blocks are data: where the file was cut, there is no padding.
            Err(Error::CiphertextLength { .. }) => (plain, Ending::Torn),
            Err(_) => (Zeroizing::default(), Ending::Torn),
        }
    }
}
