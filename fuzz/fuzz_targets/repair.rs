//! Any file with each repair: in pieces as in one piece, and the probe's result can be opened. The first byte sets the
//! size of the pieces, the second the repair.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::{Decryptor, FileKey, Options, Probe, Repair};
use mgdc_decrypt_fuzz::{LIMIT, in_pieces};

const REPAIRS: [&str; 12] = [
    "base64", "hex", "gzip", "zlib", "latin1", "windows-1252", "utf-16+base64", "crlf", "bom", "iv-in-front",
    "gzip+base64", "latin1+crlf",
];

fuzz_target!(|input: &[u8]| {
    let [piece, repair, file @ ..] = input else { return };
    let file_key = FileKey::new([7; 32], [9; 16]);
    let options = Options::default().with_output_limit(LIMIT);
    let repair = Repair::from_name(REPAIRS[usize::from(*repair) % REPAIRS.len()]);
    let open = |sizes: &[usize], repair| in_pieces(file, sizes, Decryptor::repairing(&file_key, repair, options)).ok();
    assert_eq!(open(&[usize::MAX], repair), open(&[usize::from(*piece) + 1], repair));
    let _ = Probe::of(file).clear();
    if let Ok(found) = Probe::of(file).find(&[&file_key], options) {
        let _ = open(&[4096], found.repair);
    }
});
