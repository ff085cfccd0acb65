//! Wrapped key → [`FileKey`]: RSA, and every spelling of the 32 bytes that a sane writer could have meant.

mod encoding;

pub use encoding::Encoding;
pub(crate) use encoding::key_in;

use crate::algorithm::Algorithm;
use crate::error::{Error, UnwrapFailure};
use crate::key_details::{Iv, KeyDetails, iv_length};
use crate::private_key::{PrivateKey, RsaKey};
use crate::text;
use crate::unwrapped::Unwrapped;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The AES-256 key and the IV that open the files of one key details entry. Wiped on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct FileKey {
    key: [u8; 32],
    iv: [u8; 16],
    #[zeroize(skip)]
    algorithm: Option<Algorithm>,
    #[zeroize(skip)]
    encoding: Encoding,
}

impl FileKey {
    /// Undoes the RSA wrapping with each key of `private_key`, in the order of [`Algorithm::ALL`] or with the one given.
    ///
    /// # Errors
    /// `ERR_FILE_KEY_UNWRAP` when no padding fits, `ERR_FILE_KEY_LENGTH` when what comes out is no 32-byte key,
    /// `ERR_IV_LENGTH` when a wrapped IV is not 16 bytes.
    pub fn unwrap(details: &KeyDetails, private_key: &PrivateKey, algorithm: Option<Algorithm>) -> Result<Self, Error> {
        Self::unwrap_with(&mut Unwrapped::default(), details, private_key, algorithm)
    }

    /// The same with what is known already.
    pub(crate) fn unwrap_with(
        unwrapped: &mut Unwrapped,
        details: &KeyDetails,
        private_key: &PrivateKey,
        algorithm: Option<Algorithm>,
    ) -> Result<Self, Error> {
        let tried = algorithm.map_or_else(|| Algorithm::ALL.to_vec(), |algorithm| vec![algorithm]);
        let keys = fitting(private_key, details.wrapped_key.len(), details.public_key_version.as_deref());
        if keys.is_empty() {
            let modulus = private_key.keys().first().map_or(0, RsaKey::size);
            return Err(Error::FileKeyUnwrap {
                reason: UnwrapFailure::Length { wrapped: details.wrapped_key.len(), modulus },
            });
        }
        let mut doubtful = Vec::new();
        for key in keys {
            let contents = unwrapped.contents(private_key, key, &details.wrapped_key);
            let is_certain = contents.is_certain();
            for (algorithm, content) in contents.0.into_iter().filter(|(algorithm, _)| tried.contains(algorithm)) {
                match algorithm {
                    // It fits a wrong key by chance, if rarely: the right one may be yet to come.
                    Algorithm::Rsa15 => doubtful.push((key, content)),
                    _ => return Self::open(unwrapped, details, (private_key, key), algorithm, &content),
                }
            }
            if is_certain {
                break;
            }
        }
        let mut candidate = None;
        for (key, content) in doubtful {
            match Self::open(unwrapped, details, (private_key, key), Algorithm::Rsa15, &content) {
                Err(error) => candidate = candidate.or(Some(error)),
                file_key => return file_key,
            }
        }
        Err(candidate.unwrap_or(Error::FileKeyUnwrap { reason: UnwrapFailure::Padding { tried } }))
    }

    fn open(
        unwrapped: &mut Unwrapped,
        details: &KeyDetails,
        (private_key, key): (&PrivateKey, usize),
        algorithm: Algorithm,
        content: &[u8],
    ) -> Result<Self, Error> {
        let iv = unwrap_iv(details, |wrapped| unwrapped.contents(private_key, key, wrapped).of(algorithm))?;
        Self::from_content(content, iv, Some(algorithm))
    }

    /// The key out of what RSA or the vault gave: 32 raw bytes, or text of them (see [`encoding`](Self::encoding)).
    ///
    /// # Errors
    /// `ERR_FILE_KEY_LENGTH`.
    pub(crate) fn from_content(content: &[u8], iv: [u8; 16], algorithm: Option<Algorithm>) -> Result<Self, Error> {
        let (key, encoding) = key_in(content).ok_or(Error::FileKeyLength { length: content.len() })?;
        Ok(Self { key: *key, iv, algorithm, encoding })
    }

    /// A key that Key Vault gave, with what its answer says.
    pub(crate) fn answered(key: &[u8; 32], iv: [u8; 16], algorithm: Option<Algorithm>, encoding: Encoding) -> Self {
        Self { key: *key, iv, algorithm, encoding }
    }

    /// A key from its parts: 32 bytes of AES key, 16 bytes of IV.
    pub fn new(key: [u8; 32], iv: [u8; 16]) -> Self {
        Self { key, iv, algorithm: None, encoding: Encoding::Raw }
    }

    /// What undid the RSA wrapping; `None` for a vault answer that does not say, and for [`FileKey::new`].
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.algorithm
    }

    /// How the 32 bytes were spelled inside the RSA plaintext.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(crate) fn key(&self) -> &[u8; 32] {
        &self.key
    }

    pub(crate) fn iv(&self) -> &[u8; 16] {
        &self.iv
    }
}

/// Shows how the key was found, and nothing of it.
impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileKey")
            .field("algorithm", &self.algorithm)
            .field("encoding", &self.encoding)
            .finish_non_exhaustive()
    }
}

/// Which keys may have wrapped so many bytes: the one that carries the wanted version first, then the others, for a name
/// may lie.
pub(crate) fn fitting(private_key: &PrivateKey, wrapped: usize, version: Option<&str>) -> Vec<usize> {
    let keys = private_key.keys().iter().enumerate().filter(|(_, key)| key.size() == wrapped);
    let is_wanted = |(_, key): &(usize, &RsaKey)| key.version.is_some() && key.version.as_deref() == version;
    let (mut keys, rest): (Vec<_>, Vec<_>) = keys.partition(is_wanted);
    keys.extend(rest);
    keys.into_iter().map(|(index, _)| index).collect()
}

/// The IV in clear, or what `unwrap` makes of a wrapped one.
pub(crate) fn unwrap_iv(
    details: &KeyDetails,
    unwrap: impl FnOnce(&[u8]) -> Option<Zeroizing<Vec<u8>>>,
) -> Result<[u8; 16], Error> {
    let wrapped = match &details.iv {
        Iv::Clear(iv) => return Ok(*iv),
        Iv::Wrapped(wrapped) => wrapped,
    };
    let fault = |length| iv_length(&details.place, length);
    let content = unwrap(wrapped).ok_or_else(|| fault(wrapped.len()))?;
    let decoded = text::decode(&content).and_then(|text| text::base64(&text).ok());
    [Some(content.clone()), decoded]
        .into_iter()
        .flatten()
        .find_map(|bytes| <[u8; 16]>::try_from(bytes.as_slice()).ok())
        .ok_or_else(|| fault(content.len()))
}
