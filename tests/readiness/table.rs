//! Every rule of the table has an input that keeps it and one that breaks it.
//!
//! The reasons are in the documents that each rule names; section 8 of key-vault.md collects them.

use mgdc_decrypt::readiness::{CheckOptions, Item, Verdict, check_key, rules};
use serde_json::{Value, json};

const NOW: i64 = 1_796_083_200; // 2026-12-01
const TENANT: &str = "5b1d7c0e-2f64-4a93-8b1c-90e3d7a6f215";
const VERSION: &str = "6f0c1d2e3a4b59687f8e9dacbb0c1d2e";

/// Rules that no file can break: there is nothing to check, or only a note.
const REMINDERS: [&str; 10] = ["M9", "M12", "C13", "C16", "C17", "C19", "D6", "D8", "V6", "V7"];

/// What is handed over for one test: files, identifiers, the name of a policy.
#[derive(Default, Clone)]
struct Input {
    files: Vec<(&'static str, Vec<u8>, Option<&'static str>)>,
    uris: Vec<String>,
    policy_name: Option<&'static str>,
}

impl Input {
    fn json(values: &[Value]) -> Self {
        let files = values.iter().map(|value| ("input.json", value.to_string().into_bytes(), None)).collect();
        Self { files, ..Self::default() }
    }

    fn file(case: &str, name: &'static str, password: Option<&'static str>) -> Self {
        let bytes = std::fs::read(super::samples().join("files").join(case).join(name)).unwrap();
        Self { files: vec![(name, bytes, password)], ..Self::default() }
    }

    /// The worst verdict of a rule.
    fn verdict(&self, rule: &str) -> Option<Verdict> {
        let mut items: Vec<Item<'_>> =
            self.files.iter().map(|(name, bytes, password)| Item::file_with_password(name, bytes, *password)).collect();
        items.extend(self.uris.iter().map(|uri| Item::Uri(uri)));
        let mut options = CheckOptions::new(NOW);
        options.tenant_id = Some(TENANT);
        options.policy_name = self.policy_name;
        let check = check_key(&items, &options);
        check.findings.iter().filter(|finding| finding.rule == rule).map(|finding| finding.verdict).min()
    }
}

/// A key that Data Connect and Defender take, changed at some places: pointer and value.
fn key(changes: &[(&str, Value)]) -> Value {
    let mut key = json!({
        "key": {"kid": format!("https://kv-one.vault.azure.net/keys/{TENANT}/{VERSION}"), "kty": "RSA",
                "key_ops": ["encrypt", "decrypt", "wrapKey", "unwrapKey"], "n": modulus(256, 1), "e": "AQAB"},
        "attributes": {"enabled": true, "exp": NOW + 31_536_000, "recoveryLevel": "Recoverable+ProtectedSubscription"},
    });
    for (pointer, value) in changes {
        *key.pointer_mut(pointer).unwrap() = value.clone();
    }
    key
}

/// A number of so many bytes.
fn modulus(bytes: usize, last: u8) -> Vec<u8> {
    let mut number = vec![0x55; bytes];
    number[0] = 0xC3;
    number[bytes - 1] = last;
    number
}

/// A vault, changed at some places.
fn vault(changes: &[(&str, Value)]) -> Value {
    let mut vault = json!({
        "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-one",
        "name": "kv-one", "type": "Microsoft.KeyVault/vaults", "location": "westeurope",
        "properties": {
            "sku": {"family": "A", "name": "premium"}, "vaultUri": "https://kv-one.vault.azure.net/", "enableSoftDelete": true,
            "enablePurgeProtection": true, "enableRbacAuthorization": true, "publicNetworkAccess": "Enabled", "networkAcls": null,
            "accessPolicies": [],
        },
    });
    for (pointer, value) in changes {
        *vault.pointer_mut(pointer).unwrap() = value.clone();
    }
    vault
}

fn other_vault(sub: u8, location: &str) -> Value {
    let id = format!(
        "/subscriptions/{sub}1111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-two"
    );
    vault(&[("/id", json!(id)), ("/name", json!("kv-two")), ("/location", json!(location))])
}

fn second(changes: &[(&str, Value)]) -> Value {
    let kid = json!("https://kv-two.vault.azure.net/keys/other/0a9b8c7d6e5f40312233445566778899");
    let mut all = vec![("/key/kid", kid), ("/key/n", json!(modulus(256, 3)))];
    all.extend(changes.iter().cloned());
    key(&all)
}

