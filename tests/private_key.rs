//! Private keys in every container and notation, and the errors for everything else.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::make;

use make::{IV, details, key_file, opens, wrap};
use mgdc_decrypt::{Algorithm, Error, FileKey, ImportOptions, PrivateKey};

const KEY: [u8; 32] = [0x5A; 32];

fn text(path: &str) -> String {
    String::from_utf8(key_file(path)).unwrap()
}

fn pkcs8() -> String {
    text("contoso-2048/pkcs8.pem")
}

/// The Base64 of the PEM body, without line ends.
fn body(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
}

fn armor(label: &str, body: &str) -> String {
    format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
}

fn widths(width: usize) -> String {
    let body = body(&pkcs8());
    let lines: Vec<&str> = body.as_bytes().chunks(width).map(|line| str::from_utf8(line).unwrap()).collect();
    armor("PRIVATE KEY", &lines.join("\n"))
}

/// Opens a value that was wrapped for `contoso-2048`.
fn assert_opens(source: &[u8], what: &str) {
    let private_key = make::import(source).unwrap_or_else(|error| panic!("{what}: {error}"));
    let details = details(wrap("contoso-2048", Algorithm::RsaOaep, &KEY));
    let file_key = FileKey::unwrap(&details, &private_key, None).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert!(opens(&file_key, &KEY, &IV), "{what}");
}

fn import_error(source: &[u8]) -> Error {
    make::import(source).unwrap_err()
}

#[test]
fn pem_is_read_as_people_have_it() {
    let pem = pkcs8();
    let certificate = text("bad/certificate.pem");
    let indented = pem.lines().map(|line| format!("    {line}\n")).collect::<String>();
    for (what, source) in [
        ("as OpenSSL writes it", pem.clone()),
        ("PKCS#1", text("contoso-2048/pkcs1.pem")),
        ("CRLF", pem.replace('\n', "\r\n")),
        ("CR", pem.replace('\n', "\r")),
        ("mixed line ends", pem.replacen('\n', "\r\n", 7)),
        ("no final line end", pem.trim_end().to_owned()),
        ("blank lines", pem.replace('\n', "\n\n")),
        ("trailing blanks", pem.replace('\n', " \t\n")),
        ("body on one line", widths(usize::MAX)),
        ("width 1", widths(1)),
        ("width 63", widths(63)),
        ("width 76", widths(76)),
        ("width 100", widths(100)),
        ("all on one line", pem.replace('\n', "")),
        ("blanks for line ends", pem.replace('\n', " ")),
        ("indented", indented.clone()),
        ("in a YAML file", format!("key: |\n{indented}other: 1\n")),
        ("text before and after", format!("Bag Attributes\n  friendlyName: drop\n{pem}\nthat was it\n")),
        ("written-out line ends", pem.replace('\n', "\\n")),
        ("written-out CRLF", pem.replace('\n', "\\r\\n")),
        ("in double quotes", format!("\"{}\"", pem.replace('\n', "\\n"))),
        ("in single quotes", format!("MGDC_KEY='{pem}'")),
        ("in JSON", format!("{{\"value\": {}}}", serde_json::to_string(&pem).unwrap())),
        ("escaped slashes", format!("\"{}\"", pem.replace('\n', "\\n").replace('/', "\\/"))),
        ("a shell's line ends", pem.replace('\n', "\" \\\n\"")),
        ("certificate before", format!("{certificate}{pem}")),
        ("certificate behind", format!("{pem}{certificate}")),
        ("public key beside it", format!("{}{pem}", text("bad/public-spki.pem"))),
        ("damaged key beside it", format!("{}{pem}", text("bad/damaged.pem"))),
        ("cut key behind it", format!("{pem}{}", text("bad/cut.pem"))),
        ("encrypted key beside it", format!("{}{pem}", text("contoso-2048/pkcs8-pbes2-scrypt.pem"))),
        ("EC key beside it", format!("{}{pem}", text("bad/ec-p256.pem"))),
        ("small key beside it", format!("{}{pem}", text("bad/rsa-1024.pem"))),
        ("PKCS#1 label on PKCS#8", armor("RSA PRIVATE KEY", &body(&pem))),
        ("PKCS#8 label on PKCS#1", armor("PRIVATE KEY", &body(&text("contoso-2048/pkcs1.pem")))),
        ("END of another label", pem.replace("END PRIVATE KEY", "END RSA PRIVATE KEY")),
        ("no padding", armor("PRIVATE KEY", body(&pem).trim_end_matches('='))),
        ("URL-safe", armor("PRIVATE KEY", &body(&pem).replace('+', "-").replace('/', "_"))),
    ] {
        assert_opens(source.as_bytes(), what);
    }
}

