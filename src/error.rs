//! What can go wrong, in pipeline order, each with a stable code.

use crate::algorithm::Algorithm;
use crate::key_details::is_wrapped_iv;

/// Why something could not be read or decrypted.
///
/// [`code`](Error::code) is the contract: it does not change between releases, the text may. No variant holds
/// key bytes, PEM text or plaintext. Tell codes of padding and decompression only to the person who holds the key:
/// relayed to whoever made the ciphertext they would be a padding oracle (RFC 8018, appendix B.2.5 on CBC; Vaudenay 2002).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// `ERR_KEY_DETAILS_MISSING`: the drop has no key details document.
    #[error(
        "the drop has no encryptionKeyDetails.json: add it from the drop's folder metadata/MoreMetadata/EncryptedDatasets"
    )]
    KeyDetailsMissing,
    /// `ERR_KEY_DETAILS_JSON`: the document is no JSON.
    #[error("key details: not valid JSON ({problem} at line {line}, column {column}); download the file again")]
    KeyDetailsJson {
        /// What the JSON parser met.
        problem: &'static str,
        /// Line, from 1; 0 when the text could not be decoded at all.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// `ERR_KEY_DETAILS_FIELD`: a field is missing or has the wrong type, or there is no entry at all.
    #[error(
        "key details: {place} has {found} where {field} should be Base64 text; check that this is the drop's encryptionKeyDetails.json"
    )]
    KeyDetailsField {
        /// Where in the document, as `$.DecryptionKeyDetails[0]`.
        place: String,
        /// Microsoft's name of the field.
        field: &'static str,
        /// What stood there: `nothing`, `null`, `a number`, …
        found: &'static str,
    },
    /// `ERR_KEY_DETAILS_BASE64`: a field is no Base64.
    #[error(
        "key details: {field} in {place} is not Base64 (character {position} of {length}); download the file again"
    )]
    KeyDetailsBase64 {
        /// Where in the document.
        place: String,
        /// Microsoft's name of the field.
        field: &'static str,
        /// Position of the first character that does not belong, from 1.
        position: usize,
        /// Characters in all.
        length: usize,
    },
    /// `ERR_KEY_DETAILS_LIMIT`: more than is read, though nothing may be wrong with it.
    #[error("key details: {reason}")]
    KeyDetailsLimit {
        /// What there is too much of.
        reason: TooMuch,
    },
    /// `ERR_IV_LENGTH`: the IV is not 16 bytes.
    #[error("key details: the IV in {place} is {length} bytes long, expected 16; {}", iv_remedy(*length))]
    IvLength {
        /// Where in the document.
        place: String,
        /// Bytes found.
        length: usize,
    },
    /// `ERR_PRIVATE_KEY_INVALID`: looks like a key, but is damaged, or is nothing that is known.
    #[error("private key: {problem}; export the key again")]
    PrivateKeyInvalid {
        /// What was found.
        problem: &'static str,
    },
    /// `ERR_PRIVATE_KEY_MISSING`: recognised, but it holds no private key.
    #[error("private key: this is {found}, which cannot decrypt; {remedy}")]
    PrivateKeyMissing {
        /// What it is, with its article: `a certificate`.
        found: &'static str,
        /// What to do instead.
        remedy: &'static str,
    },
    /// `ERR_PRIVATE_KEY_NOT_RSA`: a private key of another kind.
    #[error(
        "private key: this is {found}, but Data Connect wraps keys with RSA only; use the RSA key that is named after the tenant id"
    )]
    PrivateKeyNotRsa {
        /// What it is, with its article: `an EC key`.
        found: &'static str,
    },
    /// `ERR_PRIVATE_KEY_TOO_SMALL`: RSA below 2048 bits.
    #[error(
        "private key: the RSA modulus has {bits} bits, at least 2048 are expected; this is not the key that Data Connect used"
    )]
    PrivateKeyTooSmall {
        /// Bits of the modulus.
        bits: usize,
    },
    /// `ERR_PRIVATE_KEY_ENCRYPTED`: a password is needed, none was given, and the empty one does not open it.
    #[error("private key: this is {found}, and none was given; enter the password that it was exported with")]
    PrivateKeyEncrypted {
        /// What it is, with its article and "with a password".
        found: &'static str,
    },
    /// `ERR_PRIVATE_KEY_PASSWORD`: the password does not open it.
    #[error(
        "private key: the password does not open it: {evidence} ({found}); check the password, capital letters included"
    )]
    PrivateKeyPassword {
        /// What it is, with its article.
        found: &'static str,
        /// What told so.
        evidence: Evidence,
    },
    /// `ERR_PRIVATE_KEY_COST`: checking the password would take more time or memory than a sane file asks for.
    #[error(
        "private key: to check its password takes {cost} {measure}, more than the limit of {limit}; export the key again with usual settings"
    )]
    PrivateKeyCost {
        /// What is counted: `PBKDF2 iterations`, `MiB of scrypt memory`, …
        measure: &'static str,
        /// What the file asks for.
        cost: u64,
        /// What is allowed.
        limit: u64,
    },
    /// `ERR_PRIVATE_KEY_UNSUPPORTED`: a known container that is not opened.
    #[error("private key: this is {found}, which cannot be opened here; {remedy}")]
    PrivateKeyUnsupported {
        /// What it is, with its article.
        found: &'static str,
        /// What to do instead.
        remedy: &'static str,
    },
    /// `ERR_FILE_KEY_UNWRAP`: no padding undoes the RSA wrapping.
    #[error("file key: {reason}")]
    FileKeyUnwrap {
        /// What was compared or tried, with lengths.
        reason: UnwrapFailure,
    },
    /// `ERR_FILE_KEY_LENGTH`: what came out of RSA, or of the vault, is no 32-byte key in any known spelling.
    #[error(
        "file key: {length} bytes came out, which are no 32-byte AES key, neither raw nor as Base64 or hex text in UTF-8 or UTF-16{}",
        symptom(*length)
    )]
    FileKeyLength {
        /// Bytes that came out.
        length: usize,
    },
    /// `ERR_FILE_KEY_MISSING`: nothing has been unlocked yet.
    #[error("file key: no key details entry is unlocked yet; add the private key or the Key Vault answer first")]
    FileKeyMissing,
    /// `ERR_VAULT_ANSWER`: the pasted answer holds no value.
    #[error("vault answer: {problem}")]
    VaultAnswer {
        /// What was found, and what to do.
        problem: &'static str,
    },
    /// `ERR_CONVERTED`: the ciphertext went through a conversion that cannot be undone.
    #[error("the file {problem}; download it again as binary")]
    Converted {
        /// What it looks like.
        problem: &'static str,
    },
    /// `ERR_CIPHERTEXT_LENGTH`: not whole AES blocks.
    #[error(
        "the file is {length} bytes long, which is no multiple of the 16-byte AES block: it was cut or changed; download it again"
    )]
    CiphertextLength {
        /// Bytes of the file, or read so far.
        length: u64,
    },
    /// `ERR_PADDING`: the last block does not end in PKCS#7 padding (RFC 5652, section 6.3).
    #[error("{cause}")]
    Padding {
        /// What the two ends of the file say together.
        cause: PaddingCause,
    },
    /// `ERR_UNRECOGNIZED`: the padding is right, but what it opens to makes no sense.
    #[error("{cause}")]
    Unrecognized {
        /// How likely which reason is.
        cause: UnrecognizedCause,
    },
    /// `ERR_COMPRESSED_DATA`: gzip, zlib or deflate data is damaged or stops early.
    #[error(
        "the {format} data inside {problem} (after {offset} bytes of plaintext): the file was damaged; download it again"
    )]
    CompressedData {
        /// `gzip`, `zlib` or `deflate`.
        format: &'static str,
        /// What is wrong with it.
        problem: &'static str,
        /// Plaintext bytes that had come out.
        offset: u64,
    },
    /// `ERR_CHECKSUM`: CRC-32, Adler-32 or the gzip length does not match.
    #[error("the {check} of the {format} data does not match: the file was damaged; download it again")]
    Checksum {
        /// `gzip` or `zlib`.
        format: &'static str,
        /// `CRC-32`, `length` or `Adler-32`.
        check: &'static str,
    },
    /// `ERR_TRAILING_DATA`: something other than zero bytes follows the compressed data.
    #[error(
        "something other than zero bytes and line ends follows the {format} data, whose {offset} bytes of plaintext are whole{}: the file was damaged, or something was appended to it; download it again",
        if *format == "deflate" { "" } else { " and checked" }
    )]
    TrailingData {
        /// `gzip`, `zlib` or `deflate`.
        format: &'static str,
        /// Plaintext bytes that had come out.
        offset: u64,
    },
    /// `ERR_OUTPUT_LIMIT`: the file expands beyond the limit that the caller set.
    #[error("the file expands to more than the limit of {limit} bytes; raise the limit if this is expected")]
    OutputLimit {
        /// Bytes allowed.
        limit: u64,
    },
    /// `ERR_FINISHED`: used after its end or after an error.
    #[error("this decryptor has ended; make a new one for the next file")]
    Finished,
}

