//! Addresses and ranges of a firewall.

use std::net::IpAddr;

/// Whether an address is in one of the rules: `1.2.3.4`, or `1.2.3.0/24`, also with bits behind the prefix.
pub(super) fn covers(rules: &[String], address: &str) -> bool {
    let Ok(address) = address.parse() else { return false };
    rules.iter().any(|rule| contains(rule.trim(), address))
}

fn contains(rule: &str, address: IpAddr) -> bool {
    let (network, prefix) = match rule.split_once('/') {
        Some((network, prefix)) => (network.trim(), prefix.trim().parse::<u32>().ok()),
        None => (rule, Some(128)),
    };
    match (network.parse(), address, prefix) {
        (Ok(IpAddr::V4(network)), IpAddr::V4(address), Some(prefix)) => {
            let is_range = rule.contains('/');
            let bits = if is_range { prefix } else { 32 };
            bits <= 32 && same(network.to_bits().into(), address.to_bits().into(), 32 - bits)
        }
        (Ok(IpAddr::V6(network)), IpAddr::V6(address), Some(bits)) => {
            bits <= 128 && same(network.to_bits(), address.to_bits(), 128 - bits)
        }
        _ => false,
    }
}

/// Whether two addresses are the same apart from the last `free` bits.
fn same(one: u128, other: u128, free: u32) -> bool {
    (one ^ other).checked_shr(free).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn ranges_cover_what_is_in_them() {
        for (rule, address, is_covered) in [
            ("13.66.200.132", "13.66.200.132", true),
            ("13.66.200.132/32", "13.66.200.132", true),
            ("13.66.200.0/24", "13.66.200.132", true),
            ("13.66.200.77/24", "13.66.200.132", true),
            ("0.0.0.0/0", "13.66.200.132", true),
            ("13.66.200.132/31", "13.66.200.133", true),
            ("13.66.200.132", "13.66.200.133", false),
            ("13.66.200.0/25", "13.66.200.132", false),
            ("13.66.200.0/33", "13.66.200.0", false),
            ("13.66.200.0/x", "13.66.200.0", false),
            ("", "13.66.200.0", false),
            ("::/0", "13.66.200.0", false),
            ("2001:db8::/32", "2001:db8::1", true),
        ] {
            assert_eq!(covers(&[rule.to_owned()], address), is_covered, "{rule} {address}");
        }
    }
}
