//! The layout of a drop, from its paths alone: its root, its key details, its metadata.

use crate::litter::litter_of;

/// The role of a file, by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathRole {
    /// `encryptionKeyDetails.json`: holds the wrapped keys, and is not copied to the output.
    KeyDetails,
    /// Under `metadata/`: never encrypted. A JSON file there may hold key details as well
    /// (`JobMetadata/Metadata.json`).
    Metadata,
    /// Left by an operating system or a program, and not copied to the output: see [`litter`](crate::litter). A file
    /// whose name begins with `._` is data unless its content is [AppleDouble](crate::is_apple_double).
    Litter,
    /// Anything else. Its content shows whether it is encrypted.
    Data,
}

/// The layout of a drop. `root` ends in `/` or is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// What every path of the drop begins with: `export/` when a folder around the drop was added. Litter may be
    /// outside of it.
    pub root: String,
    /// The role of each path, in the order given.
    pub roles: Vec<PathRole>,
}

/// Where the key details lie in a drop (Microsoft Learn, "Use encryption with Microsoft Graph Data Connect").
pub const KEY_DETAILS_PATH: &str = "metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json";

/// Paths below the root of a drop, in lower case, by which the root is found.
const PLACES: [&str; 2] = ["metadata/moremetadata/encrypteddatasets/", "metadata/jobmetadata/metadata.json"];

impl Layout {
    /// Finds the root and the roles of paths whose folders are separated by `/`.
    ///
    /// With several drops side by side the root is empty, so that their paths stay apart. Litter is ignored for the
    /// root.
    pub fn of(paths: &[&str]) -> Self {
        // Only ASCII letters change, so every length stays the same.
        let lower: Vec<String> = paths.iter().map(|path| path.to_ascii_lowercase()).collect();
        let is_litter: Vec<bool> = lower.iter().map(|path| litter_of(path).is_some()).collect();
        let others = || lower.iter().zip(&is_litter).filter(|(_, is_litter)| !**is_litter).map(|(path, _)| path);
        let mut roots: Vec<&str> = others().filter_map(|path| root(path)).collect();
        roots.sort_unstable();
        roots.dedup();
        let shared = match roots.as_slice() {
            [only] if others().all(|path| path.starts_with(only)) => *only,
            _ => "",
        };
        let first = paths.iter().zip(&lower).find(|(_, lower)| lower.starts_with(shared)).map(|(path, _)| *path);
        let root = first.and_then(|path| path.get(..shared.len())).unwrap_or_default().to_owned();
        let roles = lower.iter().zip(is_litter);
        let roles = roles.map(|(path, is_litter)| if is_litter { PathRole::Litter } else { role(path, &roots) });
        Self { root, roles: roles.collect() }
    }
}

/// Whether a path, joined to a folder of this system, stays below it: it has no empty part, no `.` and no `..`. On
/// Windows, `\` separates folders too, and `:` names a drive or a stream.
pub fn is_safe_path(path: &str) -> bool {
    let is_foreign = |part: &str| cfg!(windows) && part.contains(['\\', ':']);
    path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains('\0') && !is_foreign(part))
}

fn root(path: &str) -> Option<&str> {
    let is_folder = |at: &usize| *at == 0 || path.as_bytes().get(at - 1) == Some(&b'/');
    let at = PLACES.iter().find_map(|place| path.match_indices(place).map(|(at, _)| at).find(is_folder))?;
    path.get(..at)
}

fn role(path: &str, roots: &[&str]) -> PathRole {
    let name = path.rsplit('/').next().unwrap_or_default();
    // Browsers add ` (1)` and the like to downloads; Windows hides the ending that an editor or a mail program adds.
    if name.starts_with("encryptionkeydetails") && (name.ends_with(".json") || name.ends_with(".json.txt")) {
        return PathRole::KeyDetails;
    }
    let inner = roots.iter().filter_map(|root| path.strip_prefix(root)).min_by_key(|rest| rest.len());
    let metadata = match inner {
        Some(inner) => inner.starts_with("metadata/"),
        // No root is known, so the folder may be at any depth.
        None => path.split('/').rev().skip(1).any(|folder| folder == "metadata"),
    };
    if metadata { PathRole::Metadata } else { PathRole::Data }
}
