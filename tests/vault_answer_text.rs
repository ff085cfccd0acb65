//! Key Vault's answer inside other output of consoles, SDKs and services.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::make;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use make::{IV, details, opens};
use mgdc_decrypt::{Error, FileKey, VaultAnswer};
use std::time::{Duration, Instant};

const KID: &str = "https://contoso-invented.vault.azure.net/keys/tenantkey/0123456789abcdef0123456789abcdef";

/// A key with bytes above 127, and `+` and `/` in Base64.
const HIGH: [u8; 32] = [
    0xFB, 0xEF, 0xBE, 0xFF, 0xFE, 0x81, 0x9C, 0xB7, 0xD2, 0xED, 0x08, 0x23, 0x3E, 0x59, 0x74, 0x8F, 0xAA, 0xC5, 0xE0,
    0xFB, 0x16, 0x31, 0x4C, 0x67, 0x82, 0x9D, 0xB8, 0xD3, 0xEE, 0x09, 0x24, 0x3F,
];
/// A key whose Base64 consists of digits and letters only.
const LOW: [u8; 32] = *b"\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F\x10\
    \x11\x12\x13\x14\x15\x16\x17\x18\x19\x1A\x1B\x1C\x1D\x1E\x1F\x20";

fn from_vault(answer: &str) -> Result<FileKey, Error> {
    FileKey::from_vault(answer.as_bytes(), &details(Vec::new()))
}

fn joined(key: &[u8], separator: &str, each: impl Fn(u8) -> String) -> String {
    key.iter().map(|byte| each(*byte)).collect::<Vec<_>>().join(separator)
}

/// Every kind of output, with its name.
fn forms(key: &[u8; 32]) -> Vec<(&'static str, String)> {
    let (b64, url) = (STANDARD.encode(key), URL_SAFE_NO_PAD.encode(key));
    let decimal = |separator| joined(key, separator, |byte| byte.to_string());
    let signed = joined(key, ", ", |byte| (byte as i8).to_string());
    let hex = |separator| joined(key, separator, |byte| format!("{byte:02x}"));
    let az = format!("{{\n  \"algorithm\": \"RSA-OAEP\",\n  \"kid\": \"{KID}\",\n  \"result\": \"{b64}\"\n}}\n");
    let wrapped = STANDARD.encode([0x5A; 256]);
    let escaped = az.replace('"', "\\\"").replace('\n', "\\n");
    vec![
        ("tsv with b'…'", format!("b'{b64}'\n")),
        ("table", format!("Result\n{}\n{b64}\n", "-".repeat(44))),
        (
            "table of all",
            format!("Algorithm    Kid    Result\n-----------  -----  ------\nRSA-OAEP     {KID}  {b64}\n"),
        ),
        ("tsv", format!("RSA-OAEP\t{KID}\t{b64}\n")),
        ("yaml", format!("algorithm: RSA-OAEP\nkid: {KID}\nresult: {b64}\n")),
        ("coloured json", format!("{{\n  \x1b[34m\"result\"\x1b[39m: \x1b[33m\"{b64}\"\x1b[39m\n}}\n")),
        ("warning", format!("WARNING: This command is in preview: https://aka.ms/CLI_refstatus\n{az}")),
        ("console", format!("PS C:\\> az keyvault key decrypt --id \"{KID}\" --value \"{wrapped}\"\n{az}\n\nPS C:\\>")),
        (
            "bash",
            format!(
                "me@host:~$ az keyvault key decrypt --id {KID} --value '{wrapped}' \\\n> --algorithm RSA-OAEP\n{az}"
            ),
        ),
        ("powershell list", format!("\r\nKeyId     : {KID}\r\nResult    : {b64}\r\nAlgorithm : RSA-OAEP\r\n\r\n")),
        (
            "powershell raw result",
            format!("KeyId     : {KID}\nRawResult : {{{}}}\nAlgorithm : RSA-OAEP\n", decimal(", ")),
        ),
        ("powershell cut off", format!("KeyId     : {KID}\nRawResult : {{1, 2, 3, 4…}}\nResult    : {b64}\n")),
        ("bitconverter", hex("-").to_uppercase()),
        (
            "curl -i",
            format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-ms-request-id: \
                    8f2f9c64-8a4b-4d7c-9a5b-6f1f0f1a2b3c\r\nETag: \"0x8D\"\r\n\r\n\
                    {{\"kid\":\"{KID}\",\"value\":\"{url}\"}}"
            ),
        ),
        ("python bytes", format!("b'{}'\n", joined(key, "", |byte| format!("\\x{byte:02x}")))),
        ("python bytearray", format!("bytearray(b'{}')", joined(key, "", |byte| format!("\\x{byte:02x}")))),
        ("python list", format!("[{}]", decimal(", "))),
        ("node buffer", format!("<Buffer {}>\n", hex(" "))),
        ("node buffer json", format!("{{\"type\":\"Buffer\",\"data\":[{}]}}", decimal(","))),
        ("uint8array", format!("Uint8Array(32) [\n  {}\n]\n", decimal(", "))),
        ("java", format!("[{signed}]")),
        ("c#", format!("byte[32] {{ {} }}", joined(key, ", ", |byte| format!("0x{byte:02X}")))),
        ("go", format!("[{}]", decimal(" "))),
        (
            "logic app",
            format!("{{\"statusCode\":200,\"headers\":{{}},\"body\":{{\"kid\":\"{KID}\",\"value\":\"{url}\"}}}}"),
        ),
        ("json in a string", format!("{{\"output\": \"{escaped}\"}}")),
        (
            "sdk",
            format!(
                "DecryptResult(key_id='{KID}', algorithm='RSA-OAEP', plaintext=b'{}')",
                joined(key, "", |byte| format!("\\x{byte:02x}"))
            ),
        ),
        ("smart quotes", format!("result: “{b64}”")),
        ("byte order mark", format!("\u{FEFF}{az}")),
        ("narrow console", format!("{}\n{}\n", &b64[..24], &b64[24..])),
        ("hex with 0x", format!("0x{}", hex(""))),
    ]
}

