//! What an input shows only in part, or in another place than usual: nothing may be claimed of what it does not show.

use mgdc_decrypt::readiness::{CheckOptions, Item, KeyCheck, Kind, Policy, Verdict, check_key};
use serde_json::{Value, json};

const NOW: i64 = 1_796_083_200;
const VERSION: &str = "6f0c1d2e3a4b59687f8e9dacbb0c1d2e";

fn check(name: &str, text: &str) -> KeyCheck {
    check_key(&[Item::file(name, text.as_bytes())], &CheckOptions::new(NOW))
}

fn verdict(check: &KeyCheck, rule: &str) -> Option<Verdict> {
    check.findings.iter().filter(|finding| finding.rule == rule).map(|finding| finding.verdict).min()
}

fn key(attributes: &Value) -> Value {
    json!({"key": {"kid": format!("https://kv-one.vault.azure.net/keys/a/{VERSION}"), "kty": "RSA", "key_ops": ["wrapKey", "unwrapKey"]},
        "attributes": attributes})
}

fn vault(firewall: &Value, policies: &Value) -> Value {
    json!({"VaultUri": "https://kv-one.vault.azure.net/", "VaultName": "kv-one", "EnableSoftDelete": true, "EnablePurgeProtection": true,
        "EnableRbacAuthorization": false, "PublicNetworkAccess": "Enabled", "NetworkAcls": firewall, "AccessPolicies": policies,
        "ResourceId": "/subscriptions/11f6a0c2-7d35-4b19-9e80-3a5c2d7b4e61/resourceGroups/rg keys/providers/Microsoft.KeyVault/vaults/kv-one"})
}

#[test]
fn a_key_may_be_named_like_a_collection() {
    for name in ["secrets", "certificates", "deletedkeys", "keys"] {
        let id = format!("https://kv-one.vault.azure.net:443/keys/{name}/{VERSION}");
        for document in [json!({"Id": id, "KeyType": "RSA", "Enabled": true}), json!({"kid": id, "kty": "RSA"})] {
            let check = check("key.json", &document.to_string());
            assert_eq!(check.sources[0].kind, Kind::Key, "{document}");
            assert_eq!(check.keys[0].name.as_deref(), Some(name));
        }
    }
}

#[test]
fn members_that_were_picked_do_not_show_that_others_are_unset() {
    for document in [
        json!({"Enabled": true, "RecoveryLevel": "Recoverable"}),
        json!({"kty": "RSA", "kid": format!("https://kv-one.vault.azure.net/keys/a/{VERSION}"), "enabled": true, "recoveryLevel": "Recoverable"}),
    ] {
        let check = check("key.json", &document.to_string());
        for rule in ["M3", "M4", "C3", "C4", "D4"] {
            assert_eq!(verdict(&check, rule), Some(Verdict::NotVisible), "{rule} {document}");
        }
        assert_eq!(verdict(&check, "C7"), Some(Verdict::Pass));
    }
    // The attributes of REST leave out what is unset.
    let whole = json!({"enabled": true, "created": 1, "updated": 2, "recoveryLevel": "Recoverable"});
    assert_eq!(verdict(&check("key.json", &whole.to_string()), "C3"), Some(Verdict::Pass));
}

#[test]
fn a_date_that_cannot_be_read_passes_no_rule_about_the_state() {
    let check = check("key.json", &key(&json!({"enabled": true, "nbf": "30.11.2026 23:59:59"})).to_string());
    for rule in ["M4", "C4", "D4"] {
        assert_eq!(verdict(&check, rule), Some(Verdict::NotVisible), "{rule}");
    }
}

#[test]
fn the_name_of_a_type_is_no_list() {
    for ops in ["System.Collections.Generic.List`1[System.String]", "System.String[]"] {
        let document = json!({"Enabled": true, "Expires": null, "NotBefore": null, "KeyOps": ops, "KeyType": "RSA", "RecoveryLevel": "Recoverable"});
        let check = check("key.json", &document.to_string());
        for rule in ["M7", "C5", "D2"] {
            assert_eq!(verdict(&check, rule), Some(Verdict::NotVisible), "{rule} {ops}");
        }
    }
}

