//! What was read of a key, a vault or a drop.
//!
//! A fact that is `None` was *not visible*. Where a fact may be set to nothing, `Some(None)` is *visible and unset*: in
//! JSON the member is then `null`.

use super::instant::as_number;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a set of facts is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum What {
    /// The description of a key.
    #[default]
    Key,
    /// A key file: PFX, PEM or DER.
    File,
    /// A BYOK transfer file.
    Byok,
    /// A key identifier.
    Uri,
}

/// The form of a key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Form {
    /// PKCS#12.
    Pfx,
    /// PEM, DER, or another form of a key or certificate.
    Pem,
}

/// How a PFX file protects the key in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Protection {
    /// By a password that is not empty.
    Password,
    /// By an empty password, of two zero bytes or of none.
    Empty,
    /// Not at all: no MAC and no encryption.
    None,
    /// Nothing is encrypted, and a MAC needs a password.
    MacOnly,
    /// The key is in clear, and something else is encrypted.
    Half,
}

/// How good a key identifier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Grade {
    /// It follows the grammar.
    Ok,
    /// It follows the grammar, but its domain is none of Key Vault's that are known here.
    Suffix,
    /// It is one after quotation marks or a query were removed.
    Soft,
    /// It is no key identifier.
    Bad,
}

/// Checks of a BYOK file's key exchange key, each `pass`, `fail` or `not-visible`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Kek {
    /// The type is RSA-HSM.
    pub kty: &'static str,
    /// 2048, 3072 or 4096 bits, and as many as the ciphertext shows.
    pub size: &'static str,
    /// The only operation is `import`.
    pub key_ops: &'static str,
    /// Its identifier is the one that the file names.
    pub kid: &'static str,
    /// It is not expired.
    pub expiry: &'static str,
}

/// Facts of one candidate key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KeyFacts {
    /// What the facts are about.
    pub what: What,
    /// A name for people: the key's name and its file.
    pub label: String,
    /// The item that it was read from: a file name, or the identifier as it was given.
    pub file: String,
    /// Key type, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kty: Option<String>,
    /// Bits of the modulus; of an EC key, of its curve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bits: Option<u64>,
    /// Name of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Version of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Option<String>>,
    /// Name of the vault or HSM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vault: Option<String>,
    /// Host of the vault or HSM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The key identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    /// Expiry, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_number")]
    pub expires: Option<Option<i64>>,
    /// Begin of validity, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_number")]
    pub not_before: Option<Option<i64>>,
    /// Whether the key is enabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Recovery level, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_level: Option<String>,
    /// Permitted operations, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_ops: Option<Vec<String>>,
    /// Whether the private key is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private: Option<bool>,
    /// Form of a key file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Whether a key file opened, with the given or an empty password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<bool>,
    /// How a PFX file protects its key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protection: Option<Protection>,
    /// State of a BYOK file: `json`, `odd`, `ncipher`, `broken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'static str>,
    /// Estimate of the key in a BYOK file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<&'static str>,
    /// Estimate of the key exchange key's bits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kek_bits: Option<u64>,
    /// Bytes of a BYOK file's ciphertext.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
    /// Checks of the key exchange key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kek: Option<Kek>,
    /// How good a key identifier is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Subscription, from an ARM resource id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    /// Region, from an ARM resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// `size-differs`, `date-without-zone`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<&'static str>,
    /// What is wrong with a BYOK file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<&'static str>,
    /// Where each fact was read: the file and the member.
    pub from: BTreeMap<&'static str, String>,
    /// Facts that are there and could not be read, with the text that was found.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub unreadable: BTreeMap<&'static str, String>,
    /// The modulus, without leading zeros.
    #[serde(skip)]
    pub(super) modulus: Option<Vec<u8>>,
    /// Operations of a list that was cut: what it shows is there, what it does not show may be.
    #[serde(skip)]
    pub(super) some_ops: Vec<String>,
    /// Resource group, from an ARM resource id.
    #[serde(skip)]
    pub(super) group: Option<String>,
}

impl KeyFacts {
    /// Where a fact was read, for messages.
    pub(super) fn place(&self, fact: &str) -> &str {
        self.from.get(fact).map_or(self.file.as_str(), String::as_str)
    }

    /// The key type without `-HSM`, in capitals.
    pub(super) fn family(&self) -> Option<String> {
        let kty = self.kty.as_ref()?.to_ascii_uppercase();
        Some(kty.strip_suffix("-HSM").unwrap_or(&kty).to_owned())
    }

    pub(super) fn is_rsa(&self) -> bool {
        self.family().as_deref() == Some("RSA")
    }

    /// Whether the type is one of a hardware security module.
    pub(super) fn is_hsm_type(&self) -> bool {
        self.kty.as_ref().is_some_and(|kty| kty.to_ascii_uppercase().ends_with("-HSM"))
    }

    /// Whether the key is in a Managed HSM, and not in a vault.
    pub(super) fn is_in_managed_hsm(&self) -> bool {
        self.host.as_ref().is_some_and(|host| host.to_ascii_lowercase().contains(".managedhsm."))
    }

    /// The version, if it is visible and set.
    pub(super) fn set_version(&self) -> Option<&str> {
        self.version.as_ref()?.as_deref()
    }

    /// Whether it is the description of a key or a usable identifier.
    pub(super) fn is_described(&self) -> bool {
        matches!(self.what, What::Key | What::Uri)
    }
}

/// The firewall of a vault.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Acls {
    /// `Allow` or `Deny`.
    pub default_action: Option<String>,
    /// `AzureServices` or `None`.
    pub bypass: Option<String>,
    /// Addresses and ranges that are allowed.
    pub ip_rules: Vec<String>,
    /// Subnets that are allowed.
    pub virtual_network_rules: Vec<String>,
}

/// Facts of a vault or a Managed HSM.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct VaultFacts {
    /// `vault`.
    pub what: &'static str,
    /// The item that it was read from.
    pub file: String,
    /// Its name.
    pub vault: Option<String>,
    /// Its host.
    pub host: Option<String>,
    /// Subscription.
    pub sub: Option<String>,
    /// Region.
    pub location: Option<String>,
    /// `standard` or `premium`; another for a Managed HSM.
    pub sku: Option<String>,
    /// Soft delete.
    pub soft: Option<bool>,
    /// Purge protection.
    pub purge: Option<bool>,
    /// Permission model RBAC.
    pub rbac: Option<bool>,
    /// Public network access.
    pub pna: Option<String>,
    /// The firewall; `None` when there is none.
    pub acls: Option<Acls>,
    /// The key permissions of each access policy.
    pub policies: Vec<Vec<String>>,
    /// Members that are there and could not be read: `acls`, `policies`.
    #[serde(skip)]
    pub(super) unreadable: Vec<&'static str>,
    /// Resource group, from the resource id.
    #[serde(skip)]
    pub(super) group: Option<String>,
    /// Whether it is a Managed HSM.
    pub managed_hsm: bool,
}

impl VaultFacts {
    /// Whether a network security perimeter decides who reaches it, in place of its firewall.
    pub(super) fn has_perimeter(&self) -> bool {
        self.pna.as_ref().is_some_and(|access| access.eq_ignore_ascii_case("SecuredByPerimeter"))
    }
}

/// Facts of a drop's key details.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DropFacts {
    /// `drop`.
    pub what: &'static str,
    /// The item that it was read from.
    pub file: String,
    /// The key versions that it names.
    pub versions: Vec<String>,
}
