//! What is in a drop: the roles of its paths, its key details, and the verdict on each file.

use crate::errors::raise;
use crate::keys::{FileKey, KeyDetails, PrivateKey, named};
use mgdc_decrypt::{Options, PathRole, Probe, Recognized, Repair};
use pyo3::prelude::*;

/// The root that all paths share, and the role of each: `key-details`, `metadata`, `litter` or `data`.
#[pyfunction]
pub(crate) fn layout(paths: Vec<String>) -> (String, Vec<&'static str>) {
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let layout = mgdc_decrypt::Layout::of(&paths);
    (layout.root, layout.roles.into_iter().map(name_of).collect())
}

/// Whether a path, joined to a folder, stays below it.
#[pyfunction]
pub(crate) fn is_safe_path(path: &str) -> bool {
    mgdc_decrypt::is_safe_path(path)
}

/// The kind of private key that a file in a drop is, by all of its content; None for any other file.
#[pyfunction]
pub(crate) fn private_key_kind(path: &str, content: &[u8]) -> Option<&'static str> {
    let found = Recognized::of(path, content, !path.contains('/'));
    found.filter(|found| *found > Recognized::NearKey).map(Recognized::name)
}

fn name_of(role: PathRole) -> &'static str {
    match role {
        PathRole::KeyDetails => "key-details",
        PathRole::Metadata => "metadata",
        PathRole::Litter => "litter",
        _ => "data",
    }
}

/// The role with a name that `layout` gave.
fn role_of(name: &str) -> PathRole {
    let all = [PathRole::KeyDetails, PathRole::Metadata, PathRole::Litter];
    all.into_iter().find(|role| name_of(*role) == name).unwrap_or(PathRole::Data)
}

/// The verdict on a file.
#[pyclass(frozen, get_all, module = "mgdc_decrypt._core")]
pub(crate) struct Verdict {
    /// Index of the entry whose key opens the file; None for a clear file.
    entry: Option<usize>,
    /// The kind of its content, by its beginning; None where that was not examined.
    content: Option<&'static str>,
    /// What must be undone before the file is decrypted.
    repair: Option<String>,
}

impl From<mgdc_decrypt::Verdict> for Verdict {
    fn from(verdict: mgdc_decrypt::Verdict) -> Self {
        match verdict {
            mgdc_decrypt::Verdict::Encrypted { entry, content, repair } => {
                Self { entry: Some(entry), content: Some(content.name()), repair: repair.as_ref().map(Repair::name) }
            }
            mgdc_decrypt::Verdict::Clear { content, .. } => {
                Self { entry: None, content: content.map(mgdc_decrypt::Content::name), repair: None }
            }
            _ => Self { entry: None, content: None, repair: None },
        }
    }
}

/// Key details of a drop and their state.
#[pyclass(module = "mgdc_decrypt._core")]
pub(crate) struct Inventory(mgdc_decrypt::DataDrop);

#[pymethods]
impl Inventory {
    /// An empty drop. `most_entries`: key details entries that are read at most.
    #[new]
    #[pyo3(signature = (most_entries=mgdc_decrypt::DataDrop::MOST_ENTRIES))]
    fn new(most_entries: usize) -> Self {
        Self(mgdc_decrypt::DataDrop::with_limit(most_entries))
    }

    /// Whether a file has to be read, because it may hold key details. One that is too big to be read becomes a fault.
    fn wants(&mut self, path: &str, role: &str, size: u64) -> bool {
        self.0.wants(path, role_of(role), size)
    }

    /// Adds a document that `wants` asked for, if it is about keys. Returns how many entries were added.
    fn add_document(&mut self, py: Python<'_>, path: &str, role: &str, json: &[u8]) -> usize {
        let role = role_of(role);
        py.detach(|| if mgdc_decrypt::mentions_keys(role, json) { self.0.add_document(path, json) } else { 0 })
    }

    /// The entries, in the order of the documents.
    #[getter]
    fn entries(&self) -> Vec<KeyDetails> {
        self.0.entries().iter().map(|entry| KeyDetails(entry.details.clone())).collect()
    }

    /// What is wrong with the documents: `(path, error)`.
    #[getter]
    fn faults(&self) -> Vec<(String, PyErrValue)> {
        self.0.faults().iter().map(|fault| (fault.path.clone(), PyErrValue(raise(&fault.error)))).collect()
    }

    /// Tries a private key on every locked entry. Returns the indices of those that it opened.
    #[pyo3(signature = (private_key, *, algorithm=None))]
    fn unlock(&mut self, py: Python<'_>, private_key: &PrivateKey, algorithm: Option<&str>) -> PyResult<Vec<usize>> {
        let algorithm = algorithm.map(named).transpose()?;
        let private_key = private_key.open()?;
        py.detach(|| self.0.unlock(private_key, algorithm)).map_err(|error| raise(&error))
    }

