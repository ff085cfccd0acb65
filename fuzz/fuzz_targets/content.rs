//! The content of a file that decrypts, so that the fuzzer gets past AES. The first byte sets the size of the pieces,
//! the second the compression.
#![no_main]

use aes::Aes256;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use libfuzzer_sys::fuzz_target;
use mgdc_decrypt::{Compression, Decryptor, FileKey, Options, decrypt};
use mgdc_decrypt_fuzz::{LIMIT, in_pieces};

const COMPRESSION: [Option<Compression>; 5] =
    [None, Some(Compression::Gzip), Some(Compression::Zlib), Some(Compression::Deflate), Some(Compression::None)];

fuzz_target!(|input: &[u8]| {
    let [piece, compression, content @ ..] = input else { return };
    let file = cbc::Encryptor::<Aes256>::new(&[7; 32].into(), &[9; 16].into()).encrypt_padded_vec::<Pkcs7>(content);
    let file_key = FileKey::new([7; 32], [9; 16]);
    let compression = COMPRESSION[usize::from(*compression) % COMPRESSION.len()];
    let options = Options::default().with_output_limit(LIMIT).with_compression(compression);
    let whole = decrypt(&file, &file_key, options);
    if compression == Some(Compression::None) {
        assert_eq!(whole.as_ref().ok().map(|(whole, _)| whole.as_slice()), Some(content));
    }
    assert_eq!(whole.ok(), in_pieces(&file, &[usize::from(*piece) + 1], Decryptor::new(&file_key, options)).ok());
});
