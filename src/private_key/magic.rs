//! Containers that are recognised by their beginning but not supported: the error says what each is and what to do.

use super::{der, openssh};
use crate::error::Error;

/// Whether the bytes are certainly a binary container. This is checked first, because some of them are also valid
/// UTF-16.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    (bytes.first() == Some(&0x30) && bytes.get(1).is_some_and(|length| *length >= 0x80))
        || bytes.starts_with(openssh::MAGIC)
        || named_bytes(bytes).is_some()
}

/// The error for a known binary container.
pub(super) fn named_bytes(bytes: &[u8]) -> Option<Error> {
    // A length byte, then `AzureKeyVaultKeyBackupV1.microsoft.com` (or another version of it).
    if bytes.get(1..).is_some_and(|text| text.starts_with(b"AzureKeyVault")) {
        return Some(Error::PrivateKeyUnsupported {
            found: "a Key Vault backup, encrypted to Key Vault",
            remedy: "restore it into a vault of the same subscription and geography, and let Key Vault decrypt the \
                wrapped key",
        });
    }
    MAGIC.iter().find(|(beginning, _)| bytes.starts_with(beginning)).map(|(_, error)| error.clone())
}

/// The error for a text that is a public key or a key of an unsupported kind.
pub(super) fn named_text(text: &str) -> Option<Error> {
    NAMED.iter().find(|(beginning, _)| text.starts_with(beginning)).map(|(_, error)| error.clone())
}

const JAVA: Error = Error::PrivateKeyUnsupported {
    found: "a Java keystore",
    remedy: "convert it with `keytool -importkeystore -srckeystore FILE -destkeystore key.p12 -deststoretype PKCS12`",
};

const BOUNCY: Error = Error::PrivateKeyUnsupported {
    found: "a keystore of Bouncy Castle (BKS)",
    remedy: "export its key as PKCS#12, with KeyStore Explorer or with keytool and the provider of Bouncy Castle",
};

/// Versions and lengths are included, so that no other file begins like this by chance.
const MAGIC: [(&[u8], Error); 8] = [
    (&[0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 1], JAVA),
    (&[0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2], JAVA),
    (&[0xCE, 0xCE, 0xCE, 0xCE, 0, 0, 0, 1], JAVA),
    (&[0xCE, 0xCE, 0xCE, 0xCE, 0, 0, 0, 2], JAVA),
    (&[0, 0, 0, 1, 0, 0, 0, 20], BOUNCY),
    (&[0, 0, 0, 2, 0, 0, 0, 20], BOUNCY),
    (
        &[0x1E, 0xF1, 0xB5, 0xB0, 0, 0, 0, 0],
        Error::PrivateKeyUnsupported {
            found: "a PVK file, as Microsoft's tools wrote it",
            remedy: "convert it with `openssl rsa -provider legacy -provider default -inform PVK -in FILE -out \
                key.pem`",
        },
    ),
    // PRIVATEKEYBLOB, version 2, CALG_RSA_KEYX ("Key BLOBs" of the Windows CryptoAPI).
    (
        &[7, 2, 0, 0, 0, 0xA4, 0, 0, b'R', b'S', b'A', b'2'],
        Error::PrivateKeyUnsupported {
            found: "a key blob of the Windows CryptoAPI",
            remedy: "convert it with `openssl rsa -inform MSBLOB -in FILE -out key.pem`",
        },
    ),
];

const PUBLIC: Error = Error::PrivateKeyMissing { found: "a public key", remedy: der::NEED_PRIVATE };

const NAMED: [(&str, Error); 3] = [
    (
        "PuTTY-User-Key-File-",
        Error::PrivateKeyUnsupported {
            found: "a PuTTY private key",
            remedy: "load it in PuTTYgen, and save it with Conversions, Export OpenSSH key",
        },
    ),
    ("ssh-", PUBLIC),
    ("ecdsa-", PUBLIC),
];
