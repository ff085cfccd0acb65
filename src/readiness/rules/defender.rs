//! Microsoft Defender for Cloud Apps, encryption with your own key.

use super::Rule;
use super::documents::DEFENDER;
use super::mgdc::{has_purge_protection, wrong_state};
use crate::readiness::facts::{Grade, KeyFacts, What};
use crate::readiness::instant::date_of;
use crate::readiness::judge::{
    Given, Judged, VAULT_JSON, fail, grants, hidden, not_visible, pass, reminder, typed, vault_name, warn,
};
use crate::readiness::network::covers;
use crate::readiness::quoting::quoted;
use crate::readiness::verdict::{Commands, Service};

/// The app "Microsoft Defender for Cloud Apps - BYOK".
const APP: &str = "6a12de16-95c8-4e42-a451-7dbbc34634cd";

/// The addresses that a firewall has to let in.
const ADDRESSES: [&str; 8] = [
    "13.66.200.132",
    "23.100.71.251",
    "40.78.82.214",
    "51.105.4.145",
    "52.166.166.111",
    "13.72.32.204",
    "52.244.79.38",
    "52.227.8.45",
];

const RULE: Rule = Rule {
    service: Service::Defender,
    id: "",
    demand: "",
    source: DEFENDER,
    section: "Encrypt Defender for Cloud Apps data at rest with your own key (BYOK): Deploy your Azure Key Vault key",
    remedy: "",
    decides: false,
    key: None,
    together: None,
    command: None,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "D1",
        demand: "The key is an RSA key.",
        remedy: "Create a new RSA key.",
        decides: true,
        key: Some(key_type),
        command: Some(|names, _| {
            names.key_command(
                "create",
                "--kty RSA --ops wrapKey unwrapKey",
                "Add-AzKeyVaultKey",
                "-Destination Software -KeyType RSA -KeyOps wrapKey, unwrapKey",
            )
        }),
        ..RULE
    },
    Rule {
        id: "D2",
        demand: "Wrap key and Unwrap key are permitted operations.",
        remedy: "Permit the operations wrapKey and unwrapKey.",
        decides: true,
        key: Some(operations),
        command: Some(|names, _| names.permit(&["wrapKey", "unwrapKey"])),
        ..RULE
    },
    Rule {
        id: "D3",
        demand: "The vault has soft-delete and purge protection.",
        remedy: "Switch purge protection on. It cannot be switched off again.",
        decides: true,
        key: Some(protected),
        together: Some(protected_vault),
        command: Some(|names, _| names.protect()),
        ..RULE
    },
    Rule {
        id: "D4",
        demand: "The key is enabled and valid: with a key that cannot be used, the tenant is locked within an hour.",
        section: "Encrypt Defender for Cloud Apps data at rest with your own key (BYOK): Important, and How to handle data encryption failures",
        remedy: "Enable the key; if it has an expiration date, move that or roll the key in time.",
        decides: true,
        key: Some(state),
        command: Some(|names, _| names.enable()),
        ..RULE
    },
    Rule {
        id: "D5",
        demand: "A key identifier is entered; the latest version is used, whatever version is written.",
        section: "Encrypt Defender for Cloud Apps data at rest with your own key (BYOK): Enable data encryption",
        remedy: "Copy the Key Identifier from the key's current version.",
        key: Some(identifier),
        ..RULE
    },
    Rule {
        id: "D6",
        demand: "The article gives no rule for the size.",
        remedy: "Nothing to do.",
        key: Some(|key, _| match key.bits {
            Some(bits) => {
                reminder(format!("The key has {bits} bits ({}); the article gives no size.", key.place("bits")))
            }
            None => reminder("The article gives no size."),
        }),
        ..RULE
    },
    Rule {
        id: "D7",
        demand: "An access policy gives the BYOK app List, Wrap key and Unwrap key.",
        remedy: "Add the access policy for Microsoft Defender for Cloud Apps - BYOK.",
        together: Some(policy),
        command: Some(|names, _| {
            names.vault_command(
                "set-policy",
                &format!(
                    "--spn {} --key-permissions list wrapKey unwrapKey",
                    crate::readiness::quoting::shell_quoted(APP)
                ),
                "Set-AzKeyVaultAccessPolicy",
                &format!("-ServicePrincipalName {} -PermissionsToKeys list,wrapKey,unwrapKey", quoted(APP)),
            )
        }),
        ..RULE
    },
    Rule {
        id: "D8",
        demand: "The app Microsoft Defender for Cloud Apps - BYOK is registered and enabled in the tenant.",
        section: "Encrypt Defender for Cloud Apps data at rest with your own key (BYOK): Prerequisites",
        remedy: "Register the app with Microsoft Graph PowerShell.",
        together: Some(|_| {
            reminder(
                "No file shows this. In Microsoft Entra ID, look for the enterprise application 6a12de16-95c8-4e42-a451-7dbbc34634cd.",
            )
        }),
        command: Some(|_, _| Commands {
            az: Some(format!("az ad sp create --id '{APP}'")),
            powershell: Some(format!("New-MgServicePrincipal -AppId '{APP}'")),
        }),
        ..RULE
    },
    Rule {
        id: "D9",
        demand: "A firewall, if there is one, has no virtual network, allows the eight addresses, and lets trusted Microsoft services bypass it.",
        remedy: "Add the addresses to the firewall, allow trusted services, and remove virtual networks.",
        together: Some(firewall),
        command: Some(|names, given| {
            let missing: Vec<&str> = ADDRESSES.into_iter().filter(|address| is_missing(given, address)).collect();
            let list = if missing.is_empty() { ADDRESSES.to_vec() } else { missing };
            let az = format!("--ip-address {}", list.join(" "));
            let powershell = format!(
                "-IpAddressRange {}",
                list.iter().map(|ip| format!("'{ip}/32'")).collect::<Vec<_>>().join(", ")
            );
            names.vault_command("network-rule add", &az, "Add-AzKeyVaultNetworkRule", &powershell)
        }),
        ..RULE
    },
];

