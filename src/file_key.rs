//! Wrapped key → [`FileKey`]: the RSA operation, then the encoding of the 32 bytes.

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
    /// Undoes the RSA wrapping with each key of `private_key`, in the order of [`Algorithm::ALL`] or with the one
    /// given.
    ///
    /// # Errors
    /// `ERR_FILE_KEY_UNWRAP` when no padding fits, `ERR_FILE_KEY_LENGTH` when what comes out is no 32-byte key,
    /// `ERR_IV_LENGTH` when a wrapped IV is not 16 bytes.
    pub fn unwrap(details: &KeyDetails, private_key: &PrivateKey, algorithm: Option<Algorithm>) -> Result<Self, Error> {
        Self::unwrap_with(&mut Unwrapped::default(), details, private_key, algorithm)
    }

    /// The same, using the results that are in `unwrapped`.
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
                    // This padding rarely fits a wrong key by chance, so the other keys are tried first.
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
        Err(candidate.unwrap_or_else(|| {
            let version = details.public_key_version.clone();
            Error::FileKeyUnwrap { reason: UnwrapFailure::Padding { tried, version } }
        }))
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

    /// The key in an unwrapped value: 32 raw bytes, or text that encodes them (see [`encoding`](Self::encoding)).
    ///
    /// # Errors
    /// `ERR_FILE_KEY_LENGTH`.
    pub(crate) fn from_content(content: &[u8], iv: [u8; 16], algorithm: Option<Algorithm>) -> Result<Self, Error> {
        let (key, encoding) = key_in(content).ok_or(Error::FileKeyLength { length: content.len() })?;
        Ok(Self { key: *key, iv, algorithm, encoding })
    }

    /// A key from a Key Vault answer, with the algorithm that the answer names.
    pub(crate) fn answered(key: &[u8; 32], iv: [u8; 16], algorithm: Option<Algorithm>, encoding: Encoding) -> Self {
        Self { key: *key, iv, algorithm, encoding }
    }

    /// A key from its parts: 32 bytes of AES key, 16 bytes of IV.
    pub fn new(key: [u8; 32], iv: [u8; 16]) -> Self {
        Self { key, iv, algorithm: None, encoding: Encoding::Raw }
    }

    /// The algorithm that undid the RSA wrapping; `None` for a vault answer that does not name it, and for
    /// [`FileKey::new`].
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.algorithm
    }

    /// How the 32 bytes were encoded inside the RSA plaintext.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The key and the IV, 48 bytes, to pass them to another thread or process: see [`FileKey::from_bytes`].
    pub fn to_bytes(&self) -> Zeroizing<[u8; 48]> {
        let mut bytes = Zeroizing::new([0; 48]);
        let (key, iv) = bytes.split_at_mut(self.key.len());
        key.copy_from_slice(&self.key);
        iv.copy_from_slice(&self.iv);
        bytes
    }

    /// A key of [`to_bytes`](Self::to_bytes); `None` if there are not 48 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (key, iv) = bytes.split_first_chunk::<32>()?;
        Some(Self::new(*key, iv.try_into().ok()?))
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

/// The indices of the keys whose modulus has `wrapped` bytes. The key of the wanted version comes first; the others
/// follow, because the version in a file name may be wrong.
pub(crate) fn fitting(private_key: &PrivateKey, wrapped: usize, version: Option<&str>) -> Vec<usize> {
    let keys = private_key.keys().iter().enumerate().filter(|(_, key)| key.size() == wrapped);
    let is_wanted = |(_, key): &(usize, &RsaKey)| key.version.is_some() && key.version.as_deref() == version;
    let (mut keys, rest): (Vec<_>, Vec<_>) = keys.partition(is_wanted);
    keys.extend(rest);
    keys.into_iter().map(|(index, _)| index).collect()
}

/// The IV: in clear, or a wrapped one that `unwrap` unwraps.
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
