//! Bindings for JavaScript: thin handles over the core, errors as plain `{ code, message }` objects.
//!
//! The names here are not the package's public ones: `pkg/*.js` wraps them.

mod files;
mod memory;
mod shapes;
mod unlocking;

pub use files::{Decryptor, KeySet, Sha256, probe};
pub use unlocking::{Unlocking, Unwrapper};

use crate::{Compression, Options, PathRole};
use memory::wiping_stack;
use shapes::{fail, to_js};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

type Result<T> = std::result::Result<T, JsValue>;

/// Package version and source revision.
#[wasm_bindgen]
pub fn version() -> String {
    format!("{}+{}", env!("CARGO_PKG_VERSION"), option_env!("MGDC_REVISION").unwrap_or("unknown"))
}

/// Every code that an error of the core can have, with a blank between them: what the typed contract is tested against.
#[wasm_bindgen(js_name = errorCodes)]
pub fn error_codes() -> String {
    crate::Error::CODES.join(" ")
}

/// Every entry of a key details document.
#[wasm_bindgen(js_name = parseKeyDetails)]
pub fn parse_key_details(json: &[u8]) -> Result<JsValue> {
    let details = crate::parse_key_details(json).map_err(fail)?;
    to_js(&details.iter().map(shapes::KeyDetails::of).collect::<Vec<_>>())
}

/// The root, and for each path a letter: its role (`k`ey details, `m`etadata, `l`itter, `d`ata). `paths`: each one
/// ends in a zero byte, for a hundred thousand strings would take as many calls.
#[wasm_bindgen]
pub fn layout(paths: &str) -> Result<JsValue> {
    let paths: Vec<&str> = paths.split_terminator('\0').collect();
    let layout = crate::Layout::of(&paths);
    let roles = layout.roles.iter().map(|role| match role {
        PathRole::KeyDetails => 'k',
        PathRole::Metadata => 'm',
        PathRole::Litter => 'l',
        PathRole::Data => 'd',
    });
    to_js(&shapes::Layout { root: layout.root, roles: roles.collect() })
}

/// Why a file is no data, by its path; `undefined` where it may be data.
#[wasm_bindgen]
pub fn litter(path: &str) -> Option<String> {
    crate::litter(path).map(Into::into)
}

/// Whether a file whose name begins with `._` is litter. `head`: its first bytes.
#[wasm_bindgen(js_name = isAppleDouble)]
pub fn is_apple_double(head: &[u8]) -> bool {
    crate::is_apple_double(head)
}

/// Which archive a file is, with its article; `undefined` for anything else. `head`: its first `headLength()` bytes.
#[wasm_bindgen]
pub fn archive(head: &[u8]) -> Option<String> {
    crate::archive(head).map(Into::into)
}

/// What a file delivered in clear is; `undefined` when it looks encrypted, or when only a key can tell. `head`: its first
/// `headLength()` bytes.
#[wasm_bindgen(js_name = clearContent)]
pub fn clear_content(length: f64, head: &[u8]) -> Option<String> {
    crate::Probe { length: length as u64, head, tail: &[] }.clear().map(|content| content.name().into())
}

/// Bytes of a file's beginning that a probe wants.
#[wasm_bindgen(js_name = headLength)]
pub fn head_length() -> usize {
    crate::Probe::HEAD
}

/// Bytes of a file's end that a probe wants.
#[wasm_bindgen(js_name = tailLength)]
pub fn tail_length() -> usize {
    crate::Probe::TAIL
}

/// Which kind of private key a whole file is: `private-key`, `with-password`, `other-key` (it opens no drop) or `near-key`
/// (of loose files only: none, but it was meant for one); `undefined` for any other file. `head`: the whole of a file of at
/// most `keyLength()` bytes; of a bigger one nothing is needed.
#[wasm_bindgen(js_name = looksLikeKey)]
pub fn looks_like_key(path: &str, head: &[u8], size: f64, is_loose: bool) -> Option<String> {
    let is_whole = head.len() as f64 == size;
    is_whole.then(|| crate::Recognized::of(path, head, is_loose))?.map(|found| found.name().into())
}

/// Bytes of the biggest file that may be a private key.
#[wasm_bindgen(js_name = keyLength)]
pub fn key_length() -> usize {
    crate::Recognized::MOST
}

/// CRC-32 (RFC 1952, section 8) of what `previous` is the CRC of, followed by `bytes`.
#[wasm_bindgen]
pub fn crc32(previous: u32, bytes: &[u8]) -> u32 {
    zlib_rs::crc32::crc32(previous, bytes)
}

/// RSA private keys out of one source.
#[wasm_bindgen]
pub struct PrivateKey(crate::PrivateKey);

#[wasm_bindgen]
impl PrivateKey {
    /// Any container; `name` is the source's file name.
    pub fn import(source: Vec<u8>, name: Option<String>, password: Option<String>) -> Result<PrivateKey> {
        let (source, password) = (Zeroizing::new(source), password.map(Zeroizing::new));
        let options = crate::ImportOptions {
            name: name.as_deref(),
            password: password.as_ref().map(|password| password.as_str()),
        };
        wiping_stack(|| crate::PrivateKey::import(&source, &options)).map(Self).map_err(fail)
    }

