//! Archives, recognised by content: a packed drop must be unpacked first.

mod inflating;

pub use inflating::EntryInflater;

use crate::decompress::PooledInflater;
use crate::decompress::gzip::{Header, header};

/// Where the magic of a tar header is (POSIX, `pax`, "ustar Interchange Format").
const USTAR: std::ops::Range<usize> = 257..262;
/// First member names of ZIP files that are documents or programs (Office, EPUB, Java): these are not unpacked.
const DOCUMENTS: [&[u8]; 5] = [b"[Content_Types].xml", b"_rels/", b"docProps/", b"mimetype", b"META-INF/"];

/// The kind of archive that a file is, with its article (`a ZIP archive`); `None` for anything else, and for documents
/// that are ZIP files inside. `head` is the first 4096 bytes of the file, or all of it.
pub fn archive(head: &[u8]) -> Option<&'static str> {
    match head {
        [b'P', b'K', 3, 4, ..] if is_document(head) => None,
        // APPNOTE.TXT: a member, the end of an empty archive, and the marker of a split archive.
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => Some("a ZIP archive"),
        [b'7', b'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => Some("a 7-Zip archive"),
        [b'R', b'a', b'r', b'!', 0x1A, 7, ..] => Some("a RAR archive"),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some("an XZ archive"),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => Some("a bzip2 archive"),
        [0x1F, 0x8B, ..] => is_tar(&inflated(head)?).then_some("a compressed tar archive"),
        _ => is_tar(head).then_some("a tar archive"),
    }
}

// PKWARE's APPNOTE.TXT, 4.3.7: the first member's name follows 30 bytes of header.
fn is_document(head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    DOCUMENTS.iter().any(|document| name.starts_with(document))
}

fn is_tar(head: &[u8]) -> bool {
    head.get(USTAR) == Some(b"ustar")
}

fn inflated(head: &[u8]) -> Option<Vec<u8>> {
    let Ok(Header::Complete { length }) = header(head) else { return None };
    let mut inflater = PooledInflater::new();
    inflater.decode(head.get(length..)?).ok()?;
    Some(inflater.fresh().to_vec())
}
