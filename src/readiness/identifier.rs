//! Key identifiers: `https://HOST[:443]/keys/NAME[/VERSION]` (Azure Key Vault, "keys, secrets and certificates overview").

use super::facts::Grade;

/// The parts of a key identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identifier<'a> {
    pub(super) host: &'a str,
    pub(super) name: &'a str,
    pub(super) version: Option<&'a str>,
}

/// The identifier without port and slash at the end.
impl std::fmt::Display for Identifier<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "https://{}/keys/{}", self.host, self.name)?;
        self.version.map_or(Ok(()), |version| write!(f, "/{version}"))
    }
}

/// What follows the name of the vault or HSM in the clouds that are known here: the page above, and `cloud.py` of the
/// Azure CLI 2.91.
const DOMAINS: [&str; 5] = ["azure.net", "azure.cn", "usgovcloudapi.net", "microsoftazure.de", "sovcloud-api.fr"];

impl<'a> Identifier<'a> {
    /// Reads an identifier whose host may be anything, as the JSON of a key has it; `None` for anything else.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://")?;
        if !scheme.eq_ignore_ascii_case("https") {
            return None;
        }
        let (host, path) = rest.split_once('/')?;
        let host = host.strip_suffix(":443").unwrap_or(host);
        // The dot of the root (RFC 1034, section 3.1) makes no other host.
        let host = host.strip_suffix('.').unwrap_or(host);
        let path = path.strip_suffix('/').unwrap_or(path);
        let mut parts = path.split('/');
        let is_keys = parts.next()?.eq_ignore_ascii_case("keys");
        let name = parts.next()?;
        let version = parts.next();
        let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let is_host =
            !host.is_empty() && host.bytes().all(|b| b.is_ascii_graphic() && !b":@\\'\"<>?#%`$;&|(){}".contains(&b));
        let is_version =
            version.is_none_or(|version| !version.is_empty() && version.bytes().all(|b| b.is_ascii_alphanumeric()));
        let fits = is_keys && is_host && is_plain(name) && name.len() <= 127 && is_version && parts.next().is_none();
        fits.then_some(Self { host, name, version })
    }

    /// The name of the vault or HSM.
    pub(super) fn vault(&self) -> &'a str {
        self.host.split('.').next().unwrap_or(self.host)
    }

    /// Whether the host follows the grammar, and whether its domain is known.
    pub(super) fn grade(&self) -> Grade {
        let vault = self.vault();
        let is_vault = (3..=24).contains(&vault.len())
            && !vault.contains("--")
            && vault.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_vault || vault.len() == self.host.len() {
            return Grade::Bad;
        }
        let domain = self.host.get(vault.len() + 1..).unwrap_or_default().to_ascii_lowercase();
        let rest = domain.strip_prefix("vault.").or_else(|| domain.strip_prefix("managedhsm."));
        if rest.is_some_and(|rest| DOMAINS.contains(&rest)) { Grade::Ok } else { Grade::Suffix }
    }
}

/// What was typed or pasted: the identifier in it, how good it is, and what to say.
pub(super) struct Typed<'a> {
    pub(super) identifier: Option<Identifier<'a>>,
    pub(super) grade: Grade,
    pub(super) says: &'static str,
}

const QUOTES: &[char] =
    &['"', '\'', '<', '>', '\u{201C}', '\u{201D}', '\u{201E}', '\u{2018}', '\u{2019}', '\u{201A}', '\u{201B}', '`'];

/// Reads what a person typed or pasted.
pub(super) fn typed(text: &str) -> Typed<'_> {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}');
    let bare = trimmed.trim_matches(|c: char| QUOTES.contains(&c) || c.is_whitespace());
    let cut = bare.split(['?', '#']).next().unwrap_or(bare);
    let is_soft = cut.len() != trimmed.len();
    let Some(identifier) = Identifier::parse(cut).filter(|identifier| identifier.grade() != Grade::Bad) else {
        return Typed { identifier: None, grade: Grade::Bad, says: why_not(cut) };
    };
    let (grade, says) = match (identifier.grade(), is_soft) {
        (_, true) => {
            (Grade::Soft, "quotation marks or a query around the identifier were removed; paste it without them")
        }
        (Grade::Suffix, _) => (Grade::Suffix, "its domain is none of Key Vault's that are known here; check it"),
        _ => (Grade::Ok, ""),
    };
    Typed { identifier: Some(identifier), grade, says }
}

