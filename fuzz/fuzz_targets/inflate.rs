//! Our inflate and miniz_oxide give the same plaintext, or both refuse. The first byte sets the size of the pieces.
#![no_main]

use flate2::{Decompress, FlushDecompress, Status};
use libfuzzer_sys::fuzz_target;
use mgdc_decrypt_fuzz::LIMIT;

fuzz_target!(|input: &[u8]| {
    let Some((piece, stream)) = input.split_first() else { return };
    let Some(expected) = miniz(stream) else { return };
    assert_eq!(ours(stream, usize::from(*piece) + 1), expected);
});

/// `None` for a bomb, `Some(None)` for a damaged or incomplete stream.
fn miniz(stream: &[u8]) -> Option<Option<Vec<u8>>> {
    let mut inflater = Decompress::new(false);
    let mut plaintext = Vec::with_capacity(LIMIT as usize);
    match inflater.decompress_vec(stream, &mut plaintext, FlushDecompress::Finish) {
        Ok(Status::StreamEnd) => Some(Some(plaintext)),
        _ if plaintext.len() == plaintext.capacity() => None,
        _ => Some(None),
    }
}

fn ours(stream: &[u8], piece: usize) -> Option<Vec<u8>> {
    let mut inflater = mgdc_inflate::Inflater::new();
    let mut plaintext = Vec::new();
    for piece in stream.chunks(piece) {
        let mut rest = piece;
        loop {
            let (used, status) = inflater.decode(rest).ok()?;
            plaintext.extend_from_slice(inflater.fresh());
            inflater.discard_fresh();
            rest = &rest[used..];
            match status {
                mgdc_inflate::Status::End => return Some(plaintext),
                mgdc_inflate::Status::Room => {}
                mgdc_inflate::Status::Input => break,
            }
        }
    }
    None
}