fn drop_of(version: &str) -> Value {
    json!({"DecryptionKeyDetails": [{"PublicKeyVersion": version, "DecryptionKeyValue": "AAAA", "DecryptionKeyIV": "AAAA"}]})
}

fn policies(keys: &[&str]) -> (&'static str, Value) {
    ("/properties/accessPolicies", json!([{"permissions": {"keys": keys}}]))
}

/// The input that keeps a rule, the one that breaks it, and the verdicts.
fn pair(rule: &str) -> Option<((Input, Verdict), (Input, Verdict))> {
    use Verdict::{Fail, Pass, Reminder, Warn};
    let one = |changes: &[(&str, Value)]| Input::json(&[key(changes)]);
    let fails = |good: Input, bad: Input| Some(((good, Pass), (bad, Fail)));
    let warns = |good: Input, bad: Input| Some(((good, Pass), (bad, Warn)));
    let ec = ("/key/kty", json!("EC"));
    let no_ops = ("/key/key_ops", json!(["sign"]));
    let in_vault = |changes: &[(&str, Value)]| Input::json(&[vault(changes)]);
    let no_rbac = ("/properties/enableRbacAuthorization", json!(false));
    let denied = |ips: &[&str]| {
        let rules: Vec<Value> = ips.iter().map(|ip| json!({"value": ip})).collect();
        (
            "/properties/networkAcls",
            json!({"defaultAction": "Deny", "bypass": "AzureServices", "ipRules": rules, "virtualNetworkRules": []}),
        )
    };
    match rule {
        "M1" | "C1" | "D1" => fails(one(&[]), one(&[ec])),
        "M2" => fails(one(&[]), one(&[("/key/n", json!(modulus(384, 1)))])),
        "C2" => fails(one(&[]), one(&[("/key/n", json!(modulus(513, 1)))])),
        "M3" => fails(one(&[]), one(&[("/attributes/exp", json!(null))])),
        "C3" => fails(one(&[("/attributes/exp", json!("9999-12-31T00:00:00Z"))]), one(&[])),
        "M4" | "C4" => fails(one(&[]), one(&[("/attributes/enabled", json!(false))])),
        "D4" => fails(one(&[("/attributes/exp", json!(null))]), one(&[("/attributes/exp", json!(NOW))])),
        "M5" => fails(one(&[]), one(&[("/key/kid", json!("https://kv-one.vault.azure.net/keys/mgdc"))])),
        "M6" => {
            let twin = second(&[("/key/kid", json!(format!("https://kv-two.vault.azure.net/keys/{TENANT}")))]);
            warns(Input::json(&[key(&[]), second(&[])]), Input::json(&[key(&[]), twin]))
        }
        "M7" => warns(one(&[]), one(&[no_ops])),
        "C5" | "D2" => fails(one(&[]), one(&[no_ops])),
        "M8" => fails(Input::json(&[key(&[]), drop_of(VERSION)]), Input::json(&[key(&[]), drop_of(&"a".repeat(32))])),
        "M10" => Some(((in_vault(&[]), Reminder), (in_vault(&[no_rbac]), Warn))),
        "M11" => fails(in_vault(&[]), in_vault(&[("/properties/publicNetworkAccess", json!("Disabled"))])),
        "C6" | "C18" => fails(one(&[]), one(&[("/attributes/recoveryLevel", json!("Recoverable"))])),
        "C7" | "D3" => {
            fails(one(&[]), Input::json(&[key(&[]), vault(&[("/properties/enablePurgeProtection", json!(null))])]))
        }
        "C8" => fails(Input::json(&[key(&[]), second(&[])]), Input::json(&[key(&[]), key(&[])])),
        "C9" => warns(
            Input::json(&[key(&[]), second(&[])]),
            Input::json(&[key(&[]), second(&[("/key/n", json!(modulus(256, 1)))])]),
        ),
        "C10" => fails(
            Input::json(&[vault(&[]), other_vault(2, "uksouth")]),
            Input::json(&[vault(&[]), other_vault(1, "uksouth")]),
        ),
        "C11" => warns(one(&[("/key/kty", json!("RSA-HSM"))]), one(&[])),
        "C12" => Some((
            (in_vault(&[no_rbac.clone(), policies(&["get", "wrapKey", "unwrapKey"])]), Reminder),
            (in_vault(&[no_rbac, policies(&["get", "wrapKey"])]), Warn),
        )),
        "D7" => Some((
            (in_vault(&[no_rbac.clone(), policies(&["list", "wrapKey", "unwrapKey"])]), Reminder),
            (in_vault(&[no_rbac, policies(&["wrapKey", "unwrapKey"])]), Warn),
        )),
        "C14" => fails(
            Input { policy_name: Some("EU_mail"), ..one(&[]) },
            Input { policy_name: Some("EU mail"), ..one(&[]) },
        ),
        "C15" => {
            let uris = |uris: [&str; 2]| Input { uris: uris.map(str::to_owned).to_vec(), ..Input::default() };
            let good = format!("https://kv-one.vault.azure.net/keys/a/{VERSION}");
            let other = format!("https://kv-two.vault.azure.net/keys/a/{VERSION}");
            fails(uris([&good, &other]), uris([&good, "https://kv_two.vault.azure.net/keys/a"]))
        }
        "D5" => {
            let uri = |uri: &str| Input { uris: vec![uri.to_owned()], ..Input::default() };
            Some((
                (uri("https://kv-one.vault.azure.net/keys/a"), Reminder),
                (uri("https://kv-one.vault.azure.net/secrets/a"), Fail),
            ))
        }
        "D9" => fails(in_vault(&[denied(&["0.0.0.0/0"])]), in_vault(&[denied(&["13.66.200.132"])])),
        "V0" => Some(((one(&[]), Reminder), (one(&[]), Reminder))),
        "V1" => fails(Input::file("pfx-password", "key.pfx", None), Input::file("pem-named-pfx", "key.pfx", None)),
        "V2" => fails(
            Input::file("byok-kek2048-rsa-2048", "transfer.byok", None),
            Input::file("byok-kek3072-rsa-3072", "transfer.byok", None),
        ),
        "V3" => fails(Input::file("pfx-password", "key.pfx", None), Input::file("pfx-empty-password", "key.pfx", None)),
        "V4" => fails(
            Input::file("pfx-empty-password", "key.pfx", None),
            Input::file("pfx-cert-only", "key.pfx", Some("only-cert")),
        ),
        "V5" => Some(((one(&[]), Reminder), (Input::file("byok-kek2048-rsa-2048", "transfer.byok", None), Warn))),
        _ => None,
    }
}

