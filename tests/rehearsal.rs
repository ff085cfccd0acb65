//! A rehearsal opens with the private key, whatever the public half came in.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::make;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use make::{key_file, private_key};
use mgdc_decrypt::{
    Algorithm, FileKey, KEY_DETAILS_PATH, Layout, Options, PathRole, Rehearsal, decrypt, parse_key_details,
};
use rsa::pkcs1::EncodeRsaPublicKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey, LineEnding};
use rsa::traits::PublicKeyParts;
use rsa::{PrivateKey as RsaPrivateKey, PublicKey as RsaPublicKey};
use serde_json::{Value, json};

const VERSION: &str = "501bc4c9f66d877902c60ab27d226ed6";
const IDENTIFIER: &str = "https://contoso.vault.azure.net/keys/tenant/501BC4C9F66D877902C60AB27D226ED6";

fn public_key(name: &str) -> RsaPublicKey {
    let pem = String::from_utf8(key_file(&format!("{name}/pkcs8.pem"))).unwrap();
    RsaPrivateKey::from_pkcs8_pem(&pem).unwrap().to_public_key()
}

fn numbers(name: &str) -> (Vec<u8>, Vec<u8>) {
    let key = public_key(name);
    (key.n_bytes().to_vec(), key.e_bytes().to_vec())
}

/// The rows of the encrypted files, opened with the private key of `name`.
fn opened(rehearsal: &Rehearsal, name: &str) -> Vec<Vec<u8>> {
    let details = rehearsal.items.iter().find(|item| item.path == KEY_DETAILS_PATH).unwrap();
    let entries = parse_key_details(&details.bytes).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].public_key_version.as_deref(), Some(rehearsal.key_version.as_str()));
    let file_key = FileKey::unwrap(&entries[0], &private_key(name), None).unwrap();
    assert_eq!(file_key.algorithm(), Some(rehearsal.algorithm));
    let encrypted = rehearsal.items.iter().filter(|item| item.is_encrypted);
    encrypted.map(|item| decrypt(&item.bytes, &file_key, Options::default()).unwrap().0).collect()
}

fn is_rows(text: &[u8]) -> bool {
    let lines: Vec<&str> = std::str::from_utf8(text).unwrap().lines().collect();
    lines.len() == 24 && lines.iter().all(|line| serde_json::from_str::<Value>(line).is_ok_and(|row| row.is_object()))
}

#[test]
fn opens_with_every_algorithm_and_size() {
    for (name, bits) in [("contoso-2048", 2048), ("contoso-3072", 3072), ("contoso-4096", 4096)] {
        let spki = public_key(name).to_public_key_der().unwrap();
        for algorithm in Algorithm::ALL {
            let rehearsal = Rehearsal::new(spki.as_bytes(), Some(algorithm)).unwrap();
            assert_eq!((rehearsal.bits, rehearsal.algorithm), (bits, algorithm));
            let rows = opened(&rehearsal, name);
            assert_eq!(rows.len(), 2);
            assert!(rows.iter().all(|text| is_rows(text)));
        }
    }
}

#[test]
fn no_two_rehearsals_share_a_key() {
    let spki = public_key("contoso-2048").to_public_key_der().unwrap();
    let [first, second] = [(); 2].map(|()| Rehearsal::new(spki.as_bytes(), None).unwrap());
    assert_eq!(first.algorithm, Algorithm::RsaOaep);
    for (one, other) in first.items.iter().zip(&second.items) {
        let is_new = one.is_encrypted || one.path == KEY_DETAILS_PATH;
        assert_eq!(one.bytes != other.bytes, is_new, "{}", one.path);
    }
}

#[test]
fn every_name_that_a_person_sees_says_what_it_is() {
    let rehearsal = Rehearsal::new(&key_file("contoso-2048/jwk.json"), None).unwrap();
    let paths: Vec<&str> = rehearsal.items.iter().map(|item| item.path.as_str()).collect();
    for path in paths.iter().filter(|path| **path != KEY_DETAILS_PATH) {
        let (folder, file) = path.rsplit_once('/').unwrap();
        assert!(file.starts_with("rehearsal-"), "{path}");
        assert!(folder.starts_with("rehearsal-") || folder == "metadata", "{path}");
    }
    let layout = Layout::of(&paths);
    let count = |role| layout.roles.iter().filter(|found| **found == role).count();
    let counts = [PathRole::Data, PathRole::Metadata, PathRole::KeyDetails].map(count);
    assert_eq!(counts, [3, 1, 1]);
    assert_eq!(paths.last(), Some(&KEY_DETAILS_PATH), "the last, so that half of it is no drop");
    for item in rehearsal.items.iter().filter(|item| !item.is_encrypted && item.path != KEY_DETAILS_PATH) {
        assert!(String::from_utf8(item.bytes.clone()).unwrap().contains("Rehearsal"), "{}", item.path);
    }
}

