//! Opens Microsoft Graph Data Connect drops that were delivered with custom encryption.
//!
//! The key details of a drop hold wrapped AES keys, which the customer's RSA key unwraps. Every encrypted file is
//! AES-256-CBC, usually over gzip. The modules follow the way of a file: [key details](parse_key_details) → [private
//! key](PrivateKey) → [file key](FileKey) → [probe](Probe) → [decryptor](Decryptor).
//!
//! ```
//! use mgdc_decrypt::{FileKey, ImportOptions, Options, PrivateKey, decrypt, parse_key_details};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let drop = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drops/drops/java-gzip-oaep");
//! # let pem = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drops/keys/contoso-2048/pkcs8.pem"))?;
//! # let json = std::fs::read(format!("{drop}/metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json"))?;
//! # let file = std::fs::read(format!("{drop}/BasicDataSet_v0.User_v1/part-00000.json"))?;
//! let details = parse_key_details(&json)?;
//! let private_key = PrivateKey::import(&pem, &ImportOptions::default())?;
//! let file_key = FileKey::unwrap(&details[0], &private_key, None)?;
//! let (plaintext, summary) = decrypt(&file, &file_key, Options::default())?;
//! # assert_eq!(summary.bytes_out, plaintext.len() as u64);
//! # Ok(())
//! # }
//! ```
//!
//! Big files go through [`Decryptor`] in pieces: nothing here needs the whole file in memory, except [`decrypt`].
//!
//! # Security
//! AES-CBC does not authenticate: anyone who can change a delivered file can change the plaintext. The checksums of
//! gzip and zlib show accidental damage only. Keys are wiped on drop, and neither `Debug` nor an error shows them.

// Words that every stage uses.
mod algorithm;
mod error;
mod json;
mod options;
mod text;

// The files of a drop, by their paths, and which of them are not data.
mod archive;
mod candidates;
mod layout;
mod litter;

// The wrapped keys that a drop names.
mod key_details;

// The customer's private key.
mod private_key;

// The file key, unwrapped by the private key or by Key Vault.
mod file_key;
mod unwrapped;
mod vault_answer;

// The kind of a file, and the key that opens it.
mod content;
mod lookalike;
mod noise;
mod probe;
mod repair;

// From ciphertext to plaintext, and what can still be read of a damaged file.
mod aes_cbc;
mod decompress;
mod decryptor;
mod salvage;
mod summary;

// All of it together: one file, and a whole drop.
mod data_drop;
mod decrypt;

// The other direction, to try everything before the first delivery.
mod rehearsal;

// Whether a service accepts a key: a pre-flight that opens no drop.
pub mod readiness;

// The bindings for JavaScript.
#[cfg(all(target_arch = "wasm32", feature = "bindings"))]
pub mod wasm;

pub use algorithm::Algorithm;
pub use archive::{EntryInflater, archive};
pub use candidates::{Candidate, mentions_keys};
pub use content::Content;
pub use data_drop::{DataDrop, Entry, Fault, KeySet, Trial, Verdict};
pub use decompress::{Compression, Verified};
pub use decrypt::decrypt;
pub use decryptor::{Decryptor, Pulled};
pub use error::{Error, Evidence, PaddingCause, TooMuch, UnrecognizedCause, UnwrapFailure};
pub use file_key::{Encoding, FileKey};
pub use key_details::{DocumentReader, Iv, KeyDetails, KeyDetailsDocument, KeyKind, parse_key_details};
pub use layout::{KEY_DETAILS_PATH, Layout, PathRole, is_safe_path};
pub use litter::{is_apple_double, litter};
pub use lookalike::Lookalike;
pub use options::Options;
pub use private_key::{ImportOptions, PrivateKey, Recognized};
pub use probe::{Match, Probe};
pub use rehearsal::{Rehearsal, RehearsalItem};
pub use repair::Repair;
pub use salvage::{Salvage, Salvaged};
pub use summary::Summary;
pub use unwrapped::{Unwrapped, Wanted};
pub use vault_answer::VaultAnswer;
