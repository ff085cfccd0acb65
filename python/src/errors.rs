//! Errors: one exception class, written in Python, with the core's code and text.

use mgdc_decrypt::Error;
use pyo3::prelude::*;

/// The exception for an error of the core: `MgdcDecryptError(code, message)`.
pub(crate) fn raise(error: &Error) -> PyErr {
    raised(error.code(), &error.to_string())
}

/// The same for a code and a message.
pub(crate) fn raised(code: &str, message: &str) -> PyErr {
    Python::attach(|py| {
        let made = PyModule::import(py, "mgdc_decrypt.errors")
            .and_then(|module| module.getattr("MgdcDecryptError"))
            .and_then(|class| class.call1((code, message)));
        made.map_or_else(|error| error, PyErr::from_value)
    })
}

/// The exception for a handle that was closed.
pub(crate) fn closed(what: &str) -> PyErr {
    pyo3::exceptions::PyValueError::new_err(format!("this {what} was closed"))
}