/// What a drop has more of than is read. A limit of ours, and no word on the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TooMuch {
    /// More entries than the caller wants.
    #[error(
        "the drop has more than {limit} entries, a limit of this tool and not a fault of the drop; raise it with maxKeyDetails, or --max-key-details on the command line"
    )]
    Entries {
        /// Most entries of a drop.
        limit: usize,
    },
    /// A document that nobody reads whole.
    #[error(
        "the document has {length} bytes, more than the {limit} that are read, a limit of this tool and not a fault of the file; leave only those entries in it that the files need"
    )]
    Bytes {
        /// Bytes of the document.
        length: u64,
        /// Bytes that are read.
        limit: u64,
    },
}

/// What told that a password is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Evidence {
    /// Beyond doubt, unless the file was damaged.
    #[error("its MAC does not match, so the password is wrong or the file was damaged")]
    Mac,
    /// The form has no MAC, or its MAC is right and the key has a password of its own.
    #[error("no key with valid padding comes out")]
    Padding,
}

/// Why RSA did not give the file key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnwrapFailure {
    /// The wrapped key is not as long as the modulus.
    #[error(
        "the wrapped key is {wrapped} bytes long, but this RSA key unwraps {modulus} bytes: it is another key, or the value was cut"
    )]
    Length {
        /// Bytes of the wrapped key.
        wrapped: usize,
        /// Bytes of the modulus.
        modulus: usize,
    },
    /// Every padding was tried.
    #[error(
        "no padding fits ({}): the private key is not the one that the key was wrapped for; get the version that the key details name",
        list(tried)
    )]
    Padding {
        /// What was tried, in order.
        tried: Vec<Algorithm>,
    },
    /// There were keys, but this file needs another entry's.
    #[error(
        "no unlocked key opens this file; it probably belongs to a key details entry that is still locked: add the private key of that version"
    )]
    OtherEntry,
}

