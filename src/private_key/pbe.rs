//! Password-based encryption of PKCS#8 and PFX: PBES2 and PBES1 (RFC 8018, sections 6.2 and 6.1) and the schemes of
//! PKCS#12 (RFC 7292, appendix C).
//!
//! The crate `pkcs5` is not used: version 0.8.1 panics on untrusted parameters (an IV under 8 bytes for 3DES, N = 0 for
//! scrypt), accepts only short salts, does not wipe the derived key, and depends on AES-GCM. Key derivation and ciphers
//! are RustCrypto's.

use super::ber;
use super::kdf::{Budget, Hash, Purpose, pbkdf1, scrypt};
use super::opener::Opener;
use crate::error::Error;
use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, InnerIvInit, KeyInit};
use des::{Des, TdesEde2, TdesEde3};
use md5::Md5;
use rc2::Rc2;
use rsa::pkcs8::der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use rsa::pkcs8::der::{self, Decode, Reader};
use rsa::pkcs8::spki::AlgorithmIdentifierRef;
use sha1::Sha1;
use zeroize::Zeroizing;

const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
pub(super) const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
const SCRYPT: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.11591.4.11");

const DAMAGED: Error = Error::PrivateKeyInvalid { problem: "its encryption parameters are damaged" };

const fn unsupported(found: &'static str) -> Error {
    Error::PrivateKeyUnsupported { found, remedy: CONVERT }
}

/// OpenSSL 3 reads PEM, DER and PFX with this command. Old ciphers need the provider `legacy`, which hides the default
/// one.
pub(super) const CONVERT: &str =
    "convert a copy with `openssl pkey -provider legacy -provider default -in FILE -aes256 -out key.pem`";

/// The decrypted element, in DER; `None` when the password is wrong.
///
/// The padding is right by chance once in 256, so the result must also be a whole SEQUENCE, as PKCS#8 and the contents
/// of a PFX are.
///
/// # Errors
/// `ERR_PRIVATE_KEY_INVALID`, `ERR_PRIVATE_KEY_UNSUPPORTED`, `ERR_PRIVATE_KEY_COST`.
pub(super) fn decrypt(
    algorithm: &AlgorithmIdentifierRef<'_>,
    ciphertext: &[u8],
    opener: &mut Opener<'_>,
) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    let parameters = algorithm.parameters.ok_or(DAMAGED)?;
    let opened = |cipher: Cipher, key: &[u8], iv: &[u8]| {
        let plaintext = cipher.decrypt(key, iv, ciphertext)?;
        ber::to_der(&plaintext).filter(|der| der.first() == Some(&0x30))
    };
    if algorithm.oid == PBES2 {
        let scheme = Pbes2::parse(parameters)?;
        let key = scheme.kdf.derive(scheme.cipher.key_length(), opener)?;
        return Ok(opened(scheme.cipher, &key, scheme.iv));
    }
    let (salt, iterations) = parameters.sequence(salt_and_iterations).map_err(|_| DAMAGED)?;
    if let Some((cipher, derive)) = pbes1(algorithm.oid) {
        let key = derive(opener.password.utf8(), salt, iterations, &mut opener.budget)?;
        let (key, iv) = key.split_at_checked(8).ok_or(DAMAGED)?;
        return Ok(opened(cipher, key, iv.get(..8).unwrap_or_default()));
    }
    let cipher = Cipher::of_pkcs12(algorithm.oid)?;
    for bmp in opener.password.bmp() {
        let mut derive =
            |purpose, length| Hash::Sha1.pkcs12(purpose, &bmp, salt, iterations, length, &mut opener.budget);
        let (key, iv) = (derive(Purpose::Key, cipher.key_length())?, derive(Purpose::Iv, 8)?);
        if let Some(der) = opened(cipher, &key, &iv) {
            return Ok(Some(der));
        }
    }
    Ok(None)
}

