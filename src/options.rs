//! How a file is opened: shared by the probe and the decryptor.

use crate::decompress::Compression;

/// How a file is opened. By default the compression is told by content, and there is no limit.
///
/// ```
/// use mgdc_decrypt::{Compression, Options};
///
/// let options = Options::default().with_compression(Compression::Gzip).with_output_limit(1 << 30);
/// assert_eq!(options.output_limit, Some(1 << 30));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Options {
    /// The compression, instead of telling it by content.
    pub compression: Option<Compression>,
    /// Keeps the compressed bytes as they are.
    pub keep_compressed: bool,
    /// The most plaintext, in bytes; more is `ERR_OUTPUT_LIMIT`.
    pub output_limit: Option<u64>,
}

impl Options {
    /// The default: the compression is told by content, and there is no limit.
    #[must_use]
    pub const fn new() -> Self {
        Self { compression: None, keep_compressed: false, output_limit: None }
    }

    /// Forces a compression; `None` tells it by content.
    #[must_use]
    pub fn with_compression(self, compression: impl Into<Option<Compression>>) -> Self {
        Self { compression: compression.into(), ..self }
    }

    /// Keeps the compressed bytes as they are, or not.
    #[must_use]
    pub fn with_keep_compressed(self, keep_compressed: bool) -> Self {
        Self { keep_compressed, ..self }
    }

    /// Limits the plaintext to so many bytes; `None` sets no limit.
    #[must_use]
    pub fn with_output_limit(self, output_limit: impl Into<Option<u64>>) -> Self {
        Self { output_limit: output_limit.into(), ..self }
    }
}
