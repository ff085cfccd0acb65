//! Password → key: PBKDF2, scrypt and the derivation of PKCS#12, with a limit on their cost.
//!
//! The file sets the cost, so a hostile file could ask for hours and gigabytes. It is checked before any work is done.

use crate::error::Error;
use hmac::digest::Digest;
use hmac::digest::block_api::BlockSizeUser;
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use pbkdf2::pbkdf2_hmac;
use rsa::pkcs8::ObjectIdentifier;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

/// Ten times the highest count that tools write; 10 to 20 seconds in a browser.
const PBKDF2_ITERATIONS: u64 = 10_000_000;
const PKCS12_ITERATIONS: u64 = 1_000_000;
/// In bytes. OpenSSL writes files that need 16 MiB and refuses those that need 32; with r = 8 this limit allows N =
/// 2^15. The whole import stays below 64 MiB.
const SCRYPT_MEMORY: u64 = 48 << 20;
/// N·r·p: 64 times OpenSSL's default (N = 2^14, r = 8, p = 1), 5 to 20 seconds in a browser.
const SCRYPT_WORK: u64 = 1 << 23;
/// For all derivations of one source together: it may hold any number of keys and bags, and nobody should wait eight
/// times 8 s because one password is wrong. Sixteen keys with the usual settings fit in.
const TOTAL: u64 = PBKDF2_ITERATIONS;

/// What one source may still cost, in iterations; for scrypt, in N·r·p.
pub(super) struct Budget(u64);

impl Budget {
    pub(super) fn new() -> Self {
        Self(TOTAL)
    }

    /// For recognising a source without deriving keys: a source that needs a derivation has a password, and gives
    /// `ERR_PRIVATE_KEY_COST`.
    pub(super) fn none() -> Self {
        Self(0)
    }

    fn charge(&mut self, cost: u64, measure: &'static str, limit: u64) -> Result<(), Error> {
        if cost > limit {
            return Err(Error::PrivateKeyCost { measure, cost, limit });
        }
        self.0 = self.0.checked_sub(cost).ok_or(Error::PrivateKeyCost {
            measure: "iterations for all of its parts",
            cost: TOTAL - self.0 + cost,
            limit: TOTAL,
        })?;
        Ok(())
    }
}

/// A hash function that key containers name.
#[derive(Clone, Copy)]
pub(super) enum Hash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// The purpose of a PKCS#12 derivation (RFC 7292, B.3).
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Key = 1,
    Iv = 2,
    Mac = 3,
}

impl Hash {
    /// The hash of a digest algorithm (RFC 8017, appendix B.1).
    pub(super) fn of_digest(oid: ObjectIdentifier) -> Option<Self> {
        match oid {
            oid if oid == ObjectIdentifier::new_unwrap("1.3.14.3.2.26") => Some(Self::Sha1),
            oid if oid == ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.4") => Some(Self::Sha224),
            oid if oid == ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1") => Some(Self::Sha256),
            oid if oid == ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2") => Some(Self::Sha384),
            oid if oid == ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3") => Some(Self::Sha512),
            _ => None,
        }
    }

    /// The hash of `hmacWith…` (RFC 8018, appendix B.1).
    pub(super) fn of_hmac(oid: ObjectIdentifier) -> Option<Self> {
        match oid {
            oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.2.7") => Some(Self::Sha1),
            oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.2.8") => Some(Self::Sha224),
            oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.2.9") => Some(Self::Sha256),
            oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.2.10") => Some(Self::Sha384),
            oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.2.11") => Some(Self::Sha512),
            _ => None,
        }
    }