#[test]
fn a_recovery_level_is_one_of_key_vaults_words() {
    let text = |check: &KeyCheck| check.findings.iter().map(|finding| finding.message.clone()).collect::<String>();
    for level in ["Recoverable+Other", "other", "ProtectedSubscription"] {
        let check = check("key.json", &key(&json!({"enabled": true, "recoveryLevel": level})).to_string());
        for (rule, wanted) in [
            ("C6", Verdict::Fail),
            ("C7", Verdict::NotVisible),
            ("C18", Verdict::NotVisible),
            ("D3", Verdict::NotVisible),
            ("M9", Verdict::Reminder),
        ] {
            assert_eq!(verdict(&check, rule), Some(wanted), "{rule} {level}");
        }
        assert!(!text(&check).contains("can be purged") && !text(&check).contains("not registered"), "{level}");
    }
    // A narrow console breaks the word.
    let broken = "Key Type       : RSA\nEnabled        : True\nRecovery Level : Recoverable+ProtectedSubs\n                 cription\n";
    assert_eq!(verdict(&check("key.txt", broken), "C6"), Some(Verdict::Pass));
}

#[test]
fn a_vault_that_powershell_cut_is_not_called_open() {
    let models = "Microsoft.Azure.Commands.KeyVault.Models";
    let policies = json!([{"PermissionsToKeys": ["get", "list", "wrapKey", "unwrapKey"]}]);
    for firewall in [
        json!(format!("{models}.PSKeyVaultNetworkRuleSet")),
        json!({"DefaultAction": null}),
        json!({"DefaultAction": 1, "Bypass": 1, "IpAddressRanges": "System.String[]"}),
    ] {
        let check = check("vault.json", &vault(&firewall, &policies).to_string());
        assert_eq!(verdict(&check, "D9"), Some(Verdict::NotVisible), "{firewall}");
        assert_eq!(verdict(&check, "M11"), Some(Verdict::NotVisible), "{firewall}");
    }
    for policies in [
        json!(format!("{models}.PSKeyVaultAccessPolicy")),
        json!([format!("{models}.PSKeyVaultAccessPolicy")]),
        json!([{"PermissionsToKeys": "System.Collections.Generic.List`1[System.String]"}]),
    ] {
        let check = check("vault.json", &vault(&Value::Null, &policies).to_string());
        assert_eq!(verdict(&check, "C12"), Some(Verdict::Reminder), "{policies}");
        assert_eq!(verdict(&check, "D7"), Some(Verdict::Reminder), "{policies}");
        assert_eq!(verdict(&check, "D9"), Some(Verdict::Pass), "{policies}");
    }
    let cut = json!([{"PermissionsToKeys": "System.Collections.Generic.List`1[System.String]", "PermissionsToKeysStr": "get, list"}]);
    assert_eq!(verdict(&check("vault.json", &vault(&Value::Null, &cut).to_string()), "C12"), Some(Verdict::Warn));
}

#[test]
fn a_line_that_a_console_wrapped_belongs_to_its_member() {
    let addresses = "13.66.200.132/32, 23.100.71.251/32, 40.78.82.214/32, 51.105.4.145/32, \n        52.166.166.111/32, 13.72.32.204/32, \n        52.244.79.38/32, 52.227.8.45/32";
    let text = format!(
        "Vault Name : kv-one\nVault URI : https://kv-one.vault.azure.net/\nNetwork Rule Set : \n        Default Action : Deny\n        Bypass : AzureServices\n        IP Rules : {addresses}\n        Virtual Network Rules : \nTags : \n"
    );
    let check = check("vault.txt", &text);
    assert_eq!(verdict(&check, "D9"), Some(Verdict::Pass), "{:?}", check.sources[0].vault);
}

