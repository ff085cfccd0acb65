//! What the findings mean for each service, and where services contradict each other.

use super::answer::{Contradiction, ServiceReadiness, Standing};
use super::options::CheckOptions;
use super::rules::rules;
use super::verdict::{Finding, Service, Verdict};

pub(super) fn readiness(service: Service, findings: &[Finding], keys: usize) -> ServiceReadiness {
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

pub(super) fn contradictions(findings: &[Finding], options: &CheckOptions<'_>, is_empty: bool) -> Vec<Contradiction> {
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
