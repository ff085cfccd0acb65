//! Key readiness: will a service accept this key?
//!
//! Data Connect, Customer Key, Defender for Cloud Apps and Dataverse each have rules for a customer's key. [`check_key`]
//! reads what an administrator can export (JSON of REST, `az`, PowerShell and ARM, PowerShell's text, PFX, PEM, BYOK
//! files, key identifiers) and judges each rule. It asks no vault. What the given files do not show is *not visible*,
//! and the finding says which file would show it.
//!
//! Nothing here is used to decrypt, so a module that only decrypts does not contain it.

mod answer;
mod byok;
mod classify;
mod command;
mod documents;
mod encoded;
mod facts;
mod findings;
mod identifier;
mod instant;
mod judge;
mod key_file;
mod key_json;
mod kinds;
mod members;
mod network;
mod options;
mod plain_text;
mod policy;
mod quoting;
mod reader;
mod regions;
mod remarks;
mod rules;
mod same_key;
mod standing;
mod validator;
mod vault_json;
mod verdict;

pub use answer::{Contradiction, KeyCheck, Message, ServiceReadiness, Standing};
pub use facts::{Acls, DropFacts, Form, Grade, Kek, KeyFacts, Protection, VaultFacts, What};
pub use instant::{date_of, parse_instant};
pub use kinds::Kind;
pub use options::{CheckOptions, Item, Policy};
pub use policy::Refusal;
pub use quoting::quoted;
pub use reader::{MOST_BYTES, MOST_KEYS, Source};
pub use rules::{Rule, rules};
pub use verdict::{Commands, Finding, Service, Verdict};

/// Judges the keys that the items describe.
///
/// Every item is read on its own: one that cannot be read gives a message with a stable code, and the others are still
/// judged. Rules about a pair of keys or about a vault use everything that was given together.
///
/// ```
/// use mgdc_decrypt::readiness::{CheckOptions, Item, Service, Standing, check_key};
///
/// let json = br#"{"key": {"kty": "RSA", "kid": "https://kv.vault.azure.net/keys/mgdc-key"}, "attributes": {"enabled": true}}"#;
/// let check = check_key(&[Item::file("key.json", json)], &CheckOptions::new(1_796_083_200));
/// let mgdc = check.services.iter().find(|service| service.service == Service::Mgdc).unwrap();
/// assert_eq!(mgdc.verdict, Standing::Refuses);
/// ```
pub fn check_key(items: &[Item<'_>], options: &CheckOptions<'_>) -> KeyCheck {
    let sources = reader::read(items);
    answer::of(sources, options)
}
