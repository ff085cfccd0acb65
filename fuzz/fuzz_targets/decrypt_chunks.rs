//! A file in pieces of any size gives the same result as in one piece. The first byte sets the size of the pieces.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::{Decryptor, FileKey, Options, decrypt};
use mgdc_decrypt_fuzz::{LIMIT, in_pieces, repair_of};

fuzz_target!(|input: &[u8]| {
    let Some((piece, file)) = input.split_first() else { return };
    let (file_key, options) = (FileKey::new([7; 32], [9; 16]), Options::default().with_output_limit(LIMIT));
    let whole = decrypt(file, &file_key, options);
    let repair = repair_of(file, &file_key, options);
    let pieces = in_pieces(file, &[usize::from(*piece) + 1], Decryptor::repairing(&file_key, repair, options));
    // Which of several faults is found first depends on the pieces; that there is one does not.
    assert_eq!(whole.ok(), pieces.ok());
});
