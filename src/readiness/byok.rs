//! BYOK transfer files (Azure Key Vault, "Bring your own key specification").
//!
//! The ciphertext is RSA-OAEP of an AES key under the key exchange key (KEK), and the wrapped PKCS#8 (RFC 5649). So its
//! length shows the sizes of both, as an estimate.

use super::facts::{Kek, KeyFacts, What};
use super::identifier::Identifier;
use super::members::{Object, object, set, text};
use crate::text as encodings;
use serde_json::Value;

/// Bytes of the wrapped key, measured over 180 generated keys (key-vault.md, section 4). The sums with the three sizes of
/// a KEK do not collide.
const SIZES: [(u64, &str); 8] = [
    (1224, "RSA-2048"),
    (1232, "RSA-2048"),
    (1800, "RSA-3072"),
    (1808, "RSA-3072"),
    (2384, "RSA-4096"),
    (152, "EC-P-256"),
    (200, "EC-P-384"),
    (256, "EC-P-521"),
];

/// A file that is told by its suffix only, because it is no JSON of a transfer file.
pub(super) fn without_json(file: &str, state: &'static str) -> KeyFacts {
    KeyFacts {
        what: What::Byok,
        label: file.to_owned(),
        file: file.to_owned(),
        state: Some(state),
        ..KeyFacts::default()
    }
}

/// The facts of a transfer file's JSON.
pub(super) fn byok_facts(document: &Object, file: &str) -> KeyFacts {
    let mut facts = without_json(file, "json");
    let empty = Object::new();
    let header = object(document, "header").unwrap_or(&empty);
    let is = |object: &Object, name: &str, wanted: &str| set(object, name).and_then(Value::as_str) == Some(wanted);
    if !is(document, "schemaversion", "1.0.0") {
        facts.problems.push("schema_version");
    }
    if !is(header, "alg", "dir") {
        facts.problems.push("alg");
    }
    if !is(header, "enc", "CKM_RSA_AES_KEY_WRAP") {
        facts.problems.push("enc");
    }
    let kid = text(header, "kid");
    match kid.and_then(Identifier::parse) {
        Some(identifier) => {
            facts.kid = Some(identifier.to_string());
            facts.from.insert("kid", format!("{file}, header.kid"));
            if identifier.version.is_none() {
                facts.problems.push("kid");
            }
        }
        None => {
            facts.kid = kid.map(str::to_owned);
            facts.problems.push("kid");
        }
    }
    ciphertext(document, &mut facts);
    if !facts.problems.is_empty() {
        facts.state = Some("odd");
    }
    facts
}

fn ciphertext(document: &Object, facts: &mut KeyFacts) {
    let text = set(document, "ciphertext").and_then(Value::as_str).unwrap_or_default();
    let is_url =
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if !is_url {
        facts.problems.push("base64url");
    }
    let Ok(bytes) = encodings::base64(text) else {
        facts.problems.push("length");
        return;
    };
    let length = bytes.len() as u64;
    facts.length = Some(length);
    facts.from.insert("length", format!("{}, ciphertext", facts.file));
    let fit = [256, 384, 512].into_iter().find_map(|kek: u64| {
        let rest = length.checked_sub(kek)?;
        SIZES.iter().find(|(size, _)| *size == rest).map(|(_, target)| (kek * 8, *target))
    });
    match fit {
        Some((bits, target)) => {
            facts.kek_bits = Some(bits);
            facts.target = Some(target);
        }
        None => facts.problems.push("length"),
    }
}

/// Whether a key is the key exchange key of a transfer file, and no candidate for a service.
pub(super) fn is_kek_of(key: &KeyFacts, byok: &KeyFacts) -> bool {
    let same_key = |kid: &str| {
        let (Some(one), Some(other)) = (Identifier::parse(kid), byok.kid.as_deref().and_then(Identifier::parse)) else {
            return false;
        };
        one.host.eq_ignore_ascii_case(other.host) && one.name.eq_ignore_ascii_case(other.name)
    };
    let imports = || key.key_ops.as_ref().is_some_and(|ops| ops.iter().any(|op| op.eq_ignore_ascii_case("import")));
    key.what == What::Key && (key.kid.as_deref().is_some_and(same_key) || imports())
}

/// The checks of a key exchange key (the same document, and "hsm-protected-keys-byok").
pub(super) fn kek_checks(kek: &KeyFacts, byok: &KeyFacts, now: i64) -> Kek {
    let verdict = |answer: Option<bool>| match answer {
        Some(true) => "pass",
        Some(false) => "fail",
        None => "not-visible",
    };
    let same = |kid: &String| {
        let plain = |kid: &str| kid.to_ascii_lowercase().replace(":443/", "/").trim_end_matches('/').to_owned();
        byok.kid.as_ref().is_some_and(|wanted| plain(wanted) == plain(kid))
    };
    Kek {
        kty: verdict(kek.kty.as_ref().map(|kty| kty.eq_ignore_ascii_case("RSA-HSM"))),
        size: verdict(
            kek.bits.map(|bits| {
                [2048, 3072, 4096].contains(&bits) && byok.kek_bits.is_none_or(|estimate| estimate == bits)
            }),
        ),
        key_ops: verdict(
            kek.key_ops.as_ref().map(|ops| ops.len() == 1 && ops.iter().all(|op| op.eq_ignore_ascii_case("import"))),
        ),
        kid: verdict(kek.kid.as_ref().map(same)),
        expiry: verdict(kek.expires.map(|expires| expires.is_none_or(|expires| expires > now))),
    }
}
