//! Customer Key of Microsoft 365: what one key decides.

use super::Rule;
use super::documents::CUSTOMER_KEY;
use super::shared::{
    has_purge_protection, hidden_date, mend_state, operations, protected, protected_vault, wrong_state,
};
use crate::readiness::facts::{KeyFacts, What};
use crate::readiness::instant::date_of;
use crate::readiness::judge::{
    Given, Judged, KEY_JSON, VAULT_JSON, fail, hidden, not_visible, pass, reminder, typed, vault_name, warn,
};
use crate::readiness::verdict::{Commands, Service};

/// 12/31/9999: from its midnight at UTC+14 to the last second of the year.
const LAST_DAY: std::ops::RangeInclusive<i64> = 253_402_164_000..=253_402_300_799;

pub(super) const RULE: Rule =
    Rule::of(Service::CustomerKey, CUSTOMER_KEY, "Set up Customer Key: Add a key to each key vault");

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "C1",
        demand: "The key is an RSA or RSA-HSM key.",
        remedy: "Create an RSA-HSM key: a key of another type cannot wrap.",
        decides: true,
        key: Some(key_type),
        command: Some(create),
        ..RULE
    },
    Rule {
        id: "C2",
        demand: "The key has at most 4096 bits.",
        remedy: "Create a key of 2048, 3072 or 4096 bits.",
        decides: true,
        key: Some(size),
        command: Some(create),
        ..RULE
    },
    Rule {
        id: "C3",
        demand: "The key has no expiration date, or 12/31/9999.",
        section: "Set up Customer Key: Make sure expiration date isn't set for your keys",
        remedy: "Move the expiration date to 12/31/9999: once set, it cannot be removed. A policy of Azure (\"Key Vault keys should have an expiration date\", or the one about the maximum validity period) contradicts this rule; it may need an exemption.",
        decides: true,
        key: Some(expiry),
        command: Some(|names, _| names.expire("9999-12-31T00:00:00Z")),
        ..RULE
    },
    Rule {
        id: "C4",
        demand: "The key is enabled and its activation date has passed.",
        section: "Set up Customer Key: Make sure expiration date isn't set for your keys",
        remedy: "Enable the key, or give it dates that hold now: with a key that cannot be used, the service fails.",
        decides: true,
        key: Some(state),
        command: Some(|names, _| names.enable()),
        ..RULE
    },
    Rule {
        id: "C5",
        demand: "wrapKey and unwrapKey are permitted operations.",
        remedy: "Permit the operations wrapKey and unwrapKey.",
        decides: true,
        key: Some(operations),
        command: Some(|names, _| names.permit(&["wrapKey", "unwrapKey"])),
        ..RULE
    },
    Rule {
        id: "C6",
        demand: "The recovery level is exactly Recoverable+ProtectedSubscription.",
        section: "Set up Customer Key: Check the recovery level of your keys",
        remedy: "Register the subscription for the mandatory retention period, switch soft delete and purge protection on, and use the retention of 90 days.",
        decides: true,
        key: Some(recovery),
        command: Some(register),
        ..RULE
    },
    Rule {
        id: "C7",
        demand: "Soft delete and purge protection are on.",
        section: "Set up Customer Key: Make sure soft delete and purge protection are enabled on your key vaults",
        remedy: "Switch purge protection on. It cannot be switched off again.",
        decides: true,
        key: Some(protected),
        together: Some(protected_vault),
        command: Some(|names, _| names.protect()),
        ..RULE
    },
    Rule {
        id: "C11",
        demand: "In production the key is protected by an HSM, in a vault of the Premium SKU or in a Managed HSM.",
        section: "Set up Customer Key: Create a premium Azure Key Vault in each subscription",
        remedy: "Create an RSA-HSM key in a premium vault.",
        key: Some(protection),
        together: Some(sku),
        command: Some(create),
        ..RULE
    },
    Rule {
        id: "C18",
        demand: "Both subscriptions, which are paid ones, are registered for the mandatory retention period.",
        section: "Set up Customer Key: Register Azure subscriptions to use a mandatory retention period",
        remedy: "Register the feature mandatoryRetentionPeriodEnabled, and have Microsoft complete it. Free, trial, sponsorship, MSDN and legacy support subscriptions are not eligible.",
        key: Some(retention),
        command: Some(register),
        ..RULE
    },
];

fn create(names: &crate::readiness::command::Names, _: &Given<'_>) -> Commands {
    names.key_command(
        "create",
        "--kty RSA-HSM --size 2048 --ops wrapKey unwrapKey",
        "Add-AzKeyVaultKey",
        "-Destination HSM -KeyType RSA -Size 2048 -KeyOps wrapKey, unwrapKey",
    )
}

fn register(_: &crate::readiness::command::Names, _: &Given<'_>) -> Commands {
    Commands {
        az: Some("az feature register --namespace Microsoft.Resources --name mandatoryRetentionPeriodEnabled".to_owned()),
        powershell: Some("Register-AzProviderFeature -FeatureName mandatoryRetentionPeriodEnabled -ProviderNamespace Microsoft.Resources".to_owned()),
    }
}

