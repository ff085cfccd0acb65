//! The password in the encodings that containers use, and the error when it is wrong.

use crate::error::{Error, Evidence};
use zeroize::Zeroizing;

/// The password that the caller gave. Without one the empty password is tried.
#[derive(Clone, Copy)]
pub(super) struct Password<'a>(pub(super) Option<&'a str>);

impl<'a> Password<'a> {
    /// In UTF-8, for PKCS#5 and OpenSSL's PEM (RFC 8018, section 3).
    pub(super) fn utf8(self) -> &'a [u8] {
        self.0.unwrap_or_default().as_bytes()
    }

    /// In the encodings that programs use for PKCS#12 key derivation, the likeliest first.
    ///
    /// RFC 7292, B.1: UTF-16BE with two zero bytes at the end. Key Vault encodes the empty password without them.
    /// OpenSSL before 1.1.0 widened each byte of a non-ASCII password (its manual page passphrase-encoding).
    pub(super) fn bmp(self) -> Vec<Zeroizing<Vec<u8>>> {
        let text = self.0.unwrap_or_default();
        // Allocated once: growing would leave copies behind.
        let ended = |units: &mut dyn Iterator<Item = u16>| {
            let mut bytes = Zeroizing::new(Vec::with_capacity(2 * text.len() + 2));
            units.chain([0]).for_each(|unit| bytes.extend_from_slice(&unit.to_be_bytes()));
            bytes
        };
        let mut spellings = vec![ended(&mut text.encode_utf16())];
        if text.is_empty() {
            spellings.push(Zeroizing::default());
        } else if !text.is_ascii() {
            spellings.push(ended(&mut text.bytes().map(u16::from)));
        }
        spellings
    }

    /// The error when the password does not open `found` (words with an article).
    pub(super) fn refused(self, found: &'static str, evidence: Evidence) -> Error {
        match self.0 {
            None => Error::PrivateKeyEncrypted { found },
            Some(_) => Error::PrivateKeyPassword { found, evidence },
        }
    }
}
