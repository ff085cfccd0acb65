//! PEM as people have it → RSA keys.
//!
//! Own splitting because `pem-rfc7468` is strict on purpose: it rejects one-line bodies, odd widths, indentation, text
//! before the key and legacy headers (RustCrypto/RSA issues 168 and 362). What is inside goes to the crates.

use super::harvest::Harvest;
use super::kdf::Budget;
use super::password::Password;
use super::{RsaKey, der, legacy_pem};
use crate::error::Error;
use crate::text;
use zeroize::Zeroizing;

/// Every RSA private key of the text.
pub(super) fn private_keys(text: &str, password: Password<'_>, budget: &mut Budget) -> Result<Vec<RsaKey>, Error> {
    // As in an environment variable or a JSON string.
    let text = replaced(&replaced(text, "\\r", ""), "\\n", "\n");
    let mut harvest = Harvest::default();
    for block in blocks(&text) {
        harvest.add_all(block.and_then(|block| block.private_keys(password, budget)));
    }
    harvest.finish(CUT)
}

const CUT: Error = Error::PrivateKeyInvalid { problem: "the PEM text has a BEGIN line but no END line: it was cut" };

struct Block<'a> {
    label: &'a str,
    body: &'a str,
}

/// The blocks between `-----BEGIN label-----` and `-----END`.
fn blocks(text: &str) -> impl Iterator<Item = Result<Block<'_>, Error>> {
    text.split("-----BEGIN ").skip(1).map(|part| {
        let (label, rest) = part.split_once("-----").ok_or(CUT)?;
        let (body, _) = rest.split_once("-----END").ok_or(CUT)?;
        Ok(Block { label: label.trim(), body })
    })
}

impl Block<'_> {
    fn private_keys(&self, password: Password<'_>, budget: &mut Budget) -> Result<Vec<RsaKey>, Error> {
        let missing = |found, remedy| Err(Error::PrivateKeyMissing { found, remedy });
        match self.label {
            "PRIVATE KEY" | "RSA PRIVATE KEY" if legacy_pem::is_encrypted(self.body) => {
                legacy_pem::private_key(self.body, password, decode).map(|key| vec![RsaKey::new(key)])
            }
            // What is inside decides, for labels get mixed up.
            "PRIVATE KEY" | "RSA PRIVATE KEY" | "ENCRYPTED PRIVATE KEY" | "PKCS12" => {
                der::private_keys(&decode(self.body)?, password, budget)
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
}

/// `to` is no longer than `from`. The `replace` of the standard library grows its result, and frees copies on the way.
fn replaced(text: &str, from: &str, to: &str) -> Zeroizing<String> {
    let mut result = Zeroizing::new(String::with_capacity(text.len()));
    for (index, part) in text.split(from).enumerate() {
        result.push_str(if index == 0 { "" } else { to });
        result.push_str(part);
    }
    result
}

fn decode(body: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    // Quotes and backslashes stay behind where a JSON string or a shell held the text.
    let body = text::without(body, |c| matches!(c, '"' | '\\' | ','));
    text::base64(&body)
        .map_err(|_| Error::PrivateKeyInvalid { problem: "the PEM text holds characters that are not Base64" })
}