/// An address without query and user, which may hold a signature or a password.
pub(super) fn without_secrets(uri: &str) -> String {
    let cut = uri.trim().split(['?', '#']).next().unwrap_or_default();
    match cut.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.split_once('@')?))) {
        Some((scheme, (user, host))) if !user.contains('/') => format!("{scheme}://{host}"),
        _ => cut.to_owned(),
    }
}

/// Why a text is no key identifier.
fn why_not(text: &str) -> &'static str {
    let lower = text.to_ascii_lowercase();
    if lower.contains("/subscriptions/") {
        "it is an ARM resource id; the key identifier begins with https://"
    } else if lower.starts_with("http://") {
        "it begins with http:// and not with https://"
    } else if lower.contains("/secrets/") {
        "it is the identifier of a secret"
    } else if lower.contains("/certificates/") {
        "it is the identifier of a certificate; the key behind it has /keys/ in its place"
    } else if lower.contains('_') {
        "vault and key names cannot contain underscores, although samples in Microsoft's articles do"
    } else if !lower.starts_with("https://") {
        "it does not begin with https://"
    } else if !lower.contains("/keys/") {
        "it has no /keys/ and a key's name"
    } else {
        "it does not follow https://VAULT.vault.azure.net/keys/NAME/VERSION"
    }
}

#[cfg(test)]
mod tests {
    use super::{Grade, typed};

    #[test]
    fn the_grammar_decides() {
        let version = "6f0c1d2e3a4b59687f8e9dacbb0c1d2e";
        for (text, grade, canonical) in [
            ("https://kv-1.vault.azure.net/keys/a-1", Grade::Ok, "https://kv-1.vault.azure.net/keys/a-1"),
            (" HTTPS://KV-1.Vault.Azure.net:443/Keys/a/ ", Grade::Ok, "https://KV-1.Vault.Azure.net/keys/a"),
            ("https://hsm.managedhsm.azure.net/keys/a", Grade::Ok, "https://hsm.managedhsm.azure.net/keys/a"),
            ("https://kv1.vault.example/keys/a", Grade::Suffix, "https://kv1.vault.example/keys/a"),
            ("\u{201C}https://kv1.vault.azure.net/keys/a\u{201D}", Grade::Soft, "https://kv1.vault.azure.net/keys/a"),
            ("https://kv1.vault.azure.net/keys/a?api-version=7.4", Grade::Soft, "https://kv1.vault.azure.net/keys/a"),
        ] {
            let read = typed(text);
            assert_eq!(
                (read.grade, read.identifier.map(|i| i.to_string()).as_deref()),
                (grade, Some(canonical)),
                "{text}"
            );
        }
        for text in [
            "",
            "a",
            "http://kv1.vault.azure.net/keys/a",
            "https://kv1.vault.azure.net/secrets/a",
            "https://kv1.vault.azure.net/keys/",
            "https://k_1.vault.azure.net/keys/a",
            "https://kv1.vault.azure.net/keys/a_b",
            "https://kv1.vault.azure.net:8443/keys/a",
            "https://kv--1.vault.azure.net/keys/a",
            "https://kv.vault.azure.net/keys/a",
            "https://kv1/keys/a",
            "https://u@kv1.vault.azure.net/keys/a",
            "https://kv1.vault.azure.net/keys/a/b/c",
            "https://kv1.vault.azure.net//keys/a",
            "https://kv1.vault.azure.net/keys/a//",
            "/subscriptions/1/resourceGroups/r/providers/Microsoft.KeyVault/vaults/kv1/keys/a",
        ] {
            assert_eq!(typed(text).grade, Grade::Bad, "{text}");
        }
        assert!(
            typed(&format!("https://kv1.vault.azure.net/keys/a/{version}"))
                .identifier
                .is_some_and(|i| i.version == Some(version))
        );
    }
}