    /// Bits of the first modulus.
    #[wasm_bindgen(getter)]
    pub fn bits(&self) -> usize {
        self.0.bits()
    }

    /// Identifier of the first key, or its version.
    #[wasm_bindgen(getter, js_name = keyId)]
    pub fn key_id(&self) -> Option<String> {
        self.0.key_id().map(str::to_owned)
    }

    /// The numbers, for `Unwrapper`. The caller wipes them.
    pub fn parts(&self) -> Vec<u8> {
        wiping_stack(|| self.0.to_parts().to_vec())
    }

    /// Versions, `null` where unknown.
    #[wasm_bindgen(getter)]
    pub fn versions(&self) -> Vec<JsValue> {
        self.0.versions().map(|version| version.map_or(JsValue::NULL, JsValue::from_str)).collect()
    }
}

/// AES key and IV.
#[wasm_bindgen]
pub struct FileKey(Box<crate::FileKey>); // boxed: see `wiping_stack`

#[wasm_bindgen]
impl FileKey {
    /// `details`: a key details document with one entry, as JSON.
    pub fn unwrap(details: &[u8], private_key: &PrivateKey, algorithm: Option<String>) -> Result<FileKey> {
        let algorithm = algorithm.as_deref().and_then(crate::Algorithm::from_name);
        let details = entry(details)?;
        wiping_stack(|| crate::FileKey::unwrap(&details, &private_key.0, algorithm).map(Box::new))
            .map(Self)
            .map_err(fail)
    }

    /// `details` as for `unwrap`.
    #[wasm_bindgen(js_name = fromVault)]
    pub fn from_vault(answer: Vec<u8>, details: &[u8]) -> Result<FileKey> {
        let (answer, details) = (Zeroizing::new(answer), entry(details)?);
        wiping_stack(|| crate::FileKey::from_vault(&answer, &details).map(Box::new)).map(Self).map_err(fail)
    }

    /// What undid the wrapping.
    #[wasm_bindgen(getter)]
    pub fn algorithm(&self) -> Option<String> {
        self.0.algorithm().map(|algorithm| algorithm.name().into())
    }

    /// How the key was spelled.
    #[wasm_bindgen(getter)]
    pub fn encoding(&self) -> String {
        self.0.encoding().name().into()
    }

    /// 32 bytes of key, 16 bytes of IV: for a worker. The caller wipes them.
    pub fn bytes(&self) -> Vec<u8> {
        bytes_of(&self.0)
    }
}

/// A key details document that is read in steps.
#[wasm_bindgen]
pub struct DocumentReader(crate::DocumentReader);

#[wasm_bindgen]
impl DocumentReader {
    /// Looks at so many of its values; `false` when there are no more.
    pub fn step(&mut self, values: usize) -> bool {
        (0..values).all(|_| self.0.step())
    }
}

/// Key details of a drop and their state.
#[wasm_bindgen]
pub struct DataDrop(crate::DataDrop);

#[wasm_bindgen]
impl DataDrop {
    /// An empty one. `most_entries`: see `maxKeyDetails`.
    #[wasm_bindgen(constructor)]
    pub fn new(most_entries: Option<usize>) -> Self {
        Self(crate::DataDrop::with_limit(most_entries.unwrap_or(crate::DataDrop::MOST_ENTRIES)))
    }

    /// Notes a document that is too long to be read.
    #[wasm_bindgen(js_name = refuseDocument)]
    pub fn refuse_document(&mut self, path: &str, length: f64, limit: f64) {
        self.0.refuse_document(path, length as u64, limit as u64);
    }

    /// Begins to read a document: parses its JSON.
    pub fn read(&self, json: &[u8]) -> DocumentReader {
        DocumentReader(self.0.reader(json))
    }

    /// Takes a document that was read; returns how many entries it added.
    #[wasm_bindgen(js_name = addRead)]
    pub fn add_read(&mut self, path: &str, reader: DocumentReader) -> usize {
        self.0.add_read(path, reader.0)
    }

    /// Returns how many entries the document added.
    #[wasm_bindgen(js_name = addDocument)]
    pub fn add_document(&mut self, path: &str, json: &[u8]) -> usize {
        self.0.add_document(path, json)
    }

    /// How many entries there are.
    #[wasm_bindgen(getter, js_name = entryCount)]
    pub fn entry_count(&self) -> usize {
        self.0.entries().len()
    }

    /// State of one entry.
    pub fn entry(&self, index: usize) -> Result<JsValue> {
        to_js(&self.0.entries().get(index).map(shapes::Entry::of))
    }

    /// Indices of the entries that changed since this was asked last.
    #[wasm_bindgen(js_name = takeChanged)]
    pub fn take_changed(&mut self) -> Vec<usize> {
        self.0.take_changed()
    }

    /// What is wrong with the documents.
    #[wasm_bindgen(getter)]
    pub fn faults(&self) -> Result<JsValue> {
        to_js(&self.0.faults().iter().map(shapes::Failure::of_fault).collect::<Vec<_>>())
    }

