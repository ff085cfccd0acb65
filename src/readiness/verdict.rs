//! What a check says about one rule.

use serde::{Deserialize, Serialize};

/// A service that takes a customer's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Service {
    /// Microsoft Graph Data Connect, custom encryption.
    Mgdc,
    /// Customer Key of Microsoft 365.
    CustomerKey,
    /// Microsoft Defender for Cloud Apps, encryption with your own key.
    Defender,
    /// Microsoft Dataverse, self-managed encryption key.
    Dataverse,
}

impl Service {
    /// Every service.
    pub const ALL: [Self; 4] = [Self::Mgdc, Self::CustomerKey, Self::Defender, Self::Dataverse];

    /// The name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mgdc => "mgdc",
            Self::CustomerKey => "customer-key",
            Self::Defender => "defender",
            Self::Dataverse => "dataverse",
        }
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Mgdc => "Microsoft Graph Data Connect",
            Self::CustomerKey => "Microsoft 365 Customer Key",
            Self::Defender => "Microsoft Defender for Cloud Apps",
            Self::Dataverse => "Microsoft Dataverse",
        }
    }

    /// The service of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.name() == name)
    }
}

/// How a rule came out. The order is from the worst to the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// The rule is broken.
    Fail,
    /// Not forbidden, or not certain, but a risk.
    Warn,
    /// The input does not show it.
    NotVisible,
    /// Nothing to check here, or a note.
    Reminder,
    /// The rule is kept.
    Pass,
}

impl Verdict {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Warn => "warn",
            Self::NotVisible => "not-visible",
            Self::Reminder => "reminder",
            Self::Pass => "pass",
        }
    }
}

/// Commands that mend what a rule found, with the person's own names where they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Commands {
    /// For a shell with the Azure CLI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub az: Option<String>,
    /// For PowerShell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub powershell: Option<String>,
}

/// The verdict of one rule, about one key or about everything that was given together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Finding {
    /// Whose rule it is.
    pub service: Service,
    /// The rule's id, `M3`.
    pub rule: &'static str,
    /// How it came out.
    pub verdict: Verdict,
    /// What the service demands, in one sentence.
    pub demand: &'static str,
    /// What was found and where it was read, or which file would show it.
    pub message: String,
    /// The document that states the rule, as a link.
    pub source: &'static str,
    /// The document's title and section.
    pub section: &'static str,
    /// What to do; `None` when the rule is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<&'static str>,
    /// The command that does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<Commands>,
    /// The label of the key that it is about, as in [`KeyFacts::label`](super::KeyFacts::label).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The position of that key in [`KeyCheck::keys`](super::KeyCheck::keys).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_index: Option<usize>,
}
