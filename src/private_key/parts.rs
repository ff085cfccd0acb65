//! A private key as bytes, for a worker that only unwraps (see `pkg/drop/unlock.js`).

use super::{PrivateKey, RsaKey};
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BoxedUint, PrivateKey as RsaPrivateKey};
use zeroize::Zeroizing;

impl PrivateKey {
    /// The numbers of each key, in order, without names and versions.
    pub fn to_parts(&self) -> Zeroizing<Vec<u8>> {
        let numbers: Vec<Vec<Zeroizing<Box<[u8]>>>> = self.keys.iter().map(|key| numbers(&key.key)).collect();
        let length = numbers.iter().map(|key| 1 + key.iter().map(|number| 2 + number.len()).sum::<usize>()).sum();
        // Allocated once: growing would leave a copy behind.
        let mut parts = Zeroizing::new(Vec::with_capacity(length));
        for key in numbers {
            parts.push(key.len() as u8);
            for number in key {
                parts.extend_from_slice(&(number.len() as u16).to_be_bytes());
                parts.extend_from_slice(&number);
            }
        }
        parts
    }

    /// The keys of [`to_parts`](Self::to_parts); `None` for anything else.
    pub fn from_parts(mut parts: &[u8]) -> Option<Self> {
        let mut keys = Vec::new();
        while let Some((count, rest)) = parts.split_first() {
            parts = rest;
            let numbers = (0..*count).map(|_| {
                let (length, rest) = parts.split_first_chunk::<2>()?;
                let (number, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
                parts = rest;
                BoxedUint::from_be_slice(number, 8 * number.len() as u32).ok()
            });
            keys.push(RsaKey::new(key(numbers.collect::<Option<Vec<_>>>()?)?));
        }
        Some(Self { keys })
    }
}

/// Modulus, both exponents, primes.
fn numbers(key: &RsaPrivateKey) -> Vec<Zeroizing<Box<[u8]>>> {
    let primes = key.primes().iter().map(|prime| prime.to_be_bytes());
    [key.n().to_be_bytes(), key.e().to_be_bytes(), key.d().to_be_bytes()]
        .into_iter()
        .chain(primes)
        .map(Zeroizing::new)
        .collect()
}

/// Accepts every key that an import accepts. It was checked then, and is checked again.
fn key(numbers: Vec<BoxedUint>) -> Option<RsaPrivateKey> {
    let mut numbers = numbers.into_iter();
    let (n, e, d) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let primes: Vec<BoxedUint> = numbers.collect();
    let is_wide = primes.len() == 2 && primes.iter().any(|prime| prime.bit_width() > n.bit_width().div_ceil(2));
    if is_wide {
        RsaPrivateKey::from_components_with_wide_primes(n, e, d, primes).ok()
    } else {
        RsaPrivateKey::from_components_with_large_exponent(n, e, d, primes).ok()
    }
}
