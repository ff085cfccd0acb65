//! The JSON of a vault or a Managed HSM → [`VaultFacts`]: ARM and `az`, and `Get-AzKeyVault` with its own names, numbers
//! for enums and text for lists.
//!
//! A member that is missing counts as null: REST leaves out what is unset.

use super::facts::{Acls, VaultFacts};
use super::members::{Object, object, set, text, truth, unwrapped, words};
use serde_json::Value;

/// Whether the object describes one vault.
pub(super) fn is_vault(document: &Object) -> bool {
    let uri = |object: &Object| ["vaulturi", "hsmuri"].iter().any(|name| set(object, name).is_some());
    uri(document) || object(document, "properties").is_some_and(uri)
}

/// The facts of an object that [`is_vault`].
pub(super) fn vault_facts(document: &Object, file: &str) -> VaultFacts {
    let properties = object(document, "properties").unwrap_or(document);
    let either = |name: &str| set(properties, name).or_else(|| set(document, name));
    let first = |names: &[&str]| names.iter().find_map(|name| either(name));
    let flag = |names: &[&str]| first(names).and_then(truth);
    let id = ["id", "resourceid"].iter().find_map(|name| text(document, name)).unwrap_or_default();
    let hsm_uri = text(properties, "hsmuri");
    let uri = hsm_uri.or_else(|| text(properties, "vaulturi"));
    let host = uri.and_then(|uri| uri.split("://").nth(1)).map(|rest| rest.split(['/', ':']).next().unwrap_or(rest));
    let name = ["vaultname", "name", "hsmname"].iter().find_map(|name| text(document, name));
    let is_set = |value: &&Value| value.as_str().is_none_or(|text| !text.trim().is_empty());
    let firewall = first(&["networkacls", "networkruleset"]).filter(is_set);
    let listed = either("accesspolicies").filter(is_set);
    let (acls, policies) = (firewall.and_then(acls), listed.and_then(policies));
    let unreadable =
        [("acls", firewall.is_some() && acls.is_none()), ("policies", listed.is_some() && policies.is_none())];
    let of_host = || host.and_then(|host| host.split('.').next());
    VaultFacts {
        what: "vault",
        file: file.to_owned(),
        vault: name.or_else(of_host).map(str::to_owned),
        host: host.map(str::to_owned),
        sub: subscription(id).map(str::to_owned),
        location: text(document, "location").map(str::to_owned),
        sku: either("sku").and_then(sku),
        soft: flag(&["enablesoftdelete", "softdeleteenabled"]),
        purge: flag(&["enablepurgeprotection", "purgeprotectionenabled"]),
        rbac: flag(&["enablerbacauthorization", "enabledforrbacauthorization"]),
        pna: either("publicnetworkaccess")
            .and_then(Value::as_str)
            .map(|text| text.trim().to_owned())
            .filter(|t| !t.is_empty()),
        acls,
        policies: policies.unwrap_or_default(),
        unreadable: unreadable.into_iter().filter(|(_, is_so)| *is_so).map(|(name, _)| name).collect(),
        group: resource_group(id).map(str::to_owned),
        managed_hsm: hsm_uri.is_some() || host.is_some_and(|host| host.to_ascii_lowercase().contains(".managedhsm.")),
    }
}

/// The subscription in a resource id.
pub(super) fn subscription(id: &str) -> Option<&str> {
    let mut parts = id.split('/').skip(1);
    parts.next().filter(|part| part.eq_ignore_ascii_case("subscriptions"))?;
    parts.next().filter(|sub| !sub.is_empty())
}

/// The resource group in a resource id.
pub(super) fn resource_group(id: &str) -> Option<&str> {
    let mut parts = id.split('/').skip(3);
    parts.next().filter(|part| part.eq_ignore_ascii_case("resourceGroups"))?;
    parts.next().filter(|group| !group.is_empty())
}

fn sku(value: &Value) -> Option<String> {
    let name = match value {
        Value::Object(object) => text(object, "name")?,
        Value::String(text) => text.trim(),
        // PowerShell's SkuName.
        Value::Number(number) => match number.as_u64()? {
            0 => "standard",
            1 => "premium",
            _ => return None,
        },
        _ => return None,
    };
    Some(name.to_ascii_lowercase())
}

/// `None` when it is the name of a type, or leaves out what decides.
fn acls(value: &Value) -> Option<Acls> {
    let object = unwrapped(value).as_object()?;
    let list = |names: &[&str]| {
        let Some(value) = names.iter().find_map(|name| set(object, name)) else { return Some(Vec::new()) };
        match unwrapped(value) {
            Value::Array(items) => Some(items.iter().filter_map(entry).collect()),
            _ => words(value).map(|(words, _)| words),
        }
    };
    Some(Acls {
        default_action: Some(choice(set(object, "defaultaction")?, ["Allow", "Deny"])?),
        bypass: set(object, "bypass").and_then(|value| choice(value, ["None", "AzureServices"])),
        ip_rules: list(&["iprules", "ipaddressranges"])?,
        virtual_network_rules: list(&["virtualnetworkrules", "virtualnetworkresourceids"])?,
    })
}

/// An enum as its name, or as the number that PowerShell writes.
fn choice(value: &Value, names: [&str; 2]) -> Option<String> {
    let by_number = |number: u64| names.get(usize::try_from(number).ok()?).map(|name| (*name).to_owned());
    match value {
        Value::Number(number) => by_number(number.as_u64()?),
        Value::String(text) => {
            let text = text.trim();
            let named = names.iter().find(|name| name.eq_ignore_ascii_case(text)).map(|name| (*name).to_owned());
            named.or_else(|| text.parse().ok().and_then(by_number)).or_else(|| Some(text.to_owned()))
        }
        _ => None,
    }
}

/// `{ "value": "1.2.3.4/32" }`, `{ "id": "/subscriptions/…" }`, or the text itself.
fn entry(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Object(object) => {
            ["value", "id", "addressrange"].iter().find_map(|name| text(object, name)).map(str::to_owned)
        }
        _ => None,
    }
}

/// The key permissions of each policy; `None` when one cannot be read.
fn policies(value: &Value) -> Option<Vec<Vec<String>>> {
    let items = match unwrapped(value) {
        Value::Array(items) => items.as_slice(),
        one @ Value::Object(_) => std::slice::from_ref(one),
        _ => return None,
    };
    items.iter().map(|item| item.as_object().and_then(permissions)).collect()
}

fn permissions(policy: &Object) -> Option<Vec<String>> {
    let nested = object(policy, "permissions").and_then(|permissions| set(permissions, "keys"));
    let flat = ["permissionstokeys", "permissionstokeysstr"].into_iter().filter_map(|name| set(policy, name));
    let mut written = nested.into_iter().chain(flat).peekable();
    if written.peek().is_none() {
        return Some(Vec::new());
    }
    written.find_map(words).map(|(words, _)| words)
}
