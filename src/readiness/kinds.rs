//! What a file is.

use serde::Serialize;

/// The kind of one document. Content decides, not the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// The description of one key.
    Key,
    /// The description of a vault.
    Vault,
    /// A PFX file.
    Pfx,
    /// A private key, public key or certificate in PEM or DER.
    Pem,
    /// A BYOK transfer file.
    Byok,
    /// The transfer package of nCipher.
    ByokNcipher,
    /// A BYOK transfer file that is cut or damaged.
    ByokBroken,
    /// A key identifier.
    Uri,
    /// A list of keys, which lacks what the rules need.
    KeyList,
    /// A list of vaults, which lacks what the rules need.
    VaultList,
    /// An error that Key Vault or a tool answered.
    Error,
    /// A secret.
    Secret,
    /// A certificate of Key Vault.
    Certificate,
    /// The backup of a key.
    Backup,
    /// A deleted key.
    DeletedKey,
    /// The key details of a drop.
    KeyDetails,
    /// JSON that is cut or damaged.
    BrokenJson,
    /// Anything else.
    Unknown,
}

impl Kind {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Vault => "vault",
            Self::Pfx => "pfx",
            Self::Pem => "pem",
            Self::Byok => "byok",
            Self::ByokNcipher => "byok-ncipher",
            Self::ByokBroken => "byok-broken",
            Self::Uri => "uri",
            Self::KeyList => "key-list",
            Self::VaultList => "vault-list",
            Self::Error => "error",
            Self::Secret => "secret",
            Self::Certificate => "certificate",
            Self::Backup => "backup",
            Self::DeletedKey => "deleted-key",
            Self::KeyDetails => "key-details",
            Self::BrokenJson => "broken-json",
            Self::Unknown => "unknown",
        }
    }

    /// What to say of a kind that describes no key, and the command that gives the right thing.
    pub(super) fn advice(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Certificate => (
                "This is a certificate of Key Vault and not the key behind it.",
                "az keyvault key show --id <the certificate's kid> -o json",
            ),
            Self::Secret => (
                "This is a secret of Key Vault and not a key.",
                "az keyvault key show --vault-name <vault> --name <key> -o json",
            ),
            Self::VaultList => (
                "This is a list of vaults, which leaves out their settings.",
                "az keyvault show --name <vault> -o json, or Get-AzKeyVault -VaultName <vault> | ConvertTo-Json -Depth 5",
            ),
            Self::Error => (
                "Key Vault, or the tool that asked it, answered with an error instead of a key.",
                "az keyvault key show --vault-name <vault> --name <key> -o json",
            ),
            Self::Backup => (
                "This is a Key Vault backup of a key. It is encrypted to Key Vault, and no program outside can open it.",
                "az keyvault key show --vault-name <vault> --name <key> -o json",
            ),
            Self::DeletedKey => (
                "This key was deleted. Recover it before any service can use it.",
                "az keyvault key recover --vault-name <vault> --name <key>",
            ),
            Self::BrokenJson => (
                "This begins like JSON, but was cut or damaged. Export it again.",
                "az keyvault key show --vault-name <vault> --name <key> -o json",
            ),
            Self::Unknown => (
                "This is neither the description of a key or a vault, nor a key file, nor a key identifier.",
                "az keyvault key show --vault-name <vault> --name <key> -o json",
            ),
            _ => return None,
        })
    }

    /// The stable code of the message about a kind that says nothing of a key; `None` for the others.
    pub(super) fn code(self) -> Option<&'static str> {
        Some(match self {
            Self::KeyList | Self::VaultList => "ERR_CHECK_LIST",
            Self::Error => "ERR_CHECK_ANSWER",
            Self::Secret | Self::Certificate | Self::Backup | Self::DeletedKey => "ERR_CHECK_OTHER_KIND",
            Self::BrokenJson | Self::ByokBroken => "ERR_CHECK_DAMAGED",
            Self::Unknown => "ERR_CHECK_UNKNOWN",
            _ => return None,
        })
    }
}
