//! What systems and programs leave in folders: never data, told by its name, or for `._name` by its content as well.

/// Folders whose whole content is litter, and who makes them; in lower case.
const FOLDERS: [(&str, &str); 11] = [
    ("__macosx", MACOS),
    (".spotlight-v100", MACOS),
    (".fseventsd", MACOS),
    (".temporaryitems", MACOS),
    (".documentrevisions-v100", MACOS),
    (".trashes", TRASH),
    (".trash", TRASH),
    ("$recycle.bin", TRASH),
    ("system volume information", WINDOWS),
    ("@eadir", "made by a Synology disk station: no part of the drop"),
    (".appledouble", MACOS),
];

/// Files, likewise.
const FILES: [(&str, &str); 10] = [
    (".ds_store", MACOS),
    (".localized", MACOS),
    (".apdisk", MACOS),
    (".volumeicon.icns", MACOS),
    (".com.apple.timemachine.donotpresent", MACOS),
    ("thumbs.db", WINDOWS),
    ("ehthumbs.db", WINDOWS),
    ("ehthumbs_vista.db", WINDOWS),
    ("desktop.ini", WINDOWS),
    (".directory", "made by KDE’s file manager: no part of the drop"),
];

/// Beginnings of names, likewise.
const BEGINNINGS: [(&str, &str); 3] = [
    ("._", MACOS),
    ("~$", "made by Office while a document is open: no part of the drop"),
    (".azdownload-", "a download that AzCopy has not finished: run AzCopy again if the file itself is missing"),
];

const MACOS: &str = "made by macOS: no part of the drop";
const WINDOWS: &str = "made by Windows: no part of the drop";
const TRASH: &str = "it lies in the recycle bin: no part of the drop";

/// Why the file at this path is no data, as half a sentence: who made it. `None` where it may be data.
///
/// A name that begins with `._` says it only where the content is [AppleDouble](is_apple_double) too: Hadoop's checksum
/// of `_SUCCESS` is called `._SUCCESS.crc`.
pub fn litter(path: &str) -> Option<&'static str> {
    litter_of(&path.to_ascii_lowercase())
}

/// The same for a path in lower case.
pub(crate) fn litter_of(lower: &str) -> Option<&'static str> {
    let (folders, name) = lower.rsplit_once('/').unwrap_or(("", lower));
    let folder = folders.split('/').find_map(|folder| match folder.strip_prefix(".trash-") {
        Some(_) => Some(TRASH),
        None => named(&FOLDERS, folder),
    });
    let beginning = || BEGINNINGS.iter().find(|(start, _)| name.len() > start.len() && name.starts_with(start));
    folder.or_else(|| named(&FILES, name)).or_else(|| beginning().map(|(_, words)| *words))
}

/// Whether a file that begins like this is what macOS keeps about another one (AppleSingle and AppleDouble: RFC 1740,
/// appendix B).
pub fn is_apple_double(head: &[u8]) -> bool {
    matches!(head, [0, 5, 0x16, 0 | 7, 0, 1 | 2, 0, 0, ..])
}

fn named(list: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    list.iter().find(|(known, _)| *known == name).map(|(_, words)| *words)
}