fn salt_and_iterations<'a, R: Reader<'a>>(reader: &mut R) -> der::Result<(&'a [u8], u64)> {
    let salt = <&OctetStringRef>::decode(reader)?.as_bytes();
    match u64::decode(reader)? {
        0 => Err(der::Tag::Integer.value_error().into()),
        iterations => Ok((salt, iterations)),
    }
}

type Derive = fn(&[u8], &[u8], u64, &mut Budget) -> Result<Zeroizing<Vec<u8>>, Error>;

/// RFC 8018, appendix A.3: the default of OpenSSL until 1.0, and of Java. Schemes with MD2 are left out: no library
/// supports it any more.
fn pbes1(oid: ObjectIdentifier) -> Option<(Cipher, Derive)> {
    match oid {
        oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.3") => Some((Cipher::Des, pbkdf1::<Md5>)),
        oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.6") => Some((Cipher::Rc264, pbkdf1::<Md5>)),
        oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.10") => Some((Cipher::Des, pbkdf1::<Sha1>)),
        oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.11") => Some((Cipher::Rc264, pbkdf1::<Sha1>)),
        _ => None,
    }
}

struct Pbes2<'a> {
    kdf: Kdf<'a>,
    cipher: Cipher,
    iv: &'a [u8],
}

impl<'a> Pbes2<'a> {
    fn parse(parameters: AnyRef<'a>) -> Result<Self, Error> {
        let (kdf, encryption) = parameters
            .sequence(|reader| {
                Ok::<_, der::Error>((AlgorithmIdentifierRef::decode(reader)?, AlgorithmIdentifierRef::decode(reader)?))
            })
            .map_err(|_| DAMAGED)?;
        let cipher = Cipher::of_pbes2(encryption.oid)?;
        let iv = encryption.parameters.and_then(|iv| iv.decode_as::<&OctetStringRef>().ok()).ok_or(DAMAGED)?;
        Ok(Self { kdf: Kdf::parse(&kdf)?, cipher, iv: iv.as_bytes() })
    }
}

/// A key derivation function of PKCS#5 with its parameters.
pub(super) enum Kdf<'a> {
    Pbkdf2 { hash: Hash, salt: &'a [u8], iterations: u64, length: Option<u64> },
    Scrypt { salt: &'a [u8], cost: (u64, u64, u64), length: Option<u64> },
}

impl<'a> Kdf<'a> {
    pub(super) fn parse(algorithm: &AlgorithmIdentifierRef<'a>) -> Result<Self, Error> {
        let parameters = algorithm.parameters.ok_or(DAMAGED)?;
        match algorithm.oid {
            // RFC 8018, A.2; SHA-1 is the default PRF.
            PBKDF2 => {
                let (salt, iterations, length, prf) = parameters
                    .sequence(|reader| {
                        let (salt, iterations) = salt_and_iterations(reader)?;
                        let prf = |reader: &mut _| Option::<AlgorithmIdentifierRef<'_>>::decode(reader);
                        Ok::<_, der::Error>((salt, iterations, Option::<u64>::decode(reader)?, prf(reader)?))
                    })
                    .map_err(|_| DAMAGED)?;
                let hash = prf.map_or(Some(Hash::Sha1), |prf| Hash::of_hmac(prf.oid));
                let hash = hash.ok_or(unsupported("a key whose password goes through PBKDF2 with an unusual hash"))?;
                Ok(Self::Pbkdf2 { hash, salt, iterations, length })
            }
            // RFC 7914, section 7.1.
            SCRYPT => parameters
                .sequence(|reader| {
                    let salt = <&OctetStringRef>::decode(reader)?.as_bytes();
                    let cost = (u64::decode(reader)?, u64::decode(reader)?, u64::decode(reader)?);
                    Ok::<_, der::Error>(Self::Scrypt { salt, cost, length: Option::<u64>::decode(reader)? })
                })
                .map_err(|_| DAMAGED),
            _ => Err(unsupported("a key whose password goes through an unusual key derivation")),
        }
    }

    /// The key length in the parameters, if there is one.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Pbkdf2 { length, .. } | Self::Scrypt { length, .. } => *length,
        }
    }

    /// The key of `length` bytes that the opener's password gives.
    pub(super) fn derive(&self, length: usize, opener: &mut Opener<'_>) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (password, budget) = (opener.password.utf8(), &mut opener.budget);
        if self.length().is_some_and(|own| own != length as u64) {
            return Err(DAMAGED);
        }
        match *self {
            Self::Pbkdf2 { hash, salt, iterations, .. } => hash.pbkdf2(password, salt, iterations, length, budget),
            Self::Scrypt { salt, cost, .. } => scrypt(password, salt, cost, length, budget)?.ok_or(DAMAGED),
        }
    }
}

