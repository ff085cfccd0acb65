//! Sources → findings, and what they mean for each service.

use super::byok::{is_kek_of, kek_checks};
use super::command::Names;
use super::facts::{DropFacts, Grade, KeyFacts, VaultFacts, What};
use super::judge::{Given, Judged};
use super::kinds::Kind;
use super::options::CheckOptions;
use super::policy::{self, Refusal};
use super::reader::{MOST_KEYS, Source};
use super::rules::{Rule, rules};
use super::same_key::disagreements;
use super::validator::validator;
use super::verdict::{Finding, Service, Verdict};
use serde::Serialize;

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KeyCheck {
    /// The candidate keys, in the order of the items. The key exchange key of a BYOK file is none.
    pub keys: Vec<KeyFacts>,
    /// What each document is.
    pub sources: Vec<Source>,
    /// What to say beside the findings.
    pub messages: Vec<Message>,
    /// Every rule that was judged, by service and number.
    pub findings: Vec<Finding>,
    /// What the findings mean, service by service.
    pub services: Vec<ServiceReadiness>,
    /// Rules of two services that no key or only special keys can keep together.
    pub contradictions: Vec<Contradiction>,
    /// The policy's command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// Why there is no command although one was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Refusal>,
    /// What no file showed, to be checked by hand before the command is used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub check_list: Vec<String>,
    /// The command of Microsoft's own validator, which has the last word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validator: Option<String>,
}

/// Something that no single rule says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// The item that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// A stable code, for what could not be read or needs attention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// The sentence.
    pub text: String,
    /// The command that gives the right thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say: Option<&'static str>,
}

/// Whether a service takes a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Standing {
    /// Every deciding rule is kept.
    Accepts,
    /// A rule is broken.
    Refuses,
    /// A deciding rule is not visible.
    CannotTell,
}

/// One service's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ServiceReadiness {
    /// The service.
    pub service: Service,
    /// Its name for people.
    pub title: &'static str,
    /// Whether it takes what was given.
    pub verdict: Standing,
    /// Ids of broken rules.
    pub failed: Vec<&'static str>,
    /// Ids of rules with a warning.
    pub warned: Vec<&'static str>,
    /// Ids of rules that are not visible.
    pub not_visible: Vec<&'static str>,
    /// Ids of rules that are kept.
    pub passed: Vec<&'static str>,
    /// Ids of reminders.
    pub reminders: Vec<&'static str>,
    /// The answer for each key alone, in the order of [`KeyCheck::keys`].
    pub keys: Vec<Standing>,
}

/// Two rules that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Contradiction {
    /// The ids of the rules.
    pub rules: [&'static str; 2],
    /// Their services.
    pub services: [Service; 2],
    /// What each demands, and whether one key can keep both.
    pub message: &'static str,
    /// Labels of the keys that keep one rule and break the other.
    pub keys: Vec<String>,
}

pub(super) fn of(mut sources: Vec<Source>, options: &CheckOptions<'_>) -> KeyCheck {
    let mut messages = Vec::new();
    limit(&mut sources, &mut messages);
    set_keks_aside(&mut sources, options.now, &mut messages);
    let keys: Vec<KeyFacts> = sources.iter().filter_map(|source| source.key.clone()).collect();
    let vaults: Vec<VaultFacts> = sources.iter().filter_map(|source| source.vault.clone()).collect();
    let drops: Vec<DropFacts> = sources.iter().filter_map(|source| source.drop.clone()).collect();
    remark(&sources, &keys, &mut messages);
    let given = Given { keys: &keys, vaults: &vaults, drops: &drops, options };
    let findings = judge(&given);
    let services = Service::ALL.into_iter().filter(|service| options.wants(*service));
    let services = services.map(|service| readiness(service, &findings, keys.len())).collect();
    let (mut command, mut refused, mut check_list) = (None, Vec::new(), Vec::new());
    if let Some(policy) = options.policy {
        // The rules of Customer Key hold for its policies, also when only other services were asked about.
        let own = CheckOptions { services: vec![Service::CustomerKey], ..options.clone() };
        let all = judge(&Given { options: &own, ..given });
        match policy::command(policy, &given, &all) {
            Ok(built) => {
                check_list = policy::check_list(&all, &given, policy);
                command = Some(built);
            }
            Err(reasons) => refused = reasons,
        }
    }
    let validator = if options.wants(Service::CustomerKey) || options.policy.is_some() {
        validator(options.policy, &given)
    } else {
        None
    };
    let contradictions = contradictions(&findings, options, keys.is_empty());
    KeyCheck { keys, sources, messages, findings, services, contradictions, command, refused, check_list, validator }
}

