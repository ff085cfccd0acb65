//! The private-key operation, done once for each wrapped value for all paddings together.

use super::RsaKey;
use super::unpad::unpad;
use crate::algorithm::Algorithm;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, PrivateKey as RsaPrivateKey, hazmat};
use std::sync::PoisonError;
use zeroize::{Zeroize, Zeroizing};

/// What one RSA key gives for one wrapped value: the content for each padding that fits. That is one at most, unless
/// RSA1_5 fits by chance.
#[derive(Clone, Default)]
pub(crate) struct Contents(pub(crate) Vec<(Algorithm, Zeroizing<Vec<u8>>)>);

impl Contents {
    /// Whether the key is right beyond doubt: an OAEP padding fits a wrong key once in 2^160.
    pub(crate) fn is_certain(&self) -> bool {
        self.0.iter().any(|(algorithm, _)| *algorithm != Algorithm::Rsa15)
    }

    /// The content for this padding.
    pub(crate) fn of(&self, algorithm: Algorithm) -> Option<Zeroizing<Vec<u8>>> {
        self.0.iter().find(|(found, _)| *found == algorithm).map(|(_, content)| content.clone())
    }
}

impl RsaKey {
    /// The contents of a wrapped value for every padding.
    pub(crate) fn contents(&self, wrapped: &[u8]) -> Contents {
        let block = self.block(wrapped);
        let unpadded =
            Algorithm::ALL.map(|algorithm| (algorithm, block.as_ref().and_then(|block| unpad(block, algorithm))));
        Contents(unpadded.into_iter().filter_map(|(algorithm, content)| Some((algorithm, content?))).collect())
    }

    /// RSADP (RFC 8017, section 5.1.2): a block as long as the modulus; `None` when the value cannot be a ciphertext of
    /// this key.
    fn block(&self, wrapped: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let n = self.key.n();
        if wrapped.len() != self.size() {
            return None;
        }
        let ciphertext = BoxedUint::from_be_slice(wrapped, n.bits_precision()).ok()?;
        if ciphertext >= *n.as_ref() {
            return None;
        }
        #[cfg(test)]
        OPERATIONS.with(|operations| operations.set(operations.get() + 1));
        let mut blinding = self.blinding.lock().unwrap_or_else(PoisonError::into_inner);
        let blinding = Blinding::next(&mut blinding, &self.key)?;
        let blinded = ciphertext.mul_mod(&blinding.factor, n);
        // The check takes 6 % of the time (0.4 of 6.6 ms in wasm). Without it a computing error could reveal the
        // primes.
        let mut result = hazmat::rsa_decrypt_and_check::<getrandom::SysRng>(&self.key, None, &blinded).ok()?;
        let mut message = result.mul_mod(&blinding.inverse, n);
        result.zeroize();
        let bytes = Zeroizing::new(message.to_be_bytes());
        message.zeroize();
        bytes.get(bytes.len().checked_sub(self.size())?..).map(|block| Zeroizing::new(block.to_vec()))
    }
}

#[cfg(test)]
thread_local! {
    /// How many private-key operations this thread has done.
    pub(crate) static OPERATIONS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Blinding against timing attacks: a random number raised to the public exponent, and the inverse of that number.
/// Drawing one costs a fifth of an operation, and the crate `rsa` draws one each time. Here, as in OpenSSL
/// (crypto/bn/bn_blind.c), both are squared from one operation to the next, and drawn again after 32 operations.
pub(super) struct Blinding {
    factor: BoxedUint,
    inverse: BoxedUint,
    used: u32,
}

impl Blinding {
    const MOST_USES: u32 = 32;

    /// A blinding that was not used before; `None` when there is no randomness.
    fn next<'a>(slot: &'a mut Option<Self>, key: &RsaPrivateKey) -> Option<&'a Self> {
        match slot {
            Some(blinding) if blinding.used < Self::MOST_USES => {
                blinding.factor = blinding.factor.mul_mod(&blinding.factor, key.n());
                blinding.inverse = blinding.inverse.mul_mod(&blinding.inverse, key.n());
                blinding.used += 1;
            }
            _ => *slot = Some(Self::draw(key)?),
        }
        slot.as_ref()
    }

    fn draw(key: &RsaPrivateKey) -> Option<Self> {
        let n = key.n();
        let mut bytes = Zeroizing::new(vec![0; key.size()]);
        let spare_bits = 8 * key.size() as u32 - n.bit_width();
        loop {
            getrandom::fill(&mut bytes).ok()?;
            if let Some(first) = bytes.first_mut() {
                *first &= 0xFF >> spare_bits;
            }
            let mut random = BoxedUint::from_be_slice(&bytes, n.bits_precision()).ok()?;
            if random < *n.as_ref()
                && let Some(inverse) = random.invert_mod(n).into_option()
            {
                let factor = hazmat::rsa_encrypt(key, &random).ok()?;
                random.zeroize();
                return Some(Self { factor, inverse, used: 1 });
            }
        }
    }
}

impl Drop for Blinding {
    fn drop(&mut self) {
        self.factor.zeroize();
        self.inverse.zeroize();
    }
}