fn is_missing(given: &Given<'_>, address: &str) -> bool {
    given.vaults.iter().filter_map(|vault| vault.acls.as_ref()).any(|acls| !covers(&acls.ip_rules, address))
}

fn key_type(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    match (&key.kty, key.is_rsa(), key.is_hsm_type()) {
        (None, ..) => hidden(key, "kty", "the key type"),
        (Some(_), true, true) => {
            pass(format!("The key type is {}: an RSA key; the article does not mention HSMs.", typed(key)))
        }
        (Some(_), true, false) => pass(format!("The key type is {}.", typed(key))),
        _ => fail(format!("The key type is {}: only RSA keys are supported.", typed(key))),
    }
}

/// Whether wrapKey and unwrapKey are permitted; shared with Customer Key.
pub(super) fn operations(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    let has = |ops: &[String], wanted: &str| ops.iter().any(|op| op.eq_ignore_ascii_case(wanted));
    let place = key.place("keyOps");
    match &key.key_ops {
        None if has(&key.some_ops, "wrapKey") && has(&key.some_ops, "unwrapKey") => {
            pass(format!("wrapKey and unwrapKey are permitted ({place})."))
        }
        None => hidden(key, "keyOps", "the permitted operations"),
        Some(ops) => {
            let missing: Vec<&str> = ["wrapKey", "unwrapKey"].into_iter().filter(|wanted| !has(ops, wanted)).collect();
            if missing.is_empty() {
                pass(format!("wrapKey and unwrapKey are permitted ({place})."))
            } else {
                fail(format!("{} is not permitted ({place}).", missing.join(" and ")))
            }
        }
    }
}

/// Soft delete and purge protection by the recovery level; shared with Customer Key. When it is not visible and a vault
/// was given, the vault decides.
pub(super) fn protected(key: &KeyFacts, given: &Given<'_>) -> Option<Judged> {
    let place = key.place("recoveryLevel");
    match &key.recovery_level {
        None if !given.vaults.is_empty() => None,
        None => hidden(key, "recoveryLevel", "the recovery level"),
        Some(level) => match has_purge_protection(level) {
            Some(true) => {
                pass(format!("The recovery level is {level}: soft delete and purge protection are on ({place})."))
            }
            Some(false) if level.eq_ignore_ascii_case("Purgeable") => {
                fail(format!("The recovery level is {level}: soft delete and purge protection are off ({place})."))
            }
            Some(false) => fail(format!("The recovery level is {level}: purge protection is off ({place}).")),
            None => not_visible(format!("The recovery level {level} is none of Key Vault's ({place}).")),
        },
    }
}