/// Judges no more keys than [`MOST_KEYS`].
fn limit(sources: &mut Vec<Source>, messages: &mut Vec<Message>) {
    let (mut kept, mut dropped) = (0, 0);
    sources.retain(|source| {
        if source.key.is_none() && source.vault.is_none() {
            return true;
        }
        kept += 1;
        dropped += usize::from(kept > MOST_KEYS);
        kept <= MOST_KEYS
    });
    if dropped > 0 {
        messages.push(Message {
            item: None,
            code: Some("ERR_CHECK_LIMIT"),
            text: format!("{dropped} further keys were not judged: {MOST_KEYS} in one check are a limit of this tool. Give fewer at a time."),
            say: None,
        });
    }
}

/// The key exchange key of a BYOK file is checked for the file, and is no candidate for a service.
fn set_keks_aside(sources: &mut [Source], now: i64, messages: &mut Vec<Message>) {
    let Some(byok) = sources.iter().position(|source| source.kind == Kind::Byok) else { return };
    let Some(transfer) = sources.get(byok).and_then(|source| source.key.clone()) else { return };
    let is_key = |source: &Source| source.key.as_ref().is_some_and(|key| key.what == What::Key);
    let is_only = sources.iter().filter(|source| is_key(source)).count() == 1;
    let mut checks = None;
    for source in sources.iter_mut().filter(|source| is_key(source)) {
        if source.key.as_ref().is_some_and(|key| is_only || is_kek_of(key, &transfer))
            && let Some(kek) = source.key.take()
        {
            source.message = Some(format!(
                "This is taken for the key exchange key of {}, and not for a key that a service is to use.",
                transfer.file
            ));
            checks = checks.or_else(|| Some(kek_checks(&kek, &transfer, now)));
        }
    }
    let Some(checks) = checks else { return };
    let all = [
        ("kty", checks.kty),
        ("size", checks.size),
        ("key_ops", checks.key_ops),
        ("kid", checks.kid),
        ("expiry", checks.expiry),
    ];
    let failed: Vec<&str> = all.iter().filter(|(_, verdict)| *verdict == "fail").map(|(name, _)| *name).collect();
    if !failed.is_empty() {
        messages.push(Message {
            item: Some(transfer.file.clone()),
            code: None,
            text: format!("The key exchange key does not fit: {}. It has to be RSA-HSM of 2048, 3072 or 4096 bits with the only operation import, not expired, and the one that the file names.", failed.join(", ")),
            say: None,
        });
    }
    if let Some(key) = sources.get_mut(byok).and_then(|source| source.key.as_mut()) {
        key.kek = Some(checks);
    }
}

/// What the sources say beside the rules.
fn remark(sources: &[Source], keys: &[KeyFacts], messages: &mut Vec<Message>) {
    for source in sources {
        if let Some(text) = &source.message {
            messages.push(Message {
                item: Some(source.name.clone()),
                code: source.code,
                text: text.clone(),
                say: source.say,
            });
        }
    }
    let mut about = |key: &KeyFacts, text: String| {
        messages.push(Message { item: Some(key.file.clone()), code: None, text, say: None });
    };
    for key in keys {
        if key.private == Some(true) {
            about(key, "A private key was given. It was read for its facts and wiped. Except for an upload to Dataverse, the description of the key would do.".to_owned());
        }
        for warning in &key.warnings {
            about(
                key,
                match *warning {
                    "size-differs" => format!(
                        "The stated size and the modulus disagree: the modulus has {} bits, and {}. The modulus counts.",
                        key.bits.unwrap_or(0),
                        key.place("size")
                    ),
                    _ => "A date names no time zone; it was read as UTC.".to_owned(),
                },
            );
        }
        for (fact, found) in &key.unreadable {
            about(
                key,
                match *fact {
                    "n" => format!("The modulus cannot be read ({found})."),
                    fact => format!(
                        "\u{201C}{found}\u{201D} is no date that can be read with certainty ({}). Export the key as JSON.",
                        key.place(fact)
                    ),
                },
            );
        }
        if !key.some_ops.is_empty() {
            about(key, "PowerShell cut the list of operations; add | ConvertTo-Json to see all of them.".to_owned());
        }
        if !key.problems.is_empty() {
            about(key, format!("Wrong in this BYOK file: {}.", key.problems.join(", ")));
        }
    }
    messages.extend(disagreements(keys).into_iter().map(|text| Message {
        item: None,
        code: Some("ERR_CHECK_DISAGREE"),
        text,
        say: None,
    }));
}

