//! RSA keys with rare numbers: more than two primes, small and very big public exponents.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::make;

use make::{IV, details, key_file, opens};
use mgdc_decrypt::{FileKey, PrivateKey};
use serde_json::json;

/// Made by OpenSSL (see drops-extra/generators), each with a value that OpenSSL wrapped for it: 32 times the byte 5A.
fn rare(name: &str) -> (Vec<u8>, Vec<u8>) {
    let read = |name: &str| std::fs::read(format!("{}/tests/drops-extra/rare/{name}", env!("CARGO_MANIFEST_DIR")));
    (read(name).unwrap(), read(&format!("{name}.wrapped")).unwrap())
}

#[test]
fn rare_numbers_open_what_openssl_wrapped() {
    for name in ["three-primes.pem", "exponent-3.pem", "exponent-66-bits.pem", "exponent-2000-bits.pem"] {
        let (pem, wrapped) = rare(name);
        let private_key = make::import(&pem).unwrap_or_else(|error| panic!("{name}: {error}"));
        let file_key = FileKey::unwrap(&details(wrapped), &private_key, None);
        assert!(opens(&file_key.unwrap_or_else(|error| panic!("{name}: {error}")), &[0x5A; 32], &IV), "{name}");
    }
}

/// The members of a JWK, from OpenSSL's text output; `oth` as in RFC 7518, section 6.3.2.7.
fn jwk(name: &str) -> serde_json::Value {
    let path = format!("{}/tests/drops-extra/rare/{name}", env!("CARGO_MANIFEST_DIR"));
    let program = "import json,sys,subprocess,base64,re
text=subprocess.run(['openssl','pkey','-in',sys.argv[1],'-noout','-text'],capture_output=True,check=True).stdout.decode()
found={}
for name,body in re.findall(r'^(\\w+):((?: \\d+ .*)?(?:\\n {4}[0-9a-f:]+)*)',text,re.M):
    digits=re.sub(r'[^0-9a-f]','',body) if '\\n' in body else '%x'%int(body.split()[0])
    digits=digits.rjust(len(digits)+len(digits)%2,'0')
    found[name]=base64.urlsafe_b64encode(bytes.fromhex(digits)).decode().rstrip('=')
print(json.dumps(found))";
    let output = std::process::Command::new("python3").args(["-c", program, &path]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn opens_rare(jwk: &serde_json::Value, name: &str) -> Result<(), String> {
    let private_key = make::import(jwk.to_string().as_bytes()).map_err(|error| format!("{} {error}", error.code()))?;
    let file_key = FileKey::unwrap(&details(rare(name).1), &private_key, None).map_err(|error| error.to_string())?;
    if opens(&file_key, &[0x5A; 32], &IV) { Ok(()) } else { Err("another key".into()) }
}

#[test]
fn a_jwk_may_have_other_primes() {
    let name = "three-primes.pem";
    let n = jwk(name);
    let full = json!({
        "kty": "RSA",
        "n": n["modulus"],
        "e": n["publicExponent"],
        "d": n["privateExponent"],
        "p": n["prime1"],
        "q": n["prime2"],
        "oth": [{"r": n["prime3"]}],
    });
    assert_eq!(opens_rare(&full, name), Ok(()));
    // Without the third prime the others do not make the modulus.
    let mut short = full;
    short.as_object_mut().unwrap().remove("oth");
    assert!(opens_rare(&short, name).unwrap_err().contains("do not fit together"));
}

#[test]
fn what_cannot_be_computed_is_called_a_limit() {
    for name in ["three-primes.pem", "exponent-3.pem"] {
        let n = jwk(name);
        let bare = json!({"kty": "RSA", "n": n["modulus"], "e": n["publicExponent"], "d": n["privateExponent"]});
        let error = opens_rare(&bare, name).unwrap_err();
        assert!(error.starts_with("ERR_PRIVATE_KEY_UNSUPPORTED") && error.contains("without its primes"), "{error}");
        // With one bit of d changed the numbers really do not fit.
        let mut unfit = bare.clone();
        unfit["d"] = n["modulus"].clone();
        assert!(opens_rare(&unfit, name).unwrap_err().contains("do not fit together"));
    }
}

/// When several keys are unusable, the error is that of the closest one, whatever their order.
#[test]
fn the_error_is_about_the_key_that_came_nearest() {
    let extra =
        |name: &str| std::fs::read(format!("{}/tests/drops-extra/keys/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let armored = |der: &[u8]| {
        use base64::Engine;
        let body = base64::engine::general_purpose::STANDARD.encode(der);
        format!("-----BEGIN ENCRYPTED PRIVATE KEY-----\n{body}\n-----END ENCRYPTED PRIVATE KEY-----\n").into_bytes()
    };
    // From the closest to the farthest.
    let parts = [
        ("ERR_PRIVATE_KEY_ENCRYPTED", key_file("contoso-2048/pkcs1-proc-type-aes256.pem")),
        ("ERR_PRIVATE_KEY_COST", armored(&extra("costly-pbkdf2-10000001.der"))),
        ("ERR_PRIVATE_KEY_TOO_SMALL", key_file("bad/rsa-1024.pem")),
        ("ERR_PRIVATE_KEY_INVALID", key_file("bad/damaged.pem")),
        ("ERR_PRIVATE_KEY_NOT_RSA", key_file("bad/ec-p256.pem")),
        ("ERR_PRIVATE_KEY_UNSUPPORTED", extra("pgp.asc")),
        ("ERR_PRIVATE_KEY_MISSING", key_file("bad/certificate.pem")),
    ];
    for (index, (code, nearer)) in parts.iter().enumerate() {
        assert_eq!(make::import(nearer).unwrap_err().code(), *code);
        for (other, farther) in parts.iter().skip(index + 1) {
            for source in [[nearer.as_slice(), farther].concat(), [farther.as_slice(), nearer].concat()] {
                assert_eq!(make::import(&source).unwrap_err().code(), *code, "beside {other}");
            }
        }
        // One good key is enough, whatever else is there.
        let with_key = [nearer.as_slice(), &key_file("contoso-2048/pkcs8.pem")].concat();
        assert_eq!(make::import(&with_key).unwrap().bits(), 2048, "beside {code}");
    }
    let wrong = mgdc_decrypt::ImportOptions::default().with_password("wrong");
    let source = [armored(&extra("costly-pbkdf2-10000001.der")), parts[0].1.clone()].concat();
    assert_eq!(PrivateKey::import(&source, &wrong).unwrap_err().code(), "ERR_PRIVATE_KEY_PASSWORD");
}
