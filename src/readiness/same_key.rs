//! Two documents about one key that disagree.

use super::facts::{KeyFacts, What};
use super::instant::date_of;

/// One sentence for each fact that two documents about the same version of a key state differently.
pub(super) fn disagreements(keys: &[KeyFacts]) -> Vec<String> {
    let mut said = Vec::new();
    let described: Vec<&KeyFacts> = keys.iter().filter(|key| key.what == What::Key && key.kid.is_some()).collect();
    for (index, other) in described.iter().enumerate().skip(1) {
        let first = described.iter().take(index).find(|one| is_same(one, other));
        if let Some(first) = first {
            compare(first, other, &mut said);
        }
    }
    said
}

fn is_same(one: &KeyFacts, other: &KeyFacts) -> bool {
    let plain = |key: &KeyFacts| key.kid.as_ref().map(|kid| kid.to_ascii_lowercase());
    plain(one) == plain(other)
}

fn compare(one: &KeyFacts, other: &KeyFacts, said: &mut Vec<String>) {
    let mut say = |fact: &str, name: &str, first: Option<String>, second: Option<String>| {
        if let (Some(first), Some(second)) = (first, second)
            && first != second
        {
            said.push(format!(
                "The documents about {} disagree: {name} is {first} ({}), and {second} ({}).",
                one.kid.as_deref().unwrap_or_default(),
                one.place(fact),
                other.place(fact)
            ));
        }
    };
    let date = |date: Option<Option<i64>>| date.map(|date| date.map_or("unset".to_owned(), date_of));
    let ops = |key: &KeyFacts| {
        let mut ops: Vec<String> = key.key_ops.as_ref()?.iter().map(|op| op.to_ascii_lowercase()).collect();
        ops.sort();
        Some(if ops.is_empty() { "none".to_owned() } else { ops.join(", ") })
    };
    let upper = |text: &Option<String>| text.as_ref().map(|text| text.to_ascii_uppercase());
    say("kty", "the key type", upper(&one.kty), upper(&other.kty));
    say("bits", "the size", one.bits.map(|bits| bits.to_string()), other.bits.map(|bits| bits.to_string()));
    say("expires", "the expiration date", date(one.expires), date(other.expires));
    say("notBefore", "the activation date", date(one.not_before), date(other.not_before));
    say("enabled", "enabled", one.enabled.map(|on| on.to_string()), other.enabled.map(|on| on.to_string()));
    say("recoveryLevel", "the recovery level", one.recovery_level.clone(), other.recovery_level.clone());
    say("keyOps", "the list of operations", ops(one), ops(other));
    if let (Some(first), Some(second)) = (&one.modulus, &other.modulus)
        && first != second
        && one.bits == other.bits
    {
        said.push(format!(
            "The documents about {} disagree: the modulus differs ({}; {}).",
            one.kid.as_deref().unwrap_or_default(),
            one.place("bits"),
            other.place("bits")
        ));
    }
}
