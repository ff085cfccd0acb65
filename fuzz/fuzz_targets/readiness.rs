//! Any file, identifier and policy name: a check, and a command or the reason why there is none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::readiness::{CheckOptions, Item, Policy, check_key};
use mgdc_decrypt_fuzz as _;

fuzz_target!(|input: &[u8]| {
    let Some((how, content)) = input.split_first() else { return };
    let name = ["key.json", "key.byok", "key.pfx", ""][usize::from(*how) & 3];
    let password = (how & 4 != 0).then_some("pa55");
    let text = String::from_utf8_lossy(content.get(..200.min(content.len())).unwrap_or_default());
    let good = "https://fab-ex-1.vault.azure.net/keys/a/6f0c1d2e3a4b59687f8e9dacbb0c1d2e";
    let mut options = CheckOptions::new(i64::from(*how) * 10_000_000_000);
    options.policy = Policy::ALL.get(usize::from(how >> 3) & 3).copied();
    options.policy_name = Some(&text);
    options.policy_description = Some(&text);
    options.identity = Some(&text);
    options.tenant_id = Some(&text);
    let check = check_key(&[Item::file_with_password(name, content, password), Item::Uri(good), Item::Uri(&text)], &options);
    assert!(check.sources.len() >= 3 && !check.findings.is_empty());
    assert!(options.policy.is_none() || check.command.is_some() == check.refused.is_empty());
    assert!(check.command.is_none_or(|command| !command.contains(['\n', '\r', '\0'])));
});