/// Every rule that the input calls for.
fn judge(given: &Given<'_>) -> Vec<Finding> {
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
                findings.push(finding(rule, judged, &Names::of_key(key), given, Some((index, key))));
            }
        }
        let is_called = if is_dataverse { has_upload } else { has_described };
        if let Some(judge) = rule.together.filter(|_| is_called)
            && let Some(judged) = judge(given)
        {
            findings.push(finding(rule, judged, &given.names(), given, None));
        }
        if findings.len() == before && is_called && given.keys.is_empty() {
            let message = format!("No key was given; {}", super::judge::KEY_JSON);
            let judged = Judged { verdict: Verdict::NotVisible, message, command: None };
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

fn readiness(service: Service, findings: &[Finding], keys: usize) -> ServiceReadiness {
    let own: Vec<&Finding> = findings.iter().filter(|finding| finding.service == service).collect();
    let ids = |wanted: Verdict| {
        let mut ids: Vec<&'static str> = Vec::new();
        for rule in own.iter().map(|finding| finding.rule) {
            let worst = own.iter().filter(|finding| finding.rule == rule).map(|finding| finding.verdict).min();
            if worst == Some(wanted) && !ids.contains(&rule) {
                ids.push(rule);
            }
        }
        ids
    };
    let of_key = |index: usize| {
        standing(&own.iter().copied().filter(|finding| finding.key_index == Some(index)).collect::<Vec<_>>())
    };
    ServiceReadiness {
        service,
        title: service.title(),
        verdict: standing(&own),
        failed: ids(Verdict::Fail),
        warned: ids(Verdict::Warn),
        not_visible: ids(Verdict::NotVisible),
        passed: ids(Verdict::Pass),
        reminders: ids(Verdict::Reminder),
        keys: (0..keys).map(of_key).collect(),
    }
}

fn standing(findings: &[&Finding]) -> Standing {
    let decides = |finding: &&&Finding| rules().any(|rule| rule.id == finding.rule && rule.decides);
    if findings.iter().any(|finding| finding.verdict == Verdict::Fail) {
        return Standing::Refuses;
    }
    let mut deciding = findings.iter().filter(decides).peekable();
    if deciding.peek().is_none() || deciding.any(|finding| finding.verdict == Verdict::NotVisible) {
        return Standing::CannotTell;
    }
    Standing::Accepts
}

/// Pairs of rules that contradict each other, among the services that were asked about.
const CONTRADICTIONS: [([&str; 2], &str); 3] = [
    (
        ["M3", "C3"],
        "Data Connect demands an expiration date, and Customer Key forbids one. Only 12/31/9999 keeps both rules; a date, once set, can be moved and never removed.",
    ),
    (
        ["M2", "C2"],
        "Data Connect demands exactly 2048 bits, and Customer Key takes up to 4096: a larger key serves only the latter.",
    ),
    (
        ["M1", "C11"],
        "Customer Key wants an RSA-HSM key in production, and Data Connect's article does not mention that type.",
    ),
];

fn contradictions(findings: &[Finding], options: &CheckOptions<'_>, is_empty: bool) -> Vec<Contradiction> {
    let services = [Service::Mgdc, Service::CustomerKey];
    if is_empty || !services.iter().all(|service| options.wants(*service)) {
        return Vec::new();
    }
    let of = |(rules, message): ([&'static str; 2], &'static str)| {
        let verdicts = |rule: &str| {
            findings
                .iter()
                .filter(|finding| finding.rule == rule)
                .map(|f| (f.key_index, f.verdict, f.key.clone()))
                .collect::<Vec<_>>()
        };
        let [one, other] = rules.map(verdicts);
        let is_kept = |verdict: Verdict| verdict == Verdict::Pass;
        let clashing = one.iter().filter_map(|(index, verdict, label)| {
            let (_, second, _) = other.iter().find(|(other, ..)| index.is_some() && other == index)?;
            let is_visible = |verdict: Verdict| matches!(verdict, Verdict::Pass | Verdict::Fail | Verdict::Warn);
            (is_visible(*verdict) && is_visible(*second) && is_kept(*verdict) != is_kept(*second))
                .then(|| label.clone())?
        });
        Contradiction { rules, services, message, keys: clashing.collect() }
    };
    CONTRADICTIONS.into_iter().map(of).collect()
}
