//! Which files of a drop may hold key details.

use crate::content::Content;
use crate::layout::PathRole;
use crate::probe::Probe;

/// Maximum bytes of a key details document: 100,000 entries. Its parsed JSON takes several times as much memory, and a
/// second to read.
const DOCUMENT_LIMIT: u64 = 64 << 20;
/// Maximum bytes of a file that may be a renamed key details document; real ones have a few KiB.
const CANDIDATE_LIMIT: u64 = 1 << 20;

/// What a file has to do with key details, by its path, role and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Candidate {
    /// A key details document by its name: it is read, and what is wrong with it is a fault of the drop.
    Document,
    /// A key details document of more than `limit` bytes, which is not read: see
    /// [`DataDrop::refuse_document`](crate::DataDrop::refuse_document).
    TooBig {
        /// Maximum bytes of a document.
        limit: u64,
    },
    /// May hold key details: it is read, and added if [`mentions_keys`] says so.
    Perhaps,
    /// Holds none.
    No,
}

impl Candidate {
    /// `path`: below the root of the drop.
    ///
    /// A related export scheme keeps the key details in the job's metadata, and a document may have been renamed. Data
    /// files in folders are never looked into: their content comes from senders, who could plant key details.
    pub fn of(path: &str, role: PathRole, size: u64) -> Self {
        match role {
            PathRole::KeyDetails if size > DOCUMENT_LIMIT => Self::TooBig { limit: DOCUMENT_LIMIT },
            PathRole::KeyDetails => Self::Document,
            PathRole::Litter => Self::No,
            PathRole::Data if path.contains('/') => Self::No,
            _ if path.ends_with(".json") && size <= CANDIDATE_LIMIT => Self::Perhaps,
            _ => Self::No,
        }
    }
}

/// Whether a file that [`DataDrop::wants`](crate::DataDrop::wants) is to be read as key details: by its name, or because
/// it mentions decryption keys, and data is JSON. Other documents are no faulty key details. Finds the words in UTF-16,
/// too.
pub fn mentions_keys(role: PathRole, document: &[u8]) -> bool {
    if role == PathRole::KeyDetails {
        return true;
    }
    let head = document.get(..Probe::HEAD).unwrap_or(document);
    let probe = Probe { length: document.len() as u64, head, tail: &[] };
    if role == PathRole::Data && probe.clear() != Some(Content::Json) {
        return false;
    }
    let text: Vec<u8> = document.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    [&b"decryptionkey"[..], b"decryption_key"].iter().any(|word| memchr::memmem::find(&text, word).is_some())
}
