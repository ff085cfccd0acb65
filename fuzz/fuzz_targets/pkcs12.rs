//! PFX and PKCS#8 with the password of the samples, so that the fuzzer gets past the encryption.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::{ImportOptions, PrivateKey};
use mgdc_decrypt_fuzz as _;

fuzz_target!(|source: &[u8]| {
    let options = ImportOptions::default().with_password("Contoso-drop-1");
    if let Err(error) = PrivateKey::import(source, &options) {
        assert!(error.code().starts_with("ERR_PRIVATE_KEY_") && error.code() != "ERR_PRIVATE_KEY_ENCRYPTED");
    }
});