    /// Opens one entry with Key Vault's answer for it.
    fn answer(&mut self, index: usize, answer: &[u8]) -> PyResult<()> {
        self.0.answer(index, answer).map_err(|error| raise(&error))
    }

    /// The file key of an entry; None while it is locked.
    fn file_key(&self, index: usize) -> Option<FileKey> {
        self.0.entries().get(index)?.file_key.as_ref().map(FileKey::of)
    }

    /// The errors of the last try, for entries that it did not open: `(path, error)`.
    #[getter]
    fn refusals(&self) -> Vec<(String, PyErrValue)> {
        let refused = self.0.entries().iter().filter_map(|entry| Some((entry, entry.error.as_ref()?)));
        refused.map(|(entry, error)| (entry.path.clone(), PyErrValue(raise(error)))).collect()
    }

    /// Why no entry for files is unlocked; None when one is.
    #[getter]
    fn locked_reason(&self) -> Option<PyErrValue> {
        let is_open = self.0.entries().iter().any(|entry| entry.file_key.is_some());
        (!is_open).then(|| PyErrValue(raise(&self.0.locked_reason())))
    }

    /// Whether entries for files are still locked, or documents could not be read.
    #[getter]
    fn is_partly_locked(&self) -> bool {
        self.0.is_partly_locked()
    }

    /// The verdict on a file of data, from its two ends.
    fn judge(&self, py: Python<'_>, length: u64, head: &[u8], tail: &[u8]) -> PyResult<Verdict> {
        let probe = Probe { length, head, tail };
        let verdict = py.detach(|| self.0.judge(PathRole::Data, &probe, Options::default()));
        verdict.map(Verdict::from).map_err(|error| raise(&error))
    }
}

/// What `KeySet` is made of.
type Pickled = (Vec<(usize, FileKey)>, bool);

/// File keys that leave the driver: they judge files, and open them. A pickle holds 48 bytes for each key.
#[pyclass(frozen, module = "mgdc_decrypt._core")]
pub(crate) struct KeySet {
    keys: mgdc_decrypt::KeySet,
    is_partly_locked: bool,
}

#[pymethods]
impl KeySet {
    /// `keys`: the index of an entry and its file key.
    #[new]
    fn new(keys: Vec<(usize, PyRef<'_, FileKey>)>, is_partly_locked: bool) -> PyResult<Self> {
        let copies = keys.iter().map(|(entry, key)| {
            let copy = mgdc_decrypt::FileKey::from_bytes(key.open()?.to_bytes().as_slice());
            Ok(copy.map(|copy| (*entry, copy)))
        });
        let copies = copies.collect::<PyResult<Vec<_>>>()?.into_iter().flatten().collect();
        Ok(Self { keys: mgdc_decrypt::KeySet::new(copies, is_partly_locked), is_partly_locked })
    }

    /// The verdict on a file of data, from its two ends.
    fn judge(&self, py: Python<'_>, length: u64, head: &[u8], tail: &[u8]) -> PyResult<Verdict> {
        let probe = Probe { length, head, tail };
        let verdict = py.detach(|| self.keys.judge(&probe, Options::default()));
        verdict.map(Verdict::from).map_err(|error| raise(&error))
    }

    /// The file key of an entry.
    fn file_key(&self, entry: usize) -> Option<FileKey> {
        self.keys.key(entry).map(FileKey::of)
    }

    fn __len__(&self) -> usize {
        self.keys.keys().count()
    }

    fn __repr__(&self) -> String {
        format!("KeySet({} keys)", self.__len__())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, Pickled) {
        let this = slf.get();
        let keys = this.keys.keys().map(|(entry, key)| (entry, FileKey::of(key))).collect();
        (slf.get_type().into_any(), (keys, this.is_partly_locked))
    }
}

/// An exception as a value.
pub(crate) struct PyErrValue(PyErr);

impl<'py> IntoPyObject<'py> for PyErrValue {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.0.into_value(py).into_bound(py).into_any())
    }
}

#[pymethods]
impl Verdict {
    /// Whether decrypting the file undoes a compression: of its content, or of the ciphertext itself.
    #[getter]
    fn is_compressed(&self) -> bool {
        let is_one = |name: &str| ["gzip", "zlib", "deflate"].contains(&name);
        let repair = self.repair.as_deref().unwrap_or_default();
        self.entry.is_some()
            && (self.content.is_some_and(is_one) || repair.starts_with("gzip") || repair.starts_with("zlib"))
    }

    /// Bytes of the beginning and of the end that `judge` needs.
    #[classattr]
    const ENDS: (usize, usize) = (Probe::HEAD, Probe::TAIL);

    fn __repr__(&self) -> String {
        format!("Verdict(entry={:?}, content={:?}, repair={:?})", self.entry, self.content, self.repair)
    }
}
