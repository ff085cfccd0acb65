//! OpenSSH's own format (PROTOCOL.key in its sources) → RSA key. Only without a passphrase, which would need bcrypt.

use super::rsa_key::{Numbers, RsaKey};
use crate::error::Error;

/// The beginning of the bytes.
pub(super) const MAGIC: &[u8] = b"openssh-key-v1\0";

pub(super) const UNSUPPORTED: Error = Error::PrivateKeyUnsupported {
    found: "an OpenSSH private key with a passphrase",
    remedy: "convert a copy with `ssh-keygen -p -m PKCS8 -f KEY`",
};

const DAMAGED: Error = Error::PrivateKeyInvalid { problem: "it begins as an OpenSSH key, but was cut or damaged" };
const UNFIT: Error = Error::PrivateKeyInvalid { problem: "it is an OpenSSH key, but its numbers do not fit together" };
const OTHER: Error = Error::PrivateKeyNotRsa { found: "an OpenSSH key of another kind (Ed25519, ECDSA, …)" };

/// `None` when the bytes are anything else.
pub(super) fn private_key(bytes: &[u8]) -> Option<Result<RsaKey, Error>> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    Some(read(&mut rest).unwrap_or(Err(DAMAGED)))
}

/// `None` when it ends too early.
fn read(rest: &mut &[u8]) -> Option<Result<RsaKey, Error>> {
    let (cipher, _kdf, _options) = (string(rest)?, string(rest)?, string(rest)?);
    let _count = rest.split_off(..4)?;
    let _public = string(rest)?;
    let mut private = string(rest)?;
    if cipher != b"none" {
        return Some(Err(UNSUPPORTED));
    }
    let _check = private.split_off(..8)?;
    if string(&mut private)? != b"ssh-rsa" {
        return Some(Err(OTHER));
    }
    let mut number = || string(&mut private);
    let (n, e, d, _coefficient, p, q) = (number()?, number()?, number()?, number()?, number()?, number()?);
    Some(Numbers { n, e, d, primes: vec![p, q] }.key(UNFIT))
}

/// A string: its length in four bytes, then its bytes.
fn string<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, behind) = rest.split_first_chunk::<4>()?;
    let (string, behind) = behind.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    *rest = behind;
    Some(string)
}
