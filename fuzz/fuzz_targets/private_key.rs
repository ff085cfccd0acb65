//! Any source, without a password: a usable key or an error of the private key.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::{ImportOptions, PrivateKey};
use mgdc_decrypt_fuzz as _;

fuzz_target!(|source: &[u8]| {
    match PrivateKey::import(source, &ImportOptions::default()) {
        Ok(private_key) => assert!(private_key.bits() >= 2048 && private_key.versions().count() > 0),
        Err(error) => assert!(error.code().starts_with("ERR_PRIVATE_KEY_")),
    }
});