/// The shapes of spec/key-vault.md, section 1, for the key `contoso-2048`.
fn named_sources() -> Vec<(&'static str, Vec<u8>)> {
    let (n, e) = numbers("contoso-2048");
    let url = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let padded = |bytes: &[u8]| STANDARD.encode([&[0], bytes].concat());
    let key = json!({ "kid": IDENTIFIER, "kty": "RSA", "key_ops": ["decrypt"], "n": url(&n), "e": url(&e) });
    let powershell = json!({ "Kid": IDENTIFIER, "Kty": "RSA-HSM", "N": n, "E": { "value": e }, "D": null });
    let version = IDENTIFIER.rsplit('/').next();
    vec![
        ("JWK", key.to_string().into_bytes()),
        ("REST", json!({ "key": key, "attributes": { "enabled": true } }).to_string().into_bytes()),
        ("a JWK set of one", json!({ "keys": [key] }).to_string().into_bytes()),
        ("a list of one, as PowerShell pipes it", json!([{ "Key": powershell }]).to_string().into_bytes()),
        (
            "az, with a leading zero",
            json!({ "key": { "kid": IDENTIFIER, "kty": "RSA", "keyOps": [], "n": padded(&n), "e": padded(&e), "d": null } })
                .to_string()
                .into_bytes(),
        ),
        (
            "PowerShell, with the version outside",
            json!({ "Key": { "Kty": "RSA", "N": n, "E": e }, "Version": version, "Name": "tenant" }).to_string().into_bytes(),
        ),
        (
            "PowerShell 5.1, redirected into a file",
            [&[0xFF, 0xFE][..], &utf16(&json!({ "Key": powershell, "Id": IDENTIFIER }).to_string())].concat(),
        ),
    ]
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn key_vaults_json_gives_key_and_version() {
    for (what, source) in named_sources() {
        let rehearsal = Rehearsal::new(&source, None).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!((rehearsal.key_version.as_str(), rehearsal.is_version_made_up), (VERSION, false), "{what}");
        assert_eq!(opened(&rehearsal, "contoso-2048").len(), 2, "{what}");
    }
}

#[test]
fn a_source_without_a_version_is_marked() {
    let key = public_key("contoso-2048");
    let (n, e) = numbers("contoso-2048");
    let spki = key.to_public_key_der().unwrap();
    let named =
        json!({ "kid": "my-key", "kty": "RSA", "n": URL_SAFE_NO_PAD.encode(n), "e": URL_SAFE_NO_PAD.encode(e) });
    let pem = key.to_public_key_pem(LineEnding::CRLF).unwrap();
    for (what, source) in [
        ("SPKI, PEM", pem.clone().into_bytes()),
        ("SPKI, PEM in UTF-16", [&[0xFF, 0xFE][..], &utf16(&pem)].concat()),
        ("SPKI, PEM after text", format!("Bag Attributes\n    friendlyName: tenant\n{pem}").into_bytes()),
        ("SPKI, DER", spki.as_bytes().to_vec()),
        ("SPKI, Base64", STANDARD.encode(spki.as_bytes()).into_bytes()),
        ("PKCS#1, PEM", key.to_pkcs1_pem(LineEnding::LF).unwrap().into_bytes()),
        ("PKCS#1, DER", key.to_pkcs1_der().unwrap().as_bytes().to_vec()),
        ("a JWK with a name of its own", named.to_string().into_bytes()),
        ("a private key", key_file("contoso-2048/pkcs8.pem")),
        ("a private key, PKCS#1", key_file("contoso-2048/pkcs1.der")),
        ("a PFX without a password", key_file("contoso-2048/pfx-empty-password.pfx")),
        ("a certificate before its key", key_file("contoso-2048/pem-cert-chain-then-key.pem")),
    ] {
        let rehearsal = Rehearsal::new(&source, None).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(
            (rehearsal.key_version.as_str(), rehearsal.is_version_made_up),
            (Rehearsal::MADE_UP_VERSION, true),
            "{what}"
        );
        assert_eq!(opened(&rehearsal, "contoso-2048").len(), 2, "{what}");
    }
}

#[test]
fn what_cannot_be_encrypted_to_says_what_it_is() {
    let (n, e) = numbers("contoso-2048");
    let (mut even, n) = (n.clone(), URL_SAFE_NO_PAD.encode(n));
    *even.last_mut().unwrap() &= 0xFE;
    let jwk = |n: &str, e: &str| json!({ "kty": "RSA", "n": n, "e": e }).to_string().into_bytes();
    let e = URL_SAFE_NO_PAD.encode(e);
    for (source, code, words) in [
        (key_file("bad/rsa-1024.pem"), "ERR_PUBLIC_KEY_SIZE", "1024 bits"),
        (jwk(&URL_SAFE_NO_PAD.encode([0xFF; 1025]), &e), "ERR_PUBLIC_KEY_SIZE", "8200 bits"),
        (jwk("", &e), "ERR_PUBLIC_KEY_SIZE", "0 bits"),
        (key_file("bad/ec-p256.pem"), "ERR_PUBLIC_KEY_NOT_RSA", "EC"),
        (key_file("bad/jwk-ec.json"), "ERR_PUBLIC_KEY_NOT_RSA", "EC"),
        (jwk(&URL_SAFE_NO_PAD.encode(even), &e), "ERR_PUBLIC_KEY_INVALID", "numbers"),
        (jwk(&n, "AQ"), "ERR_PUBLIC_KEY_INVALID", "numbers"),
        (jwk(&n, &n), "ERR_PUBLIC_KEY_INVALID", "numbers"),
        (jwk(&n, "AA"), "ERR_PUBLIC_KEY_INVALID", "numbers"),
        (key_file("bad/noise.bin"), "ERR_PUBLIC_KEY_INVALID", "neither PEM"),
        (key_file("bad/empty.pem"), "ERR_PUBLIC_KEY_INVALID", "empty"),
        (key_file("contoso-2048/pfx-modern.pfx"), "ERR_PUBLIC_KEY_MISSING", "-pubout"),
        (br#"{"error":{"code":"Forbidden"}}"#.to_vec(), "ERR_PUBLIC_KEY_MISSING", "error message"),
        (br#"{"value":[{"kid":"a"},{"kid":"b"}]}"#.to_vec(), "ERR_PUBLIC_KEY_MISSING", "several keys"),
        (br#"{"properties":{"kty":"RSA","keySize":2048}}"#.to_vec(), "ERR_PUBLIC_KEY_MISSING", "modulus"),
        (br#"{"Kty":"RSA","KeyOps":[]}"#.to_vec(), "ERR_PUBLIC_KEY_MISSING", "modulus"),
        (br#"{"hello":"world"}"#.to_vec(), "ERR_PUBLIC_KEY_MISSING", "JSON"),
        (b"\"\\\"a\\\"\"".to_vec(), "ERR_PUBLIC_KEY_INVALID", ""),
    ] {
        let error = Rehearsal::new(&source, None).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

/// Cut and changed sources end in an error, or in a rehearsal: never in a panic.
#[test]
fn damaged_sources_end_well() {
    let spki = public_key("contoso-2048").to_public_key_der().unwrap().as_bytes().to_vec();
    let mut sources = vec![spki];
    sources.extend(named_sources().into_iter().take(2).map(|(_, source)| source));
    for source in sources {
        for at in (0..source.len()).step_by(source.len() / 60) {
            assert!(Rehearsal::new(&source[..at], None).is_err());
            for value in [0, 0x7F, 0xFF, b'"'] {
                let mut changed = source.clone();
                changed[at] = value;
                let _ = Rehearsal::new(&changed, None);
            }
        }
    }
}

#[test]
fn a_console_shows_more_than_the_json() {
    let (n, e) = numbers("contoso-2048");
    let json = json!({"key": {"kid": IDENTIFIER, "kty": "RSA", "n": URL_SAFE_NO_PAD.encode(n), "e": URL_SAFE_NO_PAD.encode(e)}}).to_string();
    for text in [
        format!("WARNING: This command is in preview.\n{json}\n"),
        format!("PS C:\\> az keyvault key show --id {IDENTIFIER}\n{json}\n\nPS C:\\>"),
        format!("{json}\nPS C:\\>"),
    ] {
        let rehearsal = Rehearsal::new(text.as_bytes(), None).unwrap();
        assert_eq!(rehearsal.key_version, VERSION);
        assert!(opened(&rehearsal, "contoso-2048").iter().all(|text| is_rows(text)));
    }
    // Which of two is meant, nobody can tell; and half of one is none.
    let cut = &json[..json.len() - 2];
    for text in [format!("one:\n{json}\nother:\n{json}\n"), cut.to_owned()] {
        assert!(Rehearsal::new(text.as_bytes(), None).is_err(), "{text}");
    }
}

#[test]
fn a_large_public_exponent_is_one_of_an_rsa_key() {
    let (n, _) = numbers("contoso-2048");
    let jwk =
        |e: &[u8]| json!({"kty": "RSA", "n": URL_SAFE_NO_PAD.encode(&n), "e": URL_SAFE_NO_PAD.encode(e)}).to_string();
    let exponent = |bits: u64| (1_u64 << bits | 1).to_be_bytes();
    for bits in [16, 32, 33, 40, 63] {
        assert!(Rehearsal::new(jwk(&exponent(bits)).as_bytes(), None).is_ok(), "{bits} bits");
    }
    let too_large = [n.clone(), vec![1]].concat();
    for e in [&[][..], &[0], &[1], &[2], &n, &too_large] {
        let error = Rehearsal::new(jwk(e).as_bytes(), None).unwrap_err();
        assert_eq!(error.code(), "ERR_PUBLIC_KEY_INVALID", "{e:?}");
    }
}

#[test]
fn a_public_key_that_is_not_read_is_not_said_to_hold_none() {
    for text in [
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 somebody@invented\n",
        "<RSAKeyValue><Modulus>AQAB</Modulus></RSAKeyValue>",
    ] {
        let error = Rehearsal::new(text.as_bytes(), None).unwrap_err();
        assert!(!error.to_string().contains("has no public key"), "{error}");
    }
}
