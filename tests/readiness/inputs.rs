//! Shapes that no sample has: PowerShell's text, Managed HSMs, errors of tools, other key files.

use mgdc_decrypt::readiness::{CheckOptions, Item, KeyCheck, Kind, Policy, Service, Standing, Verdict, check_key};
use serde_json::{Value, json};

const NOW: i64 = 1_796_083_200;
const KEY: &str = "\r\nVault/HSM Name : kv-one\r\nName           : 5b1d7c0e-2f64-4a93-8b1c-90e3d7a6f215\r\nKey Type       : RSA\r\nKey Size       : 2048\r\nVersion        : 6f0c1d2e3a4b59687f8e9dacbb0c1d2e\r\nId             : https://kv-one.vault.azure.net:443/keys/5b1d7c0e-2f64-4a93-8b1c-90e3d7a6f215/6f0c1d2e3a4b59687f8e9dacbb0c1d2e\r\nEnabled        : True\r\nExpires        : 11/30/2027 23:59:59\r\nNot Before     : \r\nRecovery Level : Recoverable\r\nTags           : \r\n\r\n";

fn check(name: &str, bytes: &[u8]) -> KeyCheck {
    check_key(&[Item::file(name, bytes)], &CheckOptions::new(NOW))
}

fn verdict(check: &KeyCheck, rule: &str) -> Option<Verdict> {
    check.findings.iter().filter(|finding| finding.rule == rule).map(|finding| finding.verdict).min()
}

