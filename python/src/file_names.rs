//! What names of files need of Unicode, and Python has not: see `mgdc_decrypt/file_names.py`.

use pyo3::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// The beginning of a text, with at most so many bytes: cut between characters as a reader sees them (grapheme clusters)
/// where that leaves any, and never inside a code point.
#[pyfunction]
pub(crate) fn cut(text: &str, most: usize) -> &str {
    let most = text.floor_char_boundary(most);
    let starts = text.grapheme_indices(true).map(|(start, _)| start).chain([text.len()]);
    let end = starts.take_while(|start| *start <= most).last().filter(|start| *start > 0);
    text.get(..end.unwrap_or(most)).unwrap_or(text)
}
