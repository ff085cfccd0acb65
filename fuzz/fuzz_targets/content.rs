//! The content of a file that decrypts, so that the fuzzer gets past AES. The first byte sets the size of the pieces,
//! the second the compression.
#![no_main]

use aes::Aes256;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::{Compression, Decryptor, Error, FileKey, KeySet, Options, Probe, decrypt};
use mgdc_decrypt_fuzz::{LIMIT, in_pieces, repair_of};

const COMPRESSION: [Option<Compression>; 5] =
    [None, Some(Compression::Gzip), Some(Compression::Zlib), Some(Compression::Deflate), Some(Compression::None)];

/// Whether a file looks encrypted. Some ciphertexts pass for text: of 48 to 112 bytes, one in two million.
fn is_opaque(file: &[u8]) -> bool {
    KeySet::new(Vec::new(), false).judge(&Probe::of(file), Options::default()) == Err(Error::FileKeyMissing)
}

fuzz_target!(|input: &[u8]| {
    let [piece, compression, content @ ..] = input else { return };
    let file = cbc::Encryptor::<Aes256>::new(&[7; 32].into(), &[9; 16].into()).encrypt_padded_vec::<Pkcs7>(content);
    let file_key = FileKey::new([7; 32], [9; 16]);
    let compression = COMPRESSION[usize::from(*compression) % COMPRESSION.len()];
    let options = Options::default().with_output_limit(LIMIT).with_compression(compression);
    let whole = decrypt(&file, &file_key, options);
    if whole.is_err() && !is_opaque(&file) {
        return; // what looks like text is not decrypted by force
    }
    let repair = repair_of(&file, &file_key, options);
    // With a format at its second block, the content cannot be told from a file with its IV in front.
    let expected = match repair.map(|repair| repair.name()).as_deref() {
        None => Some(content),
        Some("iv-in-front") => content.get(16..),
        Some(other) => panic!("{other}"),
    };
    if compression == Some(Compression::None) {
        assert_eq!(whole.as_ref().ok().map(|(whole, _)| whole.as_slice()), expected);
    }
    let decryptor = Decryptor::repairing(&file_key, repair, options);
    assert_eq!(whole.ok(), in_pieces(&file, &[usize::from(*piece) + 1], decryptor).ok());
});