#[test]
fn the_key_is_found_in_whatever_stands_around_it() {
    for key in [HIGH, LOW] {
        for (name, text) in forms(&key) {
            // Text that is pasted along with it.
            for text in [text.clone(), format!("\n\n{text}\n\n"), format!("here it is:\r\n{text}\r\n")] {
                let file_key = from_vault(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
                assert!(opens(&file_key, &key, &IV), "{name}: {text}");
            }
        }
    }
}

/// RSA may have wrapped the key's Base64 text, and the tool prints that.
#[test]
fn the_key_is_found_where_rsa_wrapped_its_text() {
    let text = STANDARD.encode(HIGH);
    for answer in [
        format!("KeyId     : {KID}\r\nResult    : {text}\r\nAlgorithm : RSA-OAEP\r\n"),
        format!("{{\"value\":\"{}\"}}", URL_SAFE_NO_PAD.encode(&text)),
        format!("RSA-OAEP\t{KID}\t{}\n", STANDARD.encode(&text)),
        format!("<Buffer {}>", joined(text.as_bytes(), " ", |byte| format!("{byte:02x}"))),
    ] {
        let file_key = from_vault(&answer).unwrap_or_else(|error| panic!("{error}: {answer}"));
        assert!(opens(&file_key, &HIGH, &IV), "{answer}");
    }
}

#[test]
fn what_is_no_answer_is_not_taken_for_one() {
    let wrapped = STANDARD.encode([0x5A; 256]);
    for text in [
        // The value that was sent to the vault, and the version of the key.
        format!("$ az keyvault key decrypt --id {KID} --algorithm RSA-OAEP --value '{wrapped}'\n"),
        format!("KeyId     : {KID}\nRawResult : {{1, 2, 3, 4…}}\nAlgorithm : RSA-OAEP\n"),
        format!("{{\"kid\":\"{KID}\"}}"),
        "ERROR: (Forbidden) Caller is not authorized to perform action on resource.".to_owned(),
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL3ZhdWx0LmF6dXJlLm5ldCJ9.c2lnbmF0dXJl".to_owned(),
    ] {
        let code = from_vault(&text).map(drop).unwrap_err().code();
        assert!(["ERR_VAULT_ANSWER", "ERR_FILE_KEY_LENGTH"].contains(&code), "{code}: {text}");
    }
}

/// A wrong guess would make every file look damaged.
#[test]
fn of_several_values_none_is_guessed() {
    let two = format!("{}\n{}\n", STANDARD.encode(HIGH), STANDARD.encode(LOW));
    let error = from_vault(&two).unwrap_err();
    assert!(error.to_string().contains("several values"), "{error}");
    assert_eq!(VaultAnswer::find(two.as_bytes()).unwrap().len(), 2);
    // The same value twice counts once.
    let same = format!("{}\n{}\n", STANDARD.encode(HIGH), URL_SAFE_NO_PAD.encode(HIGH));
    assert!(opens(&from_vault(&same).unwrap(), &HIGH, &IV));
}

#[test]
fn a_hostile_text_takes_bounded_time() {
    let most = VaultAnswer::LIMIT;
    let some = most / 8;
    let base64 = STANDARD.encode([0xA5; 32]);
    for text in [
        "A".repeat(some),
        "{".repeat(some),
        "[1,".repeat(some / 3),
        "\\x01".repeat(some / 4),
        "01 ".repeat(some / 3),
        format!("{base64}\n").repeat(some / (base64.len() + 1)),
        (0..some as u32 / 45).map(|n| format!("{}\n", STANDARD.encode([n.to_le_bytes(); 8].concat()))).collect(),
        // Lines that could be joined in seven million ways, which once took minutes.
        "AAAAAAAA\n".repeat(most / 9),
    ] {
        let started = Instant::now();
        let found = VaultAnswer::find(text.as_bytes());
        let start: String = text.chars().take(12).collect();
        assert!(started.elapsed() < Duration::from_secs(60), "{start}…: {:?}", started.elapsed());
        assert!(found.is_err() || found.is_ok_and(|found| found.len() <= VaultAnswer::MOST), "{start}");
    }
    let error = from_vault(&"A".repeat(most + 1)).unwrap_err();
    assert!(error.to_string().contains("1 MiB, which is the limit"), "{error}");
}
