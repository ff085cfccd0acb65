//! Private keys in all kinds of texts: each opens, and each is recognised wherever it is.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::make;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use make::{IV, details, key_file, opens, wrap};
use mgdc_decrypt::{Algorithm, FileKey, ImportOptions, PrivateKey, Recognized};
use serde_json::json;

const PASSWORD: &str = "Contoso-drop-1";

/// Files that hold a key and no user data: `(description, file name, content)`.
fn documents() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let pem = String::from_utf8(key_file("contoso-2048/pkcs8.pem")).unwrap();
    let one_line = pem.trim().replace('\n', "\\n");
    let (der, pfx) = (key_file("contoso-2048/pkcs8.der"), key_file("contoso-2048/pfx-modern.pfx"));
    let (b64, pfx64) = (|bytes: &[u8]| STANDARD.encode(bytes), STANDARD.encode(&pfx));
    let wrapped = |text: &str, width: usize| {
        text.as_bytes().chunks(width).map(|line| str::from_utf8(line).unwrap()).collect::<Vec<_>>().join("\n")
    };
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let utf16 =
        |text: &str| [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let certutil = |bytes: &[u8]| {
        let body = wrapped(&b64(bytes), 64).replace('\n', "\r\n");
        format!("-----BEGIN CERTIFICATE-----\r\n{body}\r\n-----END CERTIFICATE-----\r\n")
    };
    let indented = |by: &str| pem.lines().map(|line| format!("{by}{line}\n")).collect::<String>();
    let secret = json!({
        "attributes": {"enabled": true},
        "contentType": null,
        "id": "https://contoso.vault.azure.net/secrets/t/0123456789abcdef0123456789abcdef",
        "kid": null,
        "name": "t",
        "tags": {},
        "value": pem,
    });
    let encoded = |value: String, encoding: &str| {
        json!({
            "id": "https://contoso.vault.azure.net/secrets/t/1",
            "tags": {"file-encoding": encoding},
            "value": value,
        })
    };
    let account = json!({
        "type": "service_account",
        "project_id": "contoso",
        "private_key_id": "1",
        "private_key": pem,
        "client_email": "a@contoso.example",
    });
    let outputs = json!({"outputs": {"privateKeyPem": {"type": "String", "value": pem}}, "resources": [{"name": "x"}]});
    let lines: Vec<&str> = pem.lines().collect();
    let quoted_lines = lines.iter().map(|line| format!("    \"{line}\\n\"")).collect::<Vec<_>>().join(" +\n");
    let text = |text: String| text.into_bytes();
    vec![
        ("PEM", "key.txt", text(pem.clone())),
        ("PEM without a name", "id", text(pem.clone())),
        ("PEM in UTF-16", "key.txt", utf16(&pem)),
        (
            "Bag Attributes",
            "key.txt",
            text(format!(
                "Bag Attributes\n    friendlyName: t\n    localKeyID: 01 02 \nKey Attributes: <No Attributes>\n{pem}"
            )),
        ),
        (".env line", ".env", text(format!("X=1\nPRIVATE_KEY=\"{one_line}\"\n"))),
        (".env with real lines", "prod.env", text(format!("X=1\nPRIVATE_KEY='{pem}'\nY=2\n"))),
        (".env, unquoted", "prod.env", text(format!("PRIVATE_KEY={one_line}\n"))),
        ("exported variable", "env.sh", text(format!("#!/bin/sh\nexport MGDC_KEY=$'{one_line}'\n"))),
        ("PowerShell", "env.ps1", text(format!("$env:MGDC_KEY = @\"\n{pem}\"@\n"))),
        ("az keyvault secret show", "secret.json", text(secret.to_string())),
        ("the same, by a tool that warns first", "secret.txt", text(format!("WARNING: preview command\n{secret:#}\n"))),
        ("JSON by System.Text.Json", "outputs.json", text(outputs.to_string().replace('+', "\\u002B"))),
        ("JSON by PHP", "outputs.json", text(outputs.to_string().replace('/', "\\/"))),
        ("JSON with CRLF in it", "outputs.json", text(json!({"a": [{"pem": pem.replace('\n', "\r\n")}]}).to_string())),
        ("JSON in JSON", "secret.json", text(json!({"value": account.to_string()}).to_string())),
        ("PEM as an array of lines", "key.json", text(json!({"key": lines}).to_string())),
        ("bytes as an array of numbers", "key.json", text(json!({"key": {"type": "Buffer", "data": der}}).to_string())),
        ("service account", "sa.json", text(account.to_string())),
        ("service account, indented", "sa.json", text(format!("{account:#}"))),
        ("YAML block scalar", "values.yaml", text(format!("tls:\n  key: |\n{}other: 1\n", indented("    ")))),
        ("YAML quoted", "values.yaml", text(format!("key: \"{one_line}\"\n"))),
        ("YAML folded", "values.yml", text(format!("key: \"{}\"\n", pem.trim().replace('\n', "\\n\\\n  ")))),
        (
            "Kubernetes secret",
            "secret.yaml",
            text(format!("apiVersion: v1\nkind: Secret\ndata:\n  tls.key: {}\n", b64(pem.as_bytes()))),
        ),
        (
            "XML attribute",
            "web.config",
            text(format!("<add key=\"k\"\n value=\"{}\" />\n", pem.trim().replace('\n', "&#xA;"))),
        ),
        ("commented out", "notes.txt", text(indented("# "))),
        ("source code", "key.js", text(format!("const key =\n{quoted_lines};\n"))),
        ("URL-encoded", "key.txt", text(pem.trim().replace('+', "%2B").replace(' ', "%20").replace('\n', "%0A"))),
        ("escaped twice", "key.txt", text(one_line.replace("\\n", "\\\\n"))),
        ("en dashes", "key.txt", text(pem.replace("-----", "–––––"))),
        ("em dashes and hyphens that do not break", "key.txt", text(pem.replace("-----", "——\u{2011}"))),
        ("blanks that do not break", "key.txt", text(pem.replace(' ', "\u{A0}"))),
        (
            "en dashes in Windows-1252",
            "key.txt",
            pem.replace("-----", "~").bytes().flat_map(|b| if b == b'~' { vec![0x96; 5] } else { vec![b] }).collect(),
        ),
        ("Base64 of PEM", "key.b64", text(b64(pem.as_bytes()))),
        ("Base64 of PEM, in lines", "key.b64", text(wrapped(&b64(pem.as_bytes()), 76))),
        ("Base64 of PEM in UTF-16", "key.b64", text(b64(&utf16(&pem)[2..]))),
        ("Base64 of Base64 of PEM", "key.b64", text(b64(b64(pem.as_bytes()).as_bytes()))),
        ("Base64 of DER", "key.b64", text(b64(&der))),
        ("Base64URL of DER", "key.b64", text(URL_SAFE_NO_PAD.encode(&der))),
        ("Base64 in an .env line", ".env", text(format!("A=1\nKEY_B64={}\nB=2\n", b64(&der)))),
        (
            "Base64 in YAML lines",
            "values.yaml",
            text(format!("key: >-\n  {}\nother: x\n", wrapped(&b64(&der), 76).replace('\n', "\n  "))),
        ),
        ("hex of DER", "key.hex", text(hex(&der))),
        ("hex of DER in SQL", "key.hex", text(format!("0x{}", hex(&der).to_uppercase()))),
        ("az --encoding base64", "secret.json", text(encoded(b64(pem.as_bytes()), "base64").to_string())),
        ("az --encoding hex", "secret.json", text(encoded(hex(pem.as_bytes()), "hex").to_string())),
        ("az --encoding base64 of DER", "secret.json", text(encoded(b64(&der), "base64").to_string())),
        ("certutil -encode of DER", "key.txt", text(certutil(&der))),
        ("certutil -encode of PEM", "key.txt", text(certutil(pem.as_bytes()))),
        ("DER", "key", der.clone()),
        ("DER and a line end", "key", [&der[..], b"\r\n"].concat()),
        ("DER and zero bytes", "key", [&der[..], &[0; 400]].concat()),
        ("DER and something else", "key", [&der[..], b"and more"].concat()),
        ("JWK", "key.json", key_file("contoso-2048/jwk.json")),
        ("PFX", "key", pfx.clone()),
        ("PFX and a line end", "key", [&pfx[..], b"\r\n"].concat()),
        ("PFX and zero bytes", "key", [&pfx[..], &[0; 3]].concat()),
        ("Base64 of PFX", "key", text(pfx64.clone())),
        ("certutil -encode of PFX", "key.txt", text(certutil(&pfx))),
        ("az --encoding base64 of PFX", "secret.json", text(encoded(pfx64, "base64").to_string())),
        ("hex of PFX", "key.txt", text(encoded(hex(&pfx), "hex").to_string())),
        ("PKCS#8 with a password", "key.txt", key_file("contoso-2048/pkcs8-pbes2-aes256-sha256.pem")),
    ]
}

