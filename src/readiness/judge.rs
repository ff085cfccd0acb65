//! What a rule's judgement gets and gives.

use super::command::Names;
use super::facts::{DropFacts, KeyFacts, VaultFacts, What};
use super::options::CheckOptions;
use super::verdict::{Commands, Verdict};

/// Everything that was given together.
pub(super) struct Given<'a> {
    /// The candidate keys, in the order of the items.
    pub(super) keys: &'a [KeyFacts],
    pub(super) vaults: &'a [VaultFacts],
    pub(super) drops: &'a [DropFacts],
    pub(super) options: &'a CheckOptions<'a>,
}

impl<'a> Given<'a> {
    /// Descriptions of keys, and identifiers that are some.
    pub(super) fn described(&self) -> impl Iterator<Item = &'a KeyFacts> {
        self.keys.iter().filter(|key| key.is_described())
    }

    /// Descriptions of keys.
    pub(super) fn descriptions(&self) -> impl Iterator<Item = &'a KeyFacts> {
        self.keys.iter().filter(|key| key.what == What::Key)
    }

    /// Whether an access policy has all of these permissions.
    pub(super) fn grants(&self, wanted: &[&str]) -> bool {
        let has = |policy: &Vec<String>, wanted: &str| policy.iter().any(|one| one.eq_ignore_ascii_case(wanted));
        let grants = |policy: &Vec<String>| has(policy, "all") || wanted.iter().all(|wanted| has(policy, wanted));
        self.vaults.iter().any(|vault| vault.policies.iter().any(grants))
    }

    /// What to say of a vault whose firewall (`acls`) or access policies (`policies`) are there and cannot be read.
    pub(super) fn unreadable(&self, fact: &str) -> Option<String> {
        let vault = self.vaults.iter().find(|vault| vault.unreadable.contains(&fact))?;
        let what = if fact == "acls" { "firewall" } else { "access policies" };
        Some(format!("The {what} of {} cannot be read; {VAULT_JSON}", vault_name(vault)))
    }

    /// The first names that are known, for commands.
    pub(super) fn names(&self) -> Names {
        match (self.described().next(), self.vaults.first()) {
            (Some(key), _) => Names::of_key(key).among(self.vaults),
            (None, Some(vault)) => Names::of_vault(vault),
            (None, None) => Names::unknown(),
        }
    }
}

/// How a rule came out.
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) message: String,
    /// Overrides the command of the rule.
    pub(super) command: Option<Commands>,
    /// Whose names the command of the rule gets; those of the key if it is `None`.
    pub(super) names: Option<Names>,
}

impl Judged {
    /// With a command of its own.
    pub(super) fn with(self, command: Commands) -> Self {
        Self { command: Some(command), ..self }
    }

    /// About this vault, which the command is for.
    pub(super) fn about(self, vault: &VaultFacts) -> Self {
        Self { names: Some(Names::of_vault(vault)), ..self }
    }
}

fn judged(verdict: Verdict, message: impl Into<String>) -> Option<Judged> {
    Some(Judged { verdict, message: message.into(), command: None, names: None })
}

pub(super) fn pass(message: impl Into<String>) -> Option<Judged> {
    judged(Verdict::Pass, message)
}

pub(super) fn fail(message: impl Into<String>) -> Option<Judged> {
    judged(Verdict::Fail, message)
}

pub(super) fn warn(message: impl Into<String>) -> Option<Judged> {
    judged(Verdict::Warn, message)
}

pub(super) fn reminder(message: impl Into<String>) -> Option<Judged> {
    judged(Verdict::Reminder, message)
}

pub(super) fn not_visible(message: impl Into<String>) -> Option<Judged> {
    judged(Verdict::NotVisible, message)
}

/// Which file shows what the description of a key has.
pub(super) const KEY_JSON: &str = "the key's JSON shows it (az keyvault key show --vault-name … --name … -o json, or Get-AzKeyVaultKey -VaultName … -Name … | ConvertTo-Json)";
/// Which file shows what the description of a vault has.
pub(super) const VAULT_JSON: &str = "the vault's JSON shows it (az keyvault show --name … -o json, or Get-AzKeyVault -VaultName … | ConvertTo-Json -Depth 5)";

/// A fact that the key's input does not show, or shows in a form that cannot be read.
pub(super) fn hidden(key: &KeyFacts, fact: &str, what: &str) -> Option<Judged> {
    if let Some(found) = key.unreadable.get(fact) {
        return not_visible(format!(
            "{} says \u{201C}{found}\u{201D} as {what}, which cannot be read with certainty; {KEY_JSON}",
            key.place(fact)
        ));
    }
    not_visible(format!("{} does not show {what}; {KEY_JSON}", key.file))
}

/// The key type for messages: `RSA in key.json, key.kty`.
pub(super) fn typed(key: &KeyFacts) -> String {
    format!("{} ({})", key.kty.as_deref().unwrap_or_default(), key.place("kty"))
}

/// Where a vault was described.
pub(super) fn vault_name(vault: &VaultFacts) -> String {
    format!("{} ({})", vault.vault.as_deref().unwrap_or("the vault"), vault.file)
}
