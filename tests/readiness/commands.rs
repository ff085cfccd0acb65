//! Every command of commands.json, and quoting of any text.

use super::powershell::arguments;
use super::{read_json, texts};
use mgdc_decrypt::readiness::{CheckOptions, Item, Policy, check_key, quoted};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const NOW: i64 = 1_796_083_200;

#[test]
fn every_command_is_built_or_refused() {
    build_set("commands.json");
}

#[test]
fn every_further_command_is_built_or_refused() {
    build_set("more/commands.json");
}

fn build_set(commands: &str) {
    let mut wrong = Vec::new();
    let cases = read_json(commands);
    for case in cases.as_array().unwrap() {
        let uris = texts(case.get("keys"));
        let items: Vec<Item<'_>> = uris.iter().map(|uri| Item::Uri(uri)).collect();
        let mut options = CheckOptions::new(NOW);
        options.policy = Policy::of_name(case["service"].as_str().unwrap());
        options.policy_name = case["name"].as_str();
        options.policy_description = case["description"].as_str();
        options.identity = case["identity"].as_str();
        let check = check_key(&items, &options);
        let refused: Vec<&str> = check.refused.iter().map(|refusal| refusal.rule).collect();
        let also = case.get("also_ok").and_then(Value::as_array).cloned().unwrap_or_default();
        let fits = |wanted: &Value| match wanted.get("refused") {
            Some(rules) => texts(Some(rules)).iter().any(|rule| refused.contains(&rule.as_str())),
            None => check.command.as_deref().is_some_and(|command| binds(command, wanted, case)),
        };
        if !fits(&case["expect"]) && !also.iter().any(fits) {
            wrong.push(format!("{}: {:?} {:?}", case["id"], check.command, check.refused));
        }
    }
    println!("commands: {} of {}", cases.as_array().unwrap().len() - wrong.len(), cases.as_array().unwrap().len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether PowerShell binds the command to these arguments.
fn binds(command: &str, wanted: &Value, case: &Value) -> bool {
    let (cmdlet, found) = arguments(command).unwrap();
    let wanted_cmdlet = wanted.get("cmdlet").or(case["expect"].get("cmdlet"));
    let plain = |name: &str, text: &str| match name {
        "Name" | "Description" | "Identity" => text.to_owned(),
        _ => text.to_ascii_lowercase().replace(":443/", "/").trim_end_matches('/').to_owned(),
    };
    let found: BTreeMap<String, Vec<String>> = found
        .into_iter()
        .map(|(name, values)| (name.clone(), values.iter().map(|value| plain(&name, value)).collect()))
        .collect();
    let wanted: BTreeMap<String, Vec<String>> = wanted["arguments"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), texts(Some(value)).iter().map(|value| plain(name, value)).collect()))
        .collect();
    wanted_cmdlet == Some(&json!(cmdlet)) && found == wanted
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quoted_text_comes_out_of_powershell_as_it_went_in(text in any::<String>()) {
        let (_, found) = arguments(&format!("Do-It -Text {}", quoted(&text))).unwrap();
        prop_assert_eq!(&found["Text"], &vec![text]);
    }

    #[test]
    fn quotation_marks_are_taken_literally(text in "[-'\u{2018}\u{2019}\u{201A}\u{201B}\"\u{201C}$`(){};|&,@#% \u{A0}a0]{0,40}") {
        let (_, found) = arguments(&format!("Do-It -Text {}", quoted(&text))).unwrap();
        prop_assert_eq!(&found["Text"], &vec![text]);
    }

    #[test]
    fn a_command_holds_what_was_typed_or_is_refused(name in any::<String>(), description in any::<String>()) {
        let items = [Item::Uri("https://fab-ex-1.vault.azure.net/keys/a"), Item::Uri("https://fab-ex-2.vault.azure.net/keys/b")];
        let mut options = CheckOptions::new(NOW);
        options.policy = Some(Policy::Exchange);
        options.policy_name = Some(&name);
        options.policy_description = Some(&description);
        let check = check_key(&items, &options);
        match &check.command {
            None => prop_assert!(!check.refused.is_empty()),
            Some(command) => {
                let (_, found) = arguments(command).unwrap();
                prop_assert_eq!(&found["Name"], &vec![name.trim_matches(' ').to_owned()]);
                prop_assert_eq!(&found["Description"], &vec![description]);
            }
        }
    }
}