fn assert_opens(what: &str, content: &[u8]) {
    let options = ImportOptions::default().with_password(PASSWORD);
    let private_key = PrivateKey::import(content, &options).unwrap_or_else(|error| panic!("{what}: {error}"));
    let details = details(wrap("contoso-2048", Algorithm::RsaOaep, &[0x5A; 32]));
    let file_key = FileKey::unwrap(&details, &private_key, None).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert!(opens(&file_key, &[0x5A; 32], &IV), "{what}");
}

#[test]
fn every_document_opens() {
    for (what, _, content) in documents() {
        assert_opens(what, &content);
    }
}

/// A key that opens is recognised: as a loose file, at the root of a drop, and deep in it.
#[test]
fn every_document_is_recognised_wherever_it_lies() {
    for (what, name, content) in documents() {
        let needs_password = PrivateKey::import(&content, &ImportOptions::default()).is_err();
        let expected = if needs_password { Recognized::WithPassword } else { Recognized::PrivateKey };
        for (path, is_loose) in [(name.to_owned(), true), (format!("keys/{name}"), false)] {
            assert_eq!(Recognized::of(&path, &content, is_loose), Some(expected), "{what} as {path}");
        }
    }
}

/// Text around a key: a user who adds such a file means the key; in a dataset the text is the data.
#[test]
fn a_key_in_prose_counts_where_it_was_added_by_itself() {
    let pem = String::from_utf8(key_file("contoso-2048/pkcs8.pem")).unwrap();
    let mail = format!("Hello Bob,\n\nhere it comes:\n{pem}\nRegards, Ann\n");
    let quoted =
        format!("Hello Bob,\n\n{}\nRegards, Ann\n", pem.lines().map(|line| format!("> {line}\n")).collect::<String>());
    for (what, text) in [("a mail", &mail), ("a quotation", &quoted)] {
        assert_opens(what, text.as_bytes());
        assert_eq!(Recognized::of("mail.txt", text.as_bytes(), true), Some(Recognized::PrivateKey), "{what}");
        assert_eq!(Recognized::of("set/mail.txt", text.as_bytes(), false), None, "{what}");
        assert_eq!(Recognized::of("mail.csv", text.as_bytes(), true), None, "{what}");
    }
}

