//! The reasons that errors give: what was compared, tried or found.

use crate::algorithm::Algorithm;

/// Which limit a drop exceeds. These limits are ours; the drop may be in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TooMuch {
    /// More entries than the caller wants.
    #[error(
        "the drop has more than {limit} entries, a limit of this tool and not a fault of the drop; raise it with \
            maxKeyDetails, or --max-key-details on the command line"
    )]
    Entries {
        /// Most entries of a drop.
        limit: usize,
    },
    /// A document is too long to be read.
    #[error(
        "the document has {length} bytes, more than the {limit} that are read, a limit of this tool and not a fault \
            of the file; leave only those entries in it that the files need"
    )]
    Bytes {
        /// Bytes of the document.
        length: u64,
        /// Bytes that are read.
        limit: u64,
    },
}

/// How a wrong password was found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Evidence {
    /// Beyond doubt, unless the file was damaged.
    #[error("its MAC does not match, so the password is wrong or the file was damaged")]
    Mac,
    /// The container has no MAC, or its MAC is right and the key has a password of its own.
    #[error("no key with valid padding comes out")]
    Padding,
}

/// Why RSA did not give the file key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnwrapFailure {
    /// The wrapped key is not as long as the modulus.
    #[error(
        "the wrapped key is {wrapped} bytes long, but this RSA key unwraps {modulus} bytes: it is another key, or \
            the value was cut"
    )]
    Length {
        /// Bytes of the wrapped key.
        wrapped: usize,
        /// Bytes of the modulus.
        modulus: usize,
    },
    /// Every padding was tried.
    #[error(
        "no padding fits ({}): the private key is not the one that the key was wrapped for; {}",
        list(tried),
        advice(version.as_deref())
    )]
    Padding {
        /// What was tried, in order.
        tried: Vec<Algorithm>,
        /// The version of the RSA key that the key details name.
        version: Option<String>,
    },
    /// The file needs the key of another entry, which is still locked.
    #[error(
        "no unlocked key opens this file; it probably belongs to key details that are still locked or could not be \
            read: add the private key of that version, or those key details again"
    )]
    OtherEntry,
}

/// What a wrong padding means, given the beginning of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PaddingCause {
    /// Neither end opens.
    #[error(
        "neither the beginning nor the end of the file opens with this key: the file was encrypted with another key, \
            or its content was replaced"
    )]
    WrongKey,
    /// The beginning opens, the end does not.
    #[error(
        "the beginning of the file opens, but its last block does not end in PKCS#7 padding: the file was cut or \
            damaged at its end; download it again"
    )]
    EndDamaged,
    /// Found while streaming, without the beginning of the file.
    #[error("the last block does not end in PKCS#7 padding: wrong key, or the file was cut or damaged")]
    Unknown,
}

/// What unrecognised content after a right padding means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnrecognizedCause {
    /// Text follows the garbled first block: the IV is wrong beyond doubt.
    #[error(
        "only the first 16 bytes are garbled: the IV is not the one that this file was encrypted with, or the first \
            block was damaged"
    )]
    WrongIv,
    /// Padding of two bytes and more is hardly ever right by chance.
    #[error(
        "the key fits, but the content is neither gzip, zlib, deflate, text, Parquet nor Avro: the IV is wrong, or \
            the file was damaged at its beginning, or it holds another format (then force compression `none`)"
    )]
    Content,
    /// One byte of padding is right once in 256 with any key.
    #[error(
        "the content is neither gzip, zlib, deflate, text, Parquet nor Avro, and one byte of padding is right by \
            chance once in 256: wrong key, wrong IV, damage, or another format (then force compression `none`)"
    )]
    MaybeWrongKey,
}

fn list(algorithms: &[Algorithm]) -> String {
    algorithms.iter().map(|algorithm| algorithm.name()).collect::<Vec<_>>().join(", ")
}

/// What to do about a private key that does not fit. A version in Key Vault has 32 hex digits; what is much longer, or
/// holds other characters, is not repeated.
fn advice(version: Option<&str>) -> String {
    let is_plain =
        |text: &&str| text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match (version, version.filter(is_plain)) {
        (_, Some(version)) => format!("get version {version}, which the key details name"),
        (Some(_), None) => "get the version that the key details name".to_owned(),
        (None, None) => "the key details do not name its version, so try every version of the key".to_owned(),
    }
}

/// Where in a document; nothing for one that is no text.
pub(super) fn place(line: usize, column: usize) -> String {
    if line == 0 { String::new() } else { format!(" at line {line}, column {column}") }
}

/// What common wrong lengths mean. Microsoft's article quotes the error message for 88.
pub(super) fn symptom(length: usize) -> &'static str {
    match length {
        16 | 24 => ": an AES key of another size; Data Connect uses AES-256",
        43 | 44 => ": the length of Base64 text that was not decoded, but the text is not Base64",
        86..=90 => {
            ": the length of Base64 text in UTF-16 that was not decoded (\"Invalid AES key length: 88 bytes\"), but \
                the text is not Base64"
        }
        _ => "",
    }
}
