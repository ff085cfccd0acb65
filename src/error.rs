//! What can go wrong, in pipeline order, each with a stable code.

mod reasons;

pub use reasons::{Evidence, PaddingCause, TooMuch, UnrecognizedCause, UnwrapFailure};

use crate::error::reasons::{place, symptom};

/// Declares the enum with a code behind each variant. The macro puts the code into the variant's documentation, into
/// `code` and into `CODES`, so that each code is written once.
macro_rules! coded {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $( $(#[$about:meta])* $variant:ident $({ $($fields:tt)* })? = $code:literal, )*
        }
    ) => {
        $(#[$attribute])*
        pub enum $name {
            $( #[doc = concat!("`", $code, "`:")] $(#[$about])* $variant $({ $($fields)* })?, )*
        }

        impl $name {
            /// Every code that the core can give, each with a smallest case in `tests/errors.rs`.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The stable code, `ERR_` + stage + problem.
            pub fn code(&self) -> &'static str {
                match self {
                    $( Self::$variant { .. } => $code, )*
                }
            }
        }
    };
}

coded! {
    /// Why something could not be read or decrypted.
    ///
    /// [`code`](Error::code) is the contract: it does not change between releases, but the text may. No variant holds
    /// key bytes, PEM text or plaintext. Show codes about padding and decompression only to the holder of the key:
    /// shown to the author of the ciphertext, they would be a padding oracle (RFC 8018, appendix B.2.5 on CBC; Vaudenay
    /// 2002).
    #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
    #[non_exhaustive]
    pub enum Error {
        /// The drop has no key details document.
        #[error(
            "the drop has no encryptionKeyDetails.json: add it from the drop's folder \
                metadata/MoreMetadata/EncryptedDatasets"
        )]
        KeyDetailsMissing = "ERR_KEY_DETAILS_MISSING",
        /// The document is not valid JSON.
        #[error("key details: the JSON cannot be read ({problem}{}); download the file again", place(*line, *column))]
        KeyDetailsJson {
            /// What the JSON parser met.
            problem: &'static str,
            /// Line, from 1; 0 when the text could not be decoded at all.
            line: usize,
            /// Column, from 1.
            column: usize,
        } = "ERR_KEY_DETAILS_JSON",
        /// A field is missing or has the wrong type, or there is no entry at all.
        #[error(
            "key details: {place} has {found} where {field} should be Base64 text; check that this is the drop's \
                encryptionKeyDetails.json"
        )]
        KeyDetailsField {
            /// Where in the document, as `$.DecryptionKeyDetails[0]`.
            place: String,
            /// Microsoft's name of the field.
            field: &'static str,
            /// What was found there: `nothing`, `null`, `a number`, …
            found: &'static str,
        } = "ERR_KEY_DETAILS_FIELD",
        /// A field is not Base64.
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
        } = "ERR_KEY_DETAILS_BASE64",
        /// The document or the drop exceeds a limit; nothing may be wrong with it.
        #[error("key details: {reason}")]
        KeyDetailsLimit {
            /// Which limit it exceeds.
            reason: TooMuch,
        } = "ERR_KEY_DETAILS_LIMIT",
        /// The IV is not 16 bytes.
        #[error("key details: the IV in {place} is {length} bytes long, expected 16; {remedy}")]
        IvLength {
            /// Where in the document.
            place: String,
            /// Bytes found.
            length: usize,
            /// What to do, which depends on whether the IV is wrapped.
            remedy: &'static str,
        } = "ERR_IV_LENGTH",
        /// The source looks like a key but is damaged, or is of no known kind.
        #[error("private key: {problem}; export the key again")]
        PrivateKeyInvalid {
            /// What was found.
            problem: &'static str,
        } = "ERR_PRIVATE_KEY_INVALID",
        /// The source is recognised, but holds no private key.
        #[error("private key: this is {found}, which cannot decrypt; {remedy}")]
        PrivateKeyMissing {
            /// What it is, with its article: `a certificate`.
            found: &'static str,
            /// What to do instead.
            remedy: &'static str,
        } = "ERR_PRIVATE_KEY_MISSING",
        /// The source is a private key that is not RSA.
        #[error(
            "private key: this is {found}, but Data Connect wraps keys with RSA only; use the RSA key that is named \
                after the tenant id"
        )]
        PrivateKeyNotRsa {
            /// What it is, with its article: `an EC key`.
            found: &'static str,
        } = "ERR_PRIVATE_KEY_NOT_RSA",
        /// The RSA key has fewer than 2048 bits.
        #[error(
            "private key: the RSA modulus has {bits} bits, at least 2048 are expected; this is not the key that Data \
                Connect used"
        )]
        PrivateKeyTooSmall {
            /// Bits of the modulus.
            bits: usize,
        } = "ERR_PRIVATE_KEY_TOO_SMALL",
        /// The source needs a password, none was given, and the empty password does not open it.
        #[error("private key: this is {found}, and none was given; enter the password that it was exported with")]
        PrivateKeyEncrypted {
            /// What it is, with its article and "with a password".
            found: &'static str,
        } = "ERR_PRIVATE_KEY_ENCRYPTED",
        /// The password does not open the source.
        #[error(
            "private key: the password does not open it: {evidence} ({found}); check the password, capital letters \
                included"
        )]
        PrivateKeyPassword {
            /// What it is, with its article.
            found: &'static str,
            /// How this was found out.
            evidence: Evidence,
        } = "ERR_PRIVATE_KEY_PASSWORD",
        /// Checking the password would take more time or memory than is allowed.
        #[error(
            "private key: to check its password takes {cost} {measure}, more than the limit of {limit}; export the \
                key again with usual settings"
        )]
        PrivateKeyCost {
            /// What is counted: `PBKDF2 iterations`, `MiB of scrypt memory`, …
            measure: &'static str,
            /// What the file asks for.
            cost: u64,
            /// What is allowed.
            limit: u64,
        } = "ERR_PRIVATE_KEY_COST",
        /// The source is a known container that is not supported.
        #[error("private key: this is {found}, which cannot be opened here; {remedy}")]
        PrivateKeyUnsupported {
            /// What it is, with its article.
            found: &'static str,
            /// What to do instead.
            remedy: &'static str,
        } = "ERR_PRIVATE_KEY_UNSUPPORTED",
        /// The source is recognised, but holds no RSA public key that could be encrypted to.
        #[error("public key: this is {found}, from which no public key can be read here; {remedy}")]
        PublicKeyMissing {
            /// What it is, with its article: `a list of several keys`.
            found: &'static str,
            /// What to give instead.
            remedy: &'static str,
        } = "ERR_PUBLIC_KEY_MISSING",
        /// The source looks like a key but is damaged, or is of no known kind.
        #[error("public key: {problem}; export the key again")]
        PublicKeyInvalid {
            /// What was found.
            problem: &'static str,
        } = "ERR_PUBLIC_KEY_INVALID",
        /// The public key is not RSA.
        #[error(
            "public key: this is {found}, but Data Connect wraps keys with RSA only; give the RSA key that is named after the tenant id"
        )]
        PublicKeyNotRsa {
            /// What it is, with its article: `an EC key`.
            found: &'static str,
        } = "ERR_PUBLIC_KEY_NOT_RSA",
        /// The RSA key has fewer than 2048 bits, or more than 8192.
        #[error(
            "public key: the RSA modulus has {bits} bits, 2048 to 8192 are expected; Data Connect takes a key of 2048"
        )]
        PublicKeySize {
            /// Bits of the modulus.
            bits: usize,
        } = "ERR_PUBLIC_KEY_SIZE",
        /// The private key does not unwrap the file key.
        #[error("file key: {reason}")]
        FileKeyUnwrap {
            /// What was compared or tried.
            reason: UnwrapFailure,
        } = "ERR_FILE_KEY_UNWRAP",
        /// The unwrapped value is not a 32-byte key in any known encoding.
        #[error(
            "file key: {length} bytes came out, which are no 32-byte AES key, neither raw nor as Base64 or hex text \
                in UTF-8 or UTF-16{}",
            symptom(*length)
        )]
        FileKeyLength {
            /// Bytes that came out.
            length: usize,
        } = "ERR_FILE_KEY_LENGTH",
        /// No entry has been unlocked yet.
        #[error("file key: no key details entry is unlocked yet; add the private key or the Key Vault answer first")]
        FileKeyMissing = "ERR_FILE_KEY_MISSING",
        /// The vault answer holds no usable value.
        #[error("vault answer: {problem}")]
        VaultAnswer {
            /// What was found, and what to do.
            problem: &'static str,
        } = "ERR_VAULT_ANSWER",
        /// The ciphertext went through a conversion that cannot be undone.
        #[error("the file {problem}; download it again as binary")]
        Converted {
            /// What it looks like.
            problem: &'static str,
        } = "ERR_CONVERTED",
        /// The file does not consist of whole AES blocks.
        #[error(
            "the file is {length} bytes long, which is no multiple of the 16-byte AES block: it was cut or changed; \
                download it again"
        )]
        CiphertextLength {
            /// Bytes of the file, or read so far.
            length: u64,
        } = "ERR_CIPHERTEXT_LENGTH",
        /// The last block does not end in PKCS#7 padding (RFC 5652, section 6.3).
        #[error("{cause}")]
        Padding {
            /// What both ends of the file show.
            cause: PaddingCause,
        } = "ERR_PADDING",
        /// The padding is right, but the content is not recognised.
        #[error("{cause}")]
        Unrecognized {
            /// Which reasons are likely.
            cause: UnrecognizedCause,
        } = "ERR_UNRECOGNIZED",
        /// Gzip, zlib or deflate data is damaged or stops early.
        #[error(
            "the {format} data inside {problem} (after {offset} bytes of plaintext): the file was damaged; download \
                it again"
        )]
        CompressedData {
            /// `gzip`, `zlib` or `deflate`.
            format: &'static str,
            /// What is wrong with it.
            problem: &'static str,
            /// Bytes of plaintext before the problem.
            offset: u64,
        } = "ERR_COMPRESSED_DATA",
        /// CRC-32, Adler-32 or the gzip length does not match.
        #[error("the {check} of the {format} data does not match: the file was damaged; download it again")]
        Checksum {
            /// `gzip` or `zlib`.
            format: &'static str,
            /// `CRC-32`, `length` or `Adler-32`.
            check: &'static str,
        } = "ERR_CHECKSUM",
        /// Something other than zero bytes follows the compressed data.
        #[error(
            "something other than zero bytes and line ends follows the {format} data, whose {offset} bytes of \
                plaintext are whole{}: the file was damaged, or something was appended to it; download it again",
            if *format == "deflate" { "" } else { " and checked" }
        )]
        TrailingData {
            /// `gzip`, `zlib` or `deflate`.
            format: &'static str,
            /// Plaintext bytes that had come out.
            offset: u64,
        } = "ERR_TRAILING_DATA",
        /// The file expands beyond the limit that the caller set.
        #[error("the file expands to more than the limit of {limit} bytes; raise the limit if this is expected")]
        OutputLimit {
            /// Bytes allowed.
            limit: u64,
        } = "ERR_OUTPUT_LIMIT",
        /// The decryptor was used after its end or after an error.
        #[error("this decryptor has ended; make a new one for the next file")]
        Finished = "ERR_FINISHED",
    }
}
