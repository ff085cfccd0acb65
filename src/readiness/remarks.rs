//! What is said beside the rules: limits, key exchange keys, private keys, warnings, documents that disagree.

use super::answer::Message;
use super::byok::{is_kek_of, kek_checks};
use super::facts::{KeyFacts, What};
use super::kinds::Kind;
use super::reader::{MOST_KEYS, Source};
use super::same_key::disagreements;

/// Judges no more keys than [`MOST_KEYS`].
pub(super) fn limit(sources: &mut Vec<Source>, messages: &mut Vec<Message>) {
    let (mut kept, mut dropped) = (0, 0);
    sources.retain(|source| {
        if source.key.is_none() && source.vault.is_none() {
            return true;
        }
        kept += 1;
        dropped += usize::from(kept > MOST_KEYS);
        kept <= MOST_KEYS
    });
    if dropped > 0 {
        messages.push(Message {
            item: None,
            code: Some("ERR_CHECK_LIMIT"),
            remark: None,
            text: format!("{dropped} further keys were not judged: {MOST_KEYS} in one check are a limit of this tool. Give fewer at a time."),
            say: None,
        });
    }
}

/// The key exchange key of a BYOK file is checked for the file, and is no candidate for a service.
pub(super) fn set_keks_aside(sources: &mut [Source], now: i64, messages: &mut Vec<Message>) {
    let Some(byok) = sources.iter().position(|source| source.kind == Kind::Byok) else { return };
    let Some(transfer) = sources.get(byok).and_then(|source| source.key.clone()) else { return };
    let is_key = |source: &Source| source.key.as_ref().is_some_and(|key| key.what == What::Key);
    let is_only = sources.iter().filter(|source| is_key(source)).count() == 1;
    let mut checks = None;
    for source in sources.iter_mut().filter(|source| is_key(source)) {
        if source.key.as_ref().is_some_and(|key| is_only || is_kek_of(key, &transfer))
            && let Some(kek) = source.key.take()
        {
            source.message = Some(format!(
                "This is taken for the key exchange key of {}, and not for a key that a service is to use.",
                transfer.file
            ));
            checks = checks.or_else(|| Some(kek_checks(&kek, &transfer, now)));
        }
    }
    let Some(checks) = checks else { return };
    let all = [
        ("kty", checks.kty),
        ("size", checks.size),
        ("key_ops", checks.key_ops),
        ("kid", checks.kid),
        ("expiry", checks.expiry),
    ];
    let failed: Vec<&str> = all.iter().filter(|(_, verdict)| *verdict == "fail").map(|(name, _)| *name).collect();
    if !failed.is_empty() {
        messages.push(Message {
            item: Some(transfer.file),
            code: None,
            remark: Some("key-exchange-key-unfit"),
            text: format!("The key exchange key does not fit: {}. It has to be RSA-HSM of 2048, 3072 or 4096 bits with the only operation import, not expired, and the one that the file names.", failed.join(", ")),
            say: None,
        });
    }
    if let Some(key) = sources.get_mut(byok).and_then(|source| source.key.as_mut()) {
        key.kek = Some(checks);
    }
}

/// What the sources say beside the rules.
pub(super) fn remark(sources: &[Source], keys: &[KeyFacts], messages: &mut Vec<Message>) {
    for source in sources {
        if let Some(text) = &source.message {
            messages.push(Message {
                item: Some(source.name.clone()),
                code: source.code,
                remark: source.code.is_none().then_some(match source.kind {
                    Kind::Uri => "identifier",
                    _ => "key-exchange-key", // the only other message without a code: set_keks_aside
                }),
                text: text.clone(),
                say: source.say,
            });
        }
    }
    let mut about = |key: &KeyFacts, remark: &'static str, text: String| {
        messages.push(Message { item: Some(key.file.clone()), code: None, remark: Some(remark), text, say: None });
    };
    for key in keys {
        if key.private == Some(true) {
            about(key, "private-key", "A private key was given. It was read for its facts and wiped. Except for an upload to Dataverse, the description of the key would do.".to_owned());
        }
        for warning in &key.warnings {
            about(
                key,
                warning,
                match *warning {
                    "size-differs" => format!(
                        "The stated size and the modulus disagree: the modulus has {} bits, and {}. The modulus counts.",
                        key.bits.unwrap_or(0),
                        key.place("size")
                    ),
                    _ => "A date names no time zone; it was read as UTC.".to_owned(),
                },
            );
        }
        for (fact, found) in &key.unreadable {
            about(
                key,
                "unreadable",
                match *fact {
                    "n" => format!("The modulus cannot be read ({found})."),
                    fact => format!(
                        "\u{201C}{found}\u{201D} is no date that can be read with certainty ({}). Export the key as JSON.",
                        key.place(fact)
                    ),
                },
            );
        }
        if !key.some_ops.is_empty() {
            about(
                key,
                "operations-cut",
                "PowerShell cut the list of operations; add | ConvertTo-Json to see all of them.".to_owned(),
            );
        }
        if !key.problems.is_empty() {
            about(key, "byok-problems", format!("Wrong in this BYOK file: {}.", key.problems.join(", ")));
        }
    }
    messages.extend(disagreements(keys).into_iter().map(|text| Message {
        item: None,
        code: Some("ERR_CHECK_DISAGREE"),
        remark: None,
        text,
        say: None,
    }));
}
