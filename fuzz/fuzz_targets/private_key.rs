//! Any source without a password gives a usable key or an error of the private key. A file that counts as a key in a
//! drop also counts as a loose file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::{ImportOptions, PrivateKey, Recognized};
use mgdc_decrypt_fuzz as _;

fuzz_target!(|source: &[u8]| {
    let recognized = [true, false].map(|is_loose| Recognized::of("file", source, is_loose));
    assert!(recognized[0] >= recognized[1]);
    match PrivateKey::import(source, &ImportOptions::default()) {
        Ok(private_key) => assert!(private_key.bits() >= 2048 && private_key.versions().count() > 0),
        Err(error) => assert!(error.code().starts_with("ERR_PRIVATE_KEY_")),
    }
});