/// Rows that quote a key stay data: taken for a key, they would be missing in the output.
#[test]
fn data_is_no_key() {
    let pem = String::from_utf8(key_file("contoso-2048/pkcs8.pem")).unwrap();
    let row = |body: &str| {
        json!({"id": "AAMk", "subject": "key", "body": {"contentType": "text", "content": body}}).to_string()
    };
    let mail = format!("Hello Bob,\nhere it comes:\n{pem}\nRegards, Ann");
    let pem_body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let certificate = String::from_utf8(key_file("bad/certificate.pem")).unwrap();
    let wrapped = STANDARD.encode(wrap("contoso-2048", Algorithm::RsaOaep, &[1; 32]));
    let key_details = json!({
        "DecryptionKeyDetails": {
            "PublicKeyVersion": "0",
            "DecryptionKeyValue": wrapped,
            "DecryptionKeyIV": STANDARD.encode(IV),
        },
    })
    .to_string();
    let csv = |body: &str| format!("id,subject,body\n1,\"key\",\"{body}\"\n2,\"x\",\"y\"\n");
    let data: Vec<(&str, &str, String)> = vec![
        ("rows", "part-00000.json", format!("{}\n{}\n", row(&mail), row("x"))),
        ("rows that are keys", "part-00000.json", format!("{}\n{}\n", row(&pem), row(&pem))),
        ("one row", "part-00000.json", row(&mail)),
        ("one row without a line end in its key", "part-00000.json", row(&mail.replace('\n', " "))),
        ("rows without an ending", "part-00000", format!("{}\n{}\n", row(&pem), row("x"))),
        ("an array of rows", "part-00000.json", format!("[{},{}]", row(&mail), row("x"))),
        ("an OData answer", "part-00000.json", format!("{{\"value\":[{}]}}", row(&mail))),
        ("CSV", "part-00000.csv", csv(&mail)),
        ("CSV whose cell is a key", "part-00000.csv", csv(&pem)),
        ("CSV without an ending, escaped", "part-00000", csv(&pem.trim().replace('\n', "\\n"))),
        ("Base64 without BEGIN lines in a row", "part-00000.json", format!("{}\n{}\n", row(&pem_body), row("x"))),
        ("key details", "encryptionKeyDetails.json", key_details.clone()),
        ("key details, one to a line", "encryptionKeyDetails.json", format!("{key_details}\n{key_details}\n")),
        ("text", "README.md", "How to BEGIN with the MII key: see kty.\n".repeat(40)),
        ("numbers", "ids.txt", "3082\n3080\n".repeat(300)),
        ("hex", "hashes.txt", "3082d2f1300d06092a864886f70d01010105000382010f003082010a0282010100\n".repeat(20)),
        ("nothing", "empty.json", String::new()),
        (
            "a public JWK in a row",
            "part-00000.json",
            "{\"id\":1,\"k\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}}\n{\"id\":2}\n".into(),
        ),
    ];
    for (what, name, text) in &data {
        for (path, is_loose) in [((*name).to_owned(), true), (format!("BasicDataSet_v0.Message_v0/{name}"), false)] {
            assert_eq!(Recognized::of(&path, text.as_bytes(), is_loose), None, "{what} as {path}");
        }
    }
    // Data in a drop, but not as a loose file: a row that is only a key, and halves of keys.
    for (what, name, content) in [
        ("a row that is a key", "part-00000.json", row(&pem).into_bytes()),
        ("a certificate", "chain.pem", certificate.clone().into_bytes()),
        ("certificates", "chain.txt", certificate.repeat(3).into_bytes()),
        ("a public key", "public.pem", key_file("bad/public-spki.pem")),
        ("a damaged key", "damaged.pem", key_file("bad/damaged.pem")),
        ("noise with the name of a key", "noise.pfx", key_file("bad/noise.bin")),
    ] {
        assert_eq!(Recognized::of(&format!("set/{name}"), &content, false), None, "{what}");
        assert!(Recognized::of(name, &content, true).is_some(), "{what}, loose");
    }
}