fn key_type(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    match (&key.kty, key.is_rsa()) {
        (None, _) => hidden(key, "kty", "the key type"),
        (Some(_), true) => pass(format!("The key type is {}.", typed(key))),
        _ => fail(format!("The key type is {}: only RSA keys are taken.", typed(key))),
    }
}

fn size(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    if key.kty.is_some() && !key.is_rsa() {
        return not_visible(format!("The key is no RSA key, so its size does not count: {}.", typed(key)));
    }
    let Some(bits) = key.bits else { return hidden(key, "bits", "the size") };
    let place = key.place("bits");
    match bits {
        0..=4096 => pass(format!("The key has {bits} bits ({place}).")),
        _ => fail(format!("The key has {bits} bits, more than 4096 ({place}).")),
    }
}

fn expiry(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let place = key.place("expires");
    match key.expires {
        None => hidden(key, "expires", "the expiration date"),
        Some(None) => pass(format!(
            "No expiration date is set ({place}). A policy of Azure that demands one would contradict this: it may need an exemption."
        )),
        Some(Some(expires)) if LAST_DAY.contains(&expires) => {
            pass(format!("The expiration date is 12/31/9999 ({place})."))
        }
        Some(Some(expires)) => fail(format!(
            "The expiration date is {}, and not 12/31/9999 ({place}). Microsoft's validation refuses it.",
            date_of(expires)
        )),
    }
}

fn state(key: &KeyFacts, given: &Given<'_>) -> Option<Judged> {
    if let Some(wrong) = wrong_state(key, given.options.now) {
        let command = mend_state(key, given.options.now, "9999-12-31T00:00:00Z");
        return fail(format!("{wrong} Operations with it fail.")).map(|judged| judged.with(command));
    }
    match key.enabled {
        Some(_) => {
            hidden_date(key, &["notBefore"]).or_else(|| pass(format!("The key is enabled ({}).", key.place("enabled"))))
        }
        None => hidden(key, "enabled", "whether the key is enabled"),
    }
}

/// What a recovery level lacks (Key Vault REST API, DeletionRecoveryLevel).
fn lacks(level: &str) -> String {
    if has_purge_protection(level).is_none() {
        return "it is none of Key Vault's words".to_owned();
    }
    let level = level.to_ascii_lowercase();
    let mut missing = Vec::new();
    if level == "purgeable" {
        missing.push("soft delete");
    }
    if level.contains("purgeable") {
        missing.push("purge protection");
    }
    if !level.ends_with("+protectedsubscription") {
        missing.push("the registration of the subscription for mandatory retention");
    }
    if level.starts_with("customizedrecoverable") {
        missing.push("a retention of 90 days");
    }
    format!("missing: {}", missing.join(", "))
}

fn recovery(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let Some(level) = &key.recovery_level else { return hidden(key, "recoveryLevel", "the recovery level") };
    let place = key.place("recoveryLevel");
    if level.eq_ignore_ascii_case("Recoverable+ProtectedSubscription") {
        return pass(format!("The recovery level is {level} ({place})."));
    }
    let found = format!("The recovery level is {level} ({place}); {}.", lacks(level));
    if key.is_in_managed_hsm() {
        return warn(format!("{found} Whether a Managed HSM needs it is not settled by Microsoft's text."));
    }
    fail(found)
}

fn retention(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let Some(level) = &key.recovery_level else {
        return hidden(key, "recoveryLevel", "the recovery level, which shows the registration");
    };
    let place = key.place("recoveryLevel");
    if has_purge_protection(level).is_none() {
        not_visible(format!("The recovery level {level} is none of Key Vault's ({place})."))
    } else if level.to_ascii_lowercase().ends_with("+protectedsubscription") {
        pass(format!("The recovery level {level} shows that the subscription is registered ({place})."))
    } else if key.is_in_managed_hsm() {
        warn(format!(
            "The recovery level {level} does not show the registration ({place}); for a Managed HSM, ask Get-AzProviderFeature."
        ))
    } else {
        fail(format!("The recovery level {level} shows that the subscription is not registered ({place})."))
    }
}

fn protection(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    match (&key.kty, key.what) {
        (None, _) => hidden(key, "kty", "the key type"),
        (Some(_), What::File) => not_visible(format!("A file does not show where the key will be kept; {KEY_JSON}")),
        _ if key.is_hsm_type() => pass(format!("The key type is {}.", typed(key))),
        _ => warn(format!("The key type is {}: the key is protected by software.", typed(key))),
    }
}

fn sku(given: &Given<'_>) -> Option<Judged> {
    if let Some(vault) = given.vaults.iter().find(|vault| vault.sku.as_deref() == Some("standard")) {
        return warn(format!("{} is of the Standard SKU.", vault_name(vault))).map(|judged| judged.about(vault));
    }
    if !given.keys.is_empty() {
        return None;
    }
    match given.vaults.first() {
        Some(vault) => reminder(format!(
            "{} is of the SKU {}. The key type shows whether its key is in the HSM; {KEY_JSON}",
            vault_name(vault),
            vault.sku.as_deref().unwrap_or("that it does not show")
        )),
        None => not_visible(format!("No key was given; {KEY_JSON}, and {VAULT_JSON}")),
    }
}
