//! The pipeline of one file: AES-256-CBC → what is it? → inflate → checks.

use crate::aes_cbc::{BLOCK, CbcDecryptor};
use crate::content::{self, Content};
use crate::decompress::{Compression, Decoder};
use crate::error::{Error, UnrecognizedCause};
use crate::file_key::FileKey;
use crate::options::Options;
use crate::repair::{PIECE, Repair, Undoing};
use crate::summary::Summary;
use zeroize::Zeroize;

/// Opens one file in pieces of any size, with memory that does not depend on the file.
///
/// [`push`](Self::push) a piece, then [`pull`](Self::pull) until it needs input, and so on. After the last piece call
/// [`end`](Self::end), pull until the end, and call [`finish`](Self::finish). Plaintext is unverified until `finish`
/// has returned `Ok`.
///
/// ```
/// use mgdc_decrypt::{Decryptor, FileKey, Options, Pulled};
/// # let ciphertext: [u8; 16] = [
/// #     0x1f, 0x78, 0x8f, 0xe6, 0xd8, 0x6c, 0x31, 0x75, 0x49, 0x69, 0x7f, 0xbf, 0x0c, 0x07, 0xfa, 0x43];
/// // 16 zero bytes of padding block under the all-zero key and IV: an empty file.
/// let mut decryptor = Decryptor::new(&FileKey::new([0; 32], [0; 16]), Options::default());
/// decryptor.push(&ciphertext)?;
/// decryptor.end()?;
/// assert_eq!(decryptor.pull()?, Pulled::End);
/// assert_eq!(decryptor.finish()?.bytes_out, 0);
/// # Ok::<(), mgdc_decrypt::Error>(())
/// ```
pub struct Decryptor {
    /// `None` after the end.
    cipher: Option<CbcDecryptor>,
    decoder: Option<Decoder>,
    options: Options,
    /// Decrypted bytes, of which the decoder has taken the first `taken`.
    plain: Vec<u8>,
    taken: usize,
    bytes_in: u64,
    repair: Option<Repair>,
    undoing: Option<Undoing>,
    /// Pushed bytes of a file that needs a repair, of which the first `repaired` have been repaired.
    raw: Vec<u8>,
    repaired: usize,
    /// While the IV is expected in front of the ciphertext: its bytes so far.
    iv: Option<Vec<u8>>,
    /// Set by `end`.
    ended: bool,
    /// The beginning of the decompressed content.
    beginning: Vec<u8>,
    /// Set by the first error; every later call gives `ERR_FINISHED`.
    failed: bool,
}

/// What [`Decryptor::pull`] gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pulled<'a> {
    /// The next plaintext, never empty: at most 1 MiB, or as much as was pushed.
    Plaintext(&'a [u8]),
    /// Everything that was pushed is used: push the next piece, or call [`end`](Decryptor::end).
    NeedsInput,
    /// All plaintext was pulled: call [`finish`](Decryptor::finish).
    End,
}

impl Decryptor {
    /// A decryptor for one file.
    pub fn new(file_key: &FileKey, options: Options) -> Self {
        Self::repairing(file_key, None, options)
    }

    /// The same for a file that was changed on its way and needs a repair first (see [`Match::repair`](crate::Match)).
    pub fn repairing(file_key: &FileKey, repair: Option<Repair>, options: Options) -> Self {
        Self {
            cipher: Some(CbcDecryptor::new(file_key.key(), file_key.iv())),
            decoder: None,
            options,
            plain: Vec::new(),
            taken: 0,
            bytes_in: 0,
            repair,
            undoing: repair.and_then(Undoing::of),
            raw: Vec::new(),
            repaired: 0,
            iv: repair.filter(Repair::has_iv_in_front).map(|_| Vec::with_capacity(BLOCK)),
            ended: false,
            beginning: Vec::new(),
            failed: false,
        }
    }

