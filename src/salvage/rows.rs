//! Text → rows: lines, and whether a line makes sense as a row.

use serde::de::IgnoredAny;
use zeroize::Zeroize;

/// Bytes of the longest row. A longer one counts as a sign of damage: it would have to be held in memory.
const LONGEST: usize = 1 << 24;

/// What the rows are. The first line decides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// JSON Lines: every row is an object, or every row is an array.
    Json {
        /// The first character of each.
        open: u8,
    },
    /// Every line has as many separators of each kind as the first one.
    Table {
        separators: [usize; 4],
        /// Whether a second line had as many.
        is_confirmed: bool,
    },
    /// Lines of text, of which no two are alike.
    Prose,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Line {
    Row,
    /// Perhaps the end of a row whose beginning is lost: no row, and no sign of damage.
    Rest,
    Damaged,
}

/// Splits text into lines. A line break inside a quoted CSV field is not known here: such a row counts as damaged.
pub(super) struct Lines {
    /// The line so far.
    line: Vec<u8>,
    /// Where it begins in the text.
    pub(super) start: u64,
    /// Where the text ends so far.
    pub(super) end: u64,
    kind: Option<Kind>,
    /// Whether only damage that shows in the line itself counts: nothing is said of separators.
    is_local: bool,
    /// The text begins in the middle of a row, or may do so.
    is_entered: bool,
}

impl Lines {
    /// `kind`: that of rows of the same file before. `is_entered`: a row may have begun before this text.
    pub(super) fn new(kind: Option<Kind>, is_entered: bool, is_local: bool) -> Self {
        Self { line: Vec::new(), start: 0, end: 0, kind, is_local, is_entered }
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// Takes text up to and with the end of the line. Returns what is left when the line is complete, and `None` when
    /// all of it was taken.
    pub(super) fn take<'a>(&mut self, text: &'a [u8]) -> Option<&'a [u8]> {
        let length = memchr::memchr(b'\n', text).map(|at| at + 1);
        let (now, later) = text.split_at(length.unwrap_or(text.len()));
        self.line.extend_from_slice(now);
        self.end += now.len() as u64;
        length.map(|_| later)
    }

    pub(super) fn is_too_long(&self) -> bool {
        self.line.len() > LONGEST
    }

    /// The line so far.
    pub(super) fn line(&self) -> &[u8] {
        &self.line
    }

    /// Begins the next line.
    pub(super) fn next(&mut self) {
        self.line.clear();
        self.start = self.end;
        self.is_entered = false;
    }

    /// What the line is; the first whole one decides the kind of all.
    pub(super) fn judge(&mut self) -> Line {
        let (is_entered, is_local) = (self.is_entered, self.is_local);
        let Ok(text) = std::str::from_utf8(&self.line) else {
            return if is_entered { Line::Rest } else { Line::Damaged };
        };
        let text = if self.start == 0 { text.trim_start_matches('\u{FEFF}') } else { text };
        // The rest of a JSON row is never valid JSON of its own: it closes brackets or quotes that it has not opened.
        // The rest of any other line may look like a line.
        if is_entered {
            let is_whole = matches!(self.kind, Some(Kind::Json { open }) if is_json(text, open));
            return if is_whole { Line::Row } else { Line::Rest };
        }
        let kind = *self.kind.get_or_insert_with(|| match text.as_bytes().first() {
            Some(&open @ (b'{' | b'[')) if is_json(text, open) => Kind::Json { open },
            _ if separators(text) == [0; 4] => Kind::Prose,
            _ => Kind::Table { separators: separators(text), is_confirmed: false },
        });
        let is_row = match kind {
            Kind::Json { open } => is_json(text, open) || text.trim_ascii().is_empty(),
            _ if text.contains(is_control) => false,
            Kind::Table { separators: expected, is_confirmed } if !is_local => {
                let is_same = separators(text) == expected;
                if !is_confirmed && self.start > 0 {
                    let confirmed = Kind::Table { separators: expected, is_confirmed: true };
                    self.kind = Some(if is_same { confirmed } else { Kind::Prose });
                }
                is_same || !is_confirmed
            }
            Kind::Table { .. } | Kind::Prose => true,
        };
        if is_row { Line::Row } else { Line::Damaged }
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.line.zeroize();
    }
}

fn is_json(text: &str, open: u8) -> bool {
    text.as_bytes().first() == Some(&open) && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\r' | '\n')
}

/// Commas, tabs, semicolons and bars outside of quotes.
fn separators(text: &str) -> [usize; 4] {
    let (mut counts, mut is_quoted) = ([0; 4], false);
    for byte in text.bytes() {
        let place = match byte {
            b'"' => {
                is_quoted = !is_quoted;
                continue;
            }
            b',' => 0,
            b'\t' => 1,
            b';' => 2,
            b'|' => 3,
            _ => continue,
        };
        if !is_quoted && let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    counts
}
