//! Every case of cases.json: kind, facts, verdicts, warnings, and what must be said.

use super::{read_json, set, texts};
use mgdc_decrypt::readiness::{CheckOptions, Finding, Item, KeyCheck, Kind, Verdict, check_key, parse_instant};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Cases whose verdict we read otherwise, with the reason: case, rule, our verdict, why.
const OUR_READING: &[(&str, &str, &str, &str)] = &[
    // RFC 7292, section 4: a SafeContents may be in clear. What its certificate shows is visible without the password.
    ("pfx-nomac-none", "M1", "pass", CERTIFICATE),
    ("pfx-nomac-none", "M2", "pass", CERTIFICATE),
    ("pfx-nomac-none", "C1", "pass", CERTIFICATE),
    ("pfx-nomac-none", "C2", "pass", CERTIFICATE),
    ("pfx-nomac-none", "D1", "pass", CERTIFICATE),
    ("pfx-nomac-none", "V2", "pass", CERTIFICATE),
];
const CERTIFICATE: &str = "the certificate in the PFX is not encrypted, so type and size of the key are visible";

struct Case {
    id: String,
    json: Value,
    check: KeyCheck,
}

/// Right and total, for each category.
#[derive(Default)]
struct Score {
    counts: BTreeMap<&'static str, (usize, usize)>,
    wrong: Vec<String>,
}

impl Score {
    fn add(&mut self, category: &'static str, is_right: bool, about: impl FnOnce() -> String) {
        let (right, total) = self.counts.entry(category).or_default();
        *total += 1;
        if is_right {
            *right += 1;
        } else {
            self.wrong.push(format!("{category}: {}", about()));
        }
    }
}

#[test]
fn every_case_is_judged_as_expected() {
    judge_set("cases.json", "");
}

/// Cases of our own, by the same generators.
#[test]
fn every_further_case_is_judged_as_expected() {
    judge_set("more/cases.json", "more/");
}

fn judge_set(cases: &str, folder: &str) {
    let mut score = Score::default();
    for json in read_json(cases).as_array().unwrap() {
        let case = run(json, folder);
        kind(&case, &mut score);
        facts(&case, &mut score);
        verdicts(&case, &mut score);
        words(&case, &mut score);
    }
    for (category, (right, total)) in &score.counts {
        println!("{category}: {right} of {total}");
    }
    assert!(score.wrong.is_empty(), "{} wrong\n{}", score.wrong.len(), score.wrong.join("\n"));
}

fn run(json: &Value, folder: &str) -> Case {
    let files: Vec<(String, Vec<u8>)> = texts(json.get("files"))
        .iter()
        .map(|path| {
            (path.rsplit('/').next().unwrap().to_owned(), std::fs::read(set().join(folder).join(path)).unwrap())
        })
        .collect();
    let typed = json.get("typed").cloned().unwrap_or_default();
    let password = |name: &str| typed["passwords"].get(name).and_then(Value::as_str);
    let uris = texts(json.get("uri"));
    let mut items: Vec<Item<'_>> =
        files.iter().map(|(name, bytes)| Item::file_with_password(name, bytes, password(name))).collect();
    items.extend(uris.iter().map(|uri| Item::Uri(uri)));
    let mut options = CheckOptions::new(parse_instant(json["now"].as_str().unwrap()).unwrap());
    options.tenant_id = typed["tenantId"].as_str();
    options.policy_name = typed["policyName"].as_str();
    let check = check_key(&items, &options);
    Case { id: json["id"].as_str().unwrap().to_owned(), json: json.clone(), check }
}

fn kind(case: &Case, score: &mut Score) {
    let Some(kind) = case.json.get("kind").and_then(Value::as_str) else { return };
    let mut allowed = vec![kind.to_owned()];
    allowed.extend(texts(case.json.get("also_kind")));
    let found: Vec<&str> = case.check.sources.iter().map(|source| source.kind.name()).collect();
    score.add("kind", found.iter().any(|kind| allowed.iter().any(|one| one == kind)), || {
        format!("{}: {found:?}, expected {allowed:?}", case.id)
    });
}

/// Members that are compared without case.
const CASELESS: [&str; 4] = ["host", "vault", "version", "kid"];

fn facts(case: &Case, score: &mut Score) {
    let ours: Vec<Value> = case
        .check
        .sources
        .iter()
        .filter_map(|source| {
            let key = source.key.as_ref().map(|key| serde_json::to_value(key).unwrap());
            let vault = source.vault.as_ref().map(|vault| serde_json::to_value(vault).unwrap());
            key.or(vault).or(source.drop.as_ref().map(|drop| serde_json::to_value(drop).unwrap()))
        })
        .collect();
    let theirs = case.json["facts"].as_array().unwrap();
    score.add("inputs", ours.len() == theirs.len(), || {
        format!("{}: {} facts, expected {}", case.id, ours.len(), theirs.len())
    });
    for (one, other) in ours.iter().zip(theirs) {
        for (name, wanted) in other.as_object().unwrap() {
            let found = one.get(name);
            score
                .add("fact", same(name, found, wanted), || format!("{} {name}: {found:?}, expected {wanted}", case.id));
        }
        if other["what"] == "key" {
            for name in [
                "kty",
                "bits",
                "name",
                "version",
                "host",
                "expires",
                "notBefore",
                "enabled",
                "recoveryLevel",
                "keyOps",
                "private",
            ] {
                if other.get(name).is_none() {
                    score.add("not claimed", one.get(name).is_none(), || {
                        format!("{} {name}: {:?}", case.id, one.get(name))
                    });
                }
            }
        }
    }
}

