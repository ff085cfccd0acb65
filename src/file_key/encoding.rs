//! The encodings of a file key: 32 raw bytes, or text that encodes them in one layer or several.

use crate::text;
use std::fmt;
use zeroize::Zeroizing;

/// How the 32 bytes of a file key are encoded in the unwrapped value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// The 32 bytes themselves.
    Raw,
    /// Base64 in UTF-8.
    Base64,
    /// Base64 in UTF-16.
    Utf16Base64,
    /// Hex digits in UTF-8.
    Hex,
    /// Hex digits in UTF-16.
    Utf16Hex,
    /// Base64 of hex digits.
    Base64OfHex,
    /// Base64 of Base64.
    Base64Twice,
    /// Several other layers of text.
    Layers,
}

impl Encoding {
    /// The words for it, as reports show them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Base64 => "base64",
            Self::Utf16Base64 => "utf-16 base64",
            Self::Hex => "hex",
            Self::Utf16Hex => "utf-16 hex",
            Self::Base64OfHex => "base64 of hex",
            Self::Base64Twice => "base64 twice",
            Self::Layers => "several layers of text",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Deepest nesting of text encodings that is undone.
const LAYERS: usize = 3;

/// The key in an unwrapped value, and its encoding.
pub(crate) fn key_in(content: &[u8]) -> Option<(Zeroizing<[u8; 32]>, Encoding)> {
    decode_content(content, 0)
}

fn decode_content(content: &[u8], layer: usize) -> Option<(Zeroizing<[u8; 32]>, Encoding)> {
    if let Ok(key) = <[u8; 32]>::try_from(content) {
        return Some((Zeroizing::new(key), Encoding::Raw));
    }
    if layer == LAYERS {
        return None;
    }
    let text = text::decode(content)?;
    let wide = text.len() < content.len().saturating_sub(3);
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\0');
    if let Some(Ok(key)) = text::hex(text).map(|bytes| <[u8; 32]>::try_from(bytes.as_slice())) {
        return Some((Zeroizing::new(key), if wide { Encoding::Utf16Hex } else { Encoding::Hex }));
    }
    let (key, inner) = decode_content(&text::base64(text).ok()?, layer + 1)?;
    Some((
        key,
        match (inner, wide) {
            (Encoding::Raw, false) => Encoding::Base64,
            (Encoding::Raw, true) => Encoding::Utf16Base64,
            (Encoding::Hex, _) => Encoding::Base64OfHex,
            (Encoding::Base64 | Encoding::Utf16Base64, _) => Encoding::Base64Twice,
            _ => Encoding::Layers,
        },
    ))
}
