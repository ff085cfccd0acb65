//! A file in pieces of any size gives what it gives in one piece. The first byte says how big the pieces are.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::{Decryptor, Error, FileKey, Options, decrypt};

/// Little is enough to meet every state, and a bomb would only cost time.
const LIMIT: u64 = 1 << 20;

fuzz_target!(|input: &[u8]| {
    let Some((piece, file)) = input.split_first() else { return };
    let (file_key, options) =
        (FileKey::new([7; 32], [9; 16]), Options { output_limit: Some(LIMIT), ..Options::default() });
    let whole = decrypt(file, &file_key, options);
    let pieces = stream(file, usize::from(*piece) + 1, Decryptor::new(&file_key, options));
    // Which of several faults is met first depends on the pieces; that there is one does not.
    assert_eq!(whole.ok().map(|(whole, _)| whole), pieces.ok());
});

fn stream(file: &[u8], piece: usize, mut decryptor: Decryptor) -> Result<Vec<u8>, Error> {
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
