//! The results of private-key operations: each operation is done once, however often its result is needed.
//!
//! A hostile drop may name ten thousand wrapped keys, and an operation takes 7 ms in wasm. So the operations can be
//! divided among workers: [`DataDrop::wanted`](crate::DataDrop::wanted) lists them, [`Unwrapped::attempt`] does them,
//! and [`Unwrapped::results`] and [`Unwrapped::add_results`] transfer the results.

use crate::algorithm::Algorithm;
use crate::data_drop::DataDrop;
use crate::file_key::fitting;
use crate::key_details::{Iv, KeyDetails};
use crate::private_key::{Contents, PrivateKey};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// For each wrapped value, the content that each RSA key of a [`PrivateKey`] gave. Wiped on drop.
#[derive(Default)]
pub struct Unwrapped {
    values: BTreeMap<Vec<u8>, BTreeMap<usize, Contents>>,
}

/// A wrapped value that the private key has not been tried on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The RSA ciphertext.
    pub wrapped: Vec<u8>,
    /// Indices of the RSA keys that may open it, the likeliest first.
    pub keys: Vec<usize>,
    /// How many key details entries need it.
    pub entries: usize,
}

impl Unwrapped {
    /// Tries the keys of a wanted value until one certainly fits.
    pub fn attempt(&mut self, private_key: &PrivateKey, wanted: &Wanted) {
        for &key in &wanted.keys {
            if self.contents(private_key, key, &wanted.wrapped).is_certain() {
                break;
            }
        }
    }

    /// The content that one key gives for a wrapped value.
    pub(crate) fn contents(&mut self, private_key: &PrivateKey, key: usize, wrapped: &[u8]) -> Contents {
        if let Some(known) = self.values.get(wrapped).and_then(|keys| keys.get(&key)) {
            return known.clone();
        }
        let contents = private_key.keys().get(key).map(|key| key.contents(wrapped)).unwrap_or_default();
        self.values.entry(wrapped.to_vec()).or_default().insert(key, contents.clone());
        contents
    }

    /// `None` when no key was tried on the value; otherwise whether one opened it.
    pub(crate) fn state(&self, wrapped: &[u8]) -> Option<bool> {
        self.values.get(wrapped).map(|keys| keys.values().any(|contents| !contents.0.is_empty()))
    }

    /// The results for these values, as bytes for [`add_results`](Self::add_results).
    pub fn results(&self, wanted: &[Wanted]) -> Zeroizing<Vec<u8>> {
        let found = || wanted.iter().map(|wanted| self.values.get(&wanted.wrapped).into_iter().flatten());
        let length = |contents: &Contents| 3 + contents.0.iter().map(|(_, content)| 3 + content.len()).sum::<usize>();
        // Allocated once: growing would leave a copy behind.
        let most = found().map(|keys| 2 + keys.map(|(_, contents)| length(contents)).sum::<usize>()).sum();
        let mut bytes = Zeroizing::new(Vec::with_capacity(most));
        for keys in found() {
            bytes.extend_from_slice(&(keys.clone().count() as u16).to_be_bytes());
            for (key, contents) in keys {
                bytes.extend_from_slice(&(*key as u16).to_be_bytes());
                bytes.push(contents.0.len() as u8);
                for (algorithm, content) in &contents.0 {
                    bytes.push(Algorithm::ALL.iter().position(|known| known == algorithm).unwrap_or_default() as u8);
                    bytes.extend_from_slice(&(content.len() as u16).to_be_bytes());
                    bytes.extend_from_slice(content);
                }
            }
        }
        bytes
    }

    /// Adds the [`results`](Self::results) for the same values; `None` when the bytes are anything else.
    pub fn add_results(&mut self, wanted: &[Wanted], results: &[u8]) -> Option<()> {
        let mut reader = Reader(results);
        for Wanted { wrapped, .. } in wanted {
            for _ in 0..reader.short()? {
                let key = usize::from(reader.short()?);
                let mut contents = Contents::default();
                for _ in 0..reader.byte()? {
                    let algorithm = *Algorithm::ALL.get(usize::from(reader.byte()?))?;
                    let length = usize::from(reader.short()?);
                    contents.0.push((algorithm, Zeroizing::new(reader.bytes(length)?.to_vec())));
                }
                self.values.entry(wrapped.clone()).or_default().insert(key, contents);
            }
        }
        reader.0.is_empty().then_some(())
    }
}

impl DataDrop {
    /// The private-key operations that [`unlock_with`](Self::unlock_with) needs besides those in `unwrapped`: each
    /// distinct wrapped value once. When they are done, call this again: a wrapped IV is wanted only after its key was
    /// opened.
    pub fn wanted(&self, private_key: &PrivateKey, unwrapped: &Unwrapped) -> Vec<Wanted> {
        let locked = self.entries().iter().filter(|entry| entry.file_key.is_none()).map(|entry| &entry.details);
        let mut found: Vec<Wanted> = Vec::new();
        let mut places: BTreeMap<&[u8], usize> = BTreeMap::new();
        for KeyDetails { public_key_version, wrapped_key, iv, .. } in locked {
            let wrapped = match (unwrapped.state(wrapped_key), iv) {
                (None, _) => wrapped_key,
                (Some(true), Iv::Wrapped(iv)) if unwrapped.state(iv).is_none() => iv,
                _ => continue,
            };
            if let Some(known) = places.get(wrapped.as_slice()).and_then(|place| found.get_mut(*place)) {
                known.entries += 1;
                continue;
            }
            let keys = fitting(private_key, wrapped.len(), public_key_version.as_deref());
            if !keys.is_empty() {
                places.insert(wrapped, found.len());
                found.push(Wanted { wrapped: wrapped.clone(), keys, entries: 1 });
            }
        }
        found
    }
}

impl Wanted {
    /// The values as bytes, for [`from_bytes`](Self::from_bytes) in a worker. They contain no secrets.
    pub fn to_bytes(wanted: &[Self]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for Self { wrapped, keys, .. } in wanted {
            bytes.extend_from_slice(&(wrapped.len() as u16).to_be_bytes());
            bytes.extend_from_slice(wrapped);
            bytes.extend_from_slice(&(keys.len() as u16).to_be_bytes());
            bytes.extend(keys.iter().flat_map(|key| (*key as u16).to_be_bytes()));
        }
        bytes
    }

    /// The values of [`to_bytes`](Self::to_bytes); `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Vec<Self>> {
        let mut reader = Reader(bytes);
        let mut wanted = Vec::new();
        while !reader.0.is_empty() {
            let length = usize::from(reader.short()?);
            let wrapped = reader.bytes(length)?.to_vec();
            let count = reader.short()?;
            let keys = (0..count).map(|_| reader.short().map(usize::from)).collect::<Option<_>>()?;
            wanted.push(Self { wrapped, keys, entries: 0 });
        }
        Some(wanted)
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        self.bytes(1)?.first().copied()
    }

    fn short(&mut self) -> Option<u16> {
        let (bytes, rest) = self.0.split_first_chunk::<2>()?;
        self.0 = rest;
        Some(u16::from_be_bytes(*bytes))
    }
}
