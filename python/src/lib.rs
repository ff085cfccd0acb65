//! The bindings for Python: the core's types as classes, errors as one exception. No logic: see `mgdc_decrypt/*.py` for
//! files and folders, and the core for everything about a drop.

mod errors;
mod file_names;
mod inventory;
mod keys;
mod opener;

use pyo3::prelude::*;

#[pymodule]
mod _core {
    #[pymodule_export]
    use super::file_names::cut;
    #[pymodule_export]
    use super::inventory::{Inventory, KeySet, Verdict, is_safe_path, layout, private_key_kind};
    #[pymodule_export]
    use super::keys::{FileKey, KeyDetails, PrivateKey, parse_key_details};
    #[pymodule_export]
    use super::opener::{Opener, Summary};

    /// Where the key details lie in a drop.
    #[pymodule_export]
    const KEY_DETAILS_PATH: &str = mgdc_decrypt::KEY_DETAILS_PATH;
    /// Size of the biggest file that may be a private key.
    #[pymodule_export]
    const MOST_OF_A_KEY: usize = mgdc_decrypt::Recognized::MOST;
}
