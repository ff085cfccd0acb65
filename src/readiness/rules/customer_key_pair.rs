//! Customer Key of Microsoft 365: the pair of keys, their vaults, the policy, and what no file shows.

use super::Rule;
use super::customer_key::RULE;
use crate::readiness::facts::{Grade, KeyFacts, What};
use crate::readiness::judge::{Given, Judged, VAULT_JSON, fail, not_visible, pass, reminder, vault_name, warn};
use crate::readiness::policy::name_problem;
use crate::readiness::regions::{paired, plain};
use crate::readiness::verdict::Commands;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "C8",
        demand: "A policy has two keys in two vaults.",
        section: "Set up Customer Key: Create a data encryption policy",
        remedy: "Use a key of another vault, in another subscription, as the second.",
        decides: true,
        together: Some(two_vaults),
        ..RULE
    },
    Rule {
        id: "C9",
        demand: "The two keys differ (our own rule: common sense).",
        section: "Set up Customer Key: Create two new Azure subscriptions",
        remedy: "Generate a key of its own in each vault.",
        together: Some(two_moduli),
        ..RULE
    },
    Rule {
        id: "C10",
        demand: "The vaults are in two subscriptions and in two regions, which are not paired if that is possible.",
        section: "Set up Customer Key: Create two new Azure subscriptions, and choose the regions",
        remedy: "Move to a vault in another subscription and another region.",
        together: Some(places),
        ..RULE
    },
    Rule {
        id: "C12",
        demand: "The service principals have get, wrapKey and unwrapKey: the role Key Vault Crypto Service Encryption User, or Managed HSM Crypto Service Encryption User in an HSM.",
        section: "Set up Customer Key: Assign permissions to each key vault",
        remedy: "Assign the role to the service: Exchange 00000002-0000-0ff1-ce00-000000000000, SharePoint 00000003-0000-0ff1-ce00-000000000000, several workloads c066d759-24ae-40e7-a56f-027002b5d3e4.",
        together: Some(permissions),
        command: Some(|names, given| {
            let role = if is_managed_hsm(given) {
                "Managed HSM Crypto Service Encryption User"
            } else {
                "Key Vault Crypto Service Encryption User"
            };
            names.assign(role, application(given))
        }),
        ..RULE
    },
    Rule {
        id: "C13",
        demand: "The administrators of the keys may create, import, list, get, back up and restore, and not delete.",
        section: "Set up Customer Key: Assign permissions to each key vault",
        remedy: "Give the administrators these permissions, and nobody the permission to delete.",
        together: Some(administrators),
        command: Some(|names, _| {
            names.vault_command(
                "set-policy",
                "--upn '<administrator>' --key-permissions create import list get backup restore",
                "Set-AzKeyVaultAccessPolicy",
                "-UserPrincipalName '<administrator>' -PermissionsToKeys create,import,list,get,backup,restore",
            )
        }),
        ..RULE
    },
    Rule {
        id: "C14",
        demand: "The name of a policy has no spaces; its description may have them.",
        section: "Set up Customer Key: Create a data encryption policy, PolicyName",
        remedy: "Write the name without spaces, USA_mailboxes for example.",
        together: Some(policy_name),
        ..RULE
    },
    Rule {
        id: "C15",
        demand: "Exchange and several workloads take two key identifiers; SharePoint takes vault, key and version of both keys.",
        section: "Set up Customer Key: Create a data encryption policy",
        remedy: "Give the identifiers of both keys, for SharePoint with their versions.",
        together: Some(identifiers),
        ..RULE
    },
    Rule {
        id: "C16",
        demand: "Each policy and each service has a pair of vaults of its own; two Managed HSMs serve all workloads.",
        section: "Set up Customer Key: Create a premium Azure Key Vault in each subscription",
        remedy: "Use other vaults for another policy.",
        together: Some(own_vaults),
        ..RULE
    },
    Rule {
        id: "C17",
        demand: "A backup of each key is kept after every change, in a file that ends in .backup; a key outside of Key Vault is no substitute.",
        section: "Set up Customer Key: Back up Azure Key Vault",
        remedy: "Back the key up now, and keep a copy offline.",
        together: Some(|_| reminder("No file shows this. A backup can only be restored into the same subscription.")),
        command: Some(|names, _| {
            names.key_command("backup", "--file key.backup", "Backup-AzKeyVaultKey", "-OutputFile key.backup")
        }),
        ..RULE
    },
    Rule {
        id: "C19",
        demand: "After a key was rolled the policy is refreshed; Exchange takes up to 48 hours, SharePoint one roll at a time.",
        section: "Roll or rotate a Customer Key or an availability key",
        remedy: "After a roll, refresh the policy.",
        together: Some(|_| {
            reminder(
                "No file shows this. The old version must stay enabled until everything is wrapped with the new one.",
            )
        }),
        command: Some(|_, _| Commands {
            az: None,
            powershell: Some("Set-DataEncryptionPolicy '<policy>' -Refresh".to_owned()),
        }),
        ..RULE
    },
];

