//! The JSON of one key, in any of its shapes → [`KeyFacts`].
//!
//! REST, `az`, PowerShell and ARM put the same members in different places; a bare JWK or the attributes alone have some
//! of them. One list of places, in order of trust, serves all shapes.

use super::encoded::{bits, curve_bits, number};
use super::facts::{KeyFacts, What};
use super::identifier::Identifier;
use super::instant::{Moment, moment};
use super::members::{Object, member, object, set, text, truth, whole, without_blanks, words};
use super::vault_json::resource_group;
use crate::json::Json;
use serde_json::Value;

/// A part of the document, with its path for messages.
#[derive(Clone, Copy)]
struct Part<'a> {
    path: &'static str,
    members: &'a Object,
}

/// The facts of an object that describes one key. `file` names the file, with the place in it.
pub(super) fn key_facts(document: &Object, file: &str) -> KeyFacts {
    // PowerShell writes deep objects as text, which here is JSON again.
    let deep = text(document, "key").filter(|text| text.starts_with('{')).and_then(Json::parse);
    let mut reader = Reader { file, facts: KeyFacts { what: What::Key, file: file.to_owned(), ..KeyFacts::default() } };
    let whole = Part { path: "", members: document };
    let properties = object(document, "properties").filter(|members| set(members, "kty").is_some());
    let core = object(document, "key")
        .or_else(|| deep.as_ref().and_then(|json| json.0.as_object()))
        .map(|members| Part { path: "key.", members })
        .or(properties.map(|members| Part { path: "properties.", members }))
        .unwrap_or(whole);
    let attributes = attributes(document, properties);
    reader.identity(core, whole);
    reader.key(core, whole, attributes);
    reader.attributes(attributes, whole);
    reader.facts
}

fn attributes<'a>(document: &'a Object, properties: Option<&'a Object>) -> Option<Part<'a>> {
    let own = object(document, "attributes").map(|members| Part { path: "attributes.", members });
    let of_properties = || {
        let members = properties.and_then(|properties| object(properties, "attributes"))?;
        Some(Part { path: "properties.attributes.", members })
    };
    // Only the attributes were exported.
    let alone = || {
        let is_alone = set(document, "n").is_none() && set(document, "key").is_none() && has_attributes(document);
        (is_alone && set(document, "id").is_none()).then_some(Part { path: "", members: document })
    };
    own.or_else(of_properties).or_else(alone).filter(|part| !part.members.is_empty())
}

/// Whether the object has members that only a key's attributes have.
pub(super) fn has_attributes(object: &Object) -> bool {
    member(object, "recoverylevel").is_some()
        || (member(object, "enabled").is_some()
            && member(object, "created").is_some()
            && member(object, "updated").is_some())
}

struct Reader<'f> {
    file: &'f str,
    facts: KeyFacts,
}

