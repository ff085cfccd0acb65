//! PEM as people have it → RSA keys.
//!
//! Own splitting because `pem-rfc7468` is strict on purpose: it rejects one-line bodies, odd widths, indentation, text
//! before the key and legacy headers (RustCrypto/RSA issues 168 and 362). What is inside goes to the crates.

use super::der;
use crate::error::Error;
use crate::text;
use rsa::RsaPrivateKey;

const REMOVE_PASSWORD: &str = "openssl pkey -in KEY -out key.pem";

/// Every RSA private key of the text.
///
/// One good key is enough: what else stands in the file (certificates, damaged blocks) is then passed over. Without
/// one, the error is about the block that came nearest to a usable key.
pub(super) fn private_keys(text: &str) -> Result<Vec<RsaPrivateKey>, Error> {
    // As in an environment variable or a JSON string.
    let text = text.replace("\\r", "").replace("\\n", "\n");
    let mut keys = Vec::new();
    let mut nearest: Option<Error> = None;
    for block in blocks(&text) {
        match block.and_then(|block| block.private_key()) {
            Ok(key) => keys.push(key),
            Err(error) if nearest.as_ref().is_none_or(|known| nearness(&error) > nearness(known)) => {
                nearest = Some(error)
            }
            Err(_) => {}
        }
    }
    match nearest {
        Some(error) if keys.is_empty() => Err(error),
        _ => Ok(keys),
    }
}

/// How close a block came to being usable.
fn nearness(error: &Error) -> u8 {
    match error {
        Error::PrivateKeyEncrypted { .. } => 5,
        Error::PrivateKeyTooSmall { .. } => 4,
        Error::PrivateKeyInvalid { .. } => 3,
        Error::PrivateKeyNotRsa { .. } => 2,
        Error::PrivateKeyUnsupported { .. } => 1,
        _ => 0,
    }
}

struct Block<'a> {
    label: &'a str,
    body: &'a str,
}

/// The blocks between `-----BEGIN label-----` and `-----END`.
fn blocks(text: &str) -> impl Iterator<Item = Result<Block<'_>, Error>> {
    text.split("-----BEGIN ").skip(1).map(|part| {
        let cut = Error::PrivateKeyInvalid { problem: "the PEM text has a BEGIN line but no END line: it was cut" };
        let (label, rest) = part.split_once("-----").ok_or_else(|| cut.clone())?;
        let (body, _) = rest.split_once("-----END").ok_or(cut)?;
        Ok(Block { label: label.trim(), body })
    })
}

impl Block<'_> {
    fn private_key(&self) -> Result<RsaPrivateKey, Error> {
        if self.body.contains("Proc-Type:") && self.body.contains("ENCRYPTED") {
            return Err(Error::PrivateKeyEncrypted {
                found: "an OpenSSL PEM key with a password",
                remedy: REMOVE_PASSWORD,
            });
        }
        let missing = |found, remedy| Err(Error::PrivateKeyMissing { found, remedy });
        match self.label {
            "PRIVATE KEY" | "RSA PRIVATE KEY" => der::private_key(&self.der()?),
            "ENCRYPTED PRIVATE KEY" => {
                Err(Error::PrivateKeyEncrypted { found: "a PKCS#8 key with a password", remedy: REMOVE_PASSWORD })
            }
            "EC PRIVATE KEY" => Err(Error::PrivateKeyNotRsa { found: "an EC private key" }),
            "DSA PRIVATE KEY" => Err(Error::PrivateKeyNotRsa { found: "a DSA private key" }),
            "OPENSSH PRIVATE KEY" => Err(Error::PrivateKeyUnsupported {
                found: "an OpenSSH private key",
                remedy: "convert a copy with `ssh-keygen -p -m PKCS8 -f KEY`",
            }),
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => missing("a certificate", der::NEED_PRIVATE),
            "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => missing("a certificate request", der::NEED_PRIVATE),
            "PUBLIC KEY" | "RSA PUBLIC KEY" => missing("a public key", der::NEED_PRIVATE),
            _ => missing("a PEM block without a private key", der::NEED_PRIVATE),
        }
    }

    fn der(&self) -> Result<zeroize::Zeroizing<Vec<u8>>, Error> {
        // Quotes and backslashes stay behind where a JSON string or a shell held the text.
        let body: zeroize::Zeroizing<String> = zeroize::Zeroizing::new(self.body.replace(['"', '\\', ','], ""));
        text::base64(&body)
            .map_err(|_| Error::PrivateKeyInvalid { problem: "the PEM text holds characters that are not Base64" })
    }
}
