//! Clear files that look as if they should have been ciphertext: error pages saved in place of a blob, and conversions.

use crate::aes_cbc::BLOCK;
use crate::content::{self, Content};
use crate::noise::{self, Noise};
use crate::repair::{Step, View, is_said, opening};

/// What a clear file looks like that perhaps should have been ciphertext. Each of these may also be what was delivered:
/// the caller decides by the other files of the drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lookalike {
    /// No bytes at all.
    Nothing,
    /// HTML, such as a sign-in page or the block page of a proxy.
    WebPage,
    /// `<Error><Code>…` of Azure Storage's REST API.
    StorageError,
    /// `{"error":{"code":…` of Azure's and Graph's REST APIs.
    ServiceError,
    /// The pointer that Git LFS stores in place of a file.
    LfsPointer,
    /// Base64 text of what may be ciphertext, which no key opens.
    Base64,
    /// Hex digits of what may be ciphertext, which no key opens.
    Hex,
    /// gzip of what may be ciphertext, which no key opens.
    NoiseInGzip,
    /// Binary data that was converted to text, which no key opens.
    Converted,
}

impl Lookalike {
    /// Words for it, with an article: `a web page`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Nothing => "an empty file",
            Self::WebPage => "a web page",
            Self::StorageError => "an error message of Azure Storage",
            Self::ServiceError => "an error message of an Azure service",
            Self::LfsPointer => "a Git LFS pointer, which stands in place of the file",
            Self::Base64 => "a Base64 text that no key here opens",
            Self::Hex => "a text of hex digits that no key here opens",
            Self::NoiseInGzip => "a gzip file with a ciphertext inside that no key here opens",
            Self::Converted => "a binary file that was converted to text",
        }
    }
}

/// What a file looks like without any key.
#[derive(Debug, PartialEq)]
pub(crate) enum Look {
    /// It was not encrypted.
    Clear(Content, Option<Lookalike>),
    /// It may be a converted ciphertext: only a key can tell.
    Suspect(Content, Lookalike),
    /// It was a ciphertext and lost bytes. The text is half a sentence about the file.
    Lost(&'static str),
    /// It looks encrypted.
    Opaque,
}

impl Look {
    pub(crate) fn at(view: &View<'_>) -> Self {
        let whole = view.is_whole();
        if view.length == Some(0) {
            return Self::Clear(Content::Empty, Some(Lookalike::Nothing));
        }
        let text = content::decoded(&view.head, whole);
        let noise = text.as_deref().and_then(|text| noise::of(text, whole));
        match noise {
            Some(Noise::Replaced) => return Self::Lost(REPLACED),
            Some(Noise::Questioned) => return Self::Lost(QUESTIONED),
            _ => {}
        }
        if is_stripped(&view.head, whole) {
            return Self::Lost(STRIPPED);
        }
        match content::recognize_clear(&view.head, whole) {
            None => Self::Opaque,
            Some(Content::Gzip) => inside_gzip(view),
            Some(content @ (Content::Json | Content::Text)) => {
                let suspect = noise.map(|_| Lookalike::Converted).or_else(|| encoded(view));
                match suspect {
                    Some(lookalike) => Self::Suspect(content, lookalike),
                    None => Self::Clear(content, saved(text.as_deref().unwrap_or_default())),
                }
            }
            Some(content) => Self::Clear(content, None),
        }
    }
}

const REPLACED: &str = "contains U+FFFD in place of many of its bytes: it was read as text on the way, which lost them";
const QUESTIONED: &str =
    "has question marks in place of all bytes above 127: it was converted to ASCII on the way, which lost them";
const STRIPPED: &str =
    "is no text, and yet has no byte above 127: the highest bit of each was taken away on the way, which lost them";

/// Whether this is noise with every byte below 128: 128 bytes of ciphertext look like that once in 2^128.
fn is_stripped(head: &[u8], whole: bool) -> bool {
    let controls = head.iter().filter(|byte| content::is_ascii_control(byte)).count();
    // Many zero bytes are UTF-16 or numbers, and not ciphertext.
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    head.len() >= 128
        && head.is_ascii()
        && controls * 8 >= head.len()
        && zeros * 20 < head.len()
        && noise::is_noise_of(128, head)
        && content::recognize_clear(head, whole).is_none()
}

/// The look at a gzip file, by what it inflates to.
fn inside_gzip(view: &View<'_>) -> Look {
    let Some(inner) = view.undo(Step::Gzip) else { return Look::Clear(Content::Gzip, None) };
    match Look::at(&inner) {
        Look::Suspect(_, lookalike) => Look::Suspect(Content::Gzip, lookalike),
        Look::Lost(problem) => Look::Lost(problem),
        Look::Opaque if is_blocks(&inner) && noise::is_noise(&inner.head) => {
            Look::Suspect(Content::Gzip, Lookalike::NoiseInGzip)
        }
        Look::Opaque | Look::Clear(..) => Look::Clear(Content::Gzip, None),
    }
}

/// Whether the length may be whole AES blocks, as far as it is known.
fn is_blocks(view: &View<'_>) -> bool {
    view.length.is_none_or(|length| length.is_multiple_of(BLOCK as u64))
}

/// Whether the whole file is Base64 or hex text of whole blocks of noise.
fn encoded(view: &View<'_>) -> Option<Lookalike> {
    [(Step::Hex, Lookalike::Hex), (Step::Base64, Lookalike::Base64)].into_iter().find_map(|(step, lookalike)| {
        if view.head.starts_with(&[0xFF, 0xFE]) || view.head.starts_with(&[0xFE, 0xFF]) {
            let inner = view.undo(Step::Utf16)?;
            return encoded(&inner).filter(|found| *found == lookalike);
        }
        let inner = view.undo(step)?;
        let digits = view.head.get(if step == Step::Base64 { opening(&view.head) } else { 0 }..)?;
        // The Base64 takes up nearly all of the file, unless an envelope says that it is Base64. In a row of data it is
        // only a part.
        let is_all = step == Step::Hex || inner.head.len() * 16 >= view.head.len() * 9 || is_said(&view.head);
        let lower = digits.iter().any(u8::is_ascii_lowercase);
        let upper = digits.iter().any(u8::is_ascii_uppercase);
        let mixed = if step == Step::Base64 { lower && upper } else { lower != upper };
        // No encoder puts blanks into Base64; words between blanks are Base64 by chance.
        let is_text = step == Step::Base64 && !is_said(&view.head) && digits.trim_ascii().contains(&b' ');
        let is_noise = is_blocks(&inner) && noise::is_noise(&inner.head);
        let is_suspect = is_noise || matches!(Look::at(&inner), Look::Suspect(..));
        (is_all && mixed && !is_text && is_suspect).then_some(lookalike)
    })
}

/// What was saved in place of a blob, if the text looks like that.
fn saved(text: &str) -> Option<Lookalike> {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let beginning: String =
        text.chars().take(2048).filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let markup = beginning
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .map_or(beginning.as_str(), |(_, rest)| rest);
    if ["<!doctypehtml", "<html", "<head>", "<body"].iter().any(|start| markup.starts_with(start)) {
        return Some(Lookalike::WebPage);
    }
    if markup.starts_with("<error>") && markup.contains("<code>") {
        return Some(Lookalike::StorageError);
    }
    if ["{\"error\":{\"code\":", "{\"error\":{\"message\":", "{\"error\":\"", "{\"odata.error\":{"]
        .iter()
        .any(|start| beginning.starts_with(start))
    {
        return Some(Lookalike::ServiceError);
    }
    text.starts_with("version https://git-lfs.github.com/spec/").then_some(Lookalike::LfsPointer)
}
