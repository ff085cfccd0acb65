//! The rules as data: one table for each service.

mod customer_key;
mod customer_key_pair;
mod dataverse;
mod defender;
mod defender_judges;
mod mgdc;
mod mgdc_judges;
mod shared;

use super::facts::KeyFacts;
use super::judge::{Given, Judged};
use super::verdict::{Commands, Service};

/// One rule of a service.
#[non_exhaustive]
pub struct Rule {
    /// Whose rule it is.
    pub service: Service,
    /// Its id, `M3`.
    pub id: &'static str,
    /// What the service demands, in one sentence.
    pub demand: &'static str,
    /// The document that states it, as a link.
    pub source: &'static str,
    /// The document's title and section.
    pub section: &'static str,
    /// What to do when it is not kept.
    pub remedy: &'static str,
    /// Whether the service takes no key for which this is not visible.
    pub decides: bool,
    /// Judges one key alone.
    pub(super) key: Option<fn(&KeyFacts, &Given<'_>) -> Option<Judged>>,
    /// Judges everything that was given together.
    pub(super) together: Option<fn(&Given<'_>) -> Option<Judged>>,
    /// The command of the remedy, for a key.
    pub(super) command: Option<fn(&super::command::Names, &Given<'_>) -> Commands>,
}

impl Rule {
    /// What the rules of a service have in common: each row of its table fills in the rest.
    const fn of(service: Service, source: &'static str, section: &'static str) -> Self {
        Self {
            service,
            id: "",
            demand: "",
            source,
            section,
            remedy: "",
            decides: false,
            key: None,
            together: None,
            command: None,
        }
    }
}

/// Every rule, service by service.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let tables: [&'static [Rule]; 5] =
        [mgdc::RULES, customer_key::RULES, customer_key_pair::RULES, defender::RULES, dataverse::RULES];
    tables.into_iter().flatten()
}

/// Where the rules are stated. The names in the comments are those of the copies that the rules were read from.
mod documents {
    /// MGDC.
    pub(super) const MGDC: &str = "https://learn.microsoft.com/en-us/graph/data-connect-custom-encryption";
    /// CK, in its present form.
    pub(super) const CUSTOMER_KEY: &str = "https://learn.microsoft.com/en-us/purview/customer-key-set-up";
    /// MDCA.
    pub(super) const DEFENDER: &str =
        "https://learn.microsoft.com/en-us/defender-cloud-apps/ems-cloud-app-security-govt-service-byok";
    /// DV.
    pub(super) const DATAVERSE: &str = "https://learn.microsoft.com/en-us/power-platform/admin/manage-encryption-key";
    /// Key Vault's own.
    pub(super) const SOFT_DELETE: &str =
        "https://learn.microsoft.com/en-us/azure/key-vault/general/soft-delete-overview";
}
