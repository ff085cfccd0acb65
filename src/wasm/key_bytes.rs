//! File keys as bytes, on their way from the page to a worker: both sides of each record.
//!
//! | record | bytes |
//! | --- | --- |
//! | file key | 32 of AES key, 16 of IV |
//! | file key of an entry | 4 of index into the drop's entries (little-endian), 48 of file key |

use super::Result;
use crate::FileKey;
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

const KEY: usize = 32 + 16;
const KEY_OF_ENTRY: usize = 4 + KEY;

/// A file key as a record. The caller wipes it.
pub(super) fn of_key(file_key: &FileKey) -> Vec<u8> {
    file_key.to_bytes().to_vec()
}

/// The file key of a record, which is wiped.
pub(super) fn to_key(record: Vec<u8>) -> Result<FileKey> {
    read_key(&Zeroizing::new(record))
}

/// File keys with the indices of their entries, one record after another. The caller wipes them.
pub(super) fn of_keys<'a>(keys: impl Iterator<Item = (usize, &'a FileKey)> + Clone) -> Vec<u8> {
    // Allocated once: a vector that grows leaves copies behind.
    let mut records = Vec::with_capacity(KEY_OF_ENTRY * keys.clone().count());
    for (index, key) in keys {
        records.extend_from_slice(&(index as u32).to_le_bytes());
        records.extend_from_slice(key.to_bytes().as_slice());
    }
    records
}

/// The file keys of [`of_keys`], whose records are wiped.
pub(super) fn to_keys(records: Vec<u8>) -> Result<Vec<(usize, FileKey)>> {
    let records = Zeroizing::new(records);
    let keys = records.as_chunks::<KEY_OF_ENTRY>().0.iter().map(|record| {
        let (index, key) = record.split_first_chunk::<4>().ok_or("an entry has 52 bytes")?;
        Ok((u32::from_le_bytes(*index) as usize, read_key(key)?))
    });
    keys.collect()
}

fn read_key(record: &[u8]) -> Result<FileKey> {
    FileKey::from_bytes(record).ok_or_else(|| JsValue::from_str("a file key has 48 bytes"))
}
