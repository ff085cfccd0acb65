//! Runs a file through a decryptor in pieces, as from a network. Shared with the fuzz targets.

use mgdc_decrypt::{Decryptor, Error, Pulled, Summary};

/// Pushes pieces of the given sizes, repeated as needed, and pulls all plaintext after each.
#[allow(unreachable_pub)] // the library of the fuzz targets exports it
pub fn in_pieces(file: &[u8], sizes: &[usize], mut decryptor: Decryptor) -> Result<(Vec<u8>, Summary), Error> {
    let (mut plaintext, mut rest) = (Vec::new(), file);
    let mut pull_all = |decryptor: &mut Decryptor| -> Result<(), Error> {
        while let Pulled::Plaintext(piece) = decryptor.pull()? {
            plaintext.extend_from_slice(piece);
        }
        Ok(())
    };
    for size in sizes.iter().cycle() {
        let (piece, later) = rest.split_at((*size).min(rest.len()));
        decryptor.push(piece)?;
        pull_all(&mut decryptor)?;
        rest = later;
        if rest.is_empty() {
            break;
        }
    }
    decryptor.end()?;
    pull_all(&mut decryptor)?;
    let summary = decryptor.finish()?;
    Ok((plaintext, summary))
}
