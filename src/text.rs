//! Bytes that other programs wrote as text: byte order marks, UTF-16, hex, and Base64 in every variant.
//!
//! The bytes may be a key. So every buffer is wiped, and allocated once with its final size: growing would leave a copy
//! behind.

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

/// Text from UTF-8 or UTF-16, with or without a byte order mark; `None` when it is neither.
///
/// UTF-16 without a byte order mark is recognised by its zero bytes: the texts that are read here (JSON, PEM, Base64,
/// hex) begin and end with ASCII.
pub(crate) fn decode(bytes: &[u8]) -> Option<Zeroizing<String>> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [first, 0, ..] if *first != 0 => utf16(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => utf16(bytes, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

/// Decodes Base64: standard or URL-safe, padded or not, with blanks and line ends anywhere. Both alphabets may be mixed:
/// JavaScript's `replace('+', '-')` replaces only the first one.
///
/// # Errors
/// The position of the first character that does not belong, from 1, counted without blanks.
pub(crate) fn base64(text: &str) -> Result<Zeroizing<Vec<u8>>, usize> {
    // Most texts have no blanks; ten thousand wrapped keys are some MiB.
    let owned = text.contains(char::is_whitespace).then(|| without(text, char::is_whitespace));
    let compact = owned.as_ref().map_or(text, |owned| owned.as_str());
    let standard = compact.contains(['-', '_']).then(|| to_standard(compact));
    let compact = standard.as_ref().map_or(compact, |standard| standard.as_str());
    // More than the engine's estimate, which counts whole groups.
    let mut bytes = Zeroizing::new(Vec::with_capacity(compact.len() + 3));
    let decoded = STANDARD.decode_vec(compact.as_bytes(), &mut bytes).map_err(|error| match error {
        base64::DecodeError::InvalidByte(offset, _) | base64::DecodeError::InvalidLastSymbol { offset, .. } => {
            offset + 1
        }
        _ => compact.len(),
    });
    decoded.map(|()| bytes)
}

/// URL-safe Base64 in the standard alphabet.
fn to_standard(text: &str) -> Zeroizing<String> {
    let mut standard = Zeroizing::new(String::with_capacity(text.len()));
    standard.extend(text.chars().map(|c| match c {
        '-' => '+',
        '_' => '/',
        c => c,
    }));
    standard
}

/// Decodes hex digits of either case; `None` for anything else.
pub(crate) fn hex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = text.trim();
    let mut digits = Zeroizing::new(Vec::with_capacity(text.len()));
    for byte in text.bytes() {
        digits.push(char::from(byte).to_digit(16)? as u8);
    }
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| Zeroizing::new(pairs.iter().map(|[high, low]| high << 4 | low).collect()))
}

/// Standard Base64 with padding, as in the key details.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The text without unwanted characters.
pub(crate) fn without(text: &str, unwanted: impl Fn(char) -> bool) -> Zeroizing<String> {
    let mut rest = Zeroizing::new(String::with_capacity(text.len()));
    rest.extend(text.chars().filter(|c| !unwanted(*c)));
    rest
}

fn utf8(bytes: &[u8]) -> Option<Zeroizing<String>> {
    std::str::from_utf8(bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Zeroizing<String>> {
    let (units, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    // A UTF-16 unit takes at most three bytes of UTF-8.
    let mut text = Zeroizing::new(String::with_capacity(3 * units.len()));
    for c in char::decode_utf16(units.iter().map(|pair| unit(*pair))) {
        text.push(c.ok()?);
    }
    Some(text)
}
