//! Microsoft Dataverse, self-managed encryption key (the older feature, with uploaded files).

use super::Rule;
use super::documents::DATAVERSE;
use crate::readiness::facts::{Form, KeyFacts, Protection, What};
use crate::readiness::judge::{Given, Judged, fail, not_visible, pass, reminder, typed, warn};
use crate::readiness::verdict::Service;

const RULE: Rule = Rule::of(Service::Dataverse, DATAVERSE, "Manage the encryption key: Encryption key requirements");

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "V0",
        demand: "Since 2 June 2023 this feature is closed to new customers, and it needs more than 1000 licences.",
        section: "Manage the encryption key: Important",
        remedy: "Use a customer-managed encryption key of Power Platform instead.",
        together: Some(|_| {
            reminder("New customers use the customer-managed encryption key, which takes no uploaded file.")
        }),
        ..RULE
    },
    Rule {
        id: "V1",
        demand: "The file is PFX or BYOK, by its content.",
        remedy: "Export the key as PFX, or make a BYOK file with the HSM vendor's tool.",
        decides: true,
        key: Some(format),
        ..RULE
    },
    Rule {
        id: "V2",
        demand: "The key is an RSA key of 2048 bits.",
        remedy: "Make a new RSA key of 2048 bits.",
        decides: true,
        key: Some(size),
        ..RULE
    },
    Rule {
        id: "V3",
        demand: "A PFX file is protected by a password.",
        remedy: "Export the PFX again with a password that is not empty.",
        decides: true,
        key: Some(protection),
        ..RULE
    },
    Rule {
        id: "V4",
        demand: "The private key is in the PFX file.",
        section: "Manage the encryption key: Introduction to key management",
        remedy: "Export the certificate together with its private key.",
        decides: true,
        key: Some(private),
        ..RULE
    },
    Rule {
        id: "V5",
        demand: "An RSA-HSM key needs a support request, comes from an nCipher HSM, and is made with the subscription id that is shown.",
        section: "Manage the encryption key: Encryption key requirements, and Upload a key",
        remedy: "Open a support request, and make the file with the subscription id of Manage encryption keys, New key.",
        key: Some(hsm),
        ..RULE
    },
    Rule {
        id: "V6",
        demand: "A further key has to be activated; 24 hours lie between activations, and nothing can be locked for 72 hours after a change.",
        section: "Manage the encryption key: Activate an encryption key for a tenant",
        remedy: "Plan these times.",
        together: Some(|_| reminder("No file shows this.")),
        ..RULE
    },
    Rule {
        id: "V7",
        demand: "File and password are kept: unlocking needs the same key, and locked environments are deleted after 28 days.",
        section: "Manage the encryption key: Lock and unlock environments",
        remedy: "Keep the file and its password in a safe place.",
        together: Some(|_| reminder("No file shows this.")),
        ..RULE
    },
];

/// What to say of a description, which is no file to upload.
const NO_FILE: &str = "The description of a key is no file to upload: give the PFX or BYOK file.";

fn format(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let file = &key.file;
    match (key.what, key.form, key.state) {
        (What::File, Some(Form::Pfx), _) => {
            let lower = file.to_ascii_lowercase();
            let note = if lower.ends_with(".pfx") {
                ""
            } else {
                " Its name does not end in .pfx, which the upload may ask for."
            };
            pass(format!("{file} is a PFX file.{note}"))
        }
        (What::File, ..) => fail(format!(
            "{file} is no PFX and no BYOK file, whatever its name: it is a key or certificate in PEM or DER."
        )),
        (What::Byok, _, Some("json")) => pass(format!("{file} is a BYOK transfer file.")),
        (What::Byok, _, Some("ncipher")) => warn(format!(
            "{file} is no JSON: probably the older package of nCipher. Key Vault takes it no longer (since 30 June 2021), while the page about Dataverse names nCipher only."
        )),
        (What::Byok, _, Some("odd")) => {
            fail(format!("{file} is a BYOK transfer file with something wrong: {}.", key.problems.join(", ")))
        }
        (What::Byok, ..) => fail(format!("{file} is a BYOK file that was cut or damaged.")),
        _ => not_visible(NO_FILE),
    }
}

fn size(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    match key.what {
        What::Byok => match key.target {
            Some("RSA-2048") => pass(format!(
                "By the length of its ciphertext, {} holds an RSA key of 2048 bits. This is an estimate.",
                key.file
            )),
            Some(target) => fail(format!(
                "By the length of its ciphertext, {} holds a key {target}. This is an estimate.",
                key.file
            )),
            None => not_visible(format!("The length of the ciphertext of {} shows no size.", key.file)),
        },
        What::File => match (&key.kty, key.bits) {
            (None, _) => {
                not_visible(format!("{} did not open, so its key is not visible; give its password.", key.file))
            }
            (Some(_), Some(2048)) if key.is_rsa() => {
                pass(format!("The key is RSA with 2048 bits ({}).", key.place("bits")))
            }
            (Some(_), Some(bits)) => {
                fail(format!("The key is {} with {bits} bits, and not RSA with 2048.", typed(key)))
            }
            (Some(_), None) if key.is_rsa() => {
                not_visible(format!("The size of the key in {} is not visible.", key.file))
            }
            _ => fail(format!("The key is {}, and not RSA.", typed(key))),
        },
        What::Key | What::Uri => not_visible(NO_FILE),
    }
}

fn protection(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let file = &key.file;
    if key.form != Some(Form::Pfx) {
        return not_visible(if key.is_described() { NO_FILE } else { "This rule is about PFX files." });
    }
    match key.protection {
        Some(Protection::Password) => pass(format!("{file} is protected by a password.")),
        Some(Protection::Empty) => fail(format!("{file} opens with an empty password.")),
        Some(Protection::None) => fail(format!("{file} has neither a password nor encryption.")),
        Some(Protection::MacOnly) => fail(format!("In {file} nothing is encrypted; only a MAC has a password.")),
        Some(Protection::Half) => fail(format!("In {file} the key is not encrypted.")),
        None => warn(format!("{file} is protected in a way that is no password, or could not be read.")),
    }
}

fn private(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let file = &key.file;
    match (key.what, key.private) {
        (What::File, Some(true)) => pass(format!("The private key is in {file}.")),
        (What::File, Some(false)) => fail(format!("There is no private key in {file}.")),
        (What::File, None) => not_visible(format!("{file} did not open; give its password.")),
        (What::Byok, _) => not_visible(format!("What is in {file} is encrypted to the HSM of a vault.")),
        _ => not_visible(NO_FILE),
    }
}

fn hsm(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    match key.what {
        What::Byok => warn(format!(
            "{} comes from an HSM: it needs a support request, and only nCipher's are named. For which subscription it was made is not visible.",
            key.file
        )),
        _ => reminder("This rule is about keys of an HSM, which come in a BYOK file."),
    }
}
