//! The content of a deflated entry of a ZIP archive.

use crate::decompress::{Compression, Decoder};
use crate::error::Error;
use mgdc_inflate::crc32;

/// Inflates one entry in pieces, with memory that does not depend on its size.
///
/// [`push`](Self::push) a piece, then [`pull`](Self::pull) until it gives nothing, and so on; after the last piece call
/// [`finish`](Self::finish).
///
/// ```
/// let mut inflater = mgdc_decrypt::EntryInflater::new(1);
/// inflater.push(|room| room.extend_from_slice(&[0x4B, 0x04, 0x00])); // "a"
/// assert_eq!(inflater.pull(8)?, b"a");
/// assert_eq!(inflater.pull(8)?, b"");
/// assert_eq!(inflater.finish()?, 0xE8B7_BE43); // its CRC-32
/// # Ok::<(), mgdc_decrypt::Error>(())
/// ```
pub struct EntryInflater {
    decoder: Decoder,
    size: u64,
    input: Vec<u8>,
    /// Bytes of the input that the decoder has taken, and of its fresh output that `pull` has given.
    taken: usize,
    given: usize,
    checksum: u32,
}

impl EntryInflater {
    /// `size`: the bytes that the archive promises. An entry that expands further fails at once.
    pub fn new(size: u64) -> Self {
        let decoder = Decoder::new(Compression::Deflate, Some(size));
        Self { decoder, size, input: Vec::new(), taken: 0, given: 0, checksum: 0 }
    }

    /// Takes a piece, once everything before it was pulled: `fill` appends it.
    pub fn push(&mut self, fill: impl FnOnce(&mut Vec<u8>)) {
        self.input.drain(..self.taken);
        self.taken = 0;
        fill(&mut self.input);
    }

    /// The next output, at most `most` bytes. It is empty when another piece is needed, and at the end.
    ///
    /// # Errors
    /// `ERR_COMPRESSED_DATA`, `ERR_OUTPUT_LIMIT` (bigger than promised), `ERR_TRAILING_DATA`.
    pub fn pull(&mut self, most: usize) -> Result<&[u8], Error> {
        while self.rest().is_empty() {
            self.given = 0;
            let used = self.decoder.decode(self.input.get(self.taken..).unwrap_or_default())?;
            self.taken += used;
            self.checksum = crc32(self.checksum, self.rest());
            if self.rest().is_empty() && used == 0 {
                return Ok(&[]);
            }
        }
        let start = self.given;
        self.given += self.rest().len().min(most);
        Ok(self.decoder.fresh().and_then(|fresh| fresh.get(start..self.given)).unwrap_or_default())
    }

    /// What was decoded and not given yet.
    fn rest(&self) -> &[u8] {
        self.decoder.fresh().and_then(|fresh| fresh.get(self.given..)).unwrap_or_default()
    }

    /// Checks that the content is complete; returns its CRC-32.
    ///
    /// # Errors
    /// `ERR_COMPRESSED_DATA` when it stops early or is smaller than promised.
    pub fn finish(&self) -> Result<u32, Error> {
        self.decoder.finish()?;
        if self.decoder.total() != self.size {
            let problem = "is smaller than its archive says";
            return Err(Error::CompressedData { format: "deflate", problem, offset: self.decoder.total() });
        }
        Ok(self.checksum)
    }
}