fn is_managed_hsm(given: &Given<'_>) -> bool {
    given.keys.iter().any(KeyFacts::is_in_managed_hsm) || given.vaults.iter().any(|vault| vault.managed_hsm)
}

fn application(given: &Given<'_>) -> &'static str {
    use crate::readiness::options::Policy;
    match given.options.policy {
        Some(Policy::Exchange) => "00000002-0000-0ff1-ce00-000000000000",
        Some(Policy::Sharepoint) => "00000003-0000-0ff1-ce00-000000000000",
        Some(Policy::MultiWorkload) | None => "c066d759-24ae-40e7-a56f-027002b5d3e4",
    }
}

/// Keys with a usable identifier.
fn identified<'a>(given: &Given<'a>) -> Vec<&'a KeyFacts> {
    given
        .described()
        .filter(|key| key.what == What::Key || matches!(key.grade, Some(Grade::Ok | Grade::Suffix | Grade::Soft)))
        .collect()
}

fn two_vaults(given: &Given<'_>) -> Option<Judged> {
    let keys = identified(given);
    let [one, other] = keys.as_slice() else {
        return not_visible(match keys.len() {
            0 | 1 => "A policy needs two keys; give the second one, too.".to_owned(),
            count => format!("{count} keys were given, and a policy has two; give the two of one policy together."),
        });
    };
    let (Some(first), Some(second)) = (&one.host, &other.host) else {
        return not_visible("The vault of a key is not visible; its key identifier shows it.");
    };
    if first.eq_ignore_ascii_case(second) {
        let same = one.name.as_ref().zip(other.name.as_ref()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
        let note = if same { " They are even one key." } else { "" };
        return fail(format!("Both keys are in {first} ({}; {}).{note}", one.place("host"), other.place("host")));
    }
    pass(format!("The keys are in {first} and {second} ({}; {}).", one.place("host"), other.place("host")))
}

fn two_moduli(given: &Given<'_>) -> Option<Judged> {
    let keys: Vec<&KeyFacts> = given.descriptions().collect();
    let [one, other] = keys.as_slice() else {
        return not_visible("Two keys with their moduli show this; their JSON has them as n.");
    };
    match (&one.modulus, &other.modulus) {
        (Some(first), Some(second)) if first == second => warn(format!(
            "Both keys have one modulus: they are the same key ({}; {}).",
            one.place("bits"),
            other.place("bits")
        )),
        (Some(_), Some(_)) => pass("The two moduli differ."),
        _ => not_visible("The modulus of a key is not visible; az keyvault key show prints it as n."),
    }
}

fn places(given: &Given<'_>) -> Option<Judged> {
    type Place<'a> = (Option<&'a str>, Option<&'a str>, &'a str);
    let mut places: Vec<Place<'_>> = given
        .vaults
        .iter()
        .map(|vault| (vault.sub.as_deref(), vault.location.as_deref(), vault.file.as_str()))
        .collect();
    if places.is_empty() {
        let of_arm = given.descriptions().filter(|key| key.sub.is_some());
        places = of_arm.map(|key| (key.sub.as_deref(), key.location.as_deref(), key.file.as_str())).collect();
    }
    let [one, other] = places.as_slice() else {
        return reminder(format!("Both vaults, given together, show their subscriptions and regions: {VAULT_JSON}"));
    };
    if let (Some(first), Some(second)) = (one.0, other.0)
        && first.eq_ignore_ascii_case(second)
    {
        return fail(format!("Both are in the subscription {first} ({}; {}).", one.2, other.2));
    }
    let (Some(first), Some(second)) = (one.1.map(plain), other.1.map(plain)) else {
        return reminder(format!("The region is not visible; {VAULT_JSON}"));
    };
    if first == second {
        return warn(format!("Both are in the region {first} ({}; {}).", one.2, other.2));
    }
    if paired(&first, &second) {
        return warn(format!("The regions {first} and {second} are a pair, which is to be avoided if possible."));
    }
    if one.0.is_none() || other.0.is_none() {
        return reminder(format!("The subscription is not visible; {VAULT_JSON}"));
    }
    pass(format!("They are in two subscriptions, and in the regions {first} and {second}."))
}

