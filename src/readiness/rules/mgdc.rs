//! Microsoft Graph Data Connect, custom encryption.

use super::Rule;
use super::documents::{MGDC, SOFT_DELETE};
use super::mgdc_judges::{
    can_open, drop_version, expiry, key_type, name, one_key, protection, public_access, role, size, state,
};
use crate::readiness::command::Names;
use crate::readiness::instant::date_of;
use crate::readiness::judge::{Given, reminder};
use crate::readiness::verdict::{Commands, Service};

const GENERATE: &str =
    "Use encryption with Microsoft Graph Data Connect: Generating RSA keys with your Azure Key Vault";

const RULE: Rule = Rule::of(Service::Mgdc, MGDC, GENERATE);

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "M1",
        demand: "The key is an RSA key; the article does not mention RSA-HSM.",
        remedy: "Generate a new RSA key that is named after the tenant id.",
        decides: true,
        key: Some(key_type),
        command: Some(create),
        ..RULE
    },
    Rule {
        id: "M2",
        demand: "The key has exactly 2048 bits.",
        remedy: "Generate a new RSA key of 2048 bits: the size of a key cannot be changed.",
        decides: true,
        key: Some(size),
        command: Some(create),
        ..RULE
    },
    Rule {
        id: "M3",
        demand: "The key has an expiration date.",
        remedy: "Set an expiration date. It can later be moved, but never removed.",
        decides: true,
        key: Some(expiry),
        command: Some(set_expiry),
        ..RULE
    },
    Rule {
        id: "M4",
        demand: "The key is enabled, its activation date has passed, and it is not expired.",
        remedy: "Enable the key, or give it dates that hold now. Old drops stay readable after expiry as long as the key is enabled.",
        decides: true,
        key: Some(state),
        command: Some(|names, _| names.enable()),
        ..RULE
    },
    Rule {
        id: "M5",
        demand: "The key is named after the Microsoft Entra tenant id, a GUID.",
        remedy: "Generate a key whose name is the tenant id: a key cannot be renamed.",
        decides: true,
        key: Some(name),
        command: Some(create),
        ..RULE
    },
    Rule {
        id: "M6",
        demand: "There is only one key for each tenant id.",
        remedy: "Keep one key that is named after the tenant id, and disable the others.",
        together: Some(one_key),
        ..RULE
    },
    Rule {
        id: "M7",
        demand: "The owner can decrypt or unwrap with the key, so that drops can be opened.",
        section: "Use encryption with Microsoft Graph Data Connect: Decrypt data",
        remedy: "Permit the operations decrypt and unwrapKey.",
        key: Some(can_open),
        command: Some(|names, _| names.permit(&["encrypt", "decrypt", "wrapKey", "unwrapKey"])),
        ..RULE
    },
    Rule {
        id: "M8",
        demand: "A drop names the version of the key that opens it.",
        section: "Use encryption with Microsoft Graph Data Connect: Decrypt data, PublicKeyVersion",
        remedy: "Open the drop with the version of the key that it names.",
        together: Some(drop_version),
        ..RULE
    },
    Rule {
        id: "M9",
        demand: "Advice: protect the key against being purged. The article has no rule.",
        source: SOFT_DELETE,
        section: "Azure Key Vault soft-delete overview: Purge protection",
        remedy: "Switch purge protection on: a purged key leaves its drops closed for ever.",
        key: Some(protection),
        command: Some(|names, _| names.protect()),
        ..RULE
    },
    Rule {
        id: "M10",
        demand: "The vault's permission model is RBAC, and the app's service principal has the role Key Vault Crypto User.",
        section: "Use encryption with Microsoft Graph Data Connect: Setting up and using your Azure Key Vault",
        remedy: "Assign the role Key Vault Crypto User to the service principal of the Data Connect application.",
        together: Some(role),
        command: Some(|names, _| names.assign("Key Vault Crypto User", "<application id>")),
        ..RULE
    },
    Rule {
        id: "M11",
        demand: "The vault's public network access is enabled; Data Connect is none of the trusted services.",
        section: "Use encryption with Microsoft Graph Data Connect: Setting up your Azure Key Vault, Networking",
        remedy: "Enable public access on the vault's Networking tab.",
        together: Some(public_access),
        command: Some(|names, _| {
            names.vault_command(
                "update",
                "--public-network-access Enabled --default-action Allow",
                "Update-AzKeyVault",
                &format!("{} -PublicNetworkAccess Enabled", names.ps_group()),
            )
        }),
        ..RULE
    },
    Rule {
        id: "M12",
        demand: "The app is approved with encryption, the datasets are eligible (Viva Insights is not), and neither PAM nor Managed Data Flows are used.",
        section: "Use encryption with Microsoft Graph Data Connect: Enable custom encryption, and eligible datasets",
        remedy: "Check this in the app and its approval: otherwise the data arrives unencrypted.",
        together: Some(|_| {
            reminder(
                "No file shows this: if the app is not approved with encryption, or a dataset is not eligible, the data arrives unencrypted.",
            )
        }),
        ..RULE
    },
];

/// One year after the given moment.
pub(super) fn next_year(given: &Given<'_>) -> String {
    date_of(given.options.now.saturating_add(365 * 86_400)).replace(" UTC", "Z").replacen(' ', "T", 1)
}

fn set_expiry(names: &Names, given: &Given<'_>) -> Commands {
    names.expire(&next_year(given))
}

fn create(names: &Names, given: &Given<'_>) -> Commands {
    let names = names.clone().with_key(given.options.tenant().unwrap_or("<tenant id>"));
    let moment = next_year(given);
    names.key_command(
        "create",
        &format!("--kty RSA --size 2048 --expires '{moment}'"),
        "Add-AzKeyVaultKey",
        &format!("-Destination Software -KeyType RSA -Size 2048 -Expires ([DateTimeOffset]'{moment}').UtcDateTime"),
    )
}
