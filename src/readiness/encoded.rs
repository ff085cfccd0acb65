//! Big numbers of a key in every spelling, and their size.

use super::members::unwrapped;
use crate::{json, text};
use serde_json::Value;

/// The modulus without leading zeros; `None` when the value is no number.
///
/// Base64URL (REST), Base64 (`az`), an array of bytes (PowerShell), or the bytes as text with blanks between them
/// (PowerShell, when it cuts deep objects).
pub(super) fn number(value: &Value) -> Option<Vec<u8>> {
    let bytes = match unwrapped(value) {
        Value::String(text) => from_text(text)?,
        Value::Array(items) => json::bytes(items)?.to_vec(),
        _ => return None,
    };
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let bytes: Vec<u8> = bytes.into_iter().skip(zeros).collect();
    (!bytes.is_empty()).then_some(bytes)
}

fn from_text(text: &str) -> Option<Vec<u8>> {
    let words = || text.split([' ', ',', '\t', '\r', '\n', '{', '}']).filter(|word| !word.is_empty());
    // 64 bytes: RSA keys are longer, and Base64 never looks like so many small numbers.
    if words().count() >= 64 && words().all(|word| word.len() <= 3) {
        return words().map(|word| word.parse().ok()).collect();
    }
    text::base64(text.trim()).ok().map(|bytes| bytes.to_vec())
}

/// Bits of a number without leading zeros.
pub(super) fn bits(number: &[u8]) -> u64 {
    let first = number.first().map_or(0, |byte| u64::from(8 - byte.leading_zeros()));
    (number.len() as u64).saturating_sub(1) * 8 + first
}

/// Bits of an elliptic curve of Key Vault.
pub(super) fn curve_bits(name: &str) -> Option<u64> {
    match name.trim().to_ascii_uppercase().as_str() {
        "P-256" | "P-256K" | "SECP256K1" | "P256" | "P256K" => Some(256),
        "P-384" | "P384" => Some(384),
        "P-521" | "P521" => Some(521),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{bits, number};
    use serde_json::json;

    #[test]
    fn every_spelling_gives_the_same_number() {
        for value in
            [json!("AP8Q"), json!("/xA="), json!("_xA"), json!([0, 255, 16]), json!({"value": [255, 16], "Count": 2})]
        {
            assert_eq!(number(&value), Some(vec![255, 16]), "{value}");
        }
        let spaced = vec!["255"; 256].join(" ");
        assert_eq!(number(&json!(spaced)).map(|n| bits(&n)), Some(2048));
        for value in [json!("###"), json!([256]), json!(null), json!(""), json!([]), json!(7)] {
            assert_eq!(number(&value), None, "{value}");
        }
    }

    #[test]
    fn bits_count_from_the_highest_one() {
        assert_eq!((bits(&[]), bits(&[1]), bits(&[0x80]), bits(&[1, 0])), (0, 1, 8, 9));
    }
}
