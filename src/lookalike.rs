//! What is often saved in place of a blob, and what a clear file looks like that should have been ciphertext.

/// What a clear file looks like that should have been ciphertext. Whether that matters decides who knows the files beside
/// it: alone, each of these may be just what was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lookalike {
    /// No bytes at all.
    Nothing,
    /// HTML, as a sign-in page or a proxy's block page.
    WebPage,
    /// `<Error><Code>…` of Azure Storage's REST API.
    StorageError,
    /// `{"error":{"code":…` of Azure's and Graph's REST APIs.
    ServiceError,
    /// What Git LFS keeps in place of the file.
    LfsPointer,
    /// Base64 text that no key opens.
    Base64,
    /// Hex digits that no key opens.
    Hex,
    /// gzip with what seems to be ciphertext inside, which no key opens.
    NoiseInGzip,
    /// Binary data that was converted to text, which no key opens.
    Converted,
}

impl Lookalike {
    /// Words for it, with an article: `a web page`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Nothing => "an empty file",
            Self::WebPage => "a web page",
            Self::StorageError => "an error message of Azure Storage",
            Self::ServiceError => "an error message of an Azure service",
            Self::LfsPointer => "a Git LFS pointer, which stands in place of the file",
            Self::Base64 => "a Base64 text that no key here opens",
            Self::Hex => "a text of hex digits that no key here opens",
            Self::NoiseInGzip => "a gzip file with a ciphertext inside that no key here opens",
            Self::Converted => "a binary file that was converted to text",
        }
    }
}
