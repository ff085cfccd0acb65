//! How the rules of Defender for Cloud Apps judge.

use super::defender::ADDRESSES;
use super::shared::{hidden_date, mend_state, wrong_state};
use crate::readiness::command::Names;
use crate::readiness::facts::{Grade, KeyFacts, VaultFacts, What};
use crate::readiness::instant::date_of;
use crate::readiness::judge::{
    Given, Judged, VAULT_JSON, fail, hidden, not_visible, pass, reminder, typed, vault_name, warn,
};
use crate::readiness::network::covers;

pub(super) fn key_type(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    match (&key.kty, key.is_rsa(), key.is_hsm_type()) {
        (None, ..) => hidden(key, "kty", "the key type"),
        (Some(_), true, true) => {
            pass(format!("The key type is {}: an RSA key; the article does not mention HSMs.", typed(key)))
        }
        (Some(_), true, false) => pass(format!("The key type is {}.", typed(key))),
        _ => fail(format!("The key type is {}: only RSA keys are supported.", typed(key))),
    }
}

pub(super) fn state(key: &KeyFacts, given: &Given<'_>) -> Option<Judged> {
    if let Some(wrong) = wrong_state(key, given.options.now) {
        let command = mend_state(key, given.options.now, "9999-12-31T00:00:00Z");
        return fail(format!("{wrong} With such a key the tenant is locked within an hour."))
            .map(|judged| judged.with(command));
    }
    if key.enabled.is_none() {
        return hidden(key, "enabled", "whether the key is enabled");
    }
    match key.expires {
        None => hidden(key, "expires", "the expiration date"),
        Some(None) if key.not_before.is_none() => hidden_date(key, &["notBefore"]),
        Some(None) => pass(format!("The key is enabled and never expires ({}).", key.place("enabled"))),
        Some(Some(expires)) => warn(format!(
            "The key expires at {}: from then on the tenant is locked within an hour ({}).",
            date_of(expires),
            key.place("expires")
        ))
        .map(|judged| judged.with(Names::of_key(key).expire("9999-12-31T00:00:00Z"))),
    }
}

pub(super) fn identifier(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    if key.what != What::Uri {
        return match &key.kid {
            Some(kid) => reminder(format!(
                "The key identifier is {kid} ({}). The latest version is used, whatever version is written.",
                key.place("kid")
            )),
            None => hidden(key, "kid", "the key identifier"),
        };
    }
    match key.grade {
        Some(Grade::Bad) | None => fail(format!("\u{201C}{}\u{201D} is no key identifier.", key.file)),
        Some(Grade::Suffix) => warn(format!("The domain of {} is none of Key Vault's that are known here.", key.file)),
        Some(Grade::Soft) => {
            reminder(format!("Paste it without what is around it: {}", key.kid.as_deref().unwrap_or_default()))
        }
        Some(Grade::Ok) => reminder("It is a key identifier. The latest version is used, whatever version is written."),
    }
}

pub(super) fn policy(given: &Given<'_>) -> Option<Judged> {
    if given.vaults.is_empty() {
        return reminder(format!("The vault's access policies were not given; {VAULT_JSON}"));
    }
    if let Some(vault) = given.vaults.iter().find(|vault| vault.rbac == Some(true) || vault.managed_hsm) {
        return reminder(format!(
            "{} uses roles and not access policies: see in the portal that the BYOK app may list, wrap and unwrap.",
            vault_name(vault)
        ));
    }
    if given.grants(&["list", "wrapKey", "unwrapKey"]) {
        reminder(
            "An access policy has List, Wrap key and Unwrap key. Whether it is the one of the BYOK app is shown in the portal.",
        )
    } else if let Some(message) = given.unreadable("policies") {
        reminder(message)
    } else {
        let vault = given.vaults.first()?;
        warn(format!("No access policy of {} has List, Wrap key and Unwrap key together.", vault_name(vault)))
            .map(|judged| judged.about(vault))
    }
}

pub(super) fn firewall(given: &Given<'_>) -> Option<Judged> {
    if given.vaults.is_empty() {
        return reminder(format!("The vault's firewall was not given; {VAULT_JSON}"));
    }
    for vault in given.vaults {
        if let Some(problem) = firewall_problem(vault) {
            let judged = fail(format!("{}: {problem}", vault_name(vault))).map(|judged| judged.about(vault));
            // Addresses that are all there are not added again.
            return if problem == NO_BYPASS {
                judged.map(|judged| judged.with(Names::of_vault(vault).bypass()))
            } else {
                judged
            };
        }
    }
    if let Some(message) = given.unreadable("acls") {
        return not_visible(message);
    }
    if let Some(vault) = given.vaults.iter().find(|vault| vault.has_perimeter()) {
        return not_visible(format!("{}: a network security perimeter decides who reaches it.", vault_name(vault)))
            .map(|judged| judged.about(vault));
    }
    pass("No firewall keeps Defender for Cloud Apps out of the vaults that were given.")
}

const NO_BYPASS: &str = "trusted Microsoft services may not bypass the firewall.";

fn firewall_problem(vault: &VaultFacts) -> Option<String> {
    let is =
        |value: &Option<String>, wanted: &str| value.as_ref().is_some_and(|value| value.eq_ignore_ascii_case(wanted));
    if is(&vault.pna, "Disabled") {
        return Some("public network access is disabled, and the eight addresses cannot reach it.".to_owned());
    }
    let acls = vault.acls.as_ref().filter(|acls| !vault.has_perimeter() && !is(&acls.default_action, "Allow"))?;
    if !acls.virtual_network_rules.is_empty() {
        return Some("the firewall selects a virtual network.".to_owned());
    }
    if let Some(address) = ADDRESSES.into_iter().find(|address| !covers(&acls.ip_rules, address)) {
        return Some(format!("the firewall does not allow {address}."));
    }
    let is_open = is(&acls.bypass, "AzureServices");
    (!is_open).then(|| NO_BYPASS.to_owned())
}
