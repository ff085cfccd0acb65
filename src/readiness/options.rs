//! What is given to a check.

use super::verdict::Service;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing that a person hands over.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Item<'a> {
    /// A file. Its content decides what it is; the name is for messages, and for `.byok` files that are no JSON.
    File {
        /// File name, without folders.
        name: &'a str,
        /// The whole content.
        bytes: &'a [u8],
        /// Password of a PFX or PEM file. Without one the empty password is tried.
        password: Option<&'a str>,
    },
    /// A file that the caller did not read because it is bigger than [`MOST_BYTES`](super::MOST_BYTES).
    TooBig {
        /// File name, without folders.
        name: &'a str,
        /// Bytes of the file.
        size: u64,
    },
    /// A key identifier, typed or pasted.
    Uri(&'a str),
}

impl<'a> Item<'a> {
    /// A file without a password.
    pub fn file(name: &'a str, bytes: &'a [u8]) -> Self {
        Self::File { name, bytes, password: None }
    }

    /// A file with a password.
    pub fn file_with_password(name: &'a str, bytes: &'a [u8], password: Option<&'a str>) -> Self {
        Self::File { name, bytes, password }
    }
}

/// Shows names and sizes, and neither content nor password.
impl fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { name, bytes, .. } => {
                f.debug_struct("File").field("name", name).field("length", &bytes.len()).finish_non_exhaustive()
            }
            Self::TooBig { name, size } => f.debug_struct("TooBig").field("name", name).field("size", size).finish(),
            Self::Uri(uri) => f.debug_tuple("Uri").field(uri).finish(),
        }
    }
}

/// The data encryption policy of Customer Key that a command is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Policy {
    /// Mailboxes of Exchange Online.
    Exchange,
    /// Several workloads of Microsoft 365.
    MultiWorkload,
    /// SharePoint Online, OneDrive and Teams files.
    Sharepoint,
}

impl Policy {
    /// Every policy, in the order of the documents.
    pub const ALL: [Self; 3] = [Self::Exchange, Self::MultiWorkload, Self::Sharepoint];

    /// The name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exchange => "exchange",
            Self::MultiWorkload => "multi-workload",
            Self::Sharepoint => "sharepoint",
        }
    }

    /// The policy of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.name() == name)
    }
}

/// Against what, and at which moment, keys are judged.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CheckOptions<'a> {
    /// The moment at which to judge, in seconds since 1970 (UTC).
    pub now: i64,
    /// The services; all of them when it is empty.
    pub services: Vec<Service>,
    /// The tenant's id, for M5 and the validator's command.
    pub tenant_id: Option<&'a str>,
    /// The policy to build a command for.
    pub policy: Option<Policy>,
    /// Name of the policy.
    pub policy_name: Option<&'a str>,
    /// Description of the policy; `None` and not an empty text when there is none.
    pub policy_description: Option<&'a str>,
    /// Address of the SharePoint admin site.
    pub identity: Option<&'a str>,
}

impl CheckOptions<'_> {
    /// All services, judged at this moment (seconds since 1970, UTC).
    pub fn new(now: i64) -> Self {
        Self { now, ..Self::default() }
    }

    pub(super) fn wants(&self, service: Service) -> bool {
        self.services.is_empty() || self.services.contains(&service)
    }

    /// The tenant id without blanks and braces; `None` when nothing was typed.
    pub(super) fn tenant(&self) -> Option<&str> {
        let trimmed = self.tenant_id?.trim_matches(|c: char| c.is_whitespace() || c == '{' || c == '}');
        (!trimmed.is_empty()).then_some(trimmed)
    }
}
