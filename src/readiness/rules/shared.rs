//! Judgements that several services share.

use crate::readiness::command::Names;
use crate::readiness::facts::KeyFacts;
use crate::readiness::instant::date_of;
use crate::readiness::judge::{Given, Judged, fail, hidden, not_visible, pass, vault_name};
use crate::readiness::verdict::Commands;

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

/// The command that mends what [`wrong_state`] found. `expiry` is the new expiration date of an expired key.
pub(super) fn mend_state(key: &KeyFacts, now: i64, expiry: &str) -> Commands {
    let names = Names::of_key(key);
    if key.enabled == Some(false) {
        names.enable()
    } else if matches!(key.expires, Some(Some(expires)) if now >= expires) {
        names.expire(expiry)
    } else {
        let moment = date_of(now).replace(" UTC", "Z").replacen(' ', "T", 1);
        names.begin(&moment)
    }
}

/// Whether a recovery level has purge protection; `None` for a word that is not in Key Vault's vocabulary.
pub(super) fn has_purge_protection(level: &str) -> Option<bool> {
    match level.to_ascii_lowercase().as_str() {
        "purgeable" | "recoverable+purgeable" | "customizedrecoverable+purgeable" => Some(false),
        "recoverable"
        | "recoverable+protectedsubscription"
        | "customizedrecoverable"
        | "customizedrecoverable+protectedsubscription" => Some(true),
        _ => None,
    }
}

/// A date that the input does not show, among those that decide whether a key is valid.
pub(super) fn hidden_date(key: &KeyFacts, facts: &[&str]) -> Option<Judged> {
    let is_hidden = |fact: &&&str| match **fact {
        "expires" => key.expires.is_none(),
        _ => key.not_before.is_none(),
    };
    let fact = facts.iter().find(is_hidden)?;
    hidden(key, fact, if *fact == "expires" { "the expiration date" } else { "the activation date" })
}

/// Whether wrapKey and unwrapKey are permitted; shared with Customer Key.
pub(super) fn operations(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let has = |ops: &[String], wanted: &str| ops.iter().any(|op| op.eq_ignore_ascii_case(wanted));
    let place = key.place("keyOps");
    match &key.key_ops {
        None if has(&key.some_ops, "wrapKey") && has(&key.some_ops, "unwrapKey") => {
            pass(format!("wrapKey and unwrapKey are permitted ({place})."))
        }
        None => hidden(key, "keyOps", "the permitted operations"),
        Some(ops) => {
            let missing: Vec<&str> = ["wrapKey", "unwrapKey"].into_iter().filter(|wanted| !has(ops, wanted)).collect();
            if missing.is_empty() {
                pass(format!("wrapKey and unwrapKey are permitted ({place})."))
            } else {
                fail(format!("{} is not permitted ({place}).", missing.join(" and ")))
            }
        }
    }
}

/// Soft delete and purge protection by the recovery level; shared with Customer Key. When it is not visible and a vault
/// was given, the vault decides.
pub(super) fn protected(key: &KeyFacts, given: &Given<'_>) -> Option<Judged> {
    let place = key.place("recoveryLevel");
    match &key.recovery_level {
        None if !given.vaults.is_empty() => None,
        None => hidden(key, "recoveryLevel", "the recovery level"),
        Some(level) => match has_purge_protection(level) {
            Some(true) => {
                pass(format!("The recovery level is {level}: soft delete and purge protection are on ({place})."))
            }
            Some(false) if level.eq_ignore_ascii_case("Purgeable") => {
                fail(format!("The recovery level is {level}: soft delete and purge protection are off ({place})."))
            }
            Some(false) => fail(format!("The recovery level is {level}: purge protection is off ({place}).")),
            None => not_visible(format!("The recovery level {level} is none of Key Vault's ({place}).")),
        },
    }
}

/// Soft delete and purge protection by the vault; shared with Customer Key.
pub(super) fn protected_vault(given: &Given<'_>) -> Option<Judged> {
    for vault in given.vaults {
        let off: Vec<&str> = [("soft delete", vault.soft), ("purge protection", vault.purge)]
            .into_iter()
            .filter(|(_, state)| *state != Some(true))
            .map(|(name, _)| name)
            .collect();
        if !off.is_empty() {
            let differs =
                given.keys.iter().any(|key| key.recovery_level.as_deref().and_then(has_purge_protection) == Some(true));
            let note = if differs {
                " The key's recovery level says otherwise: the files may be of different days."
            } else {
                ""
            };
            return fail(format!("{}: {} is not on.{note}", vault_name(vault), off.join(" and ")))
                .map(|judged| judged.about(vault));
        }
    }
    if given.vaults.is_empty() {
        None
    } else {
        let is_weaker = |key: &KeyFacts| key.recovery_level.as_deref().and_then(has_purge_protection) == Some(false);
        let note = if given.keys.iter().any(is_weaker) {
            " The recovery level of a key says otherwise: the files may be of different days."
        } else {
            ""
        };
        pass(format!("Soft delete and purge protection are on in every vault that was given.{note}"))
    }
}
