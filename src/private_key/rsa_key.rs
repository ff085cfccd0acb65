//! One RSA private key, and the checks of the numbers that it is made of.

use super::unwrap::Blinding;
use crate::error::Error;
use crate::key_details;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, PrivateKey as RsaPrivateKey, PublicKey as RsaPublicKey};
use std::sync::Mutex;

/// One key. `RsaPrivateKey` wipes itself on drop.
pub(crate) struct RsaKey {
    pub(super) key: RsaPrivateKey,
    /// The Key Vault version, where known.
    pub(crate) version: Option<String>,
    /// The name that the container gives the key: a Key Vault identifier or another `kid`.
    pub(super) identifier: Option<String>,
    pub(super) blinding: Mutex<Option<Blinding>>,
}

impl RsaKey {
    pub(super) fn new(key: RsaPrivateKey) -> Self {
        Self { key, version: None, identifier: None, blinding: Mutex::default() }
    }

    /// Sets the identifier that the container gives, and the version that is in it.
    pub(super) fn with_identifier(self, identifier: Option<&str>) -> Self {
        let named = identifier.and_then(|kid| key_details::version(kid).0).as_deref().and_then(version);
        Self { version: named.or(self.version), identifier: identifier.map(str::to_owned), ..self }
    }

    /// Bits of the modulus.
    pub(super) fn bits(&self) -> usize {
        self.key.n().bit_width() as usize
    }

    /// The public half.
    pub(crate) fn public_half(&self) -> RsaPublicKey {
        self.key.to_public_key()
    }

    /// Bytes of the modulus, and so of every ciphertext.
    pub(crate) fn size(&self) -> usize {
        self.key.size()
    }
}

/// 32 hex digits that stand alone in a file name.
pub(super) fn version_in_name(name: &str) -> Option<String> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).find_map(version)
}

/// A Key Vault version: 32 hex digits and nothing else.
pub(super) fn version(text: &str) -> Option<String> {
    (text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| text.to_ascii_lowercase())
}

/// The numbers of an RSA key as a container holds them: big-endian, with or without leading zeros. `primes` may be
/// empty; two are then computed from the rest.
pub(super) struct Numbers<N> {
    pub(super) n: N,
    pub(super) e: N,
    pub(super) d: N,
    pub(super) primes: Vec<N>,
}

impl<N: AsRef<[u8]>> Numbers<N> {
    /// The key that these numbers make. `unfit` is the error for numbers that do not belong to one RSA key.
    ///
    /// # Errors
    /// `unfit`; `ERR_PRIVATE_KEY_UNSUPPORTED` beyond our limits; `ERR_PRIVATE_KEY_TOO_SMALL` under 2048 bits.
    pub(super) fn key(&self, unfit: Error) -> Result<RsaKey, Error> {
        let modulus = trimmed(self.n.as_ref());
        // Checked before any arithmetic, whose time grows with the square of the length.
        if modulus.len() > RsaPublicKey::MAX_SIZE / 8 {
            return Err(TOO_LONG);
        }
        // No number may be longer than the modulus, and none may be 0, which would make the crate's subtractions panic.
        let number = |bytes: &N| {
            let number = BoxedUint::from_be_slice(trimmed(bytes.as_ref()), 8 * modulus.len() as u32).ok();
            number.filter(|number| number.bit_width_vartime() > 0).ok_or(unfit.clone())
        };
        let (n, e, d) = (number(&self.n)?, number(&self.e)?, number(&self.d)?);
        let primes = self.primes.iter().map(number).collect::<Result<Vec<_>, _>>()?;
        let (bits, is_large) = (n.bit_width_vartime(), e.bit_width_vartime() > 33);
        let is_lopsided = primes.len() == 2 && primes.iter().any(|prime| prime.bit_width_vartime() > bits.div_ceil(2));
        let key = match (is_large, is_lopsided) {
            // Usual keys. Keys with more than two primes are accepted too, and then used without the CRT.
            (false, false) => RsaPrivateKey::from_components(n, e, d, primes),
            // A large public exponent is slow mainly for encryption; here it is used twice for each wrapped key.
            (true, false) => RsaPrivateKey::from_components_with_large_exponent(n, e, d, primes),
            (false, true) => RsaPrivateKey::from_components_with_wide_primes(n, e, d, primes),
            (true, true) if self.fit() => return Err(LOPSIDED),
            (true, true) => return Err(unfit),
        };
        match key {
            Ok(key) => match key.n().bit_width() as usize {
                bits if bits < 2048 => Err(Error::PrivateKeyTooSmall { bits }),
                _ => Ok(RsaKey::new(key)),
            },
            Err(_) if self.primes.is_empty() && self.fit() => Err(NO_PRIMES),
            Err(_) => Err(unfit),
        }
    }

    /// Whether d undoes e, checked with one number. Only needed when the primes are unknown, because they prove more.
    fn fit(&self) -> bool {
        let (modulus, two) = (trimmed(self.n.as_ref()), BoxedUint::from(2u8));
        let bits = 8 * modulus.len() as u32;
        let exponent = |bytes: &N| BoxedUint::from_be_slice(trimmed(bytes.as_ref()), bits).ok();
        let power = |base: &BoxedUint, exponent: BoxedUint| {
            let n = BoxedUint::from_be_slice(modulus, bits).ok()?;
            // The crate panics on an even modulus.
            let key = (modulus.last()? & 1 == 1).then(|| RsaPublicKey::new_unchecked(n, exponent))?;
            rsa::hazmat::rsa_encrypt(&key, base).ok()
        };
        let there = exponent(&self.e).and_then(|e| power(&two, e));
        let back = there.zip(exponent(&self.d)).and_then(|(there, d)| power(&there, d));
        back.is_some_and(|back| back == two)
    }
}

/// Without leading zeros.
pub(crate) fn trimmed(number: &[u8]) -> &[u8] {
    number.get(number.iter().take_while(|byte| **byte == 0).count()..).unwrap_or_default()
}

const TOO_LONG: Error = Error::PrivateKeyUnsupported {
    found: "an RSA key of more than 8192 bits",
    remedy: "use the RSA key that is named after the tenant id: Key Vault's have 4096 bits at most",
};

const NO_PRIMES: Error = Error::PrivateKeyUnsupported {
    found: "an RSA key without its primes, and with a public exponent or primes from which they cannot be computed",
    remedy: "export it together with its primes (p and q)",
};

const LOPSIDED: Error = Error::PrivateKeyUnsupported {
    found: "an RSA key with a public exponent over 33 bits and primes of different lengths",
    remedy: "let Key Vault decrypt the wrapped key",
};
