//! The two ends of a file, as they are or with steps undone. They show which conversions are possible and whether a key
//! fits.

use super::charset::{self, Utf16, utf16_order};
use super::undo::{BOM, Undo};
use super::{Step, base64, hex};
use crate::aes_cbc::BLOCK;
use crate::content;
use crate::decompress::zlib;
use std::borrow::Cow;

/// The beginning and the end of a file.
pub(crate) struct View<'a> {
    pub(crate) head: Cow<'a, [u8]>,
    /// The possible ends: none if a step cannot be undone at the end, several if the alignment is not known.
    pub(crate) tails: Vec<Cow<'a, [u8]>>,
    /// The length in bytes; `None` when the whole file would have to be read.
    pub(crate) length: Option<u64>,
}

impl<'a> View<'a> {
    pub(crate) fn of(length: u64, head: &'a [u8], tail: &'a [u8]) -> Self {
        // A caller that knows only the beginning passes an empty tail.
        let tail = if head.len() as u64 == length { head } else { tail };
        Self { head: Cow::Borrowed(head), tails: vec![Cow::Borrowed(tail)], length: Some(length) }
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.length == Some(self.head.len() as u64)
    }

    /// The steps that may have been done last, the likeliest first. This is a cheap guess and no proof.
    pub(crate) fn candidates(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        match &*self.head {
            [0x1F, 0x8B, 0x08, ..] => steps.push(Step::Gzip),
            head if zlib::has_header(head) => steps.push(Step::Zlib),
            _ => {}
        }
        if utf16_order(&self.head).is_some() {
            steps.push(Step::Utf16);
        }
        if self.head.iter().take(64).all(u8::is_ascii) || self.head.starts_with(BOM) {
            steps.extend([Step::Hex, Step::Base64]);
        }
        if self.head.starts_with(BOM) {
            steps.push(Step::Bom);
        }
        let high = self.head.iter().any(|byte| *byte >= 0x80);
        if high && let Some(text) = content::utf8(&self.head, self.is_whole()) {
            let windows = text.chars().any(charset::is_windows);
            steps.push(if windows { Step::Windows1252 } else { Step::Latin1 });
        }
        if self.line_ends().is_some() {
            steps.push(Step::Crlf);
        }
        steps
    }

    /// Whether a CR was certainly inserted before each LF. Both ends may open all the same if they have no LF. A whole
    /// file is decided by its length.
    pub(crate) fn has_crlf(&self) -> bool {
        self.line_ends().is_some_and(|count| self.is_whole() || count >= 2)
    }

    /// The number of line ends, if each is CR and LF; `None` otherwise.
    fn line_ends(&self) -> Option<usize> {
        let ends = self.head.iter().filter(|byte| **byte == b'\n').count();
        let pairs = self.head.windows(2).filter(|pair| *pair == b"\r\n").count();
        (ends > 0 && ends == pairs).then_some(ends)
    }

    /// The view with one step undone; `None` when that is not possible or leaves less than a block.
    pub(crate) fn undo(&self, step: Step) -> Option<View<'static>> {
        let mut head = Vec::new();
        Undo::of(step)?.run(&self.head, self.is_whole(), &mut head).ok()?;
        if head.len() < BLOCK {
            return None;
        }
        if self.is_whole() {
            let (length, tails) = (Some(head.len() as u64), vec![Cow::Owned(head.clone())]);
            return Some(View { head: Cow::Owned(head), tails, length });
        }
        let tails = self.tails.iter().flat_map(|tail| self.tail(step, tail)).map(Cow::Owned).collect();
        let length = self.length.filter(|_| step == Step::Bom).map(|length| length - BOM.len() as u64);
        Some(View { head: Cow::Owned(head), tails, length })
    }

    fn tail(&self, step: Step, tail: &[u8]) -> Vec<Vec<u8>> {
        match step {
            Step::Base64 => base64::tails(tail),
            Step::Hex => vec![hex::tail(tail)],
            Step::Latin1 | Step::Windows1252 => charset::narrow_tail(tail).into_iter().collect(),
            Step::Utf16 => self.utf16_tail(tail).into_iter().collect(),
            // If the tail begins between CR and LF, the LF seems to have no CR.
            Step::Crlf => {
                let cut = usize::from(tail.starts_with(b"\n"));
                let mut bytes = Vec::new();
                let whole =
                    Undo::of(step).map(|mut undo| undo.run(tail.get(cut..).unwrap_or_default(), true, &mut bytes));
                whole.and_then(Result::ok).map(|()| bytes).into_iter().collect()
            }
            Step::Bom => vec![tail.to_vec()],
            // The end of compressed data can be decoded only together with everything before it.
            Step::Gzip | Step::Zlib | Step::IvInFront => Vec::new(),
        }
    }

    fn utf16_tail(&self, tail: &[u8]) -> Option<Vec<u8>> {
        let tail = tail.get(tail.len() % 2..)?;
        let mut bytes = Vec::new();
        Utf16::with_order(utf16_order(&self.head)?).run(tail, true, &mut bytes)?;
        Some(bytes)
    }
}
