//! What a rehearsal holds: invented rows, under names that say so.

use crate::algorithm::Algorithm;
use serde_json::{Value, json};
use std::fmt::Write;

/// One dataset, in one file.
pub(super) struct Dataset {
    /// As Data Connect names it.
    name: &'static str,
    /// Datasets that are not eligible for encryption come in clear, in the same drop.
    pub(super) is_encrypted: bool,
    row: fn(usize) -> Value,
}

pub(super) const DATASETS: [Dataset; 3] = [
    Dataset { name: "BasicDataSet_v0.Message_v0", is_encrypted: true, row: message },
    Dataset { name: "BasicDataSet_v0.User_v1", is_encrypted: true, row: user },
    Dataset { name: "BasicDataSet_v0.Event_v0", is_encrypted: false, row: event },
];

/// Metadata of the job, which Data Connect delivers in clear beside the data.
pub(super) const METADATA_PATH: &str = "metadata/rehearsal-JobMetadata.json";

/// Enough for more than one block of everything, and quick to read.
const ROWS: usize = 24;

impl Dataset {
    /// Folder and file are both marked, because a person may move the file out of its folder.
    pub(super) fn path(&self) -> String {
        format!("rehearsal-{}/rehearsal-part-00000.json", self.name)
    }

    /// JSON Lines.
    pub(super) fn rows(&self) -> Vec<u8> {
        let mut text = String::new();
        for index in 0..ROWS {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}", (self.row)(index));
        }
        text.into_bytes()
    }
}

/// Says what this drop is, for whoever opens the file.
pub(super) fn metadata(algorithm: Algorithm, version: &str, is_made_up: bool) -> Value {
    let about_version = if is_made_up {
        "made up: the key that this rehearsal was made for does not name its version"
    } else {
        "the version of the key that this rehearsal was made for"
    };
    json!({
        "Rehearsal": "Made by mgdc-decrypt, not by Microsoft Graph Data Connect. All rows are invented.",
        "Status": "Rehearsal",
        "Algorithm": algorithm.name(),
        "PublicKeyVersion": version,
        "AboutPublicKeyVersion": about_version,
        "Datasets": DATASETS.iter().map(|dataset| dataset.name).collect::<Vec<_>>(),
        "RowCount": ROWS * DATASETS.len(),
    })
}

const PEOPLE: [(&str, &str); 4] =
    [("Ada Rehearsal", "ada"), ("Björn Probe", "bjorn"), ("Chiara Prova", "chiara"), ("Daichi Rihāsaru", "daichi")];

/// Invented; `contoso.example` can belong to nobody (RFC 2606).
fn person(index: usize) -> Value {
    let (name, account) = PEOPLE.get(index % PEOPLE.len()).copied().unwrap_or_default();
    json!({ "EmailAddress": { "Name": name, "Address": format!("{account}@contoso.example") } })
}

fn message(index: usize) -> Value {
    json!({
        "Id": format!("rehearsal-message-{index:05}"),
        "CreatedDateTime": time(index),
        "Subject": format!("Rehearsal: invented message {} of {ROWS}", index + 1),
        "BodyPreview": "If you can read this, the delivery was decrypted. Nobody wrote it.",
        "Sender": person(index),
        "ToRecipients": [person(index + 1), person(index + 2)],
        "HasAttachments": index.is_multiple_of(3),
    })
}

fn user(index: usize) -> Value {
    let (name, account) = PEOPLE.get(index % PEOPLE.len()).copied().unwrap_or_default();
    json!({
        "Id": format!("rehearsal-user-{index:05}"),
        "DisplayName": format!("{name} (invented, {})", index + 1),
        "UserPrincipalName": format!("{account}.{index}@contoso.example"),
        "Department": "Rehearsal",
        "AccountEnabled": true,
    })
}

fn event(index: usize) -> Value {
    json!({
        "Id": format!("rehearsal-event-{index:05}"),
        "Subject": format!("Rehearsal: invented event {} of {ROWS}, delivered in clear", index + 1),
        "Start": time(index),
        "Organizer": person(index),
    })
}

fn time(index: usize) -> String {
    format!("2026-01-{:02}T09:00:00Z", index + 1)
}