    /// Takes the next piece of the file.
    ///
    /// # Errors
    /// `ERR_FINISHED` after `end` or an error.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), Error> {
        if self.failed || self.ended || self.cipher.is_none() {
            return Err(Error::Finished);
        }
        self.bytes_in += piece.len() as u64;
        if self.undoing.is_some() {
            // Repaired by `pull`, a little at a time, because an outer gzip may expand.
            discard_taken(&mut self.raw, &mut self.repaired);
            self.raw.extend_from_slice(piece);
            return Ok(());
        }
        self.update(piece)
    }

    fn update(&mut self, ciphertext: &[u8]) -> Result<(), Error> {
        let cipher = self.cipher.as_mut().ok_or(Error::Finished)?;
        discard_taken(&mut self.plain, &mut self.taken);
        let mut rest = ciphertext;
        if let Some(iv) = &mut self.iv {
            let (now, later) = rest.split_at((BLOCK - iv.len()).min(rest.len()));
            iv.extend_from_slice(now);
            rest = later;
            if let Some(block) = iv.first_chunk::<BLOCK>() {
                cipher.skip_to(BLOCK, block)?;
                self.iv = None;
            }
        }
        cipher.update(rest, &mut self.plain);
        Ok(())
    }

    /// Takes whole blocks that another AES-CBC engine, such as WebCrypto, has decrypted; used in place of
    /// [`push`](Self::push).
    ///
    /// `last_block` is the last ciphertext block of the piece: the IV of the blocks that follow. The file's last block
    /// must come through `push`, because its padding is checked here. Call this only before the first `push`; with an
    /// IV in front, after a `push` of exactly those 16 bytes. It does not work with any other repair.
    ///
    /// # Errors
    /// `ERR_FINISHED` after `end`, an error, or another `push`.
    pub fn push_decrypted(&mut self, piece: &[u8], last_block: &[u8; 16]) -> Result<(), Error> {
        self.push_decrypted_with(piece.len(), last_block, |room| room.copy_from_slice(piece))
    }

    /// The same, with a function that writes the piece into the buffer: this saves a copy from JavaScript's memory.
    pub(crate) fn push_decrypted_with(
        &mut self,
        length: usize,
        last_block: &[u8; 16],
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), Error> {
        let is_next = !self.failed && self.undoing.is_none() && self.iv.is_none();
        let cipher = self.cipher.as_mut().filter(|_| is_next).ok_or(Error::Finished)?;
        cipher.skip_to(length, last_block)?;
        self.bytes_in += length as u64;
        // Where all was taken, the bytes are overwritten as they are: filling them with zeros first is one more pass.
        let start = self.plain.len() - self.taken;
        if start > 0 {
            discard_taken(&mut self.plain, &mut self.taken);
        }
        self.taken = 0;
        self.plain.resize(start + length, 0);
        fill(self.plain.get_mut(start..).unwrap_or_default());
        Ok(())
    }

    /// Ends the input and checks length and padding. With a repair, [`pull`](Self::pull) checks them.
    ///
    /// # Errors
    /// `ERR_CIPHERTEXT_LENGTH`, `ERR_PADDING`, `ERR_FINISHED`.
    pub fn end(&mut self) -> Result<(), Error> {
        if self.undoing.is_some() {
            let is_first = !self.ended && !self.failed;
            self.ended = true;
            return if is_first { Ok(()) } else { Err(Error::Finished) };
        }
        let cipher = self.cipher.take().filter(|_| !self.failed).ok_or(Error::Finished)?;
        cipher.finish(&mut self.plain).map(drop).inspect_err(|_| self.failed = true)
    }

    /// Gives the next plaintext, or says why there is none.
    ///
    /// # Errors
    /// `ERR_UNRECOGNIZED`, `ERR_COMPRESSED_DATA`, `ERR_CHECKSUM`, `ERR_TRAILING_DATA`, `ERR_OUTPUT_LIMIT`,
    /// `ERR_FINISHED`. With a repair also the errors of [`end`](Self::end), and `ERR_CONVERTED` where the repair cannot
    /// go on.
    pub fn pull(&mut self) -> Result<Pulled<'_>, Error> {
        if self.failed {
            return Err(Error::Finished);
        }
        let before = match self.advance() {
            Ok(before) => before,
            Err(error) => {
                self.failed = true;
                return Err(error);
            }
        };
        let fresh = self.decoder.as_ref().map(|decoder| decoder.fresh().or(self.plain.get(before..self.taken)));
        Ok(match fresh.flatten() {
            Some(plaintext) if !plaintext.is_empty() => Pulled::Plaintext(plaintext),
            _ if self.cipher.is_none() => Pulled::End,
            _ => Pulled::NeedsInput,
        })
    }

    /// Decodes until there is output or the input is used up. Returns where in `plain` the decoded part begins.
    fn advance(&mut self) -> Result<usize, Error> {
        loop {
            let is_undone = self.undo()?;
            let before = self.taken;
            self.decode()?;
            let Some(decoder) = &self.decoder else { if is_undone { return Ok(before) } else { continue } };
            let produced = decoder.fresh().map_or(self.taken - before, <[u8]>::len);
            if let Some(fresh) = decoder.fresh() {
                let wanted = content::HEAD - self.beginning.len();
                self.beginning.extend_from_slice(fresh.get(..wanted).unwrap_or(fresh));
            }
            if produced > 0 || (is_undone && self.taken == self.plain.len()) {
                return Ok(before);
            }
        }
    }

    /// Repairs a little of the input, if there is a repair and the decrypted bytes are used up. Returns whether nothing
    /// is left to repair.
    fn undo(&mut self) -> Result<bool, Error> {
        let Some(undoing) = &mut self.undoing else { return Ok(true) };
        if self.cipher.is_none() || (self.taken < self.plain.len() && self.decoder.is_some()) {
            return Ok(self.cipher.is_none());
        }
        let rest = self.raw.get(self.repaired..).unwrap_or_default();
        let piece = rest.get(..PIECE).unwrap_or(rest);
        let is_last = self.ended && piece.len() == rest.len();
        if piece.is_empty() && !is_last {
            return Ok(true);
        }
        let mut ciphertext = Vec::new();
        undoing.run(piece, is_last, &mut ciphertext)?;
        self.repaired += piece.len();
        self.update(&ciphertext)?;
        if is_last {
            self.cipher.take().ok_or(Error::Finished)?.finish(&mut self.plain)?;
        }
        Ok(is_last || self.repaired == self.raw.len() && !self.ended)
    }

    fn decode(&mut self) -> Result<(), Error> {
        let is_told = self.options.keep_compressed || self.options.compression.is_some();
        let wanted = if is_told { 1 } else { content::HEAD };
        let decoder = match &mut self.decoder {
            Some(decoder) => decoder,
            // There are not enough bytes yet to recognise the content.
            None if self.plain.len() < wanted && self.cipher.is_some() => return Ok(()),
            None => {
                let compression = match self.options {
                    // Some writers write no bytes for empty content, whatever the compression (.NET's streams do).
                    _ if self.plain.is_empty() => Compression::None,
                    Options { keep_compressed: true, .. } => Compression::None,
                    Options { compression: Some(compression), .. } => compression,
                    _ => content::recognize(&self.plain, self.cipher.is_none())
                        .map(Content::compression)
                        .ok_or(Error::Unrecognized { cause: UnrecognizedCause::MaybeWrongKey })?,
                };
                self.decoder.insert(Decoder::new(compression, self.options.output_limit))
            }
        };
        self.taken += decoder.decode(self.plain.get(self.taken..).unwrap_or_default())?;
        Ok(())
    }

    /// Checks that the content is complete.
    ///
    /// # Errors
    /// `ERR_COMPRESSED_DATA` when the compressed data stops early, `ERR_FINISHED` before `end`, before the last
    /// [`pull`](Self::pull), or after an error.
    pub fn finish(self) -> Result<Summary, Error> {
        let complete = self.cipher.is_none() && self.taken == self.plain.len() && !self.failed;
        let Some(decoder) = self.decoder.as_ref().filter(|_| complete) else {
            return Err(Error::Finished);
        };
        let verified = decoder.finish()?;
        Ok(Summary {
            compression: decoder.compression(),
            bytes_in: self.bytes_in,
            bytes_out: decoder.total(),
            verified,
            trailing_zeros: decoder.trailing_zeros,
            trailing_line_ends: decoder.trailing_line_ends,
            // Not undone: a dataset of files may hold a user's own .gz file, which must stay as it is.
            compressed_again: content::compressed_again(&self.beginning).map(Content::compression),
            repair: self.repair,
        })
    }
}

impl Drop for Decryptor {
    fn drop(&mut self) {
        self.plain.zeroize();
        self.beginning.zeroize();
    }
}

/// Removes what was taken, and moves only what is left.
fn discard_taken(plain: &mut Vec<u8>, taken: &mut usize) {
    if *taken == plain.len() {
        plain.clear();
    } else {
        plain.drain(..*taken);
    }
    *taken = 0;
}