    /// Bytes of a digest.
    pub(super) fn size(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Whether `mac` is the HMAC of `message`, in constant time.
    pub(super) fn verifies(self, key: &[u8], message: &[u8], mac: &[u8]) -> bool {
        fn verifies<H: EagerHash>(key: &[u8], message: &[u8], mac: &[u8]) -> bool {
            Hmac::<H>::new_from_slice(key).is_ok_and(|hmac| hmac.chain_update(message).verify_slice(mac).is_ok())
        }
        match self {
            Self::Sha1 => verifies::<Sha1>(key, message, mac),
            Self::Sha224 => verifies::<Sha224>(key, message, mac),
            Self::Sha256 => verifies::<Sha256>(key, message, mac),
            Self::Sha384 => verifies::<Sha384>(key, message, mac),
            Self::Sha512 => verifies::<Sha512>(key, message, mac),
        }
    }

    /// RFC 8018, section 5.2. `iterations` is not 0.
    pub(super) fn pbkdf2(
        self,
        password: &[u8],
        salt: &[u8],
        iterations: u64,
        length: usize,
        budget: &mut Budget,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        budget.charge(iterations, "PBKDF2 iterations", PBKDF2_ITERATIONS)?;
        let (iterations, mut key) = (iterations as u32, Zeroizing::new(vec![0; length]));
        match self {
            Self::Sha1 => pbkdf2_hmac::<Sha1>(password, salt, iterations, &mut key),
            Self::Sha224 => pbkdf2_hmac::<Sha224>(password, salt, iterations, &mut key),
            Self::Sha256 => pbkdf2_hmac::<Sha256>(password, salt, iterations, &mut key),
            Self::Sha384 => pbkdf2_hmac::<Sha384>(password, salt, iterations, &mut key),
            Self::Sha512 => pbkdf2_hmac::<Sha512>(password, salt, iterations, &mut key),
        }
        Ok(key)
    }

    /// RFC 7292, B.2. `bmp` is the password in UTF-16BE with its terminator.
    pub(super) fn pkcs12(
        self,
        purpose: Purpose,
        bmp: &[u8],
        salt: &[u8],
        iterations: u64,
        length: usize,
        budget: &mut Budget,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        budget.charge(iterations, "PKCS#12 iterations", PKCS12_ITERATIONS)?;
        let derive = match self {
            Self::Sha1 => pkcs12::<Sha1>,
            Self::Sha224 => pkcs12::<Sha224>,
            Self::Sha256 => pkcs12::<Sha256>,
            Self::Sha384 => pkcs12::<Sha384>,
            Self::Sha512 => pkcs12::<Sha512>,
        };
        Ok(derive(purpose, bmp, salt, iterations, length))
    }
}

/// RFC 8018, section 5.1: 16 bytes, 8 of key and 8 of IV. `iterations` is not 0.
pub(super) fn pbkdf1<H: Digest>(
    password: &[u8],
    salt: &[u8],
    iterations: u64,
    budget: &mut Budget,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    budget.charge(iterations, "PBKDF1 iterations", PKCS12_ITERATIONS)?;
    let mut digest = H::new().chain_update(password).chain_update(salt).finalize();
    for _ in 1..iterations {
        digest = H::digest(&digest);
    }
    let mut key = Zeroizing::new(digest.to_vec());
    key.truncate(16);
    Ok(key)
}

/// The names of the variables are those of RFC 7292, B.2.
fn pkcs12<H: Digest + BlockSizeUser>(
    purpose: Purpose,
    bmp: &[u8],
    salt: &[u8],
    iterations: u64,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let v = H::block_size();
    let filled = |text: &[u8]| -> Zeroizing<Vec<u8>> {
        let whole = text.len().div_ceil(v) * v;
        Zeroizing::new(text.iter().copied().cycle().take(whole).collect())
    };
    let d = vec![purpose as u8; v];
    let mut i = Zeroizing::new([filled(salt).as_slice(), &filled(bmp)].concat());
    let mut key = Zeroizing::new(Vec::with_capacity(length + <H as Digest>::output_size()));
    while key.len() < length {
        let mut a = H::new().chain_update(&d).chain_update(i.as_slice()).finalize();
        for _ in 1..iterations {
            a = H::digest(&a);
        }
        key.extend_from_slice(&a);
        // Each block of I becomes I + B + 1, where B is A repeated.
        for block in i.chunks_mut(v) {
            let mut carry = 1;
            for (index, byte) in block.iter_mut().enumerate().rev() {
                let b = a.get(index % a.len()).copied().unwrap_or_default();
                let sum = u16::from(*byte) + u16::from(b) + carry;
                (*byte, carry) = (sum as u8, sum >> 8);
            }
        }
    }
    key.truncate(length);
    key
}

/// RFC 7914; `None` when the parameters are not valid.
pub(super) fn scrypt(
    password: &[u8],
    salt: &[u8],
    (n, r, p): (u64, u64, u64),
    length: usize,
    budget: &mut Budget,
) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    if !n.is_power_of_two() || n < 2 || r == 0 || p == 0 {
        return Ok(None);
    }
    let memory = n.saturating_add(p).saturating_mul(r).saturating_mul(128);
    // When memory is short, a failed allocation inside would abort the program.
    if memory > SCRYPT_MEMORY || Vec::<u8>::new().try_reserve_exact(memory as usize).is_err() {
        let cost = memory.div_ceil(1 << 20);
        return Err(Error::PrivateKeyCost { measure: "MiB of scrypt memory", cost, limit: SCRYPT_MEMORY >> 20 });
    }
    budget.charge(n.saturating_mul(r).saturating_mul(p), "scrypt steps (N·r·p)", SCRYPT_WORK)?;
    let Ok(params) = scrypt::Params::new(n.trailing_zeros() as u8, r as u32, p as u32) else { return Ok(None) };
    let mut key = Zeroizing::new(vec![0; length]);
    Ok(scrypt::scrypt(password, salt, &params, &mut key).is_ok().then_some(key))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::opener::Opener;
    use super::super::password::Password;
    use super::*;

