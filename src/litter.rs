//! Files that operating systems and programs leave in folders. They are recognised by name; `._name` by its content as
//! well.

/// Names of folders whose whole content is litter, in lower case, with the words for who made them.
const FOLDERS: &[(&str, &str)] = &[
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

/// Names of files that are litter.
const FILES: &[(&str, &str)] = &[
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

/// Beginnings of names of files that are litter.
const BEGINNINGS: &[(&str, &str)] = &[
    ("._", MACOS),
    ("~$", "made by Office while a document is open: no part of the drop"),
    (".azdownload-", "a download that AzCopy has not finished: run AzCopy again if the file itself is missing"),
];

const MACOS: &str = "made by macOS: no part of the drop";
const WINDOWS: &str = "made by Windows: no part of the drop";
const TRASH: &str = "it lies in the recycle bin: no part of the drop";

/// Why the file at this path is not data, as half a sentence that says what made it. `None` when it may be data.
///
/// A file whose name begins with `._` is litter only if its content is [AppleDouble](is_apple_double): Hadoop's
/// checksum of `_SUCCESS` is called `._SUCCESS.crc`.
pub fn litter(path: &str) -> Option<&'static str> {
    litter_of(&path.to_ascii_lowercase())
}

/// The same for a path in lower case.
pub(crate) fn litter_of(lower: &str) -> Option<&'static str> {
    let (folders, name) = lower.rsplit_once('/').unwrap_or(("", lower));
    let folder = folders.split('/').find_map(|folder| match folder.strip_prefix(".trash-") {
        Some(_) => Some(TRASH),
        None => named(FOLDERS, folder),
    });
    let beginning = || BEGINNINGS.iter().find(|(start, _)| name.len() > start.len() && name.starts_with(start));
    folder.or_else(|| named(FILES, name)).or_else(|| beginning().map(|(_, words)| *words))
}

/// Whether a file that begins with `head` holds macOS's attributes of another file (AppleSingle and AppleDouble: RFC
/// 1740, appendix B).
pub fn is_apple_double(head: &[u8]) -> bool {
    matches!(head, [0, 5, 0x16, 0 | 7, 0, 1 | 2, 0, 0, ..])
}

fn named(list: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    list.iter().find(|(known, _)| *known == name).map(|(_, words)| *words)
}