/// A block cipher in CBC mode with PKCS#7 padding.
#[derive(Clone, Copy)]
pub(super) enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    Des3,
    /// With two keys: K1, K2, K1.
    Des3TwoKeys,
    Des,
    Rc2128,
    Rc264,
    Rc240,
}

impl Cipher {
    /// RFC 8018, appendix B.2.
    fn of_pbes2(oid: ObjectIdentifier) -> Result<Self, Error> {
        match oid {
            oid if oid == ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.2") => Ok(Self::Aes128),
            oid if oid == ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.22") => Ok(Self::Aes192),
            oid if oid == ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.42") => Ok(Self::Aes256),
            oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.3.7") => Ok(Self::Des3),
            oid if oid == ObjectIdentifier::new_unwrap("1.3.14.3.2.7") => Ok(Self::Des),
            _ => Err(unsupported("a key encrypted with another cipher than AES-CBC, 3DES-CBC and DES-CBC")),
        }
    }

    /// RFC 7292, appendix C. RC4 is named in the error because such files exist.
    fn of_pkcs12(oid: ObjectIdentifier) -> Result<Self, Error> {
        match oid {
            oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.3") => Ok(Self::Des3),
            oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.4") => Ok(Self::Des3TwoKeys),
            oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.5") => Ok(Self::Rc2128),
            oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.6") => Ok(Self::Rc240),
            oid if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.1")
                || oid == ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.2") =>
            {
                Err(unsupported("a key encrypted with RC4"))
            }
            _ => Err(unsupported("a key encrypted with an unusual scheme")),
        }
    }

    pub(super) fn key_length(self) -> usize {
        match self {
            Self::Rc240 => 5,
            Self::Des | Self::Rc264 => 8,
            Self::Aes128 | Self::Des3TwoKeys | Self::Rc2128 => 16,
            Self::Aes192 | Self::Des3 => 24,
            Self::Aes256 => 32,
        }
    }

    /// `None` when the key, the IV or the padding is not valid.
    pub(super) fn decrypt(self, key: &[u8], iv: &[u8], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        fn cbc<C: BlockCipherDecrypt>(cipher: C, iv: &[u8], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
            let mut buffer = Zeroizing::new(ciphertext.to_vec());
            let decryptor = cbc::Decryptor::inner_iv_slice_init(cipher, iv).ok()?;
            let length = decryptor.decrypt_padded::<Pkcs7>(&mut buffer).ok()?.len();
            buffer.truncate(length);
            Some(buffer)
        }
        match self {
            Self::Aes128 => cbc(Aes128::new_from_slice(key).ok()?, iv, ciphertext),
            Self::Aes192 => cbc(Aes192::new_from_slice(key).ok()?, iv, ciphertext),
            Self::Aes256 => cbc(Aes256::new_from_slice(key).ok()?, iv, ciphertext),
            Self::Des3 => cbc(TdesEde3::new_from_slice(key).ok()?, iv, ciphertext),
            Self::Des3TwoKeys => cbc(TdesEde2::new_from_slice(key).ok()?, iv, ciphertext),
            Self::Des => cbc(Des::new_from_slice(key).ok()?, iv, ciphertext),
            Self::Rc2128 | Self::Rc264 | Self::Rc240 => {
                cbc(Rc2::new_with_eff_key_len(key, 8 * key.len()), iv, ciphertext)
            }
        }
    }
}
