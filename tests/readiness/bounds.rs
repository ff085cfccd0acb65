//! Bad input: a message with a stable code, in bounded time, and the other items still judged.

use mgdc_decrypt::readiness::{CheckOptions, Item, KeyCheck, Kind, MOST_BYTES, MOST_KEYS, Verdict, check_key};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const NOW: i64 = 1_796_083_200;

fn check(items: &[Item<'_>]) -> KeyCheck {
    let start = Instant::now();
    let check = check_key(items, &CheckOptions::new(NOW));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    check
}

fn key(name: &str) -> Value {
    let kid = format!("https://kv-one.vault.azure.net/keys/{name}");
    json!({"key": {"kid": kid, "kty": "RSA", "n": vec![0xC3_u8; 256], "key_ops": ["wrapKey"]}, "attributes": {"enabled": true, "exp": null}})
}

fn codes(check: &KeyCheck) -> Vec<&str> {
    check.messages.iter().filter_map(|message| message.code).collect()
}

#[test]
fn a_file_of_100_mb_is_refused_by_its_size_and_the_others_are_judged() {
    let good = key("a").to_string();
    let big = vec![b'['; MOST_BYTES as usize + 1];
    for first in [Item::file("big.json", &big), Item::TooBig { name: "big.json", size: 100 << 20 }] {
        let check = check(&[first, Item::file("key.json", good.as_bytes())]);
        assert_eq!(codes(&check), ["ERR_CHECK_TOO_BIG"]);
        assert!(check.messages[0].text.contains("a limit of this tool"), "{}", check.messages[0].text);
        assert_eq!(check.keys.len(), 1);
        assert!(check.findings.iter().any(|finding| finding.rule == "M2" && finding.verdict == Verdict::Pass));
    }
}

#[test]
fn ten_thousand_keys_are_too_many_and_the_first_are_judged() {
    let keys: Vec<Value> = (0..10_000).map(|index| key(&format!("k{index}"))).collect();
    let text = Value::Array(keys).to_string();
    let check = check(&[Item::file("keys.json", text.as_bytes())]);
    assert_eq!(check.keys.len(), MOST_KEYS);
    assert_eq!(codes(&check), ["ERR_CHECK_LIMIT"]);
    let list: Vec<Value> =
        (0..10_000).map(|index| json!({"kid": format!("https://kv-one.vault.azure.net/keys/k{index}")})).collect();
    let check = self::check(&[Item::file("list.json", Value::Array(list).to_string().as_bytes())]);
    assert_eq!((check.sources.len(), check.sources[0].kind), (1, Kind::KeyList));
}

#[test]
fn deep_nesting_and_numbers_out_of_range_are_named() {
    for (text, words) in [
        ("[".repeat(100_000), "limit of this tool"),
        (format!("{}{}", "{\"a\":".repeat(5000), "}".repeat(5000)), "limit of this tool"),
        ("{\"key\":{\"kty\":\"RSA\"},\"attributes\":{\"exp\":1e999}}".to_owned(), "limit of this tool"),
        ("{\"key\":{\"kty\":".to_owned(), "cut or damaged"),
        ("{".to_owned(), "cut or damaged"),
    ] {
        let check = check(&[Item::file("key.json", text.as_bytes())]);
        assert_eq!(check.sources[0].kind, Kind::BrokenJson);
        assert_eq!(codes(&check), ["ERR_CHECK_DAMAGED"]);
        assert!(check.messages[0].text.contains(words), "{}", check.messages[0].text);
        assert!(check.findings.is_empty());
    }
}

#[test]
fn a_date_that_is_none_is_shown_and_never_guessed() {
    for date in [json!("soon"), json!("2027-02-30T00:00:00Z"), json!("05.06.2027 10:00:00"), json!(1e30), json!([1])] {
        let mut key = key("a");
        key["attributes"]["exp"] = date.clone();
        let check = check(&[Item::file("key.json", key.to_string().as_bytes())]);
        for rule in ["M3", "C3", "M4", "D4"] {
            let finding = check.findings.iter().find(|finding| finding.rule == rule).unwrap();
            assert_eq!(finding.verdict, Verdict::NotVisible, "{rule} {date}");
        }
        assert!(check.keys[0].expires.is_none() && check.keys[0].unreadable.contains_key("expires"), "{date}");
    }
}

#[test]
fn documents_that_disagree_about_one_key_are_said() {
    let (one, mut other) = (key("a"), key("a"));
    other["attributes"]["exp"] = json!(NOW + 1);
    other["key"]["key_ops"] = json!(["sign"]);
    let check =
        check(&[Item::file("a.json", one.to_string().as_bytes()), Item::file("b.json", other.to_string().as_bytes())]);
    let said: Vec<&str> = check
        .messages
        .iter()
        .filter(|message| message.code == Some("ERR_CHECK_DISAGREE"))
        .map(|m| m.text.as_str())
        .collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().all(|text| text.contains("a.json") && text.contains("b.json")), "{said:?}");
}

