//! The command that creates a data encryption policy of Customer Key from two keys.
//!
//! It is built only when the pair keeps every rule that can be seen. Microsoft's own validator has the last word.

use super::facts::{Grade, KeyFacts};
use super::judge::Given;
use super::options::Policy;
use super::quoting::quoted;
use super::verdict::{Finding, Service, Verdict};
use serde::Serialize;

/// Why no command was built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Refusal {
    /// The id of the rule that is broken; `description` or `identity` for a text that no command can hold.
    pub rule: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

/// What is wrong with the name of a policy; blanks around it do not count.
pub(super) fn name_problem(name: &str) -> Option<String> {
    let name = name.trim_matches(' ');
    if name.is_empty() {
        return Some("The name is empty.".to_owned());
    }
    if name.contains(char::is_whitespace) {
        return Some("The name has a space in it.".to_owned());
    }
    let is_hidden =
        |c: char| matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}');
    (is_unprintable(name) || name.contains(is_hidden))
        .then(|| "The name has a character in it that cannot be seen.".to_owned())
}

/// Control characters, and those that change the direction of the text: what is copied would not be what is seen.
fn is_unprintable(text: &str) -> bool {
    let turns = |c: char| matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    text.chars().any(|c| c.is_control() || turns(c))
}

/// The command, or why there is none.
pub(super) fn command(policy: Policy, given: &Given<'_>, findings: &[Finding]) -> Result<String, Vec<Refusal>> {
    let mut refused = Vec::new();
    let mut refuse = |rule, message: String| refused.push(Refusal { rule, message });
    let keys: Vec<&KeyFacts> = given.described().collect();
    for key in keys.iter().filter(|key| key.kid.is_none()) {
        refuse("C15", format!("{} is no key identifier and has none.", key.file));
    }
    let pair = match keys.as_slice() {
        [one, other] => Some((*one, *other)),
        _ => {
            refuse("C8", format!("A policy needs two keys, and {} were given.", keys.len()));
            None
        }
    };
    if policy == Policy::Sharepoint {
        for key in keys.iter().filter(|key| key.kid.is_some() && key.set_version().is_none()) {
            refuse(
                "C15",
                format!("SharePoint needs the version of {}; give the identifier with its version.", key.label),
            );
        }
    } else if let Some(problem) =
        given.options.policy_name.map_or(Some("The policy needs a name.".to_owned()), name_problem)
    {
        refuse("C14", problem);
    }
    for (rule, text) in [("description", given.options.policy_description), ("identity", given.options.identity)] {
        if text.is_some_and(is_unprintable) {
            refuse(rule, "The text has a line break or another control character; write it on one line.".to_owned());
        }
    }
    let failed =
        findings.iter().filter(|finding| finding.service == Service::CustomerKey && finding.verdict == Verdict::Fail);
    for finding in failed.filter(|finding| finding.rule != "C14" || policy != Policy::Sharepoint) {
        if !refused.iter().any(|refusal| refusal.rule == finding.rule) {
            refused.push(Refusal { rule: finding.rule, message: finding.message.clone() });
        }
    }
    match pair {
        Some((one, other)) if refused.is_empty() => Ok(build(policy, one, other, given)),
        _ => Err(refused),
    }
}

fn build(policy: Policy, one: &KeyFacts, other: &KeyFacts, given: &Given<'_>) -> String {
    let options = given.options;
    let text = |text: Option<&str>| text.map(|text| text.trim_matches(' ').to_owned()).filter(|text| !text.is_empty());
    if policy == Policy::Sharepoint {
        let mut command = "Register-SPODataEncryptionPolicy".to_owned();
        if let Some(identity) = text(options.identity) {
            command.push_str(&format!(" -Identity {}", quoted(&identity)));
        }
        for (which, key) in [("Primary", one), ("Secondary", other)] {
            let part = |text: Option<&str>| quoted(text.unwrap_or_default());
            command.push_str(&format!(
                " -{which}KeyVaultName {} -{which}KeyName {} -{which}KeyVersion {}",
                part(key.vault.as_deref()),
                part(key.name.as_deref()),
                part(key.set_version())
            ));
        }
        return command;
    }
    let cmdlet = match policy {
        Policy::Exchange => "New-DataEncryptionPolicy",
        _ => "New-M365DataAtRestEncryptionPolicy",
    };
    let mut command = format!("{cmdlet} -Name {}", quoted(&text(options.policy_name).unwrap_or_default()));
    // As it was typed: blanks around a description may be meant.
    if let Some(description) = options.policy_description {
        command.push_str(&format!(" -Description {}", quoted(description)));
    }
    let identifier = |key: &KeyFacts| quoted(key.kid.as_deref().unwrap_or_default());
    command.push_str(&format!(" -AzureKeyIDs {}, {}", identifier(one), identifier(other)));
    command
}

/// What has to be checked by hand before the command is used: rules that no given file shows.
pub(super) fn check_list(findings: &[Finding], given: &Given<'_>, policy: Policy) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let open = |finding: &&Finding| {
        finding.service == Service::CustomerKey
            && matches!(finding.verdict, Verdict::NotVisible | Verdict::Reminder | Verdict::Warn)
            && !["C14", "C15"].contains(&finding.rule)
    };
    for finding in findings.iter().filter(open) {
        let entry = format!("{}: {}", finding.rule, finding.demand);
        if !list.contains(&entry) {
            list.push(entry);
        }
    }
    if given.keys.iter().any(|key| key.grade == Some(Grade::Soft)) {
        list.push("C15: quotation marks or a query around an identifier were removed.".to_owned());
    }
    if policy == Policy::Sharepoint && given.keys.iter().any(KeyFacts::is_in_managed_hsm) {
        list.push("C15: the documents show this command with names of vaults only; ask Microsoft's page about Managed HSM for its form there.".to_owned());
    }
    list
}
