//! PowerShell's text output, lines of `Name : value` → objects like those of its JSON.

use super::members::{Object, plain_name};
use serde_json::Value;

/// Names that occur in the output about keys and vaults, and hardly elsewhere together.
const KNOWN: [&str; 9] = [
    "keytype",
    "recoverylevel",
    "vaulthsmname",
    "vaultname",
    "vaulturi",
    "keyops",
    "keysize",
    "notbefore",
    "resourceid",
];

/// At most so many lines are read.
const MOST_LINES: usize = 200_000;

struct Line<'a> {
    indent: usize,
    name: &'a str,
    value: &'a str,
}

/// The records of a text; empty when it is no such output.
pub(super) fn records(text: &str) -> Vec<Value> {
    let lines: Vec<&str> = text.lines().take(MOST_LINES).collect();
    let named: Vec<String> = lines.iter().filter_map(|line| pair(line)).map(|line| plain_name(line.name)).collect();
    let known = KNOWN.iter().filter(|known| named.iter().any(|name| name == *known)).count();
    if known < 2 { Vec::new() } else { read(&lines) }
}

fn read(lines: &[&str]) -> Vec<Value> {
    let Some(base) = lines.iter().find_map(|line| pair(line)).map(|line| line.indent) else { return Vec::new() };
    let (mut records, mut record) = (Vec::new(), Record::default());
    for line in lines {
        let indent = line.len() - line.trim_start().len();
        match pair(line) {
            Some(pair) if pair.indent <= base => {
                let name = plain_name(pair.name);
                // A record ends where its names begin again.
                if record.members.contains_key(&name) {
                    records.push(std::mem::take(&mut record).finish());
                }
                record.open = Some(name.clone());
                record.inner = None;
                record.members.insert(name, value(pair.value));
            }
            Some(pair) => record.nested(&plain_name(pair.name), value(pair.value)),
            None if indent > base && !line.trim().is_empty() => record.continued(line.trim()),
            None => {}
        }
    }
    records.push(record.finish());
    records.retain(|record| record.as_object().is_some_and(|object| !object.is_empty()));
    records
}

#[derive(Default)]
struct Record {
    members: Object,
    /// The member that further lines belong to.
    open: Option<String>,
    /// The member of its last object that further lines belong to.
    inner: Option<String>,
}

impl Record {
    /// A line below the open member: PowerShell prints access policies and the firewall so. A new object begins where
    /// the names begin again.
    fn nested(&mut self, name: &str, value: Value) {
        let Some(open) = self.open.as_ref().and_then(|open| self.members.get_mut(open)) else { return };
        self.inner = Some(name.to_owned());
        if open.is_null() {
            *open = Value::Array(Vec::new());
        }
        let Some(items) = open.as_array_mut() else { return };
        match items.last_mut().and_then(Value::as_object_mut) {
            Some(object) if !object.contains_key(name) => {
                object.insert(name.to_owned(), value);
            }
            _ => items.push(Value::Object(Object::from_iter([(name.to_owned(), value)]))),
        }
    }

    /// The rest of a value that did not fit on its line.
    fn continued(&mut self, rest: &str) {
        let Some(open) = &self.open else { return };
        let value = match (self.members.get_mut(open), &self.inner) {
            (Some(Value::Array(items)), Some(inner)) => {
                items.last_mut().and_then(Value::as_object_mut).and_then(|object| object.get_mut(inner))
            }
            (value, _) => value,
        };
        if let Some(Value::String(text)) = value {
            if !text.starts_with(['{', 'h']) {
                text.push(' ');
            }
            text.push_str(rest);
        }
    }

    fn finish(mut self) -> Value {
        // The firewall is one object.
        if let Some(Value::Array(items)) = self.members.get_mut("networkruleset")
            && items.len() == 1
            && let Some(object) = items.pop()
        {
            self.members.insert("networkruleset".to_owned(), object);
        }
        Value::Object(self.members)
    }
}

/// `Name : value`: a blank before the colon tells it from other text.
fn pair(line: &str) -> Option<Line<'_>> {
    let trimmed = line.trim_start();
    let (name, value) = trimmed.split_once(':')?;
    let is_name = name.ends_with(' ')
        && name.len() <= 60
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || " /_?().-".contains(c));
    is_name.then(|| Line { indent: line.len() - trimmed.len(), name: name.trim_end(), value: value.trim() })
}

/// A blank value is visible and unset.
fn value(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::String(text.to_owned()) }
}

/// Text without the colours of a terminal (ECMA-48, SGR).
pub(super) fn without_colors(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("\u{1B}[") {
        plain.push_str(before);
        let end = behind.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(behind.len());
        rest = behind.get(end..).unwrap_or_default();
        rest = rest.strip_prefix('m').unwrap_or(rest);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::records;
    use serde_json::json;

    #[test]
    fn names_and_values_are_read() {
        let text = "\u{1B}[32;1mVault/HSM Name : \u{1B}[0mkv-1\r\nName           : a\r\nKey Type       : RSA\r\nId             : https://kv-1.vault.azure.net:443/keys/a/b\r\nExpires        : \r\nRecovery Level : Recoverable\r\n\r\n";
        let text = &super::without_colors(text);
        assert_eq!(
            records(text),
            [
                json!({"vaulthsmname": "kv-1", "name": "a", "keytype": "RSA", "id": "https://kv-1.vault.azure.net:443/keys/a/b", "expires": null, "recoverylevel": "Recoverable"})
            ]
        );
        assert_eq!(records(&text.repeat(3)).len(), 3);
        assert!(records("To : you\nSubject : keys").is_empty());
    }

    #[test]
    fn nested_lines_belong_to_their_member() {
        let text = "Vault Name : kv\nVault URI : https://kv1.vault.azure.net/\nAccess Policies :\n    Object ID : 1\n    Permissions to Keys : get, list\n\n    Object ID : 2\n    Permissions to Keys : wrapKey\n\nNetwork Rule Set :\n    Default Action : Deny\n    IP Rules : 1.2.3.4/32\nTags :\n";
        assert_eq!(
            records(text),
            [json!({
                "vaultname": "kv", "vaulturi": "https://kv1.vault.azure.net/", "tags": null,
                "accesspolicies": [{"objectid": "1", "permissionstokeys": "get, list"}, {"objectid": "2", "permissionstokeys": "wrapKey"}],
                "networkruleset": {"defaultaction": "Deny", "iprules": "1.2.3.4/32"},
            })]
        );
    }
}
