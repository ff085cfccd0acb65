//! Key details, private keys and file keys. Keys are wiped when they are closed or collected, and `repr` shows none.

use crate::errors::{closed, raise};
use mgdc_decrypt::{Algorithm, ImportOptions, Iv};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// One wrapped key of a key details document.
#[pyclass(frozen, module = "mgdc_decrypt._core")]
pub(crate) struct KeyDetails(pub(crate) mgdc_decrypt::KeyDetails);

#[pymethods]
impl KeyDetails {
    /// Place in the document, for messages: `$.DecryptionKeyDetails[0]`.
    #[getter]
    fn place(&self) -> &str {
        &self.0.place
    }

    /// The Key Vault key version (32 hex digits) whose private half is needed; None when the document does not say.
    #[getter]
    fn public_key_version(&self) -> Option<&str> {
        self.0.public_key_version.as_deref()
    }

    /// The whole key identifier, when the document gave one.
    #[getter]
    fn key_identifier(&self) -> Option<&str> {
        self.0.key_identifier.as_deref()
    }

    /// The RSA ciphertext of the AES key: 256 bytes for RSA-2048.
    #[getter]
    fn wrapped_key<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.wrapped_key)
    }

    /// The IV: 16 bytes, or RSA ciphertext like the key.
    #[getter]
    fn iv<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        match &self.0.iv {
            Iv::Clear(iv) => PyBytes::new(py, iv),
            Iv::Wrapped(wrapped) => PyBytes::new(py, wrapped),
        }
    }

    /// `'file'` opens files; `'column'` opens values inside rows, which this package does not do.
    #[getter]
    fn kind(&self) -> &'static str {
        match self.0.kind {
            mgdc_decrypt::KeyKind::Column => "column",
            _ => "file",
        }
    }

    fn __repr__(&self) -> String {
        format!("KeyDetails(place={:?}, public_key_version={:?})", self.0.place, self.0.public_key_version)
    }
}

/// Reads every wrapped key of `encryptionKeyDetails.json`.
#[pyfunction]
pub(crate) fn parse_key_details(json: &[u8]) -> PyResult<Vec<KeyDetails>> {
    let entries = mgdc_decrypt::parse_key_details(json).map_err(|error| raise(&error))?;
    Ok(entries.into_iter().map(KeyDetails).collect())
}

/// The RSA private keys of one source. Wiped by `close()`.
#[pyclass(module = "mgdc_decrypt._core")]
pub(crate) struct PrivateKey(Option<mgdc_decrypt::PrivateKey>);

impl PrivateKey {
    pub(crate) fn open(&self) -> PyResult<&mgdc_decrypt::PrivateKey> {
        self.0.as_ref().ok_or_else(|| closed("private key"))
    }
}

#[pymethods]
impl PrivateKey {
    /// Reads any container: PEM, DER, PFX, JWK, a Key Vault secret. `name`: the file's name, which may hold a version.
    #[staticmethod]
    #[pyo3(signature = (source, *, password=None, name=None))]
    fn load(py: Python<'_>, source: &[u8], password: Option<&str>, name: Option<&str>) -> PyResult<Self> {
        let options = ImportOptions::default().with_name(name).with_password(password);
        let key = py.detach(|| mgdc_decrypt::PrivateKey::import(source, &options));
        Ok(Self(Some(key.map_err(|error| raise(&error))?)))
    }

    /// Size of the modulus of the first key, in bits.
    #[getter]
    fn bits(&self) -> PyResult<usize> {
        Ok(self.open()?.bits())
    }

    /// The Key Vault version of each key of the source; None where unknown.
    #[getter]
    fn versions(&self) -> PyResult<Vec<Option<String>>> {
        Ok(self.open()?.versions().map(|version| version.map(str::to_owned)).collect())
    }

    /// Wipes the key.
    fn close(&mut self) {
        self.0 = None;
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (*_error))]
    fn __exit__(&mut self, _error: &Bound<'_, pyo3::types::PyTuple>) {
        self.close();
    }

    fn __repr__(&self) -> String {
        self.0.as_ref().map_or("PrivateKey(closed)".into(), |key| format!("PrivateKey(bits={})", key.bits()))
    }

    fn __reduce__(&self) -> PyResult<()> {
        Err(PyValueError::new_err("a private key is not pickled: unwrap the file keys here, and pass those on"))
    }
}

/// The AES-256 key and the IV of one key details entry. Wiped by `close()`. A pickle holds its 48 bytes.
#[pyclass(module = "mgdc_decrypt._core")]
pub(crate) struct FileKey(Option<mgdc_decrypt::FileKey>);

impl FileKey {
    /// A copy.
    pub(crate) fn of(key: &mgdc_decrypt::FileKey) -> Self {
        Self(mgdc_decrypt::FileKey::from_bytes(key.to_bytes().as_slice()))
    }

    pub(crate) fn open(&self) -> PyResult<&mgdc_decrypt::FileKey> {
        self.0.as_ref().ok_or_else(|| closed("file key"))
    }
}

#[pymethods]
impl FileKey {
    /// Unwraps the key of an entry. `algorithm`: a padding, by default the one that fits.
    #[staticmethod]
    #[pyo3(signature = (details, private_key, *, algorithm=None))]
    fn unwrap(
        py: Python<'_>,
        details: &KeyDetails,
        private_key: &PrivateKey,
        algorithm: Option<&str>,
    ) -> PyResult<Self> {
        let algorithm = algorithm.map(named).transpose()?;
        let private_key = private_key.open()?;
        let key = py.detach(|| mgdc_decrypt::FileKey::unwrap(&details.0, private_key, algorithm));
        Ok(Self(Some(key.map_err(|error| raise(&error))?)))
    }

    /// Takes Key Vault's answer to decrypt or unwrapKey, in any form.
    #[staticmethod]
    fn from_vault(answer: &[u8], details: &KeyDetails) -> PyResult<Self> {
        let key = mgdc_decrypt::FileKey::from_vault(answer, &details.0);
        Ok(Self(Some(key.map_err(|error| raise(&error))?)))
    }

    /// Only for unpickling.
    #[staticmethod]
    fn _of_bytes(bytes: &[u8]) -> PyResult<Self> {
        let key = mgdc_decrypt::FileKey::from_bytes(bytes);
        Ok(Self(Some(key.ok_or_else(|| PyValueError::new_err("a file key has 48 bytes"))?)))
    }

    /// What undid the RSA wrapping; None where that is not known.
    #[getter]
    fn algorithm(&self) -> PyResult<Option<&'static str>> {
        Ok(self.open()?.algorithm().map(Algorithm::name))
    }

    /// Wipes the key.
    fn close(&mut self) {
        self.0 = None;
    }

    fn __repr__(&self) -> &'static str {
        if self.0.is_some() { "FileKey(…)" } else { "FileKey(closed)" }
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let this = slf.borrow();
        let bytes = this.open()?.to_bytes();
        Ok((slf.get_type().getattr("_of_bytes")?, (PyBytes::new(slf.py(), bytes.as_slice()),)))
    }
}

/// A padding by its name.
pub(crate) fn named(name: &str) -> PyResult<Algorithm> {
    Algorithm::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Algorithm::ALL.iter().map(|algorithm| algorithm.name()).collect();
        PyValueError::new_err(format!("algorithm: expected one of {}", known.join(", ")))
    })
}