#[test]
fn other_private_keys_are_kept_out_of_the_output_too() {
    let openssh = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drops-extra/keys/putty.ppk")).unwrap();
    let jks = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drops-extra/keys/keystore.jks")).unwrap();
    let others = [
        key_file("bad/ec-p256.pem"),
        key_file("bad/ed25519.pem"),
        key_file("bad/rsa-1024.pem"),
        key_file("bad/jwk-ec.json"),
        openssh,
        jks,
    ];
    for content in others {
        assert_eq!(Recognized::of("set/file", &content, false), Some(Recognized::OtherKey));
    }
    // A cut or damaged key still holds most of the key.
    for file in ["bad/cut.pem", "bad/damaged.pem"] {
        assert_eq!(Recognized::of("file", &key_file(file), true), Some(Recognized::OtherKey), "{file}");
    }
}

/// One ciphertext in 65,536 begins like DER with a length. Ten thousand of each size would reveal a rule that takes
/// that for proof.
#[test]
fn ciphertext_is_never_a_key() {
    let mut noise = make::Noise(0x6B65_7973);
    for round in 0..20_000 {
        let mut content = noise.bytes(16 * (1 + round % 40));
        if round % 2 == 0 {
            content[..4].copy_from_slice(&[0x30, 0x82, 0, 100]);
        }
        for is_loose in [true, false] {
            assert_eq!(Recognized::of("part-00000.json", &content, is_loose), None, "{:x?}", &content[..16]);
        }
    }
}

#[test]
fn a_look_is_cheap_where_there_is_no_key() {
    let row =
        json!({"id": "AAMkAGI2", "subject": "Invented row", "body": {"content": "Regards, Ann"}}).to_string() + "\n";
    let rows = row.repeat(Recognized::MOST / row.len());
    let ciphertext = make::Noise(1).bytes(Recognized::MOST);
    for (what, content) in [("rows", rows.as_bytes()), ("ciphertext", &ciphertext)] {
        let start = std::time::Instant::now();
        for _ in 0..100 {
            assert_eq!(Recognized::of("set/part", content, false), None);
        }
        // In a release build 64 KiB take 20 µs (measured). The limit is high because tests are not optimised and
        // machines may be busy.
        assert!(start.elapsed().as_millis() < 1000, "{what}: {:?} for 100 looks", start.elapsed());
    }
}