fn permissions(given: &Given<'_>) -> Option<Judged> {
    if is_managed_hsm(given) {
        return reminder(
            "In a Managed HSM the role is Managed HSM Crypto Service Encryption User, which az keyvault role assignment list shows.",
        );
    }
    if given.vaults.is_empty() {
        return reminder(format!(
            "The vault's access policies were not given ({VAULT_JSON}); roles are shown in the portal, under Access control (IAM)."
        ));
    }
    if given.vaults.iter().any(|vault| vault.rbac == Some(true)) {
        return reminder(
            "The vault uses roles: see in the portal, under Access control (IAM), that the service has Key Vault Crypto Service Encryption User.",
        );
    }
    if given.grants(&["get", "wrapKey", "unwrapKey"]) {
        return reminder(
            "An access policy has get, wrapKey and unwrapKey. Whether it is the one of the service is shown in the portal.",
        );
    }
    if let Some(message) = given.unreadable("policies") {
        return reminder(message);
    }
    let vault = given.vaults.first()?;
    warn(format!("No access policy of {} has get, wrapKey and unwrapKey together.", vault_name(vault)))
        .map(|judged| judged.about(vault))
}

fn administrators(given: &Given<'_>) -> Option<Judged> {
    let deletes = |policy: &Vec<String>| {
        policy.iter().any(|one| ["delete", "purge", "all"].contains(&one.to_ascii_lowercase().as_str()))
    };
    let found = given.vaults.iter().find(|vault| vault.policies.iter().any(deletes));
    match found {
        Some(vault) => reminder(format!("An access policy of {} permits deleting or purging keys.", vault_name(vault))),
        None => {
            reminder("Who administers the keys is not visible here; access policies and roles are shown in the portal.")
        }
    }
}

fn policy_name(given: &Given<'_>) -> Option<Judged> {
    match given.options.policy_name {
        None => not_visible("No name was given."),
        Some(name) => match name_problem(name) {
            Some(problem) => fail(problem),
            None => pass("The name has no spaces."),
        },
    }
}

fn identifiers(given: &Given<'_>) -> Option<Judged> {
    if let Some(bad) = given.keys.iter().find(|key| key.grade == Some(Grade::Bad)) {
        return fail(format!("\u{201C}{}\u{201D} is no key identifier.", bad.file));
    }
    let keys = identified(given);
    let is_pair = two_vaults(given).is_some_and(|judged| judged.verdict == crate::readiness::Verdict::Pass);
    if keys.len() != 2 || !is_pair {
        return not_visible("Two keys in two vaults are needed for a policy's command.");
    }
    match keys.iter().find(|key| key.set_version().is_none()) {
        None => pass("Identifiers and versions of both keys are known; ask for a policy to get its command."),
        Some(key) => reminder(format!(
            "The version of {} is not known: Exchange and several workloads do not need it, SharePoint does.",
            key.label
        )),
    }
}

fn own_vaults(given: &Given<'_>) -> Option<Judged> {
    let mut hosts: Vec<String> = given
        .described()
        .filter(|key| !key.is_in_managed_hsm())
        .filter_map(|key| key.host.as_ref())
        .map(|host| host.to_ascii_lowercase())
        .collect();
    hosts.sort();
    let repeated = hosts.iter().zip(hosts.iter().skip(1)).find(|(one, next)| one == next).map(|(host, _)| host.clone());
    match repeated {
        Some(host) if hosts.len() > 2 => {
            reminder(format!("{host} holds several of the keys that were given: use it for one policy only."))
        }
        _ => reminder(
            "Which policies use a vault is not visible. Each policy needs a pair of its own; Exchange has up to 50 mailbox policies.",
        ),
    }
}