/// What a failed padding means, once the beginning of the file was looked at as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PaddingCause {
    /// Neither end opens.
    #[error(
        "neither the beginning nor the end of the file opens with this key: the file was encrypted with another key, or its content was replaced"
    )]
    WrongKey,
    /// The beginning opens, the end does not.
    #[error(
        "the beginning of the file opens, but its last block does not end in PKCS#7 padding: the file was cut or damaged at its end; download it again"
    )]
    EndDamaged,
    /// Met while streaming, without a look at the beginning.
    #[error("the last block does not end in PKCS#7 padding: wrong key, or the file was cut or damaged")]
    Unknown,
}

/// What an unknown content under a right padding means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnrecognizedCause {
    /// Text follows the garbled first block: the IV is wrong beyond doubt.
    #[error(
        "only the first 16 bytes are garbled: the IV is not the one that this file was encrypted with, or the first block was damaged"
    )]
    WrongIv,
    /// Padding of two bytes and more is hardly ever right by chance.
    #[error(
        "the key fits, but the content is neither gzip, zlib, deflate, text, Parquet nor Avro: the IV is wrong, or the file was damaged at its beginning, or it holds another format (then force compression `none`)"
    )]
    Content,
    /// One byte of padding is right once in 256 with any key.
    #[error(
        "the content is neither gzip, zlib, deflate, text, Parquet nor Avro, and one byte of padding is right by chance once in 256: wrong key, wrong IV, damage, or another format (then force compression `none`)"
    )]
    MaybeWrongKey,
}

