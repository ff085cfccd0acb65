//! What all targets share: a heap of 64 MiB, as a tab on a phone has it to spare. What asks for more, crashes.

use cap::Cap;
use mgdc_decrypt::{Decryptor, Error, FileKey, Options};
use std::alloc::System;

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, 64 << 20);

/// Bytes of output: enough to meet every state, and a bomb would only cost time.
pub const LIMIT: u64 = 1 << 20;

/// The whole file through a stream, so many bytes at a time.
pub fn in_pieces(file: &[u8], piece: usize, file_key: &FileKey, options: Options) -> Result<Vec<u8>, Error> {
    let mut decryptor = Decryptor::new(file_key, options);
    let mut plaintext = Vec::new();
    let mut pull = |decryptor: &mut Decryptor| -> Result<(), Error> {
        loop {
            match decryptor.pull()? {
                [] => return Ok(()),
                piece => plaintext.extend_from_slice(piece),
            }
        }
    };
    for piece in file.chunks(piece) {
        decryptor.push(piece)?;
        pull(&mut decryptor)?;
    }
    decryptor.end()?;
    pull(&mut decryptor)?;
    decryptor.finish()?;
    Ok(plaintext)
}
