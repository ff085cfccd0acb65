//! Key Vault's answer to `decrypt` or `unwrapKey` → [`FileKey`], for keys that cannot be exported.

use crate::error::Error;
use crate::file_key::{FileKey, unwrap_iv};
use crate::key_details::KeyDetails;
use crate::private_key::Algorithm;
use crate::text;
use serde_json::Value;
use zeroize::Zeroizing;

impl FileKey {
    /// Takes the vault's answer in the forms in which people have it at hand.
    ///
    /// REST JSON (`value`), `az keyvault key decrypt` JSON (`result`), PowerShell JSON (`RawResult`, a byte array), a
    /// JSON string, bare Base64, Base64URL or hex with blanks and quotes around it, byte numbers, or 32 raw bytes.
    ///
    /// # Errors
    /// `ERR_VAULT_ANSWER` when no value is found, `ERR_FILE_KEY_LENGTH` when it is no 32-byte key, `ERR_IV_LENGTH`
    /// when the IV itself is wrapped and would need an answer of its own.
    pub fn from_vault(answer: &[u8], details: &KeyDetails) -> Result<Self, Error> {
        let iv = unwrap_iv(details, |_| None)?;
        if answer.len() == 32 {
            return Self::from_content(answer, iv, None);
        }
        let text = text::decode(answer)
            .ok_or(Error::VaultAnswer { problem: "it is no text; paste what the command printed" })?;
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::VaultAnswer { problem: "it is empty; paste what the command printed" });
        }
        if text.contains('\u{FFFD}') {
            return Err(Error::VaultAnswer {
                problem: "it went through a text encoding that lost bytes; upgrade Az.KeyVault and print RawResult as Base64",
            });
        }
        let (content, algorithm) = match serde_json::from_str::<Value>(text) {
            Ok(json @ (Value::Object(_) | Value::Array(_) | Value::String(_))) => value(&json)?,
            _ => (numbers(text).unwrap_or_else(|| Zeroizing::new(text.as_bytes().to_vec())), None),
        };
        Self::from_content(&content, iv, algorithm)
    }
}

/// The value of a JSON answer, still in text form where it is text, and the algorithm when the answer names it.
fn value(json: &Value) -> Result<(Zeroizing<Vec<u8>>, Option<Algorithm>), Error> {
    let object = match json {
        Value::Object(object) => object,
        other => return Ok((bytes(other).ok_or(NO_VALUE)?, None)),
    };
    let field = |names: &[&str]| {
        object
            .iter()
            .find(|(name, _)| names.iter().any(|known| name.eq_ignore_ascii_case(known)))
            .map(|(_, value)| value)
    };
    if field(&["error"]).is_some_and(|error| !error.is_null()) {
        return Err(Error::VaultAnswer {
            problem: "Key Vault answered with an error instead of a value; see its message, mend the cause and ask again",
        });
    }
    let algorithm = field(&["algorithm", "alg"]).and_then(Value::as_str).and_then(Algorithm::from_name);
    // RawResult first: PowerShell's `Result` is the same bytes through a lossy text encoding.
    let content = field(&["RawResult"])
        .or_else(|| field(&["value", "result", "plaintext", "key"]))
        .and_then(bytes)
        .ok_or(NO_VALUE)?;
    Ok((content, algorithm))
}

const NO_VALUE: Error = Error::VaultAnswer {
    problem: "the JSON has no value, result or RawResult; paste the whole answer of decrypt or unwrapKey",
};

fn bytes(value: &Value) -> Option<Zeroizing<Vec<u8>>> {
    match value {
        Value::String(text) => Some(Zeroizing::new(text.as_bytes().to_vec())),
        Value::Array(items) => items
            .iter()
            .map(|item| item.as_u64().and_then(|number| u8::try_from(number).ok()))
            .collect::<Option<Vec<u8>>>()
            .map(Zeroizing::new),
        // PowerShell 5.1 wraps arrays: { "value": [...], "Count": 32 }.
        Value::Object(object) => object.get("value").and_then(bytes),
        _ => None,
    }
}

/// Byte numbers as a shell prints an array: one a line, or with blanks or commas between.
fn numbers(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let numbers = text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
    let bytes = numbers.map(|part| part.parse::<u8>().ok()).collect::<Option<Vec<u8>>>().map(Zeroizing::new)?;
    (bytes.len() >= 16).then_some(bytes)
}