/// Keys that are cut, changed, doubled or joined give a key or an error, loose or in a drop, and no panic.
#[test]
fn changed_documents_never_panic() {
    let mut noise = make::Noise(8);
    let all = documents();
    // Without passwords, because every change would cost a key derivation; containers.rs tests those.
    let clear: Vec<_> = all.iter().filter(|(_, _, content)| make::import(content).is_ok()).collect();
    for (what, name, content) in &clear {
        for round in 0..12 {
            let mut changed = content.clone();
            let at = noise.next() as usize % changed.len();
            match round % 6 {
                0 => changed.truncate(at),
                1 => drop(changed.drain(..at)),
                2 => changed[at] ^= 1 << (noise.next() % 8),
                3 => changed[at] = b"\\\"'{}[]-&%=\n\0"[noise.next() as usize % 13],
                4 => changed.extend_from_slice(&clear[noise.next() as usize % clear.len()].2),
                _ => {
                    let piece = changed[at..].to_vec();
                    changed.splice(at / 2..at / 2, piece);
                }
            }
            if let Err(error) = make::import(&changed) {
                assert!(error.code().starts_with("ERR_PRIVATE_KEY_"), "{what}, round {round}: {error}");
            }
            for is_loose in [true, false] {
                let _ = Recognized::of(name, &changed, is_loose);
            }
        }
    }
}

#[test]
fn random_bytes_texts_and_json_never_panic() {
    const WORDS: [&str; 24] = [
        "-----BEGIN ",
        "-----END ",
        "PRIVATE KEY-----",
        "\n",
        "\\n",
        "\\u00",
        "{\"kty\":\"RSA\",",
        "\"d\":",
        "\"value\":\"",
        "[",
        "]",
        "}",
        "{",
        "\"",
        "LS0tLS1CRUdJTi",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
        "3082",
        "<RSAKeyValue><D>",
        "</D>",
        "Proc-Type: 4,ENCRYPTED\nDEK-Info: ",
        "AES-256-CBC,",
        "é",
        "\u{FEFF}",
        "48,130,",
    ];
    let mut noise = make::Noise(9);
    for round in 0..600 {
        let mut content = Vec::new();
        for _ in 0..noise.next() % 60 {
            match noise.next() % 3 {
                0 => content.extend(noise.bytes(round % 50)),
                1 => content.extend("A".repeat(noise.next() as usize % 500).bytes()),
                _ => content.extend(WORDS[noise.next() as usize % WORDS.len()].bytes()),
            }
        }
        let code = make::import(&content).unwrap_err().code();
        assert!(code.starts_with("ERR_PRIVATE_KEY_"), "{code}");
        for is_loose in [true, false] {
            let _ = Recognized::of("file", &content, is_loose);
        }
    }
}

#[test]
fn what_key_vault_prints_is_no_data_when_it_is_added_alone() {
    let identifier = "https://contoso-kv.vault.azure.net/keys/tenant/501bc4c9f66d877902c60ab27d226ed6";
    let answer = format!(r#"{{"kid": "{identifier}", "value": "WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo"}}"#);
    let list = format!("\nName : tenant\nId   : {identifier}\n");
    for (name, content) in [("answer.json", &answer), ("key.txt", &list)] {
        assert_eq!(Recognized::of(name, content.as_bytes(), true), Some(Recognized::NearKey), "{name}");
        assert_eq!(Recognized::of(&format!("set/{name}"), content.as_bytes(), false), None, "{name} in a folder");
    }
    // Rows, and longer texts, may mention a key.
    let rows = format!("{{\"body\": \"{identifier}\"}}\n").repeat(3);
    let letter = format!("See {identifier}.\n{}", "And so on.\n".repeat(500));
    for (name, content) in [("part-00000.json", &rows), ("part.csv", &list), ("letter.txt", &letter)] {
        assert_eq!(Recognized::of(name, content.as_bytes(), true), None, "{name}");
    }
}