#[test]
fn nothing_secret_is_in_a_report() {
    let private = std::fs::read(super::samples().join("files/jwk-private/key.jwk")).unwrap();
    let json: Value = serde_json::from_slice(&private).unwrap();
    let pem = std::fs::read(super::samples().join("files/pem-named-pfx/key.pfx")).unwrap();
    let lines: Vec<String> = String::from_utf8(pem.clone()).unwrap().lines().skip(1).map(str::to_owned).collect();
    let items = [Item::file("key.jwk", &private), Item::file_with_password("key.pem", &pem, Some("hidden-word-7"))];
    let check = check(&items);
    let shown = format!("{}{check:?}{items:?}", serde_json::to_string(&check).unwrap());
    for name in ["d", "p", "q", "dp", "dq", "qi"] {
        assert!(!shown.contains(json[name].as_str().unwrap()), "{name}");
    }
    assert!(lines.iter().filter(|line| line.len() > 20).all(|line| !shown.contains(line.as_str())));
    assert!(!shown.contains("hidden-word-7"));
    let private: Vec<_> =
        check.messages.iter().filter(|message| message.text.starts_with("A private key was given")).collect();
    assert_eq!(private.len(), 2);
}

#[test]
fn bytes_of_any_kind_are_answered() {
    let long = "-----BEGIN ".repeat(20_000);
    let words = "a : b\n".repeat(50_000);
    let nested =
        format!("Vault Name : kv\nResource ID : r\nAccess Policies :\n{}", "    a : b\n    c : d\n".repeat(90_000));
    for bytes in [
        &b""[..],
        b"\0",
        b"\xff\xfe",
        b"\x30\x82",
        b"\x30\x80\x00",
        b"null",
        b"[]",
        b"{}",
        b"\"\"",
        b"[[[]]]",
        long.as_bytes(),
        words.as_bytes(),
        nested.as_bytes(),
    ] {
        for name in ["key.json", "key.byok", "", "key.pfx"] {
            let check = check(&[Item::file(name, bytes)]);
            assert!(!check.sources.is_empty());
            assert!(check.findings.iter().all(|finding| finding.verdict != Verdict::Pass), "{name} {bytes:?}");
        }
    }
    assert!(self::check(&[]).sources.is_empty());
}

/// Every sample file, changed at random places: nothing panics, and a command is built or refused. More rounds with
/// `READINESS_ROUNDS`; `fuzz/fuzz_targets/readiness.rs` searches further.
#[test]
fn damaged_samples_are_answered() {
    let rounds: u64 = std::env::var("READINESS_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3);
    let mut noise = 7_u64;
    let mut next = move |below: usize| {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (noise >> 33) as usize % below.max(1)
    };
    let mut files = Vec::new();
    for folder in [super::samples().join("files"), super::samples().join("more/files")] {
        for case in std::fs::read_dir(folder).unwrap() {
            files.extend(std::fs::read_dir(case.unwrap().path()).unwrap().map(|file| file.unwrap().path()));
        }
    }
    files.sort();
    assert!(files.len() > 250);
    let mut options = CheckOptions::new(NOW);
    options.policy = Some(mgdc_decrypt::readiness::Policy::Exchange);
    options.policy_name = Some("Q1");
    for path in &files {
        let whole = std::fs::read(path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        for _ in 0..rounds {
            let mut bytes = whole.clone();
            match next(4) {
                0 => bytes.truncate(next(whole.len())),
                1 => {
                    let (from, length) = (next(whole.len()), next(40));
                    bytes.drain(from.min(bytes.len())..(from + length).min(bytes.len()));
                }
                _ => {
                    for _ in 0..=next(8) {
                        let at = next(bytes.len());
                        if let Some(byte) = bytes.get_mut(at) {
                            *byte = b"\"{}[],:0189-eEnul\\/\x00\x30\x80\xff"[next(23)];
                        }
                    }
                }
            }
            let items = [
                Item::file_with_password(name, &bytes, Some("pa55")),
                Item::Uri("https://fab-ex-1.vault.azure.net/keys/a"),
            ];
            let check = check_key(&items, &options);
            assert!(check.command.is_some() == check.refused.is_empty(), "{}", path.display());
        }
    }
}
