//! Salvage of a file that was damaged at random gives the same rows whatever the size of the pieces, and in both passes.
//! The first byte sets the size of the pieces.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::{FileKey, Options, Salvage};
use mgdc_decrypt_fuzz::LIMIT;

fn salvage(file: &[u8], piece: usize) -> Option<Vec<u8>> {
    let options = Options::default().with_output_limit(LIMIT);
    let mut salvage = Salvage::new(&FileKey::new([7; 32], [9; 16]), options, false);
    file.chunks(piece).for_each(|piece| salvage.push(piece));
    let bytes = salvage.rewind().ok()?.bytes;
    let mut rows = Vec::new();
    for piece in file.chunks(piece) {
        salvage.push(piece);
        rows.extend_from_slice(salvage.rows());
    }
    salvage.end();
    rows.extend_from_slice(salvage.rows());
    assert_eq!(rows.len() as u64, bytes);
    Some(rows)
}

fuzz_target!(|input: &[u8]| {
    let Some((piece, file)) = input.split_first() else { return };
    assert_eq!(salvage(file, usize::from(*piece) + 1), salvage(file, usize::MAX));
});