#[test]
fn every_rule_has_an_input_that_keeps_it_and_one_that_breaks_it() {
    for rule in rules() {
        let Some(((good, kept), (bad, broken))) = pair(rule.id) else {
            assert!(REMINDERS.contains(&rule.id), "{} has no inputs", rule.id);
            let verdict = Input::json(&[key(&[])])
                .verdict(rule.id)
                .or(Input::file("pfx-password", "key.pfx", None).verdict(rule.id));
            assert!(matches!(verdict, Some(Verdict::Reminder | Verdict::Pass)), "{} {verdict:?}", rule.id);
            continue;
        };
        assert!(!REMINDERS.contains(&rule.id), "{} is no reminder", rule.id);
        assert_eq!(good.verdict(rule.id), Some(kept), "{} ({}) must be kept: {}", rule.id, rule.source, rule.demand);
        assert_eq!(bad.verdict(rule.id), Some(broken), "{} ({}) must be broken: {}", rule.id, rule.source, rule.demand);
    }
}

#[test]
fn the_table_is_whole() {
    let ids: Vec<&str> = rules().map(|rule| rule.id).collect();
    let named =
        |letter: char, numbers: std::ops::RangeInclusive<u32>| numbers.map(move |number| format!("{letter}{number}"));
    let wanted: Vec<String> =
        named('M', 1..=12).chain(named('C', 1..=19)).chain(named('D', 1..=9)).chain(named('V', 0..=7)).collect();
    assert_eq!(wanted.len(), 48);
    assert_eq!(ids.len(), 48);
    for id in &wanted {
        assert!(ids.contains(&id.as_str()), "{id} is missing");
    }
    for rule in rules() {
        assert!(rule.source.starts_with("https://learn.microsoft.com/"), "{}", rule.id);
        assert!(rule.section.contains(": ") || rule.section.starts_with("Roll"), "{}", rule.id);
        assert!(
            rule.demand.ends_with(['.', ')']) && (rule.remedy.is_empty() || rule.remedy.ends_with('.')),
            "{}",
            rule.id
        );
    }
}

#[test]
fn nothing_is_claimed_that_is_not_visible() {
    let bare = json!({"kty": "RSA", "n": modulus(256, 1), "e": "AQAB"});
    for rule in ["M3", "M4", "M5", "M7", "C3", "C4", "C5", "C6", "C7", "D2", "D3", "D4"] {
        let verdict = Input::json(std::slice::from_ref(&bare)).verdict(rule);
        assert_eq!(verdict, Some(Verdict::NotVisible), "{rule}");
    }
}
