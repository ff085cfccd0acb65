//! Private keys and file keys as handles.

use super::shapes::fail;
use super::{Result, key_bytes};
use mgdc_wipe::wiping_stack;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

/// The RSA private keys of one source.
#[wasm_bindgen]
pub struct PrivateKey(pub(super) crate::PrivateKey);

#[wasm_bindgen]
impl PrivateKey {
    /// Reads any container. `name` is the file name of the source.
    pub fn import(source: Vec<u8>, name: Option<String>, password: Option<String>) -> Result<Self> {
        let (source, password) = (Zeroizing::new(source), password.map(Zeroizing::new));
        let options = crate::ImportOptions::default()
            .with_name(name.as_deref())
            .with_password(password.as_ref().map(|password| password.as_str()));
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

    /// The numbers of the keys, for `Unwrapper`. The caller wipes them.
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
    pub fn unwrap(details: &[u8], private_key: &PrivateKey, algorithm: Option<String>) -> Result<Self> {
        let algorithm = algorithm.as_deref().and_then(crate::Algorithm::from_name);
        let details = entry(details)?;
        wiping_stack(|| crate::FileKey::unwrap(&details, &private_key.0, algorithm).map(Box::new))
            .map(Self)
            .map_err(fail)
    }

    /// `details` as for `unwrap`.
    #[wasm_bindgen(js_name = fromVault)]
    pub fn from_vault(answer: Vec<u8>, details: &[u8]) -> Result<Self> {
        let (answer, details) = (Zeroizing::new(answer), entry(details)?);
        wiping_stack(|| crate::FileKey::from_vault(&answer, &details).map(Box::new)).map(Self).map_err(fail)
    }

    /// The algorithm that undid the wrapping.
    #[wasm_bindgen(getter)]
    pub fn algorithm(&self) -> Option<String> {
        self.0.algorithm().map(|algorithm| algorithm.name().into())
    }

    /// How the key was encoded.
    #[wasm_bindgen(getter)]
    pub fn encoding(&self) -> String {
        self.0.encoding().name().into()
    }

    /// 32 bytes of key, 16 bytes of IV: for a worker. The caller wipes them.
    pub fn bytes(&self) -> Vec<u8> {
        key_bytes::of_key(&self.0)
    }
}

/// The only entry of a document.
fn entry(details: &[u8]) -> Result<crate::KeyDetails> {
    crate::parse_key_details(details).map(|mut entries| entries.swap_remove(0)).map_err(fail)
}
