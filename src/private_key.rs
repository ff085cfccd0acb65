//! The customer's RSA private key: any container → [`PrivateKey`], and the RSA operation with it.
//!
//! RUSTSEC-2023-0071 (Marvin) is a timing attack by a remote sender of many ciphertexts. Here the holder of the key
//! decrypts the wrapped keys of a drop on their own machine; each operation is blinded all the same.

mod ber;
mod candidates;
mod der;
mod jwk;
mod kdf;
mod key_vault;
mod legacy_pem;
mod magic;
mod opener;
mod openssh;
mod parts;
mod password;
mod pbe;
mod pem;
mod pkcs12;
mod pkcs8;
mod public;
mod recognize;
mod rsa_key;
pub(crate) mod survey;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod tokens;
mod unescape;
mod unpad;
mod unwrap;
mod xml;

pub(crate) use jwk::{bytes as number, field};
pub(crate) use key_vault::inside as json_inside;
pub(crate) use pem::contents as pem_contents;
pub use recognize::Recognized;

use crate::error::Error;
pub(crate) use rsa_key::{RsaKey, trimmed};
use std::fmt;
pub(crate) use unpad::mask;
pub(crate) use unwrap::Contents;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) use unwrap::OPERATIONS;

/// The RSA private keys of one source: usually one, or all keys of a PEM, PFX or JWK file. Wiped on drop.
pub struct PrivateKey {
    keys: Vec<RsaKey>,
}

/// Options for reading a private key.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct ImportOptions<'a> {
    /// File name of the source: a Key Vault version in it (32 hex digits) becomes the version of keys that carry none.
    pub name: Option<&'a str>,
    /// Password of the source. Without one the empty password is tried.
    pub password: Option<&'a str>,
}

impl<'a> ImportOptions<'a> {
    /// Sets the file name of the source.
    #[must_use]
    pub fn with_name(self, name: impl Into<Option<&'a str>>) -> Self {
        Self { name: name.into(), ..self }
    }

    /// Sets the password of the source.
    #[must_use]
    pub fn with_password(self, password: impl Into<Option<&'a str>>) -> Self {
        Self { password: password.into(), ..self }
    }
}

/// Shows the name and never the password.
impl fmt::Debug for ImportOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImportOptions").field("name", &self.name).finish_non_exhaustive()
    }
}

impl PrivateKey {
    /// Reads a private key. The container is recognised by content:
    ///
    /// - PKCS#8 (RFC 5958) and PKCS#1 (RFC 8017, A.1.2), as PEM or DER; PKCS#8 with a password (PBES2 with PBKDF2 or
    ///   scrypt and AES-CBC, 3DES or DES; PBES1 of PKCS#5 and PKCS#12), PKCS#1 with one as OpenSSL wrote it
    ///   (`Proc-Type: 4,ENCRYPTED`); OpenSSH keys without a passphrase; `RSAKeyValue` as .NET writes it;
    /// - PFX (PKCS#12, RFC 7292) of OpenSSL, Windows, Java and Key Vault, in DER and BER;
    /// - JWK and JWK sets (RFC 7517);
    /// - the value of a Key Vault secret (PFX in Base64, or PEM), bare or in the JSON of REST or `az keyvault secret
    ///   show`.
    ///
    /// PEM may have any line width and line ends, be indented, have text or certificates around it, be in UTF-8 or
    /// UTF-16, in an `.env` line, or in JSON, YAML or XML under any name and with any escapes. Every container may also
    /// be in Base64 or hex, and have other data after its end.
    ///
    /// # Errors
    /// - `ERR_PRIVATE_KEY_ENCRYPTED` (a password is needed), `ERR_PRIVATE_KEY_PASSWORD` (it is the wrong one),
    ///   `ERR_PRIVATE_KEY_COST` (checking it would take more than 10,000,000 PBKDF2 iterations, 1,000,000 of PKCS#12,
    ///   or scrypt with more than 48 MiB or N·r·p over 2^23);
    /// - `ERR_PRIVATE_KEY_MISSING` (a public key, a certificate, …), `ERR_PRIVATE_KEY_NOT_RSA`,
    ///   `ERR_PRIVATE_KEY_TOO_SMALL` (under 2048 bits), `ERR_PRIVATE_KEY_UNSUPPORTED`, `ERR_PRIVATE_KEY_INVALID`.
    ///
    /// ```
    /// use mgdc_decrypt::{ImportOptions, PrivateKey};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drops/keys/contoso-2048/pfx-modern.pfx");
    /// let pfx = std::fs::read(path)?;
    /// let private_key = PrivateKey::import(&pfx, &ImportOptions::default().with_password("Contoso-drop-1"))?;
    /// assert_eq!(private_key.bits(), 2048);
    /// let error = PrivateKey::import(&pfx, &ImportOptions::default()).unwrap_err();
    /// assert_eq!(error.code(), "ERR_PRIVATE_KEY_ENCRYPTED");
    /// # Ok(())
    /// # }
    /// ```
    pub fn import(source: &[u8], options: &ImportOptions<'_>) -> Result<Self, Error> {
        let mut keys = opener::private_keys(source, password::Password(options.password))?;
        let version = options.name.and_then(rsa_key::version_in_name);
        for key in &mut keys {
            key.version = key.version.take().or_else(|| version.clone());
        }
        Ok(Self { keys })
    }

    /// Bits of the first key's modulus: 2048, 3072, 4096.
    pub fn bits(&self) -> usize {
        self.keys.first().map_or(0, RsaKey::bits)
    }

    /// The Key Vault version of each key, where known.
    pub fn versions(&self) -> impl Iterator<Item = Option<&str>> {
        self.keys.iter().map(|key| key.version.as_deref())
    }

    /// The name of the first key: its Key Vault identifier or another `kid`, or its version if only that is known.
    pub fn key_id(&self) -> Option<&str> {
        self.keys.first().and_then(|key| key.identifier.as_deref().or(key.version.as_deref()))
    }

    pub(crate) fn keys(&self) -> &[RsaKey] {
        &self.keys
    }
}

/// Shows the number of keys and bits, and no part of a key.
impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey").field("keys", &self.keys.len()).field("bits", &self.bits()).finish_non_exhaustive()
    }
}
