//! One file that is in memory: probe and decryptor in one call.

use crate::decryptor::{Decryptor, Pulled};
use crate::error::Error;
use crate::file_key::FileKey;
use crate::options::Options;
use crate::probe::Probe;
use crate::summary::Summary;

/// Decrypts a whole file that is in memory. Looks at both ends first, and undoes conversions where that is needed.
///
/// # Errors
/// Those of [`Probe::find`] and of [`Decryptor`].
pub fn decrypt(ciphertext: &[u8], file_key: &FileKey, options: Options) -> Result<(Vec<u8>, Summary), Error> {
    let found = Probe::of(ciphertext).find(&[file_key], options)?;
    let mut decryptor = Decryptor::repairing(file_key, found.repair, options);
    decryptor.push(ciphertext)?;
    decryptor.end()?;
    let mut plaintext = Vec::new();
    while let Pulled::Plaintext(piece) = decryptor.pull()? {
        plaintext.extend_from_slice(piece);
    }
    Ok((plaintext, decryptor.finish()?))
}