/// Soft delete and purge protection by the vault; shared with Customer Key.
pub(super) fn protected_vault(given: &Given<'_>) -> Option<Judged> {
    for vault in given.vaults {
        let off: Vec<&str> = [("soft delete", vault.soft), ("purge protection", vault.purge)]
            .into_iter()
            .filter(|(_, state)| *state != Some(true))
            .map(|(name, _)| name)
            .collect();
        if !off.is_empty() {
            let differs =
                given.keys.iter().any(|key| key.recovery_level.as_deref().and_then(has_purge_protection) == Some(true));
            let note = if differs {
                " The key's recovery level says otherwise: the files may be of different days."
            } else {
                ""
            };
            return fail(format!("{}: {} is not on.{note}", vault_name(vault), off.join(" and ")));
        }
    }
    if given.vaults.is_empty() {
        None
    } else {
        pass("Soft delete and purge protection are on in every vault that was given.")
    }
}

fn state(key: &KeyFacts, given: &Given<'_>) -> Option<Judged> {
    if let Some(wrong) = wrong_state(key, given.options.now) {
        return fail(format!("{wrong} With such a key the tenant is locked within an hour."));
    }
    if key.enabled.is_none() {
        return hidden(key, "enabled", "whether the key is enabled");
    }
    match key.expires {
        None => hidden(key, "expires", "the expiration date"),
        Some(None) => pass(format!("The key is enabled and never expires ({}).", key.place("enabled"))),
        Some(Some(expires)) => warn(format!(
            "The key expires at {}: from then on the tenant is locked within an hour ({}).",
            date_of(expires),
            key.place("expires")
        )),
    }
}

fn identifier(key: &KeyFacts, _: &Given<'_>) -> Option<Judged> {
    if key.what != What::Uri {
        return match &key.kid {
            Some(kid) => reminder(format!(
                "The key identifier is {kid} ({}). The latest version is used, whatever version is written.",
                key.place("kid")
            )),
            None => hidden(key, "kid", "the key identifier"),
        };
    }
    match key.grade {
        Some(Grade::Bad) | None => fail(format!("\u{201C}{}\u{201D} is no key identifier.", key.file)),
        Some(Grade::Suffix) => warn(format!("The domain of {} is none of Key Vault's that are known here.", key.file)),
        Some(Grade::Soft) => {
            reminder(format!("Paste it without what is around it: {}", key.kid.as_deref().unwrap_or_default()))
        }
        Some(Grade::Ok) => reminder("It is a key identifier. The latest version is used, whatever version is written."),
    }
}

fn policy(given: &Given<'_>) -> Option<Judged> {
    if given.vaults.is_empty() {
        return reminder(format!("The vault's access policies were not given; {VAULT_JSON}"));
    }
    if let Some(vault) = given.vaults.iter().find(|vault| vault.rbac == Some(true) || vault.managed_hsm) {
        return reminder(format!(
            "{} uses roles and not access policies: see in the portal that the BYOK app may list, wrap and unwrap.",
            vault_name(vault)
        ));
    }
    let is_granted = given
        .vaults
        .iter()
        .any(|vault| vault.policies.iter().any(|policy| grants(policy, &["list", "wrapKey", "unwrapKey"])));
    if is_granted {
        reminder(
            "An access policy has List, Wrap key and Unwrap key. Whether it is the one of the BYOK app is shown in the portal.",
        )
    } else {
        warn(format!(
            "No access policy of {} has List, Wrap key and Unwrap key together.",
            vault_name(given.vaults.first()?)
        ))
    }
}

fn firewall(given: &Given<'_>) -> Option<Judged> {
    if given.vaults.is_empty() {
        return reminder(format!("The vault's firewall was not given; {VAULT_JSON}"));
    }
    for vault in given.vaults {
        let name = vault_name(vault);
        if vault.pna.as_ref().is_some_and(|access| access.eq_ignore_ascii_case("Disabled")) {
            return fail(format!(
                "{name}: public network access is disabled, and the eight addresses cannot reach it."
            ));
        }
        let Some(acls) = vault.acls.as_ref() else { continue };
        if acls.default_action.as_ref().is_some_and(|action| action.eq_ignore_ascii_case("Allow")) {
            continue;
        }
        if !acls.virtual_network_rules.is_empty() {
            return fail(format!("{name}: the firewall selects a virtual network."));
        }
        if let Some(address) = ADDRESSES.into_iter().find(|address| !covers(&acls.ip_rules, address)) {
            return fail(format!("{name}: the firewall does not allow {address}."));
        }
        if !acls.bypass.as_ref().is_some_and(|bypass| bypass.eq_ignore_ascii_case("AzureServices")) {
            return fail(format!("{name}: trusted Microsoft services may not bypass the firewall."));
        }
    }
    pass("No firewall keeps Defender for Cloud Apps out of the vaults that were given.")
}