#[test]
fn every_text_encoding_is_read() {
    let pem = pkcs8();
    let wide = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let marked = format!("\u{FEFF}{pem}");
    assert_opens(marked.as_bytes(), "UTF-8 with BOM");
    for (name, unit) in [("LE", u16::to_le_bytes as fn(u16) -> [u8; 2]), ("BE", u16::to_be_bytes)] {
        assert_opens(&wide(&pem, unit), &format!("UTF-16{name}"));
        assert_opens(&wide(&marked, unit), &format!("UTF-16{name} with BOM"));
    }
    let windows_1252 = [b"friendlyName: Schl\xFCssel\n".as_slice(), pem.as_bytes()].concat();
    assert_opens(&windows_1252, "an attribute in windows-1252");
}

#[test]
fn der_is_read_in_both_outlines() {
    assert_opens(&key_file("contoso-2048/pkcs8.der"), "PKCS#8");
    assert_opens(&key_file("contoso-2048/pkcs1.der"), "PKCS#1");
}

#[test]
fn every_size_is_read() {
    for (name, bits) in [("contoso-2048", 2048), ("contoso-3072", 3072), ("contoso-4096", 4096)] {
        let private_key = make::private_key(name);
        assert_eq!(private_key.bits(), bits);
        let details = details(wrap(name, Algorithm::RsaOaep256, &KEY));
        assert!(opens(&FileKey::unwrap(&details, &private_key, None).unwrap(), &KEY, &IV));
    }
}

#[test]
fn every_key_of_a_pem_file_is_kept() {
    let names = ["stranger-2048", "contoso-3072", "contoso-2048"];
    let all: String = names.iter().map(|name| text(&format!("{name}/pkcs8.pem"))).collect();
    let all = make::import(all.as_bytes()).unwrap();
    assert_eq!((all.versions().count(), all.bits()), (3, 2048));
    for name in names {
        let details = details(wrap(name, Algorithm::RsaOaep, &KEY));
        assert!(FileKey::unwrap(&details, &all, None).is_ok(), "{name}");
    }
}

#[test]
fn a_version_in_the_file_name_is_taken() {
    let version = "501bc4c9f66d877902c60ab27d226ed6";
    let named = |name: &str| {
        let options = ImportOptions::default().with_name(name);
        let private_key = PrivateKey::import(&key_file("contoso-2048/pkcs8.pem"), &options).unwrap();
        private_key.versions().map(|version| version.map(str::to_owned)).collect::<Vec<_>>()
    };
    for name in [
        version.to_owned(),
        format!("{version}.pem"),
        format!("tenant-{version}.pem"),
        format!("keys/{version}/private.pem"),
        format!("Schlüssel_{}.pem", version.to_uppercase()),
    ] {
        assert_eq!(named(&name), [Some(version.to_owned())], "{name}");
    }
    for name in ["private.pem", "0501bc4c9f66d877902c60ab27d226ed6.pem", "g01bc4c9f66d877902c60ab27d226ed6.pem", ""] {
        assert_eq!(named(name), [None], "{name}");
    }
}

