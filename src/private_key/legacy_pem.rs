//! PEM with a password as OpenSSL wrote it before PKCS#8 (`Proc-Type: 4,ENCRYPTED`) → RSA key.
//!
//! The headers are those of RFC 1421, section 4.6; the key derivation is OpenSSL's own, `EVP_BytesToKey` with MD5 and
//! one round, which is in no crate.

use super::password::Password;
use super::pbe::{CONVERT, Cipher};
use super::rsa_key::RsaKey;
use super::{der, pkcs8};
use crate::error::{Error, Evidence};
use crate::text;
use md5::{Digest, Md5};
use zeroize::Zeroizing;

const FOUND: &str = "an OpenSSL PEM key with a password";

const DAMAGED: Error = Error::PrivateKeyInvalid { problem: "the DEK-Info line of the PEM text is damaged" };

/// Whether the body of a PEM block has the headers of an encrypted key.
pub(super) fn is_encrypted(body: &str) -> bool {
    body.contains("Proc-Type:") && body.contains("ENCRYPTED")
}

/// `body` is the text between the BEGIN and END lines; `decode` decodes its Base64.
///
/// # Errors
/// `ERR_PRIVATE_KEY_ENCRYPTED`, `ERR_PRIVATE_KEY_PASSWORD`, `ERR_PRIVATE_KEY_UNSUPPORTED` for another cipher, and those
/// of [`pkcs8::clear_key`].
pub(super) fn private_key(
    body: &str,
    password: Password<'_>,
    decode: impl FnOnce(&str) -> Result<Zeroizing<Vec<u8>>, Error>,
) -> Result<RsaKey, Error> {
    let (_, info) = body.split_once("DEK-Info:").ok_or(DAMAGED)?;
    let (name, rest) = info.split_once(',').ok_or(DAMAGED)?;
    let (cipher, iv_length) = match name.trim().to_ascii_uppercase().as_str() {
        "AES-128-CBC" => (Cipher::Aes128, 16),
        "AES-192-CBC" => (Cipher::Aes192, 16),
        "AES-256-CBC" => (Cipher::Aes256, 16),
        "DES-EDE3-CBC" => (Cipher::Des3, 8),
        "DES-CBC" => (Cipher::Des, 8),
        _ => {
            return Err(Error::PrivateKeyUnsupported {
                found: "an OpenSSL PEM key encrypted with another cipher than AES-CBC, 3DES-CBC and DES-CBC",
                remedy: CONVERT,
            });
        }
    };
    // The IV ends by its length and not with its line: line ends may be lost.
    let (iv, base64) = rest.trim_start().split_at_checked(2 * iv_length).ok_or(DAMAGED)?;
    let iv = text::hex(iv).ok_or(DAMAGED)?;
    let ciphertext = decode(base64)?;
    let key = bytes_to_key(password.utf8(), iv.get(..8).unwrap_or_default(), cipher.key_length());
    match cipher.decrypt(&key, &iv, &ciphertext) {
        // The padding is right by chance once in 256, so a sequence is required too.
        Some(clear) if der::is_sequence(&clear) => pkcs8::clear_key(&clear),
        _ => Err(password.refused(FOUND, Evidence::Padding)),
    }
}

/// D_1 = MD5(password ‖ salt), D_n = MD5(D_(n-1) ‖ password ‖ salt); the key is D_1 ‖ D_2 ‖ …
fn bytes_to_key(password: &[u8], salt: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let mut key = Zeroizing::new(Vec::with_capacity(length + 16));
    while key.len() < length {
        let previous = key.get(key.len().saturating_sub(16)..).unwrap_or_default();
        let digest = Md5::new().chain_update(previous).chain_update(password).chain_update(salt).finalize();
        key.extend_from_slice(&digest);
    }
    key.truncate(length);
    key
}
