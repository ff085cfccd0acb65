//! Items → sources: what each file or identifier is, and the facts in it.

use super::byok::{byok_facts, without_json};
use super::classify::{Found, LIST_COMMANDS, classify, is_backup_text, label};
use super::documents::documents;
use super::facts::{DropFacts, Grade, KeyFacts, VaultFacts, What};
use super::identifier::{typed, without_secrets};
use super::key_file::key_file;
use super::kinds::Kind;
use super::options::Item;
use super::plain_text::{records, without_colors};
use crate::json::Json;
use crate::private_key::survey::is_pfx;
use crate::text;
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use zeroize::Zeroizing;

/// Bytes of the biggest file that is read. The limit is ours: ten thousand keys in one file are smaller.
pub const MOST_BYTES: u64 = 16 << 20;

/// Keys that are judged in one check. The limit is ours.
pub const MOST_KEYS: usize = 256;

/// One document of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Source {
    /// Position of the item.
    pub item: usize,
    /// The item: a file name, or the identifier as it was given.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The key that it describes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyFacts>,
    /// The vault that it describes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vault: Option<VaultFacts>,
    /// The drop whose key details it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drop: Option<DropFacts>,
    /// What to say about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// A stable code, when it says nothing of a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// The command that gives the right thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say: Option<&'static str>,
    /// `size-differs`, `date-without-zone`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<&'static str>,
}

impl Source {
    fn new(item: usize, name: &str, kind: Kind) -> Self {
        let (message, say) = match kind.advice() {
            Some((message, say)) => (Some(message.to_owned()), Some(say)),
            None => (None, None),
        };
        Self {
            item,
            name: name.to_owned(),
            kind,
            key: None,
            vault: None,
            drop: None,
            message,
            code: kind.code(),
            say,
            warnings: Vec::new(),
        }
    }

    fn with_key(mut self, key: KeyFacts) -> Self {
        self.warnings.clone_from(&key.warnings);
        self.key = Some(key);
        self
    }
}

/// Reads every item. Never fails: what cannot be read is a source that says so.
pub(super) fn read(items: &[Item<'_>]) -> Vec<Source> {
    let mut sources = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match *item {
            Item::File { name, bytes, .. } if bytes.len() as u64 > MOST_BYTES => {
                sources.push(too_big(index, name, bytes.len() as u64));
            }
            Item::TooBig { name, size } => sources.push(too_big(index, name, size)),
            Item::File { name, bytes, password } => sources.extend(file(index, name, bytes, password)),
            Item::Uri(uri) => sources.push(identifier(index, None, uri)),
        }
    }
    sources
}

fn too_big(item: usize, name: &str, size: u64) -> Source {
    let message = format!(
        "The file has {size} bytes, more than the {MOST_BYTES} that are read: a limit of this tool and not a fault of the file. Leave only the key in it."
    );
    Source {
        message: Some(message),
        code: Some("ERR_CHECK_TOO_BIG"),
        say: None,
        ..Source::new(item, name, Kind::Unknown)
    }
}

fn identifier(item: usize, name: Option<&str>, uri: &str) -> Source {
    let read = typed(uri);
    let shown: String = without_secrets(uri).chars().filter(|c| !c.is_control()).take(300).collect();
    let mut facts = KeyFacts { what: What::Uri, file: shown.clone(), grade: Some(read.grade), ..KeyFacts::default() };
    if let Some(identifier) = &read.identifier {
        facts.host = Some(identifier.host.to_owned());
        facts.vault = Some(identifier.vault().to_owned());
        facts.name = Some(identifier.name.to_owned());
        facts.version = Some(identifier.version.map(str::to_owned));
        facts.kid = Some(identifier.to_string());
    }
    for fact in ["host", "vault", "name", "version", "kid"] {
        facts.from.insert(fact, format!("the key identifier {shown}"));
    }
    facts.label = label(&facts);
    let mut source = Source::new(item, name.unwrap_or(&shown), Kind::Uri);
    if read.grade != Grade::Ok {
        source.message = Some(format!("{shown}: {}.", read.says));
    }
    if read.grade == Grade::Bad {
        source.code = Some("ERR_CHECK_IDENTIFIER");
    }
    source.with_key(facts)
}

fn file(item: usize, name: &str, bytes: &[u8], password: Option<&str>) -> Vec<Source> {
    let is_byok = name.to_ascii_lowercase().ends_with(".byok");
    let one = |kind| vec![Source::new(item, name, kind)];
    let byok = |kind, state| vec![Source::new(item, name, kind).with_key(without_json(name, state))];
    if bytes.get(1..).is_some_and(|rest| rest.starts_with(b"AzureKeyVault")) {
        return one(Kind::Backup);
    }
    let is_binary = bytes.first() == Some(&0x30) && bytes.get(1).is_some_and(|length| *length >= 0x80);
    if is_binary && (!is_byok || is_pfx(bytes)) {
        return of_key_file(item, name, bytes, password).unwrap_or_else(|| one(Kind::Unknown));
    }
    let mut text = readable(bytes);
    if text.contains("\u{1B}[") {
        text = Zeroizing::new(without_colors(&text));
    }
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\0');
    if is_backup_text(trimmed) {
        return one(Kind::Backup);
    }
    // JSON in a JSON string: the output of `az`, converted once more.
    let inner =
        trimmed.starts_with('"').then(|| serde_json::from_str::<String>(trimmed).ok()).flatten().map(Zeroizing::new);
    let trimmed = inner.as_ref().map_or(trimmed, |inner| inner.trim());
    if trimmed.starts_with(['{', '[']) {
        let read = of_json(item, name, trimmed);
        let is_nothing = read.iter().all(|source| source.kind == Kind::BrokenJson);
        return if is_byok && is_nothing { byok(Kind::ByokBroken, "broken") } else { read };
    }
    if is_byok && (trimmed.is_empty() || text.contains('\u{FFFD}') || !trimmed.starts_with("-----BEGIN")) {
        return if trimmed.is_empty() { byok(Kind::ByokBroken, "broken") } else { byok(Kind::ByokNcipher, "ncipher") };
    }
    if let Some(sources) = of_key_file(item, name, bytes, password) {
        return sources;
    }
    of_text(item, name, trimmed)
}

