//! What decrypting a file has shown, with the sentences of its warnings. They are in the core so that every user
//! interface says the same.

use crate::decompress::{Compression, Verified};
use crate::repair::Repair;

/// What was found out about a file by decrypting it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// How the content was compressed.
    pub compression: Compression,
    /// Ciphertext bytes.
    pub bytes_in: u64,
    /// Plaintext bytes.
    pub bytes_out: u64,
    /// The checksum that was verified; `None` when the content has none, so that damage in the middle would not be
    /// noticed.
    pub verified: Option<Verified>,
    /// Zero bytes after the end of the compressed data that were skipped.
    pub trailing_zeros: u64,
    /// Line ends (CR, LF) there, which were skipped as well.
    pub trailing_line_ends: u64,
    /// How the plaintext seems to be compressed once more.
    pub compressed_again: Option<Compression>,
    /// What was undone before the file was decrypted.
    pub repair: Option<Repair>,
}

impl Summary {
    /// One sentence for each irregularity that did not prevent the decryption.
    pub fn warnings(&self) -> Vec<String> {
        let (zeros, line_ends) = (self.trailing_zeros, self.trailing_line_ends);
        // A file that was cut at the beginning of a row looks like that, too.
        let doubt = match (self.repair, self.verified) {
            (Some(repair), None) if repair.has_iv_in_front() => {
                ". Nothing proves that: if the content lacks its beginning, the file was cut there"
            }
            _ => "",
        };
        let mut warnings: Vec<String> = self.repair.map(|repair| repair.warning() + doubt).into_iter().collect();
        if zeros > 0 {
            warnings.push(format!("skipped {zeros} zero bytes after the compressed data"));
        }
        if line_ends > 0 {
            warnings.push(format!("skipped {line_ends} bytes of line ends after the compressed data, which is whole"));
        }
        if let Some(again) = self.compressed_again.map(Compression::name) {
            warnings.push(format!(
                "what came out looks like {again} data: the content was compressed twice, and one layer was undone"
            ));
        }
        warnings
    }
}