#[test]
fn what_is_no_private_key_is_named() {
    for (file, code, words) in [
        ("bad/public-spki.pem", "ERR_PRIVATE_KEY_MISSING", "this is a public key"),
        ("bad/public-pkcs1.pem", "ERR_PRIVATE_KEY_MISSING", "this is a public key"),
        ("bad/certificate.pem", "ERR_PRIVATE_KEY_MISSING", "this is a certificate"),
        ("bad/ec-p256.pem", "ERR_PRIVATE_KEY_NOT_RSA", "this is an EC private key"),
        ("bad/ed25519.pem", "ERR_PRIVATE_KEY_NOT_RSA", "Ed25519"),
        ("bad/rsa-1024.pem", "ERR_PRIVATE_KEY_TOO_SMALL", "1024 bits, at least 2048"),
        ("bad/cut.pem", "ERR_PRIVATE_KEY_INVALID", "no END line"),
        ("bad/damaged.pem", "ERR_PRIVATE_KEY_INVALID", "not Base64"),
        ("bad/empty.pem", "ERR_PRIVATE_KEY_INVALID", "the file is empty"),
        ("bad/noise.bin", "ERR_PRIVATE_KEY_INVALID", "neither PEM text nor DER data"),
    ] {
        let error = import_error(&key_file(file));
        assert_eq!(error.code(), code, "{file}");
        assert!(error.to_string().contains(words), "{file}: {error}");
    }
}

#[test]
fn the_same_is_said_of_the_der_in_it() {
    use base64::Engine;
    let engine = base64::engine::general_purpose::STANDARD;
    for file in ["public-spki", "public-pkcs1", "certificate", "ec-p256", "ed25519", "rsa-1024"] {
        let pem = text(&format!("bad/{file}.pem"));
        let der = engine.decode(body(&pem)).unwrap();
        assert_eq!(import_error(&der).code(), import_error(pem.as_bytes()).code(), "{file}");
    }
}

#[test]
fn what_needs_a_password_is_said_to_need_one_and_to_have_a_wrong_one() {
    for file in [
        "pkcs8-pbes2-aes256-sha256.pem",
        "pkcs8-pbes2-aes256-sha256.der",
        "pkcs8-pbes2-3des-sha1.pem",
        "pkcs8-pbes1-3des.pem",
        "pkcs1-proc-type-3des.pem",
        "pkcs1-proc-type-aes256.pem",
        "pfx-modern.pfx",
        "pfx-legacy.pfx",
        "pfx-keytool.p12",
    ] {
        let source = key_file(&format!("contoso-2048/{file}"));
        assert_eq!(import_error(&source).code(), "ERR_PRIVATE_KEY_ENCRYPTED", "{file}");
        let with = |password| PrivateKey::import(&source, &ImportOptions::default().with_password(password));
        for wrong in ["contoso-drop-1", "Contoso-drop-1 ", "pässword"] {
            let error = with(wrong).unwrap_err();
            assert_eq!(error.code(), "ERR_PRIVATE_KEY_PASSWORD", "{file}");
            assert!(!format!("{error} {error:?}").contains(wrong), "{error}");
        }
        assert!(with("Contoso-drop-1").is_ok(), "{file}");
    }
}

#[test]
fn other_labels_are_told_apart() {
    for (label, code, words) in [
        ("EC PRIVATE KEY", "ERR_PRIVATE_KEY_NOT_RSA", "an EC private key"),
        ("DSA PRIVATE KEY", "ERR_PRIVATE_KEY_NOT_RSA", "a DSA private key"),
        ("SSH2 ENCRYPTED PRIVATE KEY", "ERR_PRIVATE_KEY_UNSUPPORTED", "ssh-keygen"),
        ("PGP PRIVATE KEY BLOCK", "ERR_PRIVATE_KEY_UNSUPPORTED", "a PGP private key"),
        ("CERTIFICATE REQUEST", "ERR_PRIVATE_KEY_MISSING", "a certificate request"),
        ("X509 CRL", "ERR_PRIVATE_KEY_MISSING", "without a private key"),
    ] {
        let error = import_error(armor(label, "AAAA").as_bytes());
        assert_eq!(error.code(), code, "{label}");
        assert!(error.to_string().contains(words), "{label}: {error}");
    }
}

