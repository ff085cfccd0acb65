//! Any document gives entries or faults, or both.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::KeyDetailsDocument;
use mgdc_decrypt_fuzz as _;

fuzz_target!(|json: &[u8]| {
    if let Ok(document) = KeyDetailsDocument::parse(json) {
        assert!(document.entries.len() + document.faults.len() > 0);
    }
});
