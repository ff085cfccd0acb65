//! Key Vault's answer to `decrypt` or `unwrapKey` → [`FileKey`], for keys that cannot be exported.

use crate::error::Error;
use crate::file_key::{FileKey, is_content, unwrap_iv};
use crate::json::{self, Json};
use crate::key_details::KeyDetails;
use crate::private_key::Algorithm;
use crate::text;
use serde_json::Value;
use zeroize::Zeroizing;

impl FileKey {
    /// Takes the vault's answer in the forms in which people have it at hand.
    ///
    /// REST JSON (`value`), `az keyvault key decrypt` JSON (`result`), PowerShell JSON (`RawResult`, a byte array), a
    /// JSON string, bare Base64, Base64URL or hex with blanks and quotes around it, hex pairs with dashes, colons or blanks
    /// between, byte numbers, or 32 raw bytes.
    ///
    /// # Errors
    /// `ERR_VAULT_ANSWER` when no value is found, `ERR_FILE_KEY_LENGTH` when it is no 32-byte key, `ERR_IV_LENGTH`
    /// when the IV itself is wrapped and would need an answer of its own.
    pub fn from_vault(answer: &[u8], details: &KeyDetails) -> Result<Self, Error> {
        let iv = unwrap_iv(details, |_| None)?;
        // 32 characters that one can see are text: Base64 of 24 bytes, say.
        let is_visible = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
        if answer.len() == 32 && !answer.iter().all(is_visible) {
            return Self::from_content(answer, iv, None);
        }
        let text = text::decode(answer)
            .ok_or(Error::VaultAnswer { problem: "it is no text; paste what the command printed" })?;
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::VaultAnswer { problem: "it is empty; paste what the command printed" });
        }
        let json = Json::parse(text);
        let (content, algorithm) = match json.as_ref().map(|json| &json.0) {
            Some(json @ (Value::Object(_) | Value::Array(_) | Value::String(_))) => value(json)?,
            _ => (numbers(text).map_or_else(|| spelled(text), Ok)?, None),
        };
        Self::from_content(&content, iv, algorithm)
    }
}

/// What RSA gave, out of a JSON answer, and the algorithm when the answer names it.
fn value(json: &Value) -> Result<(Zeroizing<Vec<u8>>, Option<Algorithm>), Error> {
    let object = match json {
        Value::Object(object) => object,
        other => return Ok((bytes(other)?, None)),
    };
    let field = |names: &[&str]| {
        object
            .iter()
            .find(|(name, value)| !value.is_null() && names.iter().any(|known| name.eq_ignore_ascii_case(known)))
            .map(|(_, value)| value)
    };
    if field(&["error"]).is_some() {
        return Err(Error::VaultAnswer {
            problem: "Key Vault answered with an error instead of a value; see its message, mend the cause and ask again",
        });
    }
    let algorithm = field(&["algorithm", "alg"]).and_then(Value::as_str).and_then(Algorithm::from_name);
    // RawResult first: PowerShell's `Result` is the same bytes through a lossy text encoding.
    let content = field(&["RawResult"])
        .or_else(|| field(&["value", "result", "plaintext", "key"]))
        .map_or(Err(NO_VALUE), bytes)?;
    Ok((content, algorithm))
}

const NO_VALUE: Error = Error::VaultAnswer {
    problem: "the JSON has no value, result or RawResult; paste the whole answer of decrypt or unwrapKey",
};

fn bytes(value: &Value) -> Result<Zeroizing<Vec<u8>>, Error> {
    match value {
        Value::String(text) => spelled(text),
        Value::Array(items) => json::bytes(items).ok_or(NO_VALUE),
        // PowerShell 5.1 wraps arrays: { "value": [...], "Count": 32 }.
        Value::Object(object) => object.get("value").map_or(Err(NO_VALUE), bytes),
        _ => Err(NO_VALUE),
    }
}

/// The bytes that the vault, or a tool in between, spelled as text. They may be text themselves.
fn spelled(text: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    if text.contains('\u{FFFD}') {
        return Err(Error::VaultAnswer {
            problem: "it went through a text encoding that lost bytes; upgrade Az.KeyVault and print RawResult as Base64",
        });
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || "\"'`“”‘’".contains(c));
    // PowerShell's BitConverter puts dashes between the pairs. Hex digits are Base64 as well: only when they make a key.
    match text::hex(&text::without(text, |c| c.is_whitespace() || c == '-' || c == ':')) {
        Some(bytes) if is_content(&bytes) => Ok(bytes),
        _ => text::base64(text).map_err(|_| Error::VaultAnswer {
            problem: "the value is neither Base64, Base64URL nor hex; paste what the command printed, and all of it",
        }),
    }
}

/// Byte numbers as a shell prints an array: one a line, or with blanks or commas between.
fn numbers(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 2 + 1));
    for part in text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty()) {
        bytes.push(part.parse().ok()?);
    }
    (bytes.len() >= 16).then_some(bytes)
}
