//! The command of Microsoft's own validator, which has the last word: the PowerShell module `M365CustomerKeyOnboarding`.

use super::facts::KeyFacts;
use super::judge::Given;
use super::options::Policy;
use super::quoting::quoted;

/// The command for two keys; `None` when there is no pair, or no scenario of the validator is known for the policy.
pub(super) fn validator(policy: Option<Policy>, given: &Given<'_>) -> Option<String> {
    let keys: Vec<&KeyFacts> = given.described().filter(|key| key.kid.is_some()).collect();
    let [one, other] = keys.as_slice() else { return None };
    let scenario = match policy {
        Some(Policy::Exchange) => "EXO",
        Some(Policy::MultiWorkload) | None => "MDEP",
        Some(Policy::Sharepoint) => return None,
    };
    let organization =
        given.options.tenant().filter(|tenant| !tenant.contains(char::is_control)).unwrap_or("<tenant id>");
    let mut command =
        format!("New-CustomerKeyOnboardingRequest -Organization {} -Scenario {scenario}", quoted(organization));
    for (number, key) in [(1, one), (2, other)] {
        command.push_str(&format!(
            " -Subscription{number} {} -KeyIdentifier{number} {}",
            quoted(&subscription(key, given).unwrap_or_else(|| format!("<subscription of key {number}>"))),
            quoted(key.kid.as_deref().unwrap_or_default())
        ));
    }
    command.push_str(" -OnboardingMode Validate");
    Some(command)
}

/// The subscription of a key: by its own ARM id, or by that of its vault.
fn subscription(key: &KeyFacts, given: &Given<'_>) -> Option<String> {
    let of_vault = || {
        let vault = given.vaults.iter().find(|vault| {
            let same = |one: &Option<String>, other: &Option<String>| {
                one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
            };
            same(&vault.host, &key.host) || same(&vault.vault, &key.vault)
        })?;
        vault.sub.clone()
    };
    let found = key.sub.clone().or_else(of_vault)?;
    found.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-').then_some(found)
}
