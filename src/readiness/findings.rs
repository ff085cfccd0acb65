//! The rules, applied to what was given.

use super::command::Names;
use super::facts::{Grade, KeyFacts, What};
use super::judge::{Given, Judged, KEY_JSON};
use super::rules::{Rule, rules};
use super::verdict::{Finding, Service, Verdict};

/// Every rule that the input calls for.
pub(super) fn judge(given: &Given<'_>) -> Vec<Finding> {
    let is_usable = |key: &KeyFacts| key.is_described() && key.grade != Some(Grade::Bad);
    let has_described = given.keys.iter().any(is_usable) || !given.vaults.is_empty();
    let has_upload = given.keys.iter().any(|key| key.what != What::Uri);
    let mut findings = Vec::new();
    for rule in rules().filter(|rule| given.options.wants(rule.service)) {
        let is_dataverse = rule.service == Service::Dataverse;
        let before = findings.len();
        for (index, key) in given.keys.iter().enumerate() {
            let is_asked = match key.what {
                What::Byok => is_dataverse,
                What::Uri => !is_dataverse && (key.grade != Some(Grade::Bad) || rule.id == "D5"),
                What::Key | What::File => true,
            };
            if let Some(judge) = rule.key.filter(|_| is_asked)
                && let Some(judged) = judge(key, given)
            {
                findings.push(finding(
                    rule,
                    judged,
                    &Names::of_key(key).among(given.vaults),
                    given,
                    Some((index, key)),
                ));
            }
        }
        let is_called = if is_dataverse { has_upload } else { has_described };
        if let Some(judge) = rule.together.filter(|_| is_called)
            && let Some(judged) = judge(given)
        {
            findings.push(finding(rule, judged, &given.names(), given, None));
        }
        if findings.len() == before && is_called && given.keys.is_empty() {
            let message = format!("No key was given; {KEY_JSON}");
            let judged = Judged { verdict: Verdict::NotVisible, message, command: None, names: None };
            findings.push(finding(rule, judged, &given.names(), given, None));
        }
    }
    findings.sort_by_key(|finding| (finding.service, number(finding.rule)));
    findings
}

fn number(rule: &str) -> u32 {
    rule.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

fn finding(
    rule: &'static Rule,
    judged: Judged,
    names: &Names,
    given: &Given<'_>,
    key: Option<(usize, &KeyFacts)>,
) -> Finding {
    let is_open = judged.verdict != Verdict::Pass;
    let needs_command = matches!(judged.verdict, Verdict::Fail | Verdict::Warn | Verdict::Reminder);
    let own = judged.command;
    let names = judged.names.as_ref().unwrap_or(names);
    Finding {
        service: rule.service,
        rule: rule.id,
        verdict: judged.verdict,
        demand: rule.demand,
        message: judged.message,
        source: rule.source,
        section: rule.section,
        remedy: (is_open && !rule.remedy.is_empty() && judged.verdict != Verdict::NotVisible).then_some(rule.remedy),
        command: own.or_else(|| rule.command.filter(|_| needs_command).map(|command| command(names, given))),
        key: key.map(|(_, key)| key.label.clone()),
        key_index: key.map(|(index, _)| index),
    }
}