    #[test]
    fn one_source_costs_no_more_than_its_costliest_key_alone() {
        let mut budget = Budget::new();
        assert!(budget.charge(PBKDF2_ITERATIONS, "PBKDF2 iterations", PBKDF2_ITERATIONS).is_ok());
        let error = budget.charge(1, "PBKDF2 iterations", PBKDF2_ITERATIONS).unwrap_err();
        assert!(error.to_string().contains("10000001 iterations for all of its parts"), "{error}");
        // The limit for one key stays the same, however many keys there are.
        let mut budget = Budget::new();
        let error = budget.charge(PBKDF2_ITERATIONS + 1, "PBKDF2 iterations", PBKDF2_ITERATIONS).unwrap_err();
        assert!(error.to_string().contains("10000001 PBKDF2 iterations, more than the limit of 10000000"), "{error}");
        assert!(Budget::none().charge(1, "PBKDF2 iterations", PBKDF2_ITERATIONS).is_err());
    }

    /// What a source with three keys leaves of a budget. The password is wrong, so every key is tried.
    fn left(source: &str, budget: u64) -> u64 {
        let mut opener = Opener::new(Password(Some("wrong")), Budget(budget));
        assert!(opener.open(source.as_bytes()).is_err());
        opener.budget.0
    }

    #[test]
    fn the_parts_of_a_source_share_one_budget_however_deep_they_lie() {
        let key = include_str!("../../tests/drops/keys/contoso-2048/pkcs8-pbes2-aes256-sha256.pem");
        let cost = TOTAL - left(key, TOTAL);
        assert!((1..TOTAL / 3).contains(&cost), "{cost}");
        let three = key.repeat(3);
        let json = serde_json::to_string(&three).unwrap();
        let twice = serde_json::to_string(&json).unwrap();
        for source in [three, json, twice] {
            assert_eq!(left(&source, TOTAL), TOTAL - 3 * cost, "{source:.40}");
            // Enough for two keys and a half: the third one is not derived.
            assert_eq!(left(&source, 2 * cost + cost / 2), cost / 2, "{source:.40}");
        }
    }
}
