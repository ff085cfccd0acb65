//! PFX, PEM and DER → facts. The reading is done by the readers of private keys.

use super::facts::{Form, KeyFacts, Protection, What};
use crate::error::Error;
use crate::private_key::survey::{Survey, survey};

/// The facts of a key file, and what kept it from being read; `None` when it is none.
pub(super) fn key_file(bytes: &[u8], password: Option<&str>, file: &str) -> Option<(KeyFacts, Option<Error>)> {
    let survey = survey(bytes, password)?;
    let mut facts = KeyFacts {
        what: What::File,
        label: file.to_owned(),
        file: file.to_owned(),
        form: Some(if survey.is_pfx { Form::Pfx } else { Form::Pem }),
        opened: survey.is_pfx.then_some(survey.opened),
        protection: if survey.is_pfx { protection(&survey) } else { None },
        private: survey.private,
        ..KeyFacts::default()
    };
    if let Some(key) = survey.key {
        facts.kty = Some(key.kty.to_owned());
        facts.bits = key.bits;
        facts.modulus = Some(key.modulus).filter(|modulus| !modulus.is_empty());
        let what = if facts.private == Some(true) { "its key" } else { "its certificate or public key" };
        for fact in ["kty", "bits"] {
            facts.from.insert(fact, format!("{file}, {what}"));
        }
    }
    // What is known of the key is enough: a certificate is no error here.
    let error = survey.error.filter(|_| facts.kty.is_none());
    Some((facts, error))
}

fn protection(survey: &Survey) -> Option<Protection> {
    let is_unread = survey.error.is_some() && !survey.has_mac && !survey.is_encrypted && !survey.has_clear_key;
    if is_unread {
        return None;
    }
    Some(if survey.opens_without_password {
        Protection::Empty
    } else if !survey.has_mac && !survey.is_encrypted {
        Protection::None
    } else if !survey.is_encrypted {
        Protection::MacOnly
    } else if survey.has_clear_key {
        Protection::Half
    } else {
        Protection::Password
    })
}
