//! Bytes that somebody's tool wrote as text: byte order marks, UTF-16, and Base64 in every spelling.

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// Trailing bits are not checked: Key Vault is known to change them (Azure/AzureKeyVault issue 20).
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// Text from UTF-8 or UTF-16, with or without a byte order mark; `None` when it is neither.
///
/// UTF-16 without a mark is told by its zero bytes: what is read here (JSON, PEM, Base64, hex) is ASCII at its ends.
pub(crate) fn decode(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [first, 0, ..] if *first != 0 => utf16(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => utf16(bytes, u16::from_be_bytes),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    };
    text.map(Zeroizing::new)
}

/// Base64, standard or URL-safe, padded or not, blanks and line ends anywhere.
///
/// # Errors
/// The position of the first character that does not belong, from 1, counted without blanks.
pub(crate) fn base64(text: &str) -> Result<Zeroizing<Vec<u8>>, usize> {
    let compact: Zeroizing<String> = Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).collect());
    let engine = if compact.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
    engine.decode(compact.as_bytes()).map(Zeroizing::new).map_err(|error| match error {
        base64::DecodeError::InvalidByte(offset, _) | base64::DecodeError::InvalidLastSymbol { offset, .. } => {
            offset + 1
        }
        _ => compact.len(),
    })
}

/// Bytes of hex digits, either case; `None` when it is something else.
pub(crate) fn hex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digits: Option<Vec<u8>> =
        text.trim().bytes().map(|byte| char::from(byte).to_digit(16).map(|digit| digit as u8)).collect();
    let digits = Zeroizing::new(digits?);
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| Zeroizing::new(pairs.iter().map(|[high, low]| high << 4 | low).collect()))
}

/// Standard Base64 with padding, as in the key details.
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))] // the bindings show it
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (units, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let units: Zeroizing<Vec<u16>> = Zeroizing::new(units.iter().map(|pair| unit(*pair)).collect());
    String::from_utf16(&units).ok()
}
