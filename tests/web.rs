//! The bindings in a real browser: `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use js_sys::{Array, Reflect, Uint8Array};
use mgdc_decrypt::wasm::{
    DataDrop, Decryptor, FileKey, PrivateKey, Sha256, Unlocking, crc32, layout, parse_key_details,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

macro_rules! sample {
    ($path:literal) => {
        include_bytes!(concat!("drops/", $path)).as_slice()
    };
}

const PEM: &[u8] = sample!("keys/contoso-2048/pkcs8.pem");

/// RSA padding, private key, key details, an encrypted file, its plaintext's SHA-256.
type Drop = (&'static str, &'static [u8], &'static [u8], &'static [u8], &'static str);

/// One drop for each RSA padding, and RSA-4096.
const DROPS: [Drop; 4] = [
    (
        "RSA-OAEP",
        PEM,
        sample!("drops/java-gzip-oaep/metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json"),
        sample!("drops/java-gzip-oaep/BasicDataSet_v0.Message_v0/part-00000.json"),
        "c832670065dbad15fb91df63c291b81880db83ceb868b14ec82b2a2ea2d870d2",
    ),
    (
        "RSA-OAEP-256",
        PEM,
        sample!("drops/java-zlib-deflate-oaep256/metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json"),
        sample!("drops/java-zlib-deflate-oaep256/BasicDataSet_v0.Message_v0/zlib.json"),
        "36c390708a5140a43aea4f449322156d01d7495d5b3a5079ace967de323fe510",
    ),
    (
        "RSA1_5",
        PEM,
        sample!("drops/openssl-rsa15-bom/metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json"),
        sample!("drops/openssl-rsa15-bom/BasicDataSet_v0.Event_v0/2024/05/part-00000.json"),
        "b8dc8dad21f03745b8d85db15748ae1e2cbe3f9fce7dd865b786cd50dbd4dbe2",
    ),
    (
        "RSA-OAEP-256",
        sample!("keys/contoso-4096/pkcs8.pem"),
        sample!("drops/java-rsa4096/metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json"),
        sample!("drops/java-rsa4096/BasicDataSet_v0.Event_v0/part-00000.json"),
        "5194f771b6d6b277651eba48062e27ca931d4297c93634d0ae88d2d9f2b5b541",
    ),
];

#[wasm_bindgen_test]
fn decrypts_what_each_padding_wrapped() {
    for (algorithm, pem, details, file, expected) in DROPS {
        let private_key = PrivateKey::import(pem.to_vec(), None, None).unwrap();
        let file_key = FileKey::unwrap(details, &private_key, None).unwrap();
        assert_eq!(file_key.algorithm().as_deref(), Some(algorithm));
        for piece in [1, 16, 17, 4096, usize::MAX] {
            let mut decryptor = Decryptor::new(file_key.bytes(), "auto", false, None, None).unwrap();
            let mut hash = Sha256::new();
            for piece in file.chunks(piece) {
                decryptor.push(&Uint8Array::from(piece)).unwrap();
                drain(&mut decryptor, &mut hash);
            }
            decryptor.end().unwrap();
            drain(&mut decryptor, &mut hash);
            assert!(field(&decryptor.finish().unwrap(), "verified").is_string());
            assert_eq!(hash.digest(), expected);
        }
    }
}

#[wasm_bindgen_test]
fn opens_a_pfx_with_its_password() {
    let pfx = sample!("keys/contoso-2048/pfx-modern.pfx").to_vec();
    let private_key = PrivateKey::import(pfx.clone(), None, Some("Contoso-drop-1".into())).unwrap();
    assert_eq!(FileKey::unwrap(DROPS[0].2, &private_key, None).unwrap().algorithm().as_deref(), Some("RSA-OAEP"));
    let error = PrivateKey::import(pfx, None, None).err().expect("it has a password");
    assert_eq!(field(&error, "code"), "ERR_PRIVATE_KEY_ENCRYPTED");
    let private_key = PrivateKey::import(sample!("keys/contoso-2048/jwk-kid.json").to_vec(), None, None).unwrap();
    assert!(private_key.key_id().unwrap().ends_with("501bc4c9f66d877902c60ab27d226ed6"));
}

#[wasm_bindgen_test]
fn gives_errors_as_plain_objects_with_a_code_and_a_sentence() {
    let certificate = sample!("keys/bad/certificate.pem").to_vec();
    let error = PrivateKey::import(certificate, None, None).err().expect("a certificate is no key");
    assert_eq!(field(&error, "code"), "ERR_PRIVATE_KEY_MISSING");
    assert!(field(&error, "message").as_string().unwrap().contains("certificate"));
    assert_eq!(field(&parse_key_details(b"{").unwrap_err(), "code"), "ERR_KEY_DETAILS_JSON");
}

#[wasm_bindgen_test]
fn describes_key_details_as_the_typed_contract_says() {
    let details = Array::from(&parse_key_details(DROPS[0].2).unwrap()).get(0);
    assert_eq!(field(&details, "publicKeyVersion"), "501bc4c9f66d877902c60ab27d226ed6");
    assert_eq!(field(&details, "keyIdentifier"), JsValue::NULL);
    assert_eq!(field(&details, "kind"), "file");
    assert_eq!(field(&details, "wrappedKey").as_string().unwrap().len(), 344);
}

#[wasm_bindgen_test]
fn judges_files_by_their_ends() {
    let (_, pem, details, file, _) = DROPS[0];
    let mut drop = DataDrop::new(None);
    assert_eq!(drop.add_document("metadata/encryptionKeyDetails.json", details), 1);
    let (length, head, tail) = (file.len() as f64, &file[..file.len().min(4112)], &file[file.len() - 32..]);
    assert_eq!(field(&drop.judge(length, head, tail, "auto", false).unwrap_err(), "code"), "ERR_FILE_KEY_MISSING");
    let private_key = PrivateKey::import(pem.to_vec(), None, None).unwrap();
    drop.unlock(&mut Unlocking::new(), &private_key, None).unwrap();
    assert_eq!(field(&drop.judge(length, head, tail, "auto", false).unwrap(), "content"), "gzip");
    assert_eq!(
        field(&drop.judge(length - 1.0, head, tail, "auto", false).unwrap_err(), "code"),
        "ERR_CIPHERTEXT_LENGTH"
    );
}

#[wasm_bindgen_test]
fn finds_the_root_of_a_drop_inside_a_folder() {
    let paths = "export/metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json\0export/Data/part-0\0";
    let found = layout(paths).unwrap();
    assert_eq!(field(&found, "root"), "export/");
}

#[wasm_bindgen_test]
fn computes_the_check_value_of_crc_32() {
    assert_eq!(crc32(crc32(0, b"12345"), b"6789"), 0xCBF4_3926);
}

fn drain(decryptor: &mut Decryptor, hash: &mut Sha256) {
    while let length @ 1.. = decryptor.pull().unwrap() {
        let memory = field(&wasm_bindgen::memory(), "buffer");
        hash.update(
            &Uint8Array::new_with_byte_offset_and_length(&memory, decryptor.address() as u32, length as u32).to_vec(),
        );
    }
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}
