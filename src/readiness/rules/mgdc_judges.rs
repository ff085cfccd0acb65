//! How the rules of Data Connect judge.

use super::mgdc::next_year;
use super::shared::{has_purge_protection, hidden_date, mend_state, wrong_state};
use crate::readiness::facts::KeyFacts;
use crate::readiness::instant::date_of;
use crate::readiness::judge::{
    Given, Judged, KEY_JSON, VAULT_JSON, fail, hidden, not_visible, pass, reminder, typed, vault_name, warn,
};

pub(super) fn key_type(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
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

pub(super) fn size(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
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

pub(super) fn expiry(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    match key.expires {
        None => hidden(key, "expires", "the expiration date"),
        Some(None) => fail(format!("No expiration date is set ({}).", key.place("expires"))),
        Some(Some(expires)) => pass(format!("The expiration date is {} ({}).", date_of(expires), key.place("expires"))),
    }
}

pub(super) fn state(key: &KeyFacts, given: &Given<'_>) -> Option<Judged> {
    if let Some(wrong) = wrong_state(key, given.options.now) {
        let old = if key.enabled == Some(false) {
            "and no old drop opens with it until it is enabled"
        } else {
            "old drops still open while the key is enabled"
        };
        let judged = fail(format!("{wrong} Nothing new is encrypted to it; {old}."));
        return judged.map(|judged| judged.with(mend_state(key, given.options.now, &next_year(given))));
    }
    if key.enabled.is_none() {
        return hidden(key, "enabled", "whether the key is enabled");
    }
    if let Some(judged) = hidden_date(key, &["expires", "notBefore"]) {
        return Some(judged);
    }
    pass(format!("The key is enabled and valid at {} ({}).", date_of(given.options.now), key.place("enabled")))
}

/// Whether a name is a GUID with hyphens.
fn is_guid(name: &str) -> bool {
    let groups: Vec<&str> = name.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

pub(super) fn name(key: &KeyFacts, given: &Given<'_>) -> Option<Judged> {
    let Some(name) = &key.name else { return hidden(key, "name", "the key's name") };
    let place = key.place("name");
    match given.options.tenant() {
        _ if !is_guid(name) => {
            fail(format!("The key's name is {name}, which is no tenant id (a GUID with hyphens) ({place})."))
        }
        Some(tenant) if !is_guid(tenant) => {
            let shown: String = tenant.chars().filter(|c| !c.is_control()).take(80).collect();
            not_visible(format!(
                "The key's name is {name} ({place}), and {shown} is no tenant id to compare it with: give the GUID."
            ))
        }
        Some(tenant) if !tenant.eq_ignore_ascii_case(name) => {
            fail(format!("The key's name is {name}, which is a GUID, but not the tenant id {tenant} ({place})."))
        }
        Some(_) => pass(format!("The key's name is the tenant id ({place}).")),
        None => pass(format!("The key's name is a GUID ({place}). Give the tenant id to compare it.")),
    }
}

pub(super) fn one_key(given: &Given<'_>) -> Option<Judged> {
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

pub(super) fn can_open(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
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

pub(super) fn drop_version(given: &Given<'_>) -> Option<Judged> {
    let wanted: Vec<&String> = given.drops.iter().flat_map(|drop| &drop.versions).collect();
    let keys: Vec<&KeyFacts> = given.described().filter(|key| key.set_version().is_some()).collect();
    let file = given.drops.first().map_or("", |drop| drop.file.as_str());
    if wanted.is_empty() && !given.drops.is_empty() {
        return not_visible(format!("{file} names no version, so each key has to be tried."));
    }
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

pub(super) fn protection(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let Some(level) = &key.recovery_level else { return hidden(key, "recoveryLevel", "the recovery level") };
    match has_purge_protection(level) {
        Some(true) => pass(format!("The recovery level is {level} ({}).", key.place("recoveryLevel"))),
        Some(false) => {
            reminder(format!("The recovery level is {level}: the key can be purged ({}).", key.place("recoveryLevel")))
        }
        None => {
            reminder(format!("The recovery level {level} is none of Key Vault's ({}).", key.place("recoveryLevel")))
        }
    }
}

pub(super) fn role(given: &Given<'_>) -> Option<Judged> {
    let Some(vault) =
        given.vaults.iter().find(|vault| vault.rbac != Some(true) && !vault.managed_hsm).or(given.vaults.first())
    else {
        return reminder(format!(
            "Which permission model the vault has was not given ({VAULT_JSON}). Role assignments are shown in the portal, under Access control (IAM)."
        ));
    };
    let judged = match vault.rbac {
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
    };
    judged.map(|judged| judged.about(vault))
}

pub(super) fn public_access(given: &Given<'_>) -> Option<Judged> {
    if given.vaults.is_empty() {
        return reminder(format!("The vault's network settings were not given; {VAULT_JSON}"));
    }
    for vault in given.vaults {
        let is = |value: &Option<String>, wanted: &str| {
            value.as_ref().is_some_and(|value| value.eq_ignore_ascii_case(wanted))
        };
        if is(&vault.pna, "Disabled") {
            return fail(format!("{}: public network access is disabled.", vault_name(vault)))
                .map(|judged| judged.about(vault));
        }
        if vault.has_perimeter() {
            return warn(format!("{}: a network security perimeter decides who reaches it.", vault_name(vault)))
                .map(|judged| judged.about(vault));
        }
        if vault.acls.as_ref().is_some_and(|acls| is(&acls.default_action, "Deny")) {
            return fail(format!(
                "{}: the firewall denies what is not listed, and Data Connect's addresses are not known.",
                vault_name(vault)
            ))
            .map(|judged| judged.about(vault));
        }
    }
    if let Some(message) = given.unreadable("acls") {
        return not_visible(message);
    }
    pass("Public network access is enabled, and no firewall denies it.")
}