#[test]
fn commands_have_the_subscription_and_group_of_the_vault() {
    let vault = vault(&Value::Null, &Value::Null).to_string();
    let key = key(&json!({"enabled": true, "recoveryLevel": "Recoverable+Purgeable"})).to_string();
    let both = [Item::file("vault.json", vault.as_bytes()), Item::file("key.json", key.as_bytes())];
    for items in [&both[..1], &both[..]] {
        // Blanks are in no name of a resource group, so this one is not filled in.
        let check = check_key(items, &CheckOptions::new(NOW));
        assert!(json!(check.findings).to_string().contains("61/resourceGroups/<resource group>/"));
    }
    let vault = vault.replace("rg keys", "rg-(keys)");
    let both = [Item::file("vault.json", vault.as_bytes()), Item::file("key.json", key.as_bytes())];
    for items in [&both[..1], &both[..]] {
        let check = check_key(items, &CheckOptions::new(NOW));
        let report = json!(check.findings).to_string();
        assert!(report.contains("'/subscriptions/11f6a0c2-7d35-4b19-9e80-3a5c2d7b4e61/resourceGroups/rg-(keys)/"));
        assert!(!report.contains("<subscription>") && !report.contains("<resource group>"), "{report}");
    }
}

#[test]
fn no_report_repeats_a_query_or_a_user() {
    let uris = [
        "https://store.blob.core.windows.net/keys?sv=1&sig=SECRET",
        "https://kv-one.vault.azure.net/keys/a?code=SECRET#SECRET",
        "https://user:SECRET@kv-one.vault.azure.net/keys/a",
    ];
    for uri in uris {
        for item in [Item::Uri(uri), Item::file("uri.txt", uri.as_bytes())] {
            let check = check_key(&[item], &CheckOptions::new(NOW));
            assert_eq!(check.sources[0].kind, Kind::Uri, "{uri}");
            assert!(!json!(check).to_string().contains("SECRET"), "{check:?}");
        }
    }
}

#[test]
fn a_name_that_is_not_what_it_seems_is_refused() {
    let uris = ["https://kv-one.vault.azure.net/keys/a", "https://kv-two.vault.azure.net/keys/b"];
    for name in ["a\u{200B}b", "\u{FEFF}a", "a\u{AD}b", "a\u{61C}b", "a\u{2060}", "a\u{200D}b"] {
        let mut options = CheckOptions::new(NOW);
        options.policy = Some(Policy::Exchange);
        options.policy_name = Some(name);
        let check = check_key(&uris.map(Item::Uri), &options);
        assert_eq!(check.refused.iter().map(|refusal| refusal.rule).collect::<Vec<_>>(), ["C14"], "{name:?}");
    }
}

#[test]
fn a_firewall_that_only_lacks_the_bypass_gets_the_command_for_it() {
    let addresses = ["13.66.200.132", "23.100.71.251", "40.78.82.214", "51.105.4.145", "52.0.0.0/8", "13.72.32.204"];
    let firewall = json!({"DefaultAction": "Deny", "Bypass": "None", "IpAddressRanges": addresses});
    let check = check("vault.json", &vault(&firewall, &Value::Null).to_string());
    let finding = check.findings.iter().find(|finding| finding.rule == "D9").unwrap();
    assert_eq!(finding.verdict, Verdict::Fail);
    let command = finding.command.as_ref().unwrap().az.as_deref();
    assert_eq!(command, Some("az keyvault update --name kv-one --bypass AzureServices"));
}

#[test]
fn a_dot_after_the_domain_makes_no_second_vault() {
    let uris = ["https://kv-one.vault.azure.net/keys/a", "https://KV-ONE.vault.azure.net.:443/keys/b"];
    let check = check_key(&uris.map(Item::Uri), &CheckOptions::new(NOW));
    assert_eq!(verdict(&check, "C8"), Some(Verdict::Fail));
}

