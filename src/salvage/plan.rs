//! Which rows are given, and which bytes of the file gave none.

use std::collections::VecDeque;
use std::ops::Range;

/// Most gaps between rows that are given. What comes after so many is lost: the list of them is held in memory.
const GAPS: usize = 1000;

/// Rows that follow each other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    /// Their numbers: rows that make sense are counted through the whole file, whether they are given or not.
    pub(super) rows: Range<u64>,
    /// Where the last of them ends in the plaintext.
    pub(super) end: u64,
    /// The bytes of the file that they came from: from at most here, to at least there.
    pub(super) source: Range<u64>,
    pub(super) bytes: u64,
}

impl Span {
    fn extend(&mut self, next: &Self) {
        self.rows.end = next.rows.end;
        self.end = next.end;
        self.source.end = next.source.end;
        self.bytes += next.bytes;
    }
}

/// Rows of which it is not known yet whether they are given.
#[derive(Debug, Default)]
pub(super) struct Undecided {
    /// Those so far from the end that only a wrong checksum would reject them.
    settled: Option<Span>,
    /// The others, one by one.
    recent: VecDeque<Span>,
}

impl Undecided {
    /// `safe`: where the plaintext ends that no sign of damage puts in doubt any more.
    pub(super) fn push(&mut self, row: Span, safe: u64) {
        self.recent.push_back(row);
        while self.recent.front().is_some_and(|row| row.end <= safe) {
            let Some(row) = self.recent.pop_front() else { return };
            match &mut self.settled {
                Some(settled) => settled.extend(&row),
                None => self.settled = Some(row),
            }
        }
    }

    /// Removes and returns the rows that end up to here.
    pub(super) fn up_to(&mut self, end: u64) -> Option<Span> {
        // With an end inside of the settled ones they stay: that is never asked.
        let mut taken = self.settled.take_if(|settled| settled.end <= end);
        while self.recent.front().is_some_and(|row| row.end <= end) {
            let Some(row) = self.recent.pop_front() else { break };
            match &mut taken {
                Some(taken) => taken.extend(&row),
                None => taken = Some(row),
            }
        }
        taken
    }
}

/// The rows that are given.
#[derive(Debug)]
pub(super) struct Plan {
    /// Their numbers.
    pub(super) given: Vec<Range<u64>>,
    /// Bytes of the file that gave no row.
    pub(super) lost: Vec<Range<u64>>,
    pub(super) rows: u64,
    pub(super) bytes: u64,
    /// Whether a right checksum covers every row.
    pub(super) is_certain: bool,
    /// Up to where the bytes of the file are in `given` or `lost`.
    covered: u64,
    is_broken: bool,
}

impl Plan {
    pub(super) fn new() -> Self {
        Self { given: Vec::new(), lost: Vec::new(), rows: 0, bytes: 0, is_certain: true, covered: 0, is_broken: false }
    }

    /// Something is lost here.
    pub(super) fn break_off(&mut self) {
        self.is_broken = true;
    }

    pub(super) fn is_full(&self) -> bool {
        self.lost.len() >= GAPS
    }

    pub(super) fn give(&mut self, span: &Span, is_certain: bool) {
        let follows = !self.is_broken && self.given.last().map_or(0, |last| last.end) == span.rows.start;
        if !follows && span.source.start > self.covered {
            self.lost.push(self.covered..span.source.start);
        }
        match self.given.last_mut() {
            Some(last) if last.end == span.rows.start => last.end = span.rows.end,
            _ => self.given.push(span.rows.clone()),
        }
        self.is_broken = false;
        self.covered = self.covered.max(span.source.end);
        self.rows += span.rows.end - span.rows.start;
        self.bytes += span.bytes;
        self.is_certain &= is_certain;
    }

    /// `length`: bytes of the file; `is_whole`: what was given last goes on to its end.
    pub(super) fn finish(&mut self, length: u64, is_whole: bool) {
        if (self.is_broken || !is_whole) && length > self.covered {
            self.lost.push(self.covered..length);
        }
    }
}