#[test]
fn the_text_of_powershell_is_read() {
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(KEY.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [KEY.as_bytes(), &utf16] {
        let check = check("key.txt", bytes);
        assert_eq!(check.sources[0].kind, Kind::Key);
        for rule in ["M1", "M2", "M3", "M4", "M5"] {
            assert_eq!(verdict(&check, rule), Some(Verdict::Pass), "{rule}");
        }
        assert_eq!(check.keys[0].warnings, ["date-without-zone"]);
        assert_eq!(verdict(&check, "C5"), Some(Verdict::NotVisible));
    }
    let two = check("keys.txt", KEY.repeat(2).as_bytes());
    assert_eq!(two.keys.len(), 2);
}

#[test]
fn attributes_as_text_and_a_list_that_was_cut() {
    let text = "Enabled         : True\nExpires         :\nNotBefore       :\nKeyOps          : {encrypt, decrypt, sign, verify...}\nKeyType         : RSA\nRecoveryLevel   : Recoverable+ProtectedSubscription\n";
    let check = check("attributes.txt", text.as_bytes());
    assert_eq!(verdict(&check, "C3"), Some(Verdict::Pass));
    assert_eq!(verdict(&check, "C6"), Some(Verdict::Pass));
    // What the cut list shows is there; what it does not show may be.
    assert_eq!((verdict(&check, "M7"), verdict(&check, "C5")), (Some(Verdict::Pass), Some(Verdict::NotVisible)));
    assert!(check.keys[0].key_ops.is_none());
}

#[test]
fn a_date_in_the_order_of_a_country_is_not_read() {
    for date in ["30/11/2027 23:59:59", "11/30/2027 11:59:59 PM", "30.11.2027 23:59:59"] {
        let check = check("key.txt", KEY.replace("11/30/2027 23:59:59", date).as_bytes());
        assert_eq!(verdict(&check, "M3"), Some(Verdict::NotVisible), "{date}");
        assert!(check.messages.iter().any(|message| message.text.contains(date)), "{date}");
    }
}

#[test]
fn a_list_of_powershell_as_text_is_a_list() {
    let text = KEY.replace("Key Type       : RSA\r\nKey Size       : 2048\r\n", "");
    assert_eq!(check("keys.txt", text.as_bytes()).sources[0].kind, Kind::KeyList);
}

#[test]
fn a_managed_hsm_has_rules_of_its_own() {
    let key = json!({
        "key": {"kid": "https://hsm-one.managedhsm.azure.net/keys/a/6f0c1d2e3a4b59687f8e9dacbb0c1d2e", "kty": "RSA-HSM", "key_ops": ["wrapKey", "unwrapKey"]},
        "attributes": {"enabled": true, "recoveryLevel": "Recoverable"},
    });
    let hsm = json!({
        "id": "/subscriptions/1/resourceGroups/rg/providers/Microsoft.KeyVault/managedHSMs/hsm-one", "name": "hsm-one", "location": "westeurope",
        "properties": {"hsmUri": "https://hsm-one.managedhsm.azure.net/", "enableSoftDelete": true, "enablePurgeProtection": true},
        "sku": {"family": "B", "name": "Standard_B1"}, "type": "Microsoft.KeyVault/managedHSMs",
    });
    let files = [key.to_string(), hsm.to_string()];
    let check = check_key(
        &[Item::file("key.json", files[0].as_bytes()), Item::file("hsm.json", files[1].as_bytes())],
        &CheckOptions::new(NOW),
    );
    assert_eq!(check.sources.iter().map(|source| source.kind).collect::<Vec<_>>(), [Kind::Key, Kind::Vault]);
    for (rule, wanted) in [
        ("C6", Verdict::Warn),
        ("C7", Verdict::Pass),
        ("C11", Verdict::Pass),
        ("C12", Verdict::Reminder),
        ("M10", Verdict::Reminder),
        ("C1", Verdict::Pass),
    ] {
        assert_eq!(verdict(&check, rule), Some(wanted), "{rule}");
    }
    let role = check.findings.iter().find(|finding| finding.rule == "C12").unwrap();
    assert!(role.command.as_ref().unwrap().az.as_ref().unwrap().contains("Managed HSM Crypto Service Encryption User"));
    let expiry = check.findings.iter().find(|finding| finding.rule == "M3").unwrap();
    assert!(expiry.command.as_ref().unwrap().az.as_ref().unwrap().contains("--hsm-name hsm-one"));
}

#[test]
fn what_is_no_key_is_named() {
    for (text, kind) in [
        ("ERROR: (Forbidden) The user does not have keys get permission", Kind::Error),
        (
            "Get-AzKeyVaultKey : Operation returned an invalid status code 'Forbidden'\n    + FullyQualifiedErrorId : x",
            Kind::Error,
        ),
        ("{\"error\":\"invalid_client\",\"error_description\":\"x\"}", Kind::Error),
        ("{\"value\":\"JkF6dXJlS2V5VmF1bHRLZXlCYWNrdXBWMS5taWNyb3NvZnQuY29t\"}", Kind::Backup),
        ("JkF6dXJlS2V5VmF1bHRLZXlCYWNrdXBWMS5taWNyb3NvZnQuY29t", Kind::Backup),
        (
            "{\"kid\":\"https://kv-one.vault.azure.net/keys/a\",\"recoveryId\":\"https://kv-one.vault.azure.net/deletedkeys/a\"}",
            Kind::DeletedKey,
        ),
        ("{\"id\":\"https://kv-one.vault.azure.net/secrets/a\",\"attributes\":{\"enabled\":true}}", Kind::Secret),
        (
            "[{\"id\":\"/subscriptions/1/x/vaults/kv\",\"name\":\"kv\",\"type\":\"Microsoft.KeyVault/vaults\"}]",
            Kind::VaultList,
        ),
        ("\"https://kv-one.vault.azure.net/keys/a\"", Kind::Uri),
        ("https://kv-one.vault.azure.net/keys/a\n", Kind::Uri),
        ("hello", Kind::Unknown),
        ("{\"a\":1}", Kind::Unknown),
    ] {
        let check = check("input.txt", text.as_bytes());
        assert_eq!(check.sources[0].kind, kind, "{text}");
        if kind != Kind::Uri {
            assert!(check.messages[0].code.is_some() && check.findings.is_empty(), "{text}");
        }
    }
}

#[test]
fn shapes_around_a_key_are_seen_through() {
    let key = json!({"key": {"kid": "https://kv-one.vault.azure.net/keys/a/b", "kty": "RSA", "n": vec![0xC3_u8; 256]}, "attributes": {"enabled": true}});
    let deep = json!({"Key": key["key"].to_string(), "KeyType": "RSA", "Attributes": "Microsoft.Azure.Commands.KeyVault.Models.PSKeyVaultKeyAttributes",
        "Enabled": true, "Expires": null, "Id": "https://kv-one.vault.azure.net:443/keys/a/b"});
    for text in [
        key.to_string(),
        format!("PS C:\\> az keyvault key show -o json\r\n{key}"),
        format!("```json\n{key}\n```"),
        json!({"value": [key]}).to_string(),
        json!([[key]]).to_string(),
        deep.to_string(),
        format!("\u{1B}[39;49;00m{}\u{1B}[0m", key.to_string().replace("true", "\u{1B}[34mtrue\u{1B}[39m")),
        Value::String(key.to_string()).to_string(),
        json!(serde_json::to_string_pretty(&key).unwrap().lines().collect::<Vec<_>>()).to_string(),
    ] {
        let check = check("key.json", text.as_bytes());
        assert_eq!(verdict(&check, "M2"), Some(Verdict::Pass), "{text}");
        assert_eq!(check.keys[0].name.as_deref(), Some("a"), "{text}");
    }
}

#[test]
fn an_unusable_pair_gets_no_command_and_the_rule_is_named() {
    let key = |host: &str, exp: Value| {
        json!({"key": {"kid": format!("https://{host}.vault.azure.net/keys/a/6f0c1d2e3a4b59687f8e9dacbb0c1d2e"), "kty": "RSA-HSM", "key_ops": ["wrapKey", "unwrapKey"]},
            "attributes": {"enabled": true, "exp": exp, "recoveryLevel": "Recoverable+ProtectedSubscription"}}).to_string()
    };
    let mut options = CheckOptions::new(NOW);
    options.policy = Some(Policy::MultiWorkload);
    options.policy_name = Some("Global");
    let files = [key("kv-one", json!(null)), key("kv-two", json!(null)), key("kv-two", json!(NOW + 9))];
    let items =
        |second: usize| [Item::file("1.json", files[0].as_bytes()), Item::file("2.json", files[second].as_bytes())];
    let good = check_key(&items(1), &options);
    assert!(
        good.command
            .as_ref()
            .unwrap()
            .starts_with("New-M365DataAtRestEncryptionPolicy -Name Global -AzureKeyIDs https://kv-one")
    );
    assert!(
        good.validator.as_ref().unwrap().contains("-Scenario MDEP")
            && good.validator.as_ref().unwrap().ends_with("-OnboardingMode Validate")
    );
    assert!(good.check_list.iter().any(|entry| entry.starts_with("C12")));
    let bad = check_key(&items(2), &options);
    assert_eq!(bad.refused.iter().map(|refusal| refusal.rule).collect::<Vec<_>>(), ["C3"]);
    assert!(bad.command.is_none());
}

#[test]
fn services_accept_refuse_or_cannot_tell() {
    let standing =
        |check: &KeyCheck, wanted: Service| check.services.iter().find(|one| one.service == wanted).unwrap().verdict;
    let sample = |case: &str| std::fs::read(super::samples().join("files").join(case).join("key.json")).unwrap();
    let good = check("key.json", &sample("rest-good-mgdc"));
    assert_eq!(standing(&good, Service::Mgdc), Standing::Accepts);
    assert_eq!(standing(&good, Service::CustomerKey), Standing::Refuses);
    assert_eq!(standing(&check("key.json", &sample("az-query-key")), Service::Mgdc), Standing::CannotTell);
    let clash = good.contradictions.iter().find(|one| one.rules == ["M3", "C3"]).unwrap();
    assert_eq!(clash.keys.len(), 1);
}

#[test]
fn commands_name_what_is_wrong() {
    let files = super::samples().join("files");
    let key = std::fs::read(files.join("state-expired/key.json")).unwrap();
    let vault = std::fs::read(files.join("vault-defender-missing-ip/vault.json")).unwrap();
    let check = check_key(&[Item::file("key.json", &key), Item::file("vault.json", &vault)], &CheckOptions::new(NOW));
    let command = |rule: &str| {
        let finding =
            check.findings.iter().find(|finding| finding.rule == rule && finding.verdict <= Verdict::Warn).unwrap();
        let command = finding.command.clone().unwrap();
        (command.az.unwrap_or_default(), command.powershell.unwrap_or_default())
    };
    // The vault whose firewall it is, and not that of the key.
    assert_eq!(
        command("D9"),
        (
            "az keyvault network-rule add --name kv-fabrikam-def --ip-address 51.105.4.145".to_owned(),
            "Add-AzKeyVaultNetworkRule -VaultName kv-fabrikam-def -IpAddressRange '51.105.4.145/32'".to_owned()
        )
    );
    let (az, powershell) = command("M4");
    assert!(az.ends_with("--expires '2027-12-01T00:00:00Z'") && powershell.contains("-Expires ("), "{az} {powershell}");
    assert!(command("C4").0.ends_with("--expires '9999-12-31T00:00:00Z'"));
    assert!(command("M11").0.contains("--name kv-fabrikam-def"));
}

#[test]
fn names_of_a_hostile_file_never_get_into_a_command() {
    let evil = json!({"VaultName": "kv; rm -rf ~", "Name": "a$(calc)", "KeyType": "RSA", "Enabled": false, "Expires": null, "RecoveryLevel": "Purgeable"});
    let check = check("key.json", evil.to_string().as_bytes());
    assert_eq!(verdict(&check, "M4"), Some(Verdict::Fail));
    for finding in &check.findings {
        let commands = finding.command.clone().unwrap_or_default();
        for command in [commands.az, commands.powershell].into_iter().flatten() {
            assert!(!command.contains("rm -rf") && !command.contains("calc"), "{command}");
        }
    }
}