impl Error {
    /// Every code that the core can give, each with a smallest case in `tests/errors.rs`.
    pub const CODES: &'static [&'static str] = &[
        "ERR_KEY_DETAILS_MISSING",
        "ERR_KEY_DETAILS_JSON",
        "ERR_KEY_DETAILS_FIELD",
        "ERR_KEY_DETAILS_BASE64",
        "ERR_KEY_DETAILS_LIMIT",
        "ERR_IV_LENGTH",
        "ERR_PRIVATE_KEY_INVALID",
        "ERR_PRIVATE_KEY_MISSING",
        "ERR_PRIVATE_KEY_NOT_RSA",
        "ERR_PRIVATE_KEY_TOO_SMALL",
        "ERR_PRIVATE_KEY_ENCRYPTED",
        "ERR_PRIVATE_KEY_PASSWORD",
        "ERR_PRIVATE_KEY_COST",
        "ERR_PRIVATE_KEY_UNSUPPORTED",
        "ERR_FILE_KEY_UNWRAP",
        "ERR_FILE_KEY_LENGTH",
        "ERR_FILE_KEY_MISSING",
        "ERR_VAULT_ANSWER",
        "ERR_CONVERTED",
        "ERR_CIPHERTEXT_LENGTH",
        "ERR_PADDING",
        "ERR_UNRECOGNIZED",
        "ERR_COMPRESSED_DATA",
        "ERR_CHECKSUM",
        "ERR_TRAILING_DATA",
        "ERR_OUTPUT_LIMIT",
        "ERR_FINISHED",
    ];

    /// The stable code, `ERR_` + stage + problem.
    pub fn code(&self) -> &'static str {
        match self {
            Error::KeyDetailsMissing => "ERR_KEY_DETAILS_MISSING",
            Error::KeyDetailsJson { .. } => "ERR_KEY_DETAILS_JSON",
            Error::KeyDetailsField { .. } => "ERR_KEY_DETAILS_FIELD",
            Error::KeyDetailsBase64 { .. } => "ERR_KEY_DETAILS_BASE64",
            Error::KeyDetailsLimit { .. } => "ERR_KEY_DETAILS_LIMIT",
            Error::IvLength { .. } => "ERR_IV_LENGTH",
            Error::PrivateKeyInvalid { .. } => "ERR_PRIVATE_KEY_INVALID",
            Error::PrivateKeyMissing { .. } => "ERR_PRIVATE_KEY_MISSING",
            Error::PrivateKeyNotRsa { .. } => "ERR_PRIVATE_KEY_NOT_RSA",
            Error::PrivateKeyTooSmall { .. } => "ERR_PRIVATE_KEY_TOO_SMALL",
            Error::PrivateKeyEncrypted { .. } => "ERR_PRIVATE_KEY_ENCRYPTED",
            Error::PrivateKeyPassword { .. } => "ERR_PRIVATE_KEY_PASSWORD",
            Error::PrivateKeyCost { .. } => "ERR_PRIVATE_KEY_COST",
            Error::PrivateKeyUnsupported { .. } => "ERR_PRIVATE_KEY_UNSUPPORTED",
            Error::FileKeyUnwrap { .. } => "ERR_FILE_KEY_UNWRAP",
            Error::FileKeyLength { .. } => "ERR_FILE_KEY_LENGTH",
            Error::FileKeyMissing => "ERR_FILE_KEY_MISSING",
            Error::VaultAnswer { .. } => "ERR_VAULT_ANSWER",
            Error::Converted { .. } => "ERR_CONVERTED",
            Error::CiphertextLength { .. } => "ERR_CIPHERTEXT_LENGTH",
            Error::Padding { .. } => "ERR_PADDING",
            Error::Unrecognized { .. } => "ERR_UNRECOGNIZED",
            Error::CompressedData { .. } => "ERR_COMPRESSED_DATA",
            Error::Checksum { .. } => "ERR_CHECKSUM",
            Error::TrailingData { .. } => "ERR_TRAILING_DATA",
            Error::OutputLimit { .. } => "ERR_OUTPUT_LIMIT",
            Error::Finished => "ERR_FINISHED",
        }
    }
}

/// An IV as long as a modulus is in order: who has the vault's answer for the key lacks one for the IV.
fn iv_remedy(length: usize) -> &'static str {
    if is_wrapped_iv(length) {
        "it is wrapped as the key is: add the private key of this version, for nothing else opens it"
    } else {
        "download encryptionKeyDetails.json again"
    }
}

/// The lengths that people meet, and what they mean. 88 is the one that Microsoft's article quotes.
fn symptom(length: usize) -> &'static str {
    match length {
        16 | 24 => ": an AES key of another size; Data Connect uses AES-256",
        43 | 44 => ": the length of Base64 text that was not decoded, but the text is not Base64",
        86..=90 => {
            ": the length of Base64 text in UTF-16 that was not decoded (\"Invalid AES key length: 88 bytes\"), but the text is not Base64"
        }
        _ => "",
    }
}

fn list(algorithms: &[Algorithm]) -> String {
    algorithms.iter().map(|algorithm| algorithm.name()).collect::<Vec<_>>().join(", ")
}
