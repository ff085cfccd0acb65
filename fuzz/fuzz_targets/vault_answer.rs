//! Any answer gives a file key or an error of the answer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::{FileKey, Iv, KeyDetails, KeyKind};
use mgdc_decrypt_fuzz as _;

fuzz_target!(|answer: &[u8]| {
    let details = KeyDetails {
        place: String::new(),
        public_key_version: None,
        key_identifier: None,
        wrapped_key: vec![0; 256],
        iv: Iv::Clear([0; 16]),
        kind: KeyKind::File,
    };
    if let Err(error) = FileKey::from_vault(answer, &details) {
        assert!(["ERR_VAULT_ANSWER", "ERR_FILE_KEY_LENGTH"].contains(&error.code()));
    }
});
