//! Wraps a file key for an RSA key (RFC 8017, sections 7.1.1 and 7.2.1): the other direction of `private_key::unpad`.
//!
//! Own padding because the crate's takes a random number generator that may not fail, and the one of the system may.

use super::public_key::NO_ENCRYPTION;
use crate::algorithm::Algorithm;
use crate::error::Error;
use crate::private_key::mask;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, PublicKey as RsaPublicKey, hazmat};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The ciphertext, as long as the modulus.
pub(super) fn wrap(key: &RsaPublicKey, algorithm: Algorithm, content: &[u8]) -> Result<Vec<u8>, Error> {
    let size = key.size();
    let block = match algorithm {
        Algorithm::RsaOaep => oaep::<Sha1, Sha1>(content, size),
        Algorithm::RsaOaep256 => oaep::<Sha256, Sha256>(content, size),
        Algorithm::RsaOaep256Mgf1Sha1 => oaep::<Sha256, Sha1>(content, size),
        Algorithm::Rsa15 => rsa15(content, size),
    };
    let block = block.ok_or(NO_ENCRYPTION)?;
    let message = BoxedUint::from_be_slice(&block, key.n().bits_precision()).map_err(|_| NO_ENCRYPTION)?;
    let bytes = hazmat::rsa_encrypt(key, &message).map_err(|_| NO_ENCRYPTION)?.to_be_bytes();
    let start = bytes.len().checked_sub(size).ok_or(NO_ENCRYPTION)?;
    Ok(bytes.get(start..).unwrap_or_default().to_vec())
}

/// `00`, masked seed, masked `hash of the empty label, 00…, 01, content`. `H` is the hash of the label, `M` that of the
/// mask. `None` where the content is too long, or the system gives no random numbers.
fn oaep<H: Digest, M: Digest>(content: &[u8], size: usize) -> Option<Zeroizing<Vec<u8>>> {
    let hash = <H as Digest>::output_size();
    let zeros = size.checked_sub(2 * hash + 2 + content.len())?;
    let mut block = Zeroizing::new(vec![0; size]);
    let (seed, data) = block.get_mut(1..)?.split_at_mut_checked(hash)?;
    let (label, rest) = data.split_at_mut_checked(hash)?;
    label.copy_from_slice(H::digest([]).as_slice());
    let (one, room) = rest.get_mut(zeros..)?.split_first_mut()?;
    *one = 1;
    room.copy_from_slice(content);
    getrandom::fill(seed).ok()?;
    mask::<M>(data, seed);
    mask::<M>(seed, data);
    Some(block)
}

/// `00 02`, bytes that are not zero, `00`, content.
fn rsa15(content: &[u8], size: usize) -> Option<Zeroizing<Vec<u8>>> {
    let padding = size.checked_sub(3 + content.len()).filter(|length| *length >= 8)?;
    let mut block = Zeroizing::new(vec![0; size]);
    let (head, rest) = block.split_at_mut_checked(2)?;
    head.copy_from_slice(&[0, 2]);
    let (padding, rest) = rest.split_at_mut_checked(padding)?;
    for byte in padding {
        while *byte == 0 {
            getrandom::fill(std::slice::from_mut(byte)).ok()?;
        }
    }
    rest.get_mut(1..)?.copy_from_slice(content);
    Some(block)
}
