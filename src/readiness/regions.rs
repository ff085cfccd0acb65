//! Regions of Azure.

/// Pairs of regions (Azure, "cross-region replication: paired regions"), those that are each other's pair.
const PAIRS: [(&str, &str); 22] = [
    ("eastus", "westus"),
    ("eastus2", "centralus"),
    ("westus2", "westcentralus"),
    ("northcentralus", "southcentralus"),
    ("canadacentral", "canadaeast"),
    ("northeurope", "westeurope"),
    ("uksouth", "ukwest"),
    ("francecentral", "francesouth"),
    ("germanywestcentral", "germanynorth"),
    ("switzerlandnorth", "switzerlandwest"),
    ("norwayeast", "norwaywest"),
    ("swedencentral", "swedensouth"),
    ("southeastasia", "eastasia"),
    ("japaneast", "japanwest"),
    ("koreacentral", "koreasouth"),
    ("australiaeast", "australiasoutheast"),
    ("australiacentral", "australiacentral2"),
    ("southindia", "centralindia"),
    ("uaenorth", "uaecentral"),
    ("southafricanorth", "southafricawest"),
    ("chinanorth", "chinaeast"),
    ("usgovvirginia", "usgovtexas"),
];

/// The name without case and blanks: `West Europe` is `westeurope`.
pub(super) fn plain(region: &str) -> String {
    region.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two regions (plain names) are a pair.
pub(super) fn paired(one: &str, other: &str) -> bool {
    PAIRS.iter().any(|(a, b)| (one == *a && other == *b) || (one == *b && other == *a))
}