#[test]
fn a_key_that_was_cut_or_changed_is_refused() {
    let pem = pkcs8();
    let der = key_file("contoso-2048/pkcs8.der");
    for length in [1, 2, 10, 100, der.len() / 2, der.len() - 1] {
        assert_eq!(import_error(&der[..length]).code(), "ERR_PRIVATE_KEY_INVALID", "{length} bytes of DER");
    }
    for length in (20..pem.len() - 28).step_by(97) {
        assert_eq!(import_error(&pem.as_bytes()[..length]).code(), "ERR_PRIVATE_KEY_INVALID", "{length} of PEM");
    }
    // A line is lost; a line is doubled; a character of the numbers is changed.
    let lines: Vec<&str> = pem.lines().collect();
    let lost = [&lines[..5], &lines[6..]].concat().join("\n");
    let twice = [&lines[..6], &lines[5..]].concat().join("\n");
    let mut changed = der;
    changed[300] ^= 4;
    for source in [lost.into_bytes(), twice.into_bytes(), changed] {
        assert_eq!(import_error(&source).code(), "ERR_PRIVATE_KEY_INVALID");
    }
}

#[test]
fn neither_debug_nor_an_error_shows_the_key() {
    let pem = pkcs8();
    let body = body(&pem);
    let mut shown = format!("{:?}", make::private_key("contoso-2048"));
    for source in [pem.replace('M', "*"), pem[..900].to_owned(), pem.replace('+', "~"), body[..900].to_owned()] {
        let error = import_error(source.as_bytes());
        shown += &format!("{error} {error:?}");
    }
    for secret in body.as_bytes().chunks(12).map(|part| str::from_utf8(part).unwrap()) {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert!(shown.contains("2048"), "{shown}");
}

#[test]
fn what_key_vault_shows_of_a_key_is_named_as_that() {
    let identifier = "https://contoso-kv.vault.azure.net:443/keys/tenant/501bc4c9f66d877902c60ab27d226ed6";
    let list =
        format!("\r\nVault/HSM Name : contoso-kv\r\nName           : tenant\r\nId             : {identifier}\r\n");
    let utf16: Vec<u8> = format!("\u{FEFF}{list}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (what, source) in [
        ("PowerShell's list", list.into_bytes()),
        ("the same in UTF-16", utf16),
        ("YAML of az", format!("attributes:\n  enabled: true\nkey:\n  kid: {identifier}\n  kty: RSA\n").into_bytes()),
        ("an identifier alone", format!("{identifier}\n").into_bytes()),
    ] {
        let error = import_error(&source);
        assert_eq!(error.code(), "ERR_PRIVATE_KEY_MISSING", "{what}");
        assert!(error.to_string().contains("Key Vault never gives the private part"), "{what}: {error}");
    }
    // A damaged PEM stays one, whatever is written beside it.
    let damaged = format!("# {identifier}\n{}", text("bad/damaged.pem"));
    assert_eq!(import_error(damaged.as_bytes()).code(), "ERR_PRIVATE_KEY_INVALID");
}

#[test]
fn an_answer_of_key_vault_is_no_description_of_a_key() {
    let identifier = "https://contoso-kv.vault.azure.net/keys/tenant/501bc4c9f66d877902c60ab27d226ed6";
    for source in [
        format!(r#"{{"kid": "{identifier}", "value": "WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo"}}"#),
        format!(
            r#"{{"algorithm": "RSA-OAEP", "kid": "{identifier}", "result": "WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo="}}"#
        ),
        format!(r#"{{"KeyId": "{identifier}", "RawResult": [90, 90, 90, 90], "Algorithm": "RSA-OAEP"}}"#),
    ] {
        let error = import_error(source.as_bytes());
        assert!(error.to_string().contains("--vault-answer"), "{source}: {error}");
    }
}

#[test]
fn a_dsa_key_of_openssl_is_no_damaged_rsa_key() {
    let der: Vec<u8> = [0x30, 18].into_iter().chain([2, 1, 5].into_iter().cycle().take(18)).collect();
    let pem = armor("DSA PRIVATE KEY", &base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &der));
    for source in [der, pem.into_bytes()] {
        let error = import_error(&source);
        assert_eq!(error.code(), "ERR_PRIVATE_KEY_NOT_RSA");
        assert!(error.to_string().contains("DSA"), "{error}");
    }
}
