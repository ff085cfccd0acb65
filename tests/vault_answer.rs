//! Key Vault's answer to `decrypt` or `unwrapKey`, as different tools print it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::make;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use make::{IV, Noise, details, opens};
use mgdc_decrypt::{Algorithm, Error, FileKey};

fn from_vault(answer: impl AsRef<[u8]>) -> Result<FileKey, Error> {
    FileKey::from_vault(answer.as_ref(), &details(Vec::new()))
}

fn key() -> [u8; 32] {
    Noise(0xC0FFEE).array()
}

fn hex(bytes: &[u8]) -> String {
    pairs(bytes, "")
}

fn pairs(bytes: &[u8], separator: &str) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(separator)
}

fn numbers(bytes: &[u8], separator: &str) -> String {
    bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(separator)
}

/// The possible RSA contents; the vault's answer encodes these bytes once more.
fn contents() -> [(Vec<u8>, &'static str); 5] {
    let base64 = STANDARD.encode(key());
    let utf16 = base64.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [
        (key().to_vec(), "raw"),
        (hex(&key()).into_bytes(), "hex"),
        (URL_SAFE_NO_PAD.encode(key()).into_bytes(), "base64"),
        (utf16, "utf-16 base64"),
        (base64.into_bytes(), "base64"),
    ]
}

/// The answer as every tool prints it.
fn spellings(content: &[u8]) -> Vec<String> {
    let (base64, url) = (STANDARD.encode(content), URL_SAFE_NO_PAD.encode(content));
    let kid = "https://contoso-kv.vault.azure.net/keys/tenant/501bc4c9f66d877902c60ab27d226ed6";
    let lines: Vec<&str> = base64.as_bytes().chunks(20).map(|line| str::from_utf8(line).unwrap()).collect();
    vec![
        base64.clone(),
        url.clone(),
        hex(content),
        hex(content).to_uppercase(),
        pairs(content, "-").to_uppercase(),
        pairs(content, ":"),
        format!("\n  {base64}\r\n"),
        format!("\"{base64}\"\n"),
        format!("'{base64}'"),
        format!("“{url}”"),
        format!("`{base64}`"),
        lines.join("\r\n"),
        format!("\u{FEFF}{base64}"),
        format!("{{\"kid\":\"{kid}\",\"value\":\"{url}\"}}"),
        format!("{{\n  \"algorithm\": \"RSA-OAEP\",\n  \"kid\": \"{kid}\",\n  \"result\": \"{base64}\"\n}}\n"),
        format!("{{\"KeyId\": \"{kid}\", \"RawResult\": [{}], \"Algorithm\": \"RSA-OAEP\"}}", numbers(content, ",")),
        format!("{{\"Result\": \"?\u{FFFD}\", \"RawResult\": [{}]}}", numbers(content, ", ")),
        format!("{{\"RawResult\": {{\"value\": [{}], \"Count\": 32}}}}", numbers(content, ", ")),
        format!("{{\"RawResult\": null, \"Result\": \"{base64}\"}}"),
        format!("{{\"error\": null, \"value\": \"{url}\"}}"),
        format!("{{\"plaintext\": \"{base64}\"}}"),
        format!("[{}]", numbers(content, ",")),
        numbers(content, "\r\n"),
        numbers(content, ", "),
        numbers(content, " "),
    ]
}

#[test]
fn every_form_of_the_answer_gives_the_file_key() {
    for (content, encoding) in contents() {
        for answer in spellings(&content) {
            let file_key = from_vault(&answer).unwrap_or_else(|error| panic!("{error}: {answer}"));
            assert!(opens(&file_key, &key(), &IV), "{answer}");
            // The encoding is that of the RSA content, not that of the tool's output.
            assert_eq!(file_key.encoding().name(), encoding, "{answer}");
        }
    }
    assert!(opens(&from_vault(key()).unwrap(), &key(), &IV), "raw bytes");
    assert!(opens(&from_vault(pairs(&key(), " ")).unwrap(), &key(), &IV), "hex pairs with blanks");
}

#[test]
fn an_answer_that_was_redirected_into_a_utf_16_file_is_read() {
    for answer in spellings(&key()).iter().chain([&format!("\u{FEFF}{}", hex(&key()))]) {
        let wide = |unit: fn(u16) -> [u8; 2]| answer.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        if answer.trim_start_matches('\u{FEFF}').starts_with(|c: char| c.is_ascii()) {
            assert!(opens(&from_vault(wide(u16::to_le_bytes)).unwrap(), &key(), &IV), "{answer}");
            assert!(opens(&from_vault(wide(u16::to_be_bytes)).unwrap(), &key(), &IV), "{answer}");
        }
    }
}

#[test]
fn the_algorithm_is_taken_from_an_answer_that_names_it() {
    let algorithm = |answer: String| from_vault(answer).unwrap().algorithm();
    let base64 = STANDARD.encode(key());
    assert_eq!(
        algorithm(format!(r#"{{"algorithm": "RSA-OAEP-256", "result": "{base64}"}}"#)),
        Some(Algorithm::RsaOaep256)
    );
    assert_eq!(algorithm(format!(r#"{{"Algorithm": "RSA1_5", "RawResult": "{base64}"}}"#)), Some(Algorithm::Rsa15));
    assert_eq!(algorithm(format!(r#"{{"value": "{base64}"}}"#)), None);
    assert_eq!(algorithm(base64), None);
}

#[test]
fn an_answer_without_a_value_is_an_error_that_says_what_to_paste() {
    for (answer, words) in [
        ("", "it is empty"),
        (" \r\n", "it is empty"),
        ("{}", "no value, result or RawResult"),
        ("[]x", "neither Base64"),
        (r#"{"value": null}"#, "no value, result or RawResult"),
        (r#"{"result": 7}"#, "no value, result or RawResult"),
        (r#"{"RawResult": [1, 256]}"#, "no value, result or RawResult"),
        (r#"{"RawResult": {"Count": 32}}"#, "no value, result or RawResult"),
        ("ERROR: (Forbidden) Caller is not authorized", "neither Base64, Base64URL nor hex"),
        (r#"{"error": {"code": "Forbidden", "message": "no"}}"#, "Key Vault answered with an error"),
        ("ab\u{FFFD}cd", "lost bytes"),
        ("{\"Result\": \"ab\u{FFFD}cd\"}", "lost bytes"),
        ("\"ab\\ufffdcd\"", "lost bytes"),
    ] {
        let error = from_vault(answer).unwrap_err();
        assert_eq!(error.code(), "ERR_VAULT_ANSWER", "{answer}: {error}");
        assert!(error.to_string().contains(words), "{answer}: {error}");
    }
    assert_eq!(from_vault([0xC3, 0x28, 0xFF]).unwrap_err().code(), "ERR_VAULT_ANSWER");
}

#[test]
fn an_answer_that_is_no_32_byte_key_is_an_error_that_gives_the_length() {
    for length in [1, 16, 24, 31, 33, 48, 256] {
        let content = Noise(length as u64).bytes(length);
        for answer in [STANDARD.encode(&content), URL_SAFE_NO_PAD.encode(&content)] {
            assert_eq!(from_vault(&answer).unwrap_err(), Error::FileKeyLength { length }, "{answer}");
            let json = format!(r#"{{"value": "{answer}"}}"#);
            assert_eq!(from_vault(json).unwrap_err(), Error::FileKeyLength { length });
        }
    }
}

/// Raw bytes are not text just because they are ASCII.
#[test]
fn thirty_two_bytes_that_nobody_can_see_are_a_key() {
    let key = [7; 32];
    assert!(opens(&from_vault(key).unwrap(), &key, &IV));
}

/// Base64 of 24 bytes and hex of 16 have 32 characters: they are keys of another size, and not 32 raw bytes.
#[test]
fn thirty_two_characters_are_not_taken_for_a_key() {
    let aes_192 = STANDARD.encode([0xA7; 24]);
    let aes_128 = hex(&[0xA7; 16]);
    for text in [aes_192, aes_128] {
        assert_eq!(text.len(), 32);
        for answer in [text.clone(), format!("{text}\n"), format!("\"{text}\""), format!(r#"{{"result": "{text}"}}"#)] {
            let error = from_vault(&answer).unwrap_err();
            assert_eq!(error, Error::FileKeyLength { length: 24 }, "{answer}");
        }
    }
}
