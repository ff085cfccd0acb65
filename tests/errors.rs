//! Each code has a smallest input that produces it, and a readable text.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::make;

use base64::Engine;
use make::{details, encrypt, file_key, private_key};
use mgdc_decrypt::{
    DataDrop, Decryptor, Error, FileKey, ImportOptions, Options, PrivateKey, Probe, Pulled, Rehearsal, decrypt,
    parse_key_details,
};
use std::collections::BTreeSet;

/// A code and the smallest input that gives it.
type Case = (&'static str, fn() -> Error);

const CASES: &[Case] = &[
    ("ERR_KEY_DETAILS_MISSING", || DataDrop::default().answer(0, b"").unwrap_err()),
    ("ERR_KEY_DETAILS_JSON", || parse_key_details(b"").unwrap_err()),
    ("ERR_KEY_DETAILS_FIELD", || parse_key_details(b"{}").unwrap_err()),
    ("ERR_KEY_DETAILS_BASE64", || parse_key_details(br#"{"value":"!","iv":""}"#).unwrap_err()),
    ("ERR_KEY_DETAILS_LIMIT", || {
        let mut drop = DataDrop::with_limit(0);
        drop.add_document("k.json", br#"{"value":"AA","iv":"AAAAAAAAAAAAAAAAAAAAAA=="}"#);
        drop.faults()[0].error.clone()
    }),
    ("ERR_IV_LENGTH", || parse_key_details(br#"{"value":"AA","iv":"AA"}"#).unwrap_err()),
    ("ERR_PRIVATE_KEY_INVALID", || import(b"")),
    ("ERR_PRIVATE_KEY_MISSING", || import(b"-----BEGIN PUBLIC KEY----------END")),
    ("ERR_PRIVATE_KEY_NOT_RSA", || import(b"-----BEGIN EC PRIVATE KEY----------END")),
    ("ERR_PRIVATE_KEY_TOO_SMALL", || import(&make::key_file("bad/rsa-1024.pem"))),
    ("ERR_PRIVATE_KEY_ENCRYPTED", || import(&make::key_file("contoso-2048/pkcs1-proc-type-aes256.pem"))),
    ("ERR_PRIVATE_KEY_PASSWORD", || {
        let options = ImportOptions::default().with_password("wrong");
        PrivateKey::import(&make::key_file("contoso-2048/pkcs1-proc-type-aes256.pem"), &options).unwrap_err()
    }),
    ("ERR_PRIVATE_KEY_COST", || import(&costly_key())),
    ("ERR_PRIVATE_KEY_UNSUPPORTED", || import(b"PuTTY-User-Key-File-")),
    ("ERR_PUBLIC_KEY_MISSING", || rehearse(b"[]")),
    ("ERR_PUBLIC_KEY_INVALID", || rehearse(b"")),
    ("ERR_PUBLIC_KEY_NOT_RSA", || rehearse(br#"{"kty":"EC"}"#)),
    ("ERR_PUBLIC_KEY_SIZE", || rehearse(br#"{"n":"AQ","e":"AQAB"}"#)),
    ("ERR_FILE_KEY_UNWRAP", || FileKey::unwrap(&details(vec![]), &private_key("contoso-2048"), None).unwrap_err()),
    ("ERR_FILE_KEY_LENGTH", || FileKey::from_vault(b"AA", &details(vec![])).unwrap_err()),
    ("ERR_FILE_KEY_MISSING", || Probe::of(&[0; 16]).find(&[], Options::default()).unwrap_err()),
    ("ERR_VAULT_ANSWER", || FileKey::from_vault(b"", &details(vec![])).unwrap_err()),
    ("ERR_CONVERTED", || opened("\u{FFFD}\u{FFFD}\u{FFFD}\u{1}\u{2}J\u{FFFD}Q\u{FFFD}\u{5}x\u{FFFD}".as_bytes())),
    ("ERR_CIPHERTEXT_LENGTH", || opened(b"")),
    ("ERR_PADDING", || opened(&[0; 16])),
    ("ERR_UNRECOGNIZED", || opened(&encrypt(b"\0"))),
    ("ERR_COMPRESSED_DATA", || opened(&encrypt(b"\x1F\x8B"))),
    ("ERR_CHECKSUM", || opened(&encrypt(b"\x1F\x8B\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\x01\0\0\0"))),
    ("ERR_TRAILING_DATA", || opened(&encrypt(b"\x1F\x8B\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0x"))),
    ("ERR_OUTPUT_LIMIT", || {
        let options = Options::default().with_output_limit(0);
        decrypt(&encrypt(b"x"), &file_key(), options).unwrap_err()
    }),
    ("ERR_FINISHED", || Decryptor::new(&file_key(), Options::default()).finish().unwrap_err()),
];

fn rehearse(source: &[u8]) -> Error {
    Rehearsal::new(source, None).unwrap_err()
}

fn import(source: &[u8]) -> Error {
    make::import(source).unwrap_err()
}

/// PKCS#8 with scrypt p = 127, where OpenSSL writes p = 1.
fn costly_key() -> Vec<u8> {
    let pem = String::from_utf8(make::key_file("contoso-2048/pkcs8-pbes2-scrypt.pem")).unwrap();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let mut der = base64::engine::general_purpose::STANDARD.decode(body).unwrap();
    // RFC 7914, section 7: costParameter, blockSize, parallelizationParameter.
    let parameters = b"\x02\x02\x40\x00\x02\x01\x08\x02\x01\x01";
    let at = der.windows(parameters.len()).position(|bytes| bytes == parameters).unwrap();
    der[at + 9] = 0x7F;
    der
}

fn opened(file: &[u8]) -> Error {
    decrypt(file, &file_key(), Options::default()).unwrap_err()
}

#[test]
fn every_code_has_a_smallest_input_that_gives_it() {
    for (code, case) in CASES {
        assert_eq!(case().code(), *code);
    }
    let cases: BTreeSet<&str> = CASES.iter().map(|(code, _)| *code).collect();
    let missing: Vec<&&str> = Error::CODES.iter().filter(|code| !cases.contains(**code)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
    assert_eq!(cases.len(), CASES.len(), "two cases for one code");
}

#[test]
fn codes_are_unique_and_listed() {
    let codes: BTreeSet<&str> = Error::CODES.iter().copied().collect();
    assert_eq!(codes.len(), Error::CODES.len());
    for (_, case) in CASES {
        assert!(codes.contains(case().code()), "{} is not in Error::CODES", case().code());
    }
}

#[test]
fn every_code_is_in_the_typed_contract() {
    let types = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/pkg/index.d.ts")).unwrap();
    // Only the members of the union count, not a mention in a comment.
    let (_, union) = types.split_once("ErrorCode =").unwrap();
    let (union, _) = union.split_once(';').unwrap();
    for code in Error::CODES {
        assert!(union.contains(&format!("'{code}'")), "{code} is not in index.d.ts");
    }
}

#[test]
fn every_text_is_one_line_in_plain_words() {
    for (code, case) in CASES {
        let text = case().to_string();
        assert!(text.len() >= 40 && text.len() <= 320, "{code}: {text}");
        assert!(!text.contains(['\n', '\r', '\t']) && !text.contains("  "), "{code}: {text}");
        assert!(!text.ends_with('.') && !text.starts_with(char::is_uppercase), "{code}: {text}");
        // Traces of a derived `Debug`.
        assert!(!["Some(", "None", "Err(", "{ ", "[]"].iter().any(|rust| text.contains(rust)), "{code}: {text}");
        assert!(!text.contains("ERR_"), "{code}: {text}");
    }
}

/// A source is either in the text or in `source`, never in both: a reporter would print it twice.
#[test]
fn no_text_repeats_its_source() {
    for (code, case) in CASES {
        let error = case();
        let source = std::error::Error::source(&error);
        assert!(source.is_none_or(|source| !error.to_string().contains(&source.to_string())), "{code}");
    }
}

#[test]
fn a_decryptor_that_has_ended_says_so() {
    let options = Options::default();
    let finished = |result: Result<(), Error>| assert_eq!(result, Err(Error::Finished));
    // Not ended yet.
    let mut decryptor = Decryptor::new(&file_key(), options);
    decryptor.push(&encrypt(b"{}")).unwrap();
    finished(decryptor.finish().map(drop));
    let mut decryptor = Decryptor::new(&file_key(), options);
    decryptor.push(&encrypt(&make::json_lines(9000))).unwrap();
    while let Pulled::Plaintext(_) = decryptor.pull().unwrap() {}
    assert_eq!(decryptor.pull(), Ok(Pulled::NeedsInput));
    finished(decryptor.finish().map(drop));
    // Ended, but not pulled.
    let mut decryptor = Decryptor::new(&file_key(), options);
    decryptor.push(&encrypt(b"{}")).unwrap();
    decryptor.end().unwrap();
    finished(decryptor.push(b""));
    finished(decryptor.push_decrypted(&[0; 16], &[0; 16]));
    finished(decryptor.end());
    finished(decryptor.finish().map(drop));
    // Not pulled to the end: there is no summary of a part.
    let mut decryptor = Decryptor::new(&file_key(), options);
    decryptor.push(&encrypt(&make::gzip(&make::json_lines(3_000_000)))).unwrap();
    decryptor.end().unwrap();
    assert!(matches!(decryptor.pull(), Ok(Pulled::Plaintext(piece)) if piece.len() < 3_000_000));
    finished(decryptor.finish().map(drop));
}

#[test]
fn a_decryptor_that_failed_says_so_ever_after() {
    let wrong_padding = [0; 16];
    let damaged = encrypt(b"\x1F\x8B\x08\0\0\0\0\0\0\x03\xFF\xFF\xFF\xFF");
    for (file, code) in
        [(&wrong_padding[..], "ERR_PADDING"), (&[0; 15], "ERR_CIPHERTEXT_LENGTH"), (&damaged, "ERR_COMPRESSED_DATA")]
    {
        let mut decryptor = Decryptor::new(&file_key(), Options::default());
        decryptor.push(file).unwrap();
        let failure = decryptor.end().and_then(|()| decryptor.pull().map(drop)).unwrap_err();
        assert_eq!(failure.code(), code);
        for _ in 0..2 {
            assert_eq!(decryptor.push(file), Err(Error::Finished));
            assert_eq!(decryptor.end(), Err(Error::Finished));
            assert_eq!(decryptor.pull(), Err(Error::Finished));
        }
        assert_eq!(decryptor.finish().map(drop), Err(Error::Finished));
    }
}

#[test]
fn another_engine_cannot_go_on_behind_our_own() {
    let mut decryptor = Decryptor::new(&file_key(), Options::default());
    decryptor.push(&[0; 5]).unwrap();
    assert_eq!(decryptor.push_decrypted(&[0; 16], &[0; 16]), Err(Error::Finished));
    let mut decryptor = Decryptor::new(&file_key(), Options::default());
    assert_eq!(decryptor.push_decrypted(&[0; 15], &[0; 16]), Err(Error::Finished));
}