#[test]
fn a_name_that_begins_with_a_hyphen_is_no_option() {
    let key = key(&json!({"enabled": false})).to_string().replace("/keys/a/", "/keys/-a/");
    let check = check("key.json", &key);
    let finding = check.findings.iter().find(|finding| finding.rule == "M4").unwrap();
    assert_eq!(
        finding.command.as_ref().unwrap().az.as_deref(),
        Some("az keyvault key set-attributes --vault-name kv-one --name='-a' --enabled true")
    );
}

#[test]
fn key_details_alone_are_told_what_is_missing() {
    let details = json!({"DecryptionKeyDetails": {"PublicKeyVersion": VERSION, "DecryptionKeyValue": "AAAA", "DecryptionKeyIV": "AAAA"}});
    let check = check("encryptionKeyDetails.json", &details.to_string());
    assert!(check.findings.is_empty());
    assert_eq!(check.messages.len(), 1);
    assert!(check.messages[0].text.contains("description of the key") && check.messages[0].say.is_some());
}

#[test]
fn a_drop_that_names_no_version_was_given_all_the_same() {
    for version in [Value::Null, json!(3), json!("")] {
        let details = json!({"DecryptionKeyDetails": {"PublicKeyVersion": version, "DecryptionKeyValue": "AAAA", "DecryptionKeyIV": "AAAA"}});
        let (key, details) = (key(&json!({"enabled": true})).to_string(), details.to_string());
        let items =
            [Item::file("key.json", key.as_bytes()), Item::file("encryptionKeyDetails.json", details.as_bytes())];
        let check = check_key(&items, &CheckOptions::new(NOW));
        let finding = check.findings.iter().find(|finding| finding.rule == "M8").unwrap();
        assert_eq!(finding.verdict, Verdict::NotVisible);
        assert!(finding.message.starts_with("encryptionKeyDetails.json names no version"), "{}", finding.message);
    }
}

#[test]
fn what_is_no_tenant_id_is_not_compared_with_a_name() {
    let guid = "6f2c1a7e-1111-4222-8333-444455556666";
    let key = json!({"kid": format!("https://kv-one.vault.azure.net/keys/{guid}/{VERSION}"), "kty": "RSA"}).to_string();
    for (tenant, wanted) in [
        (guid, Verdict::Pass),
        ("00000000-1111-4222-8333-444455556666", Verdict::Fail),
        ("contoso.onmicrosoft.com", Verdict::NotVisible),
        ("6f2c1a7e-1111-4222-8333-44445555666", Verdict::NotVisible),
    ] {
        let mut options = CheckOptions::new(NOW);
        options.tenant_id = Some(tenant);
        let check = check_key(&[Item::file("key.json", key.as_bytes())], &options);
        assert_eq!(verdict(&check, "M5"), Some(wanted), "{tenant}");
    }
}

#[test]
fn no_firewall_is_said_to_open_a_vault_behind_a_perimeter() {
    for firewall in [Value::Null, json!({"DefaultAction": "Deny", "Bypass": "None", "IpAddressRanges": []})] {
        let mut document = vault(&firewall, &json!([]));
        document["PublicNetworkAccess"] = json!("SecuredByPerimeter");
        assert_eq!(verdict(&check("vault.json", &document.to_string()), "D9"), Some(Verdict::NotVisible));
    }
}

#[test]
fn a_disabled_key_is_not_said_to_open_old_drops() {
    let text = |attributes: Value| {
        let check = check("key.json", &key(&attributes).to_string());
        check.findings.iter().find(|finding| finding.rule == "M4").unwrap().message.clone()
    };
    assert!(!text(json!({"enabled": false})).contains("still open"));
    assert!(text(json!({"enabled": true, "exp": NOW - 1})).contains("still open"));
}
