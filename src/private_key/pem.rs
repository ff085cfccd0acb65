//! PEM text in any condition → RSA keys.
//!
//! The text is split here because `pem-rfc7468` is strict on purpose: it rejects one-line bodies, odd widths,
//! indentation, text before the key and legacy headers (RustCrypto/RSA issues 168 and 362).

use super::candidates::{Candidates, nearness};
use super::opener::Opener;
use super::{RsaKey, der, legacy_pem, openssh};
use crate::error::Error;
use crate::text;
use std::ops::Range;
use zeroize::Zeroizing;

/// Every RSA private key of a text without escapes; `None` when it has no BEGIN line.
pub(super) fn private_keys(text: &str, opener: &mut Opener<'_>) -> Option<Result<Vec<RsaKey>, Error>> {
    let mut candidates = Candidates::default();
    for block in blocks(text) {
        candidates.add_all(block.private_keys(opener));
    }
    (!candidates.is_empty()).then(|| candidates.finish(CUT))
}

const CUT: Error = Error::PrivateKeyInvalid { problem: "the PEM text has a BEGIN line but no END line: it was cut" };

/// What the blocks of a text hold, whatever their labels say; a block that cannot be read is left out.
pub(crate) fn contents(text: &str) -> Vec<Zeroizing<Vec<u8>>> {
    blocks(text).iter().filter_map(|block| decode(block.body?, block.before).ok()).collect()
}

/// From a BEGIN line to its END line. `body` is `None` when the END line is missing.
pub(super) struct Block<'a> {
    label: String,
    /// The text before BEGIN on its line.
    before: &'a str,
    body: Option<&'a str>,
    /// From the first hyphen to the last.
    pub(super) place: Range<usize>,
}

/// The blocks of a text without escapes. The next BEGIN line ends a block, so that the time stays linear in the length
/// of the text.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut starts: Vec<(Range<usize>, String)> = Vec::new();
    for (at, word) in text.match_indices("BEGIN") {
        let start = hyphens_before(text, at);
        if start < at && starts.last().is_none_or(|(line, _)| line.end <= start) {
            let (label, end) = label(text, at + word.len());
            starts.push((start..end, label));
        }
    }
    let ends = starts.iter().skip(1).map(|(line, _)| line.start).chain([text.len()]).collect::<Vec<_>>();
    let blocks = starts.into_iter().zip(ends).map(|((line, label), next)| {
        let room = text.get(line.end..next).unwrap_or_default();
        let end = end_line(room);
        let place = line.start..end.as_ref().map_or(line.end, |end| line.end + end.end);
        let before = line_before(text, line.start);
        Block { label, before, body: end.and_then(|end| room.get(..end.start)), place }
    });
    blocks.collect()
}

/// The text before a place on its line, at most 200 bytes: many BEGIN lines may be on one line.
fn line_before(text: &str, at: usize) -> &str {
    let near = (at.saturating_sub(200)..=at).find_map(|from| text.get(from..at)).unwrap_or_default();
    near.rsplit(['\n', '\r']).next().unwrap_or_default()
}

/// Where the hyphens before a BEGIN or END begin; `at` itself when there are fewer than two.
fn hyphens_before(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default().trim_end_matches(' ');
    let start = before.trim_end_matches('-').len();
    if before.len() - start < 2 { at } else { start }
}

/// The label after a BEGIN or END, and where the hyphens after it end. Without hyphens it ends with its line.
fn label(text: &str, at: usize) -> (String, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest.find(['-', '\n', '\r', '"', '\'']).unwrap_or(rest.len());
    let (label, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
    let hyphens = match behind.len() - behind.trim_start_matches('-').len() {
        // The hyphens of the END line follow immediately.
        8.. => 5,
        hyphens => hyphens,
    };
    (label.split_whitespace().collect::<Vec<_>>().join(" "), at + length + hyphens)
}

/// The END line in the text after a BEGIN line.
fn end_line(room: &str) -> Option<Range<usize>> {
    room.match_indices("END").find_map(|(at, word)| {
        let start = hyphens_before(room, at);
        // Base64URL may contain two hyphens and these letters, but then more letters follow.
        let is_word = room.get(at + word.len()..)?.chars().next().is_none_or(|c| !c.is_ascii_alphanumeric());
        (start < at && is_word).then(|| start..label(room, at + word.len()).1)
    })
}

impl Block<'_> {
    /// Whether the label is one of a private key, or of a container that may hold one.
    pub(super) fn is_private(&self) -> bool {
        self.label.contains("PRIVATE KEY") || self.label == "PKCS12"
    }

    /// The content, if it is Base64.
    pub(super) fn der(&self) -> Option<Zeroizing<Vec<u8>>> {
        decode(self.body?, self.before).ok()
    }

    pub(super) fn private_keys(&self, opener: &mut Opener<'_>) -> Result<Vec<RsaKey>, Error> {
        let body = self.body.ok_or(CUT)?;
        let named = named(&self.label);
        if self.label.contains("PRIVATE KEY") && legacy_pem::is_encrypted(body) {
            let decode = |body: &str| decode(body, self.before);
            return legacy_pem::private_key(body, opener.password, decode).map(|key| vec![key]);
        }
        // The content decides, because labels get mixed up, and `certutil -encode` labels any file as a certificate.
        let inside = decode(body, self.before).and_then(|bytes| opener.open_inner(&bytes));
        match (inside, named) {
            (Err(error), Some(named)) if nearness(&error) < nearness(&NEARER) => Err(named),
            (inside, _) => inside,
        }
    }
}

