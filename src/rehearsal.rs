//! Makes a small drop that is encrypted to a public key as a delivery would be, so that its owner can try the whole way
//! before the first delivery. This is the only place where anything is encrypted.

mod content;
mod der;
mod json;
mod pack;
mod public_key;
mod wrap;

use crate::algorithm::Algorithm;
use crate::error::Error;
use crate::layout::KEY_DETAILS_PATH;
use crate::text;
use pack::FileCipher;
use public_key::PublicKey;
use serde_json::json;

/// A drop of invented rows: two encrypted datasets, one that was delivered in clear, metadata and key details.
///
/// ```
/// use mgdc_decrypt::{ImportOptions, PrivateKey, Rehearsal};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let keys = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drops/keys");
/// let public_key = std::fs::read(format!("{keys}/bad/public-spki.pem"))?;
/// let rehearsal = Rehearsal::new(&public_key, None)?;
/// assert!(rehearsal.items.iter().any(|item| item.path.ends_with("encryptionKeyDetails.json")));
/// assert!(rehearsal.is_version_made_up, "a bare public key does not name its version");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rehearsal {
    /// The files, the key details last: without those, half a rehearsal cannot be taken for a whole one.
    pub items: Vec<RehearsalItem>,
    /// Bits of the modulus.
    pub bits: usize,
    /// What the file key is wrapped with.
    pub algorithm: Algorithm,
    /// What the key details name.
    pub key_version: String,
    /// Whether the key did not name its version, so that [`MADE_UP_VERSION`](Self::MADE_UP_VERSION) stands for it.
    pub is_version_made_up: bool,
    /// The `kid` of the key, where it has one: a Key Vault identifier, or any other name.
    pub key_identifier: Option<String>,
}

/// A file of a rehearsal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RehearsalItem {
    /// The path in the drop, with `/`.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// Whether it is encrypted, as opposed to delivered in clear.
    pub is_encrypted: bool,
}

impl Rehearsal {
    /// Stands for the version of a key that does not name it: no vault gives this one.
    pub const MADE_UP_VERSION: &'static str = "00000000000000000000000000000000";

    /// Makes a rehearsal for the public half of an RSA key. It is read from
    ///
    /// - a public key (SubjectPublicKeyInfo or PKCS#1), a certificate or a certificate request, as PEM or DER;
    /// - a JWK, or what Key Vault's REST API, `az keyvault key show` and `Get-AzKeyVaultKey | ConvertTo-Json` write;
    ///   `az keyvault certificate show`, too;
    /// - a private key without a password, of which only the public numbers are used.
    ///
    /// Without an algorithm the file key is wrapped with RSA-OAEP.
    ///
    /// # Errors
    /// `ERR_PUBLIC_KEY_MISSING`, `ERR_PUBLIC_KEY_INVALID`, `ERR_PUBLIC_KEY_NOT_RSA`, `ERR_PUBLIC_KEY_SIZE`.
    pub fn new(source: &[u8], algorithm: Option<Algorithm>) -> Result<Self, Error> {
        let PublicKey { key, identifier, version } = PublicKey::read(source)?;
        let algorithm = algorithm.unwrap_or(Algorithm::RsaOaep);
        let cipher = FileCipher::random()?;
        let wrapped = wrap::wrap(&key, algorithm, cipher.key())?;
        let is_version_made_up = version.is_none();
        let key_version = version.unwrap_or_else(|| Self::MADE_UP_VERSION.into());
        let details = json!({ "DecryptionKeyDetails": {
            "PublicKeyVersion": key_version,
            "DecryptionKeyValue": text::to_base64(&wrapped),
            "DecryptionKeyIV": text::to_base64(cipher.iv()),
        }});
        let mut items: Vec<_> = content::DATASETS
            .iter()
            .map(|dataset| {
                let rows = dataset.rows();
                let bytes = if dataset.is_encrypted { cipher.encrypt(&pack::gzip(&rows)) } else { rows };
                RehearsalItem { path: dataset.path(), bytes, is_encrypted: dataset.is_encrypted }
            })
            .collect();
        let metadata = content::metadata(algorithm, &key_version, is_version_made_up);
        for (path, value) in [(content::METADATA_PATH, metadata), (KEY_DETAILS_PATH, details)] {
            items.push(RehearsalItem {
                path: path.into(),
                bytes: format!("{value:#}\n").into_bytes(),
                is_encrypted: false,
            });
        }
        let bits = public_key::bits(&key);
        Ok(Self { items, bits, algorithm, key_version, is_version_made_up, key_identifier: identifier })
    }
}
