//! Removes RSA paddings in constant time (RFC 8017, sections 7.1.2 and 7.2.2): the time depends only on whether the
//! padding fits and on the length of the content. The crate `rsa` removes paddings only together with the costly
//! private-key operation, and would repeat that for each padding.

use crate::algorithm::Algorithm;
use ctutils::{Choice, CtAssign, CtEq};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

/// The content of a block as long as the modulus; `None` when the padding does not fit.
pub(super) fn unpad(block: &[u8], algorithm: Algorithm) -> Option<Zeroizing<Vec<u8>>> {
    match algorithm {
        Algorithm::RsaOaep => oaep::<Sha1, Sha1>(block),
        Algorithm::RsaOaep256 => oaep::<Sha256, Sha256>(block),
        Algorithm::RsaOaep256Mgf1Sha1 => oaep::<Sha256, Sha1>(block),
        Algorithm::Rsa15 => rsa15(block),
    }
}

/// `00`, masked seed, masked `hash of the empty label, 00…, 01, content`. `H` is the hash of the label, `M` that of the
/// mask.
fn oaep<H: Digest, M: Digest>(block: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let size = <H as Digest>::output_size();
    let mut block = Zeroizing::new(block.to_vec());
    let (first, masked) = block.split_first_mut()?;
    let (seed, data) = masked.split_at_mut_checked(size)?;
    mask::<M>(seed, data);
    mask::<M>(data, seed);
    let (label, rest) = data.split_at_checked(size)?;
    let mut fits = first.ct_eq(&0) & label.ct_eq(H::digest([]).as_slice());
    let (mut searching, mut start) = (Choice::TRUE, 0_u32);
    for (index, byte) in (1..).zip(rest) {
        let (is_zero, is_one) = (byte.ct_eq(&0), byte.ct_eq(&1));
        start.ct_assign(&index, searching & is_one);
        searching &= !is_one;
        fits &= is_zero | !searching;
    }
    content(rest, start, fits & !searching)
}

/// `00 02`, eight or more bytes that are not zero, `00`, content. The crate `rsa` cannot be used here also because it
/// rejects implicitly: for a wrong key it returns random bytes and `Ok`.
fn rsa15(block: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let ([first, second], rest) = block.split_first_chunk::<2>()?;
    let mut fits = first.ct_eq(&0) & second.ct_eq(&2);
    let (mut searching, mut start) = (Choice::TRUE, 0_u32);
    for (index, byte) in (1..).zip(rest) {
        let is_zero = byte.ct_eq(&0);
        start.ct_assign(&index, searching & is_zero);
        searching &= !is_zero;
        if index <= 8 {
            fits &= searching;
        }
    }
    content(rest, start, fits & !searching)
}

fn content(rest: &[u8], start: u32, fits: Choice) -> Option<Zeroizing<Vec<u8>>> {
    let content = rest.get(start as usize..)?;
    fits.to_bool().then(|| Zeroizing::new(content.to_vec()))
}

/// MGF1 (RFC 8017, appendix B.2.1) of `seed`, XORed into `bytes`.
pub(crate) fn mask<M: Digest>(bytes: &mut [u8], seed: &[u8]) {
    for (counter, piece) in (0_u32..).zip(bytes.chunks_mut(<M as Digest>::output_size())) {
        let mut hash = M::new().chain_update(seed).chain_update(counter.to_be_bytes()).finalize();
        piece.iter_mut().zip(&hash).for_each(|(byte, mask)| *byte ^= mask);
        hash.as_mut_slice().zeroize();
    }
}
