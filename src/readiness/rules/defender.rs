//! Microsoft Defender for Cloud Apps, encryption with your own key.

use super::Rule;
use super::defender_judges::{firewall, identifier, key_type, policy, state};
use super::documents::DEFENDER;
use super::shared::{operations, protected, protected_vault};
use crate::readiness::judge::{Given, reminder};
use crate::readiness::network::covers;
use crate::readiness::quoting::quoted;
use crate::readiness::verdict::{Commands, Service};

/// The app "Microsoft Defender for Cloud Apps - BYOK".
const APP: &str = "6a12de16-95c8-4e42-a451-7dbbc34634cd";

/// The addresses that a firewall has to let in.
pub(super) const ADDRESSES: [&str; 8] = [
    "13.66.200.132",
    "23.100.71.251",
    "40.78.82.214",
    "51.105.4.145",
    "52.166.166.111",
    "13.72.32.204",
    "52.244.79.38",
    "52.227.8.45",
];

const RULE: Rule = Rule::of(
    Service::Defender,
    DEFENDER,
    "Encrypt Defender for Cloud Apps data at rest with your own key (BYOK): Deploy your Azure Key Vault key",
);

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
        remedy: "",
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
