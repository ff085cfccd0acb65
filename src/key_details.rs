//! `encryptionKeyDetails.json` → [`KeyDetails`]. Only this module knows Microsoft's field names.
//!
//! The article (Microsoft Learn, "Use encryption with Microsoft Graph Data Connect") names the fields but does not show
//! how they are nested. So any nesting is read: the document is walked, and every object that has a value and an IV is
//! a wrapped key. An object inherits what it lacks from the objects around it. Field names are compared without case
//! and separators.

mod documents;
mod walk;

use crate::error::Error;
use crate::text;
use documents::documents;
use walk::Walk;
use zeroize::Zeroizing;

/// One wrapped key, which opens files of a drop once the private key of `public_key_version` unwraps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyDetails {
    /// Place in the document, for messages: `$.DecryptionKeyDetails[0]`.
    pub place: String,
    /// The Key Vault key version, 32 hex digits; `None` when the document does not name it.
    pub public_key_version: Option<String>,
    /// The whole key identifier, when the document gives one: `https://….vault.azure.net/keys/NAME/VERSION`.
    pub key_identifier: Option<String>,
    /// The RSA ciphertext of the AES key: as long as the modulus, 256 bytes for RSA-2048.
    pub wrapped_key: Vec<u8>,
    /// The initialisation vector.
    pub iv: Iv,
    /// What the key encrypts.
    pub kind: KeyKind,
}

impl KeyDetails {
    /// Of two entries with the same identity one is kept. An entry for files and one for columns differ: only the first
    /// is tried on files.
    pub(crate) fn identity(&self) -> Identity {
        (self.wrapped_key.clone(), self.iv.clone(), self.kind)
    }
}

/// What identifies an entry. Ordered and not hashed, because the author of a hostile drop could choose colliding
/// values.
pub(crate) type Identity = (Vec<u8>, Iv, KeyKind);

/// The IV of a key details entry: in clear, or wrapped by RSA like the key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Iv {
    /// 16 bytes.
    Clear([u8; 16]),
    /// RSA ciphertext, as long as the modulus.
    Wrapped(Vec<u8>),
}

/// What a wrapped key encrypts (`DecryptionKeyType` in MicrosoftDocs/Viva, insights/advanced/api.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum KeyKind {
    /// Whole files.
    File,
    /// Values inside rows: such an entry is listed, and never tried on files.
    Column,
}

/// Reads every wrapped key of a key details document: JSON of any nesting in UTF-8 or UTF-16, also JSON Lines and
/// several values one after another.
///
/// # Errors
/// `ERR_KEY_DETAILS_JSON`. When no entry is usable, the error of the first one: `ERR_KEY_DETAILS_FIELD`,
/// `ERR_KEY_DETAILS_BASE64`, `ERR_IV_LENGTH`.
///
/// ```
/// let json = br#"{"DecryptionKeyDetails": {
///     "PublicKeyVersion": "501bc4c9f66d877902c60ab27d226ed6",
///     "DecryptionKeyValue": "AAAA", "DecryptionKeyIV": "vLvaqqAN8GaYI9gGuX1bsQ=="}}"#;
/// let details = mgdc_decrypt::parse_key_details(json)?;
/// assert_eq!(details[0].public_key_version.as_deref(), Some("501bc4c9f66d877902c60ab27d226ed6"));
/// # Ok::<(), mgdc_decrypt::Error>(())
/// ```
pub fn parse_key_details(json: &[u8]) -> Result<Vec<KeyDetails>, Error> {
    let KeyDetailsDocument { entries, mut faults } = KeyDetailsDocument::parse(json)?;
    if entries.is_empty() { Err(faults.swap_remove(0)) } else { Ok(entries) }
}

/// The content of a key details document. A damaged entry does not hide the others. The two lists are never both empty.
#[derive(Debug, Clone)]
pub struct KeyDetailsDocument {
    /// The usable entries, in document order.
    pub entries: Vec<KeyDetails>,
    /// The errors of the other entries.
    pub faults: Vec<Error>,
}

impl KeyDetailsDocument {
    /// Reads a document and keeps the usable entries.
    ///
    /// # Errors
    /// `ERR_KEY_DETAILS_JSON`. A document without any entry has an `ERR_KEY_DETAILS_FIELD` among its faults.
    pub fn parse(json: &[u8]) -> Result<Self, Error> {
        let mut reader = DocumentReader::new(json, usize::MAX);
        while reader.step() {}
        reader.finish()
    }
}

/// Reads a document in steps: ten thousand entries take a tenth of a second in wasm.
pub struct DocumentReader(Result<Walk, Error>);

impl DocumentReader {
    /// Parses the JSON. With more than `most` entries, damaged ones included, the result is `ERR_KEY_DETAILS_LIMIT`.
    pub fn new(json: &[u8], most: usize) -> Self {
        Self(documents(json).map(|documents| Walk::of(documents, most)))
    }

    /// Reads the next value; `false` when there are no more.
    pub fn step(&mut self) -> bool {
        self.0.as_mut().is_ok_and(Walk::step)
    }

    /// The content of the document.
    ///
    /// # Errors
    /// Those of [`KeyDetailsDocument::parse`], and `ERR_KEY_DETAILS_LIMIT`.
    pub fn finish(self) -> Result<KeyDetailsDocument, Error> {
        self.0?.finish()
    }
}

/// Whether a value of this length is wrapped: it is as long as an RSA modulus of 1024 bits or more, and nothing else in
/// key details is.
fn is_wrapped(length: usize) -> bool {
    length >= 128 && length.is_multiple_of(8)
}

/// The error for an IV that is not 16 bytes long. An IV as long as a modulus is wrapped: a vault answer for the key
/// does not open it, and downloading the document again does not help.
pub(crate) fn iv_length(place: &str, length: usize) -> Error {
    let remedy = if is_wrapped(length) {
        "it is wrapped as the key is: add the private key of this version, for nothing else opens it"
    } else {
        "download encryptionKeyDetails.json again"
    };
    Error::IvLength { place: place.into(), length, remedy }
}

/// What is in Base64 once more.
fn in_base64(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    text::base64(&text::decode(bytes)?).ok()
}

/// The IV: 16 bytes, Base64 text of them, or wrapped like the key.
fn parse_iv(bytes: Vec<u8>, place: &str) -> Result<Iv, Error> {
    if let Ok(iv) = <[u8; 16]>::try_from(bytes.as_slice()) {
        return Ok(Iv::Clear(iv));
    }
    if let Some(Ok(iv)) = in_base64(&bytes).map(|bytes| <[u8; 16]>::try_from(bytes.as_slice())) {
        return Ok(Iv::Clear(iv));
    }
    if is_wrapped(bytes.len()) {
        return Ok(Iv::Wrapped(bytes));
    }
    Err(iv_length(place, bytes.len()))
}

/// The version and the key identifier in a text that is a bare version or an identifier
/// (`https://HOST/keys/NAME/VERSION`).
pub(crate) fn version(text: &str) -> (Option<String>, Option<String>) {
    let text = text.trim().trim_end_matches('/');
    if text.is_empty() {
        return (None, None);
    }
    let lower = text.to_ascii_lowercase();
    let Some((_, path)) = lower.split_once("/keys/") else {
        return (Some(lower), None);
    };
    let version = path.split('/').nth(1).filter(|version| !version.is_empty()).map(str::to_owned);
    (version, Some(text.into()))
}
