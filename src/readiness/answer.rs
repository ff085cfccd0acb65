//! Sources → findings, and what they mean for each service.

use super::facts::{DropFacts, KeyFacts, VaultFacts};
use super::findings::judge;
use super::judge::Given;
use super::options::CheckOptions;
use super::policy::{self, Refusal};
use super::reader::Source;
use super::remarks::{limit, remark, set_keks_aside};
use super::standing::{contradictions, readiness};
use super::validator::validator;
use super::verdict::{Finding, Service};
use serde::Serialize;

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KeyCheck {
    /// The candidate keys, in the order of the items. The key exchange key of a BYOK file is none.
    pub keys: Vec<KeyFacts>,
    /// What each document is.
    pub sources: Vec<Source>,
    /// What to say beside the findings.
    pub messages: Vec<Message>,
    /// Every rule that was judged, by service and number.
    pub findings: Vec<Finding>,
    /// What the findings mean, service by service.
    pub services: Vec<ServiceReadiness>,
    /// Rules of two services that no key or only special keys can keep together.
    pub contradictions: Vec<Contradiction>,
    /// The policy's command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// Why there is no command although one was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Refusal>,
    /// What no file showed, to be checked by hand before the command is used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub check_list: Vec<String>,
    /// The command of Microsoft's own validator, which has the last word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validator: Option<String>,
}

/// Something that no single rule says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// The item that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// A stable code, for what could not be read or needs attention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// A stable name of the remark, where there is no code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<&'static str>,
    /// The sentence.
    pub text: String,
    /// The command that gives the right thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say: Option<&'static str>,
}

/// Whether a service takes a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Standing {
    /// Every deciding rule is kept.
    Accepts,
    /// A rule is broken.
    Refuses,
    /// A deciding rule is not visible.
    CannotTell,
}

/// One service's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ServiceReadiness {
    /// The service.
    pub service: Service,
    /// Its name for people.
    pub title: &'static str,
    /// Whether it takes what was given.
    pub verdict: Standing,
    /// Ids of broken rules.
    pub failed: Vec<&'static str>,
    /// Ids of rules with a warning.
    pub warned: Vec<&'static str>,
    /// Ids of rules that are not visible.
    pub not_visible: Vec<&'static str>,
    /// Ids of rules that are kept.
    pub passed: Vec<&'static str>,
    /// Ids of reminders.
    pub reminders: Vec<&'static str>,
    /// The answer for each key alone, in the order of [`KeyCheck::keys`].
    pub keys: Vec<Standing>,
}

/// Two rules that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Contradiction {
    /// The ids of the rules.
    pub rules: [&'static str; 2],
    /// Their services.
    pub services: [Service; 2],
    /// What each demands, and whether one key can keep both.
    pub message: &'static str,
    /// Labels of the keys that keep one rule and break the other.
    pub keys: Vec<String>,
}

impl Message {
    /// Key details of a drop, without a key to compare them with.
    fn of_drop_alone(drop: &DropFacts) -> Self {
        Self {
            item: Some(drop.file.clone()),
            code: Some("ERR_CHECK_UNKNOWN"),
            remark: None,
            text: "These are the key details of a drop, which only name the version of the key. Give the description of the key, too.".to_owned(),
            say: Some("az keyvault key show --vault-name <vault> --name <key> -o json"),
        }
    }
}

pub(super) fn of(mut sources: Vec<Source>, options: &CheckOptions<'_>) -> KeyCheck {
    let mut messages = Vec::new();
    limit(&mut sources, &mut messages);
    set_keks_aside(&mut sources, options.now, &mut messages);
    let keys: Vec<KeyFacts> = sources.iter().filter_map(|source| source.key.clone()).collect();
    let vaults: Vec<VaultFacts> = sources.iter().filter_map(|source| source.vault.clone()).collect();
    let drops: Vec<DropFacts> = sources.iter().filter_map(|source| source.drop.clone()).collect();
    remark(&sources, &keys, &mut messages);
    if keys.is_empty() && vaults.is_empty() {
        messages.extend(drops.iter().map(Message::of_drop_alone));
    }
    let given = Given { keys: &keys, vaults: &vaults, drops: &drops, options };
    let findings = judge(&given);
    let services = Service::ALL.into_iter().filter(|service| options.wants(*service));
    let services = services.map(|service| readiness(service, &findings, keys.len())).collect();
    let (mut command, mut refused, mut check_list) = (None, Vec::new(), Vec::new());
    if let Some(policy) = options.policy {
        // The rules of Customer Key hold for its policies, also when only other services were asked about.
        let own = CheckOptions { services: vec![Service::CustomerKey], ..options.clone() };
        let all = judge(&Given { options: &own, ..given });
        match policy::command(policy, &given, &all) {
            Ok(built) => {
                check_list = policy::check_list(&all, &given, policy);
                command = Some(built);
            }
            Err(reasons) => refused = reasons,
        }
    }
    let validator = if options.wants(Service::CustomerKey) || options.policy.is_some() {
        validator(options.policy, &given)
    } else {
        None
    };
    let contradictions = contradictions(&findings, options, keys.is_empty());
    KeyCheck { keys, sources, messages, findings, services, contradictions, command, refused, check_list, validator }
}