impl Reader<'_> {
    fn note(&mut self, fact: &'static str, part: Part<'_>, name: &str) {
        self.facts.from.insert(fact, format!("{}, {}{name}", self.file, part.path));
    }

    /// Identifier, name, version, vault; subscription and region of ARM.
    fn identity(&mut self, core: Part<'_>, whole: Part<'_>) {
        for (part, wanted) in [
            (core, "kid"),
            (core, "keyuriwithversion"),
            (whole, "kid"),
            (whole, "id"),
            (whole, "keyid"),
            (core, "keyuri"),
        ] {
            let Some((name, Value::String(value))) = member(part.members, wanted) else { continue };
            let Some(identifier) = Identifier::parse(value) else { continue };
            self.facts.kid = Some(identifier.to_string());
            self.facts.host = Some(identifier.host.to_owned());
            self.facts.vault = Some(identifier.vault().to_owned());
            self.facts.name = Some(identifier.name.to_owned());
            self.facts.version = Some(identifier.version.map(str::to_owned));
            for fact in ["kid", "host", "vault", "name", "version"] {
                self.note(fact, part, name);
            }
            break;
        }
        if self.facts.kid.is_none() {
            self.named(whole);
        }
        if let Some(id) = text(whole.members, "id") {
            self.resource(id, whole);
        }
    }

    /// Without an identifier: the names of PowerShell.
    fn named(&mut self, whole: Part<'_>) {
        for wanted in ["vaultname", "vaulthsmname", "hsmname"] {
            if let Some((name, Value::String(value))) = member(whole.members, wanted) {
                self.facts.vault = Some(value.trim().to_owned()).filter(|vault| !vault.is_empty());
                self.note("vault", whole, name);
            }
        }
        if self.facts.vault.is_none() {
            return;
        }
        if let Some(value) = text(whole.members, "name") {
            self.facts.name = Some(value.to_owned());
            self.note("name", whole, "name");
        }
        if let Some((name, Value::String(value))) = member(whole.members, "version") {
            self.facts.version = Some(Some(value.trim().to_owned()).filter(|version| !version.is_empty()));
            self.note("version", whole, name);
        }
    }

    /// An ARM resource id: `/subscriptions/SUB/resourceGroups/…/vaults/VAULT/keys/NAME/versions/VERSION`.
    fn resource(&mut self, id: &str, whole: Part<'_>) {
        let mut parts = id.split('/').skip(1);
        if !parts.next().is_some_and(|part| part.eq_ignore_ascii_case("subscriptions")) {
            return;
        }
        self.facts.sub = parts.next().map(str::to_owned);
        self.facts.group = resource_group(id).map(str::to_owned);
        self.note("sub", whole, "id");
        if let Some(location) = text(whole.members, "location") {
            self.facts.location = Some(location.to_owned());
            self.note("location", whole, "location");
        }
        if self.facts.kid.is_none() {
            let after = |wanted: &str| {
                let mut parts = id.split('/');
                parts.find(|part| part.eq_ignore_ascii_case(wanted))?;
                parts.next().map(str::to_owned)
            };
            self.facts.vault = after("vaults").or_else(|| after("managedHSMs"));
            self.facts.name = after("keys");
            self.facts.version = self.facts.name.as_ref().map(|_| after("versions"));
            for fact in ["vault", "name", "version"] {
                self.note(fact, whole, "id");
            }
        }
    }

    /// Type, operations, size, private part.
    fn key(&mut self, core: Part<'_>, whole: Part<'_>, attributes: Option<Part<'_>>) {
        let places = || [Some(core), Some(whole), attributes].into_iter().flatten();
        for (part, wanted) in places().flat_map(|part| [(part, "kty"), (part, "keytype")]) {
            if self.facts.kty.is_none()
                && let Some((name, value)) = member(part.members, wanted)
                && let Some(kty) = value.as_str().map(str::trim).filter(|kty| !kty.is_empty())
            {
                self.facts.kty = Some(kty.to_owned());
                self.note("kty", part, name);
            }
        }
        for part in places() {
            if self.facts.key_ops.is_none()
                && let Some((name, value)) = member(part.members, "keyops")
                && let Some((ops, is_cut)) = words(value)
            {
                self.note("keyOps", part, name);
                if is_cut {
                    self.facts.some_ops = ops;
                } else {
                    self.facts.key_ops = Some(ops);
                }
            }
        }
        if let Some((name, value)) = member(core.members, "n")
            && !value.is_null()
        {
            match number(value) {
                Some(modulus) => {
                    self.facts.bits = Some(bits(&modulus));
                    self.facts.modulus = Some(modulus);
                    self.note("bits", core, name);
                }
                None => {
                    self.facts.unreadable.insert("n", format!("{}, {}{name}", self.file, core.path));
                }
            }
        }
        for part in places() {
            let Some((name, value)) = member(part.members, "keysize") else { continue };
            let Some(size) = whole_size(value) else { continue };
            match self.facts.bits {
                None => {
                    self.facts.bits = Some(size);
                    self.note("bits", part, name);
                }
                Some(bits) if bits != size && !self.facts.warnings.contains(&"size-differs") => {
                    self.facts.warnings.push("size-differs");
                    self.facts.from.insert("size", format!("{}, {}{name}, says {size}", self.file, part.path));
                }
                Some(_) => {}
            }
        }
        for (part, wanted) in places().flat_map(|part| [(part, "crv"), (part, "curvename")]) {
            if self.facts.bits.is_none()
                && let Some((name, Value::String(curve))) = member(part.members, wanted)
                && let Some(bits) = curve_bits(curve)
            {
                self.facts.bits = Some(bits);
                self.note("bits", part, name);
            }
        }
        if ["d", "p", "k"].iter().any(|name| set(core.members, name).is_some_and(is_something)) {
            self.facts.private = Some(true);
        }
    }

    /// Dates, state and recovery level: from the attributes, or from what PowerShell repeats outside of them.
    fn attributes(&mut self, attributes: Option<Part<'_>>, whole: Part<'_>) {
        // Members that were picked by hand do not show that the others are unset.
        let has = |members: &Object, name: &str| member(members, name).is_some();
        let is_whole = attributes.is_some_and(|part| {
            !part.path.is_empty() || (has(part.members, "created") && has(part.members, "updated"))
        });
        let part = attributes.unwrap_or(whole);
        for (fact, names) in [("expires", ["exp", "expires"]), ("notBefore", ["nbf", "notbefore"])] {
            let found = names.iter().filter_map(|name| member(part.members, name));
            // Of two spellings, the one that is set.
            let found = found.reduce(|first, second| if first.1.is_null() { second } else { first });
            let read = match found {
                Some((name, value)) => {
                    self.note(fact, part, name);
                    moment(value)
                }
                // REST leaves out what is unset; a document without attributes says nothing.
                None if is_whole => {
                    let place = format!("{}, {}", self.file, part.path.trim_end_matches('.'));
                    self.facts.from.insert(fact, place.trim_end_matches(", ").to_owned());
                    Moment::Unset
                }
                None => continue,
            };
            let value = match read {
                Moment::Unset => None,
                Moment::Set { seconds, zone } => {
                    if !zone && !self.facts.warnings.contains(&"date-without-zone") {
                        self.facts.warnings.push("date-without-zone");
                    }
                    Some(seconds)
                }
                Moment::Unreadable(found) => {
                    self.facts.unreadable.insert(fact, found);
                    continue;
                }
            };
            if fact == "expires" {
                self.facts.expires = Some(value);
            } else {
                self.facts.not_before = Some(value);
            }
        }
        for part in [part, whole] {
            if self.facts.enabled.is_none()
                && let Some((name, value)) = member(part.members, "enabled")
                && let Some(enabled) = truth(value)
            {
                self.facts.enabled = Some(enabled);
                self.note("enabled", part, name);
            }
            if self.facts.recovery_level.is_none()
                && let Some((name, value)) = member(part.members, "recoverylevel")
                && let Some(level) = value.as_str().map(without_blanks).filter(|level| !level.is_empty())
            {
                self.facts.recovery_level = Some(level);
                self.note("recoveryLevel", part, name);
            }
        }
    }
}

/// A stated size that a key can have.
fn whole_size(value: &Value) -> Option<u64> {
    whole(value).filter(|size| (1..=1 << 20).contains(size))
}

fn is_something(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(object) => !object.is_empty(),
        _ => false,
    }
}