/// Errors this close to a key are more useful than the label.
const NEARER: Error = Error::PrivateKeyTooSmall { bits: 0 };

/// The error for a label; `None` for the labels of usable private keys.
fn named(label: &str) -> Option<Error> {
    let missing = |found, remedy| Error::PrivateKeyMissing { found, remedy };
    Some(match label {
        "PRIVATE KEY" | "RSA PRIVATE KEY" | "ENCRYPTED PRIVATE KEY" | "PKCS12" | "OPENSSH PRIVATE KEY" => return None,
        "EC PRIVATE KEY" => Error::PrivateKeyNotRsa { found: "an EC private key" },
        "DSA PRIVATE KEY" => Error::PrivateKeyNotRsa { found: "a DSA private key" },
        "SSH2 ENCRYPTED PRIVATE KEY" => openssh::UNSUPPORTED,
        label if label.starts_with("PGP PRIVATE KEY") => PGP,
        label if label.starts_with("PGP") => missing("a PGP text without a private key", der::NEED_PRIVATE),
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => missing("a certificate", der::NEED_PRIVATE),
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => missing("a certificate request", der::NEED_PRIVATE),
        "PUBLIC KEY" | "RSA PUBLIC KEY" | "SSH2 PUBLIC KEY" => missing("a public key", der::NEED_PRIVATE),
        _ => missing("a PEM block without a private key", der::NEED_PRIVATE),
    })
}

pub(super) const PGP: Error = Error::PrivateKeyUnsupported {
    found: "a PGP private key",
    remedy: "add the RSA key that is named after the tenant id, as PEM or PFX: no PGP key belongs to a drop",
};

/// Whether a line around a key belongs to it: attributes as OpenSSL prints them, names with values, comments, brackets.
pub(super) fn is_attribute(line: &str) -> bool {
    let line = line.trim();
    let name = line.split_once(['=', ':']).map(|(name, _)| name.trim());
    line.chars().all(|c| !c.is_alphanumeric())
        || line.starts_with(['#', ';', '[', '<'])
        || line.starts_with("//")
        || line.starts_with("Bag Attributes")
        || ["EOF", "END", "EOT"].contains(&line)
        || name.is_some_and(|name| name.len() <= 80 && !name.contains(['{', ',']))
}

/// `before` is the text before BEGIN on its line, such as a comment sign or a quotation sign, which every line may
/// have.
fn decode(body: &str, before: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    // Quotation marks are removed in pairs, below.
    let before = if before.contains(['"', '\'']) { "" } else { before };
    let mut lines = Zeroizing::new(String::with_capacity(body.len() + 1));
    for line in body.split(['\n', '\r']) {
        let line = line.strip_prefix(before).or(line.strip_prefix(before.trim_end())).unwrap_or(line);
        lines.push_str(line);
        lines.push('\n');
    }
    // Source code concatenates strings, as in "MII…" + "…"; lists have commas.
    let mut joined = Zeroizing::new(String::with_capacity(lines.len()));
    for (index, part) in lines.split(['"', '\'']).enumerate() {
        let is_between = index % 2 == 1 && part.chars().all(|c| c.is_whitespace() || "+,.&;()\\_".contains(c));
        joined.push_str(if is_between { "" } else { part });
    }
    let body = text::without(&joined, |c| matches!(c, '\\' | ','));
    text::base64(&body)
        .map_err(|_| Error::PrivateKeyInvalid { problem: "the PEM text holds characters that are not Base64" })
}
