//! What a source is, told by content: text or bytes, and which of them.

use super::kdf::Budget;
use super::password::Password;
use super::{RsaKey, der, key_vault, pem};
use crate::error::Error;
use crate::text;
use zeroize::Zeroizing;

/// Every RSA private key of the source.
pub(super) fn private_keys(source: &[u8], password: Password<'_>) -> Result<Vec<RsaKey>, Error> {
    if source.is_empty() {
        return Err(Error::PrivateKeyInvalid { problem: "the file is empty" });
    }
    let mut opener = Opener { password, budget: Budget::new(), layers: LAYERS };
    // Whatever stands around it (bag attributes in some 8-bit encoding), PEM itself is ASCII.
    let is_pem = source.windows(BEGIN.len()).any(|bytes| bytes == BEGIN.as_bytes());
    let lossy = || is_pem.then(|| Zeroizing::new(String::from_utf8_lossy(source).into_owned()));
    let from_text = text::decode(source).or_else(lossy).and_then(|text| opener.open_text(&text));
    from_text.unwrap_or_else(|| opener.open_bytes(source))
}

const BEGIN: &str = "-----BEGIN ";

/// Texts inside texts that are read: a PFX in Base64 in a JSON string in a JSON string.
const LAYERS: usize = 4;

/// What opens a source, whatever is inside what.
pub(super) struct Opener<'a> {
    password: Password<'a>,
    budget: Budget,
    layers: usize,
}

impl Opener<'_> {
    /// `None` when the text is of no known kind.
    pub(super) fn open_text(&mut self, text: &str) -> Option<Result<Vec<RsaKey>, Error>> {
        self.layers = self.layers.checked_sub(1)?;
        let result = self.open_layer(text);
        self.layers += 1;
        result
    }

    fn open_layer(&mut self, text: &str) -> Option<Result<Vec<RsaKey>, Error>> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\0');
        let is_json = text.starts_with(['{', '[', '"']);
        if is_json && let Some(result) = key_vault::private_keys(text, self) {
            return Some(result);
        }
        if text.contains(BEGIN) {
            return Some(pem::private_keys(text, self.password, &mut self.budget));
        }
        if let Some((_, error)) = NAMED.iter().find(|(beginning, _)| text.starts_with(beginning)) {
            return Some(Err(error.clone()));
        }
        if is_json && !text.starts_with('"') {
            return Some(Err(match serde_json::from_str::<serde::de::IgnoredAny>(text) {
                Ok(_) => Error::PrivateKeyMissing { found: "JSON without a private key", remedy: der::NEED_PRIVATE },
                Err(_) => Error::PrivateKeyInvalid { problem: "it begins like JSON, but was cut or damaged" },
            }));
        }
        // Base64 of DER, or of a backup: what Key Vault hands out as the value of a secret.
        let bytes = text::base64(text.trim_matches(['"', '\''])).ok()?;
        (bytes.first() == Some(&0x30) || is_backup(&bytes)).then(|| self.open_bytes(&bytes))
    }

    pub(super) fn open_bytes(&mut self, bytes: &[u8]) -> Result<Vec<RsaKey>, Error> {
        if is_backup(bytes) {
            return Err(BACKUP);
        }
        // JKS and JCEKS: their magic numbers.
        if bytes.starts_with(&[0xFE, 0xED, 0xFE, 0xED]) || bytes.starts_with(&[0xCE; 4]) {
            return Err(Error::PrivateKeyUnsupported {
                found: "a Java keystore",
                remedy: "convert it with `keytool -importkeystore -srckeystore FILE -destkeystore key.p12 -deststoretype PKCS12`",
            });
        }
        der::private_keys(bytes, self.password, &mut self.budget)
    }
}

/// A length byte, then `AzureKeyVaultKeyBackupV1.microsoft.com` (or another version of it).
fn is_backup(bytes: &[u8]) -> bool {
    bytes.get(1..).is_some_and(|text| text.starts_with(b"AzureKeyVault"))
}

const BACKUP: Error = Error::PrivateKeyUnsupported {
    found: "a Key Vault backup, encrypted to Key Vault",
    remedy: "restore it into a vault of the same subscription and geography, and let Key Vault decrypt the wrapped key",
};

/// How texts begin that hold a key in another way, or only its public half.
const NAMED: [(&str, Error); 4] = [
    (
        "PuTTY-User-Key-File-",
        Error::PrivateKeyUnsupported {
            found: "a PuTTY private key",
            remedy: "export it from PuTTYgen as an OpenSSH key, and convert a copy with `ssh-keygen -p -m PKCS8 -f KEY`",
        },
    ),
    ("---- BEGIN SSH2 PUBLIC KEY", Error::PrivateKeyMissing { found: "a public key", remedy: der::NEED_PRIVATE }),
    ("ssh-", Error::PrivateKeyMissing { found: "a public key", remedy: der::NEED_PRIVATE }),
    (
        "<RSAKeyValue",
        Error::PrivateKeyUnsupported {
            found: "an RSA key in XML, as .NET writes it",
            remedy: "convert it to PEM with .NET's `RSA.FromXmlString` and `ExportPkcs8PrivateKeyPem`",
        },
    ),
];