/// UTF-8 and UTF-16; other bytes are shown as they can be.
fn readable(bytes: &[u8]) -> Zeroizing<String> {
    text::decode(bytes).unwrap_or_else(|| {
        Zeroizing::new(match String::from_utf8_lossy(bytes) {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) => text,
        })
    })
}

fn of_key_file(item: usize, name: &str, bytes: &[u8], password: Option<&str>) -> Option<Vec<Source>> {
    let (facts, error) = key_file(bytes, password, name)?;
    let kind = if facts.form == Some(super::facts::Form::Pfx) { Kind::Pfx } else { Kind::Pem };
    let mut source = Source::new(item, name, kind);
    if let Some(error) = error {
        source.message = Some(error.to_string());
        source.code = Some(error.code());
    }
    Some(vec![source.with_key(facts)])
}

fn of_json(item: usize, name: &str, text: &str) -> Vec<Source> {
    let documents = documents(text);
    let mut sources = Vec::new();
    for document in &documents.values {
        let joined = lines(&document.0).and_then(|text| Json::parse(&text));
        sources.extend(of_found(item, name, classify(joined.as_ref().map_or(&document.0, |json| &json.0), name)));
    }
    if sources.is_empty() || (documents.damage.is_some() && sources.iter().all(|source| source.key.is_none())) {
        let mut source = Source::new(item, name, Kind::BrokenJson);
        if let Some(damage) = documents.damage {
            source.message = Some(if damage.is_limit {
                format!(
                    "This JSON exceeds a limit of this tool ({}); no description of a key is like that.",
                    damage.problem
                )
            } else {
                format!("This begins like JSON, but was cut or damaged ({}). Export it again.", damage.problem)
            });
        }
        sources.push(source);
    }
    sources
}

/// The lines of a JSON text, as PowerShell makes a list of them.
fn lines(value: &Value) -> Option<Zeroizing<String>> {
    let lines: Vec<&str> = value.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
    let is_json = lines.first()?.trim_start().starts_with(['{', '[']);
    is_json.then(|| Zeroizing::new(lines.join("\n")))
}

/// Sources of what was found. Many of one kind that say nothing of a key are one.
fn of_found(item: usize, name: &str, found: Vec<Found>) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for found in found {
        let source = match found {
            Found::Key(facts) => Source::new(item, name, Kind::Key).with_key(*facts),
            Found::Vault(facts) => Source { vault: Some(*facts), ..Source::new(item, name, Kind::Vault) },
            Found::Drop(facts) => Source { drop: Some(facts), ..Source::new(item, name, Kind::KeyDetails) },
            Found::Byok(document) => Source::new(item, name, Kind::Byok).with_key(byok_facts(&document, name)),
            Found::Uri(uri) => identifier(item, Some(name), &uri),
            Found::Other(kind, command) => {
                if sources.last().is_some_and(|last| last.kind == kind && last.key.is_none()) {
                    continue;
                }
                let mut source = Source::new(item, name, kind);
                if let Some(command) = command.filter(|_| kind == Kind::KeyList) {
                    source.say = Some(command);
                    source.message = Some(format!(
                        "This is a list of keys, which leaves out type and operations. Ask for one key at a time: {command}{}",
                        LIST_COMMANDS
                            .iter()
                            .filter(|other| **other != command)
                            .map(|other| format!(", or {other}"))
                            .collect::<String>()
                    ));
                }
                source
            }
        };
        sources.push(source);
    }
    sources
}

/// Text that is no JSON as a whole: PowerShell's output, key identifiers, errors, or JSON after other text.
fn of_text(item: usize, name: &str, text: &str) -> Vec<Source> {
    let records = records(text);
    if !records.is_empty() {
        let found = records.iter().flat_map(|record| classify(record, name));
        return of_found(item, name, found.collect());
    }
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_identifier = |line: &str| line.len() < 500 && typed(line).grade != Grade::Bad;
    let is_address =
        |line: &str| line.len() < 500 && line.to_ascii_lowercase().starts_with("http") && !line.contains(' ');
    if lines().next().is_some() && lines().take(MOST_KEYS + 1).all(|line| is_identifier(line) || is_address(line)) {
        return lines().take(MOST_KEYS + 1).map(|line| identifier(item, Some(name), line)).collect();
    }
    let documents = documents(text);
    let found: Vec<Source> =
        documents.values.iter().flat_map(|document| of_found(item, name, classify(&document.0, name))).collect();
    if found.iter().any(|source| source.kind != Kind::Unknown) {
        return found;
    }
    let is_error = ["ERROR:", "WARNING: ", "(Forbidden)", "(Unauthorized)", "(KeyNotFound)", "(ForbiddenBy"];
    let first: String = text.chars().take(2000).collect();
    let is_powershell =
        first.contains("FullyQualifiedErrorId") || first.contains("Operation returned an invalid status code");
    if is_powershell
        || is_error.iter().any(|sign| first.starts_with(sign) || (sign.starts_with('(') && first.contains(sign)))
    {
        return vec![Source::new(item, name, Kind::Error)];
    }
    vec![Source::new(item, name, Kind::Unknown)]
}
