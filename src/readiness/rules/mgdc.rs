//! Microsoft Graph Data Connect, custom encryption.

use super::Rule;
use super::documents::{MGDC, SOFT_DELETE};
use crate::readiness::command::Names;
use crate::readiness::facts::KeyFacts;
use crate::readiness::instant::date_of;
use crate::readiness::judge::{
    Given, Judged, KEY_JSON, VAULT_JSON, fail, hidden, not_visible, pass, reminder, typed, vault_name, warn,
};
use crate::readiness::verdict::{Commands, Service};

const GENERATE: &str =
    "Use encryption with Microsoft Graph Data Connect: Generating RSA keys with your Azure Key Vault";

const RULE: Rule = Rule {
    service: Service::Mgdc,
    id: "",
    demand: "",
    source: MGDC,
    section: GENERATE,
    remedy: "",
    decides: false,
    key: None,
    together: None,
    command: None,
};

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
                "-ResourceGroupName '<resource group>' -PublicNetworkAccess Enabled",
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
fn next_year(given: &Given<'_>) -> String {
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

fn key_type(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    match (&key.kty, key.is_rsa(), key.is_hsm_type()) {
        (None, ..) => hidden(key, "kty", "the key type"),
        (Some(_), true, false) => pass(format!("The key type is {}.", typed(key))),
        (Some(_), true, true) => warn(format!(
            "The key type is {}: the article speaks of RSA keys and does not mention RSA-HSM.",
            typed(key)
        )),
        _ => fail(format!("The key type is {}, and not RSA.", typed(key))),
    }
}

fn size(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let Some(bits) = key.bits else { return hidden(key, "bits", "the size") };
    let differs = if key.warnings.contains(&"size-differs") {
        " The size that is written beside it differs; the modulus counts."
    } else {
        ""
    };
    if key.kty.is_some() && !key.is_rsa() {
        return fail(format!("The key is no RSA key: {}.", typed(key)));
    }
    let place = key.place("bits");
    match bits {
        2048 => pass(format!("The key has 2048 bits ({place}).{differs}")),
        _ => fail(format!("The key has {bits} bits and not 2048 ({place}).{differs}")),
    }
}

fn expiry(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    match key.expires {
        None => hidden(key, "expires", "the expiration date"),
        Some(None) => fail(format!("No expiration date is set ({}).", key.place("expires"))),
        Some(Some(expires)) => pass(format!("The expiration date is {} ({}).", date_of(expires), key.place("expires"))),
    }
}

/// What is known of dates and state against the moment: the sentence of what is wrong, if something is.
pub(super) fn wrong_state(key: &KeyFacts, now: i64) -> Option<String> {
    if key.enabled == Some(false) {
        return Some(format!("The key is disabled ({}).", key.place("enabled")));
    }
    if let Some(Some(expires)) = key.expires
        && now >= expires
    {
        return Some(format!("The key expired at {} ({}).", date_of(expires), key.place("expires")));
    }
    match key.not_before {
        Some(Some(begin)) if now < begin => {
            Some(format!("The key is not valid before {} ({}).", date_of(begin), key.place("notBefore")))
        }
        _ => None,
    }
}

fn state(key: &KeyFacts, given: &Given<'_>) -> Option<Judged> {
    if let Some(wrong) = wrong_state(key, given.options.now) {
        return fail(format!("{wrong} Nothing new is encrypted to it; old drops still open while the key is enabled."));
    }
    if key.enabled.is_none() {
        return hidden(key, "enabled", "whether the key is enabled");
    }
    if key.unreadable.contains_key("expires") {
        return hidden(key, "expires", "the expiration date");
    }
    pass(format!("The key is enabled and valid at {} ({}).", date_of(given.options.now), key.place("enabled")))
}

/// Whether a name is a GUID with hyphens.
fn is_guid(name: &str) -> bool {
    let groups: Vec<&str> = name.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn name(key: &KeyFacts, given: &Given<'_>) -> Option<Judged> {
    let Some(name) = &key.name else { return hidden(key, "name", "the key's name") };
    let place = key.place("name");
    match given.options.tenant() {
        _ if !is_guid(name) => {
            fail(format!("The key's name is {name}, which is no tenant id (a GUID with hyphens) ({place})."))
        }
        Some(tenant) if !tenant.eq_ignore_ascii_case(name) => {
            fail(format!("The key's name is {name}, which is a GUID, but not the tenant id {tenant} ({place})."))
        }
        Some(_) => pass(format!("The key's name is the tenant id ({place}).")),
        None => pass(format!("The key's name is a GUID ({place}). Give the tenant id to compare it.")),
    }
}

fn one_key(given: &Given<'_>) -> Option<Judged> {
    let keys: Vec<&KeyFacts> = given.descriptions().collect();
    if keys.len() < 2 {
        return not_visible("Only one key was given; give all keys of the tenant together to compare them.");
    }
    let lower = |text: &Option<String>| text.as_ref().map(|text| text.to_ascii_lowercase());
    for (index, one) in keys.iter().enumerate() {
        for other in keys.iter().skip(index + 1) {
            let (Some(name), Some(second)) = (lower(&one.name), lower(&other.name)) else {
                return not_visible(format!("The name of a key is not visible; {KEY_JSON}"));
            };
            if name == second && lower(&one.host) != lower(&other.host) {
                return warn(format!("{} and {} have one name in two vaults.", one.label, other.label));
            }
            if name != second && one.modulus.is_some() && one.modulus == other.modulus {
                return warn(format!("{} and {} are the same key under two names.", one.label, other.label));
            }
        }
    }
    pass("No name is in two vaults, and no key has two names, among the keys that were given.")
}

fn can_open(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let opens =
        |ops: &[String]| ops.iter().any(|op| ["decrypt", "unwrapkey"].contains(&op.to_ascii_lowercase().as_str()));
    match &key.key_ops {
        None if opens(&key.some_ops) => pass(format!("A drop can be opened with this key ({}).", key.place("keyOps"))),
        None => hidden(key, "keyOps", "the permitted operations"),
        Some(ops) if opens(ops) => {
            pass(format!("The permitted operations are {} ({}).", ops.join(", "), key.place("keyOps")))
        }
        Some(ops) => warn(format!(
            "The permitted operations are {}: neither decrypt nor unwrapKey ({}).",
            if ops.is_empty() { "none".to_owned() } else { ops.join(", ") },
            key.place("keyOps")
        )),
    }
}

fn drop_version(given: &Given<'_>) -> Option<Judged> {
    let wanted: Vec<&String> = given.drops.iter().flat_map(|drop| &drop.versions).collect();
    let keys: Vec<&KeyFacts> = given.described().filter(|key| key.set_version().is_some()).collect();
    let file = given.drops.first().map_or("", |drop| drop.file.as_str());
    if wanted.is_empty() {
        return not_visible("No drop was given; its encryptionKeyDetails.json shows the version that it needs.");
    }
    if keys.is_empty() {
        return not_visible(format!("The version of the key is not visible; {KEY_JSON}"));
    }
    let is_here =
        |version: &str| keys.iter().any(|key| key.set_version().is_some_and(|own| own.eq_ignore_ascii_case(version)));
    match wanted.iter().find(|version| !is_here(version)) {
        None => pass(format!("Every version that {file} names was given.")),
        Some(version) => {
            let shown: String = version.chars().take(80).collect();
            fail(format!(
                "{file} needs version {shown}, which is none of the given keys ({}).",
                keys.first()?.place("version")
            ))
        }
    }
}

/// Whether a recovery level has purge protection; `None` for a word that is not in Key Vault's vocabulary.
pub(super) fn has_purge_protection(level: &str) -> Option<bool> {
    let level = level.to_ascii_lowercase();
    let is_known = ["recoverable", "customizedrecoverable"]
        .iter()
        .any(|start| level == *start || level.starts_with(&format!("{start}+")));
    match level.as_str() {
        "purgeable" => Some(false),
        _ if !is_known => None,
        level => Some(!level.contains("purgeable")),
    }
}

fn protection(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let Some(level) = &key.recovery_level else { return hidden(key, "recoveryLevel", "the recovery level") };
    match has_purge_protection(level) {
        Some(true) => pass(format!("The recovery level is {level} ({}).", key.place("recoveryLevel"))),
        _ => {
            reminder(format!("The recovery level is {level}: the key can be purged ({}).", key.place("recoveryLevel")))
        }
    }
}

fn role(given: &Given<'_>) -> Option<Judged> {
    let Some(vault) =
        given.vaults.iter().find(|vault| vault.rbac != Some(true) && !vault.managed_hsm).or(given.vaults.first())
    else {
        return reminder(format!(
            "Which permission model the vault has was not given ({VAULT_JSON}). Role assignments are shown in the portal, under Access control (IAM)."
        ));
    };
    match vault.rbac {
        Some(true) => reminder(format!(
            "{} uses RBAC. That the app's service principal has the role is shown in the portal, under Access control (IAM).",
            vault_name(vault)
        )),
        _ if vault.managed_hsm => {
            reminder(format!("{} is a Managed HSM, which has roles of its own.", vault_name(vault)))
        }
        Some(false) => {
            warn(format!("{} uses access policies and not RBAC, which the article chooses.", vault_name(vault)))
        }
        None => warn(format!(
            "{} does not say that it uses RBAC: enableRbacAuthorization is unset, whose meaning depends on the API version.",
            vault_name(vault)
        )),
    }
}

fn public_access(given: &Given<'_>) -> Option<Judged> {
    if given.vaults.is_empty() {
        return reminder(format!("The vault's network settings were not given; {VAULT_JSON}"));
    }
    for vault in given.vaults {
        let is = |value: &Option<String>, wanted: &str| {
            value.as_ref().is_some_and(|value| value.eq_ignore_ascii_case(wanted))
        };
        if is(&vault.pna, "Disabled") {
            return fail(format!("{}: public network access is disabled.", vault_name(vault)));
        }
        if is(&vault.pna, "SecuredByPerimeter") {
            return warn(format!("{}: a network security perimeter decides who reaches it.", vault_name(vault)));
        }
        if vault.acls.as_ref().is_some_and(|acls| is(&acls.default_action, "Deny")) {
            return fail(format!(
                "{}: the firewall denies what is not listed, and Data Connect's addresses are not known.",
                vault_name(vault)
            ));
        }
    }
    pass("Public network access is enabled, and no firewall denies it.")
}