    /// Returns the indices that the key opened. What is not in `unlocking` yet is done here.
    pub fn unlock(
        &mut self,
        unlocking: &mut Unlocking,
        private_key: &PrivateKey,
        algorithm: Option<String>,
    ) -> Result<Vec<usize>> {
        let algorithm = algorithm.as_deref().and_then(crate::Algorithm::from_name);
        wiping_stack(|| self.0.unlock_with(&mut unlocking.unwrapped, &private_key.0, algorithm)).map_err(fail)
    }

    /// Takes the vault's answer for one entry.
    pub fn answer(&mut self, index: usize, answer: Vec<u8>) -> Result<()> {
        let answer = Zeroizing::new(answer);
        wiping_stack(|| self.0.answer(index, &answer)).map_err(fail)
    }

    /// Puts an answer of Key Vault on trial for some entries.
    pub fn trial(&mut self, answer: Vec<u8>, entries: &[usize]) -> Result<Trial> {
        let answer = Zeroizing::new(answer);
        wiping_stack(|| self.0.trial(&answer, entries).map(Box::new)).map(Trial).map_err(fail)
    }

    /// Unlocks what a pair that opened a file is for; returns the indices of the entries.
    pub fn accept(&mut self, trial: &mut Trial, pair: usize) -> Vec<usize> {
        wiping_stack(|| self.0.accept(&mut trial.0, pair))
    }

    /// Ends a trial in which no file was opened: throws why.
    pub fn reject(&mut self, trial: &Trial) -> Result<()> {
        Err(fail(self.0.reject(&trial.0)))
    }

    /// What a file is: `{ entry, content, repair, resembles }`; `entry` is `null` for a clear one, `repair` what must be
    /// undone, `resembles` words for what a clear one looks like.
    pub fn judge(
        &self,
        length: f64,
        head: &[u8],
        tail: &[u8],
        compression: &str,
        keep_compressed: bool,
    ) -> Result<JsValue> {
        let probe = crate::Probe { length: length as u64, head, tail };
        let verdict =
            self.0.judge(PathRole::Data, &probe, options(compression, keep_compressed, None)).map_err(fail)?;
        to_js(&shapes::Verdict::of(verdict))
    }

    /// The file key of an unlocked entry. The caller wipes it.
    #[wasm_bindgen(js_name = fileKey)]
    pub fn file_key(&self, index: usize) -> Option<Vec<u8>> {
        self.0.entries().get(index)?.file_key.as_ref().map(bytes_of)
    }

    /// Every unlocked file key, for `KeySet`: 4 bytes of index, little-endian, and 48 bytes each. The caller wipes it.
    #[wasm_bindgen(js_name = keySet)]
    pub fn key_set(&self) -> Vec<u8> {
        let set = self.0.key_set();
        let mut bytes = Vec::with_capacity(52 * set.keys().count()); // never moved: a copy would stay behind
        for (index, key) in set.keys() {
            bytes.extend_from_slice(&(index as u32).to_le_bytes());
            bytes.extend_from_slice(key.key());
            bytes.extend_from_slice(key.iv());
        }
        bytes
    }

    /// Whether entries are still locked.
    #[wasm_bindgen(getter, js_name = isPartlyLocked)]
    pub fn is_partly_locked(&self) -> bool {
        self.0.is_partly_locked()
    }
}

/// An answer of Key Vault on trial.
#[wasm_bindgen]
pub struct Trial(Box<crate::Trial>); // boxed: see `wiping_stack`

#[wasm_bindgen]
impl Trial {
    /// The pair that opens a file, for `accept`; `undefined` when none does.
    pub fn judge(&self, length: f64, head: &[u8], tail: &[u8]) -> Option<usize> {
        self.0.judge(&crate::Probe { length: length as u64, head, tail })
    }

    /// Whether more files would show nothing more.
    #[wasm_bindgen(getter, js_name = isOver)]
    pub fn is_over(&self) -> bool {
        self.0.is_over()
    }
}

fn options(compression: &str, keep_compressed: bool, output_limit: Option<f64>) -> Options {
    let output_limit = output_limit.map(|limit| limit as u64);
    Options { compression: Compression::from_name(compression), keep_compressed, output_limit }
}

fn bytes_of(file_key: &crate::FileKey) -> Vec<u8> {
    [file_key.key().as_slice(), file_key.iv()].concat()
}

/// 32 bytes of key, 16 bytes of IV.
fn file_key_of(bytes: Vec<u8>) -> Result<crate::FileKey> {
    let bytes = Zeroizing::new(bytes);
    let (key, iv) = bytes.split_first_chunk::<32>().ok_or("a file key has 48 bytes")?;
    Ok(crate::FileKey::new(*key, iv.try_into().map_err(|_| "a file key has 48 bytes")?))
}

fn entry(details: &[u8]) -> Result<crate::KeyDetails> {
    crate::parse_key_details(details).map(|mut entries| entries.swap_remove(0)).map_err(fail)
}