fn same(name: &str, found: Option<&Value>, wanted: &Value) -> bool {
    let plain = |value: &Value| {
        if CASELESS.contains(&name) {
            return json!(value.to_string().to_ascii_lowercase().replace(":443/", "/"));
        }
        match value {
            // The order of permissions in a list means nothing.
            Value::Array(items) if name == "policies" => {
                let sorted = items.iter().map(|item| {
                    let mut words: Vec<String> =
                        texts(Some(item)).iter().map(|word| word.to_ascii_lowercase()).collect();
                    words.sort();
                    json!(words)
                });
                Value::Array(sorted.collect())
            }
            // ARM has objects around addresses.
            Value::Object(object) if name == "acls" => {
                let list = |name: &str| -> Vec<String> {
                    let items = object.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
                    let inner = |item: &Value| {
                        item.get("value").or(item.get("id")).unwrap_or(item).as_str().unwrap_or_default().to_owned()
                    };
                    items.iter().map(inner).collect()
                };
                // `Get-AzKeyVault` shows a firewall that allows everything where there is none.
                if object.get("defaultAction") == Some(&json!("Allow")) && list("ipRules").is_empty() {
                    return Value::Null;
                }
                json!([object.get("defaultAction"), object.get("bypass"), list("ipRules"), list("virtualNetworkRules")])
            }
            value => value.clone(),
        }
    };
    match found {
        Some(found) => plain(found) == plain(wanted),
        // "private: false" may be left out.
        None => name == "private" && wanted == &json!(false),
    }
}

/// The worst verdict of each rule.
fn worst<'a>(findings: impl Iterator<Item = &'a Finding>) -> BTreeMap<String, Verdict> {
    let mut table: BTreeMap<String, Verdict> = BTreeMap::new();
    for finding in findings {
        let entry = table.entry(finding.rule.to_owned()).or_insert(finding.verdict);
        *entry = finding.verdict.min(*entry);
    }
    table
}

fn verdicts(case: &Case, score: &mut Score) {
    let ours = worst(case.check.findings.iter());
    let expected = case.json["expected"].as_object().unwrap();
    if expected.is_empty() {
        let passed: Vec<&String> =
            ours.iter().filter(|(_, verdict)| **verdict == Verdict::Pass).map(|(rule, _)| rule).collect();
        score.add("nothing passes", passed.is_empty(), || format!("{}: {passed:?}", case.id));
    }
    let is_refused = case.check.sources.iter().any(|source| matches!(source.kind, Kind::BrokenJson | Kind::Unknown));
    if is_refused && texts(case.json.get("also_kind")).iter().any(|kind| kind == "broken-json" || kind == "unknown") {
        return;
    }
    compare(case, "verdict", &case.json["expected"], &ours, score);
    for (index, table) in case.json.get("by_source").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let own = worst(case.check.findings.iter().filter(|finding| finding.key_index == Some(index)));
        compare(case, "verdict by source", table, &own, score);
    }
}

fn compare(case: &Case, category: &'static str, expected: &Value, ours: &BTreeMap<String, Verdict>, score: &mut Score) {
    for (service, rules) in expected.as_object().unwrap() {
        for (rule, wanted) in rules.as_object().unwrap() {
            let wanted = wanted.as_str().unwrap();
            let also = texts(case.json["also_ok"][service].get(rule));
            let found = ours.get(rule).map(|verdict| verdict.name());
            // A vault that was given decides for the key, too.
            let is_of_vault = category == "verdict by source" && found.is_none() && wanted == "not-visible";
            let is_ours =
                OUR_READING.iter().any(|(id, own, verdict, _)| case.id == *id && rule == own && found == Some(verdict));
            let is_right = found.is_some_and(|found| found == wanted || also.iter().any(|one| one == found));
            score.add(category, is_right || is_of_vault || is_ours, || {
                format!("{} {rule}: {found:?}, expected {wanted} or {also:?}", case.id)
            });
        }
    }
}

fn words(case: &Case, score: &mut Score) {
    let mut warnings: Vec<&str> =
        case.check.sources.iter().flat_map(|source| source.warnings.iter().copied()).collect();
    warnings.sort();
    warnings.dedup();
    let wanted = texts(case.json.get("warnings"));
    score.add("warnings", warnings == wanted, || format!("{}: {warnings:?}, expected {wanted:?}", case.id));
    if let Some(say) = case.json.get("say").and_then(Value::as_str) {
        let said: Vec<String> = case.check.messages.iter().map(|message| message.text.clone()).collect();
        let is_said = said.iter().any(|text| text.contains(say));
        score.add("say", is_said, || format!("{}: {said:?}, expected {say}", case.id));
    }
    if case.json["kind"] == "byok" {
        let byok = case.check.keys.iter().find(|key| key.state.is_some()).unwrap();
        let problems = texts(case.json.get("problems"));
        score.add("problems", byok.problems == problems, || {
            format!("{}: {:?}, expected {problems:?}", case.id, byok.problems)
        });
        if let Some(kek) = case.json.get("kek") {
            let ours = serde_json::to_value(&byok.kek).unwrap();
            score.add("kek", &ours == kek, || format!("{}: {ours}, expected {kek}", case.id));
        }
    }
}
