//! Decrypted content → rows, across damage.

mod compressed;
mod plain;

use super::TRIALS;
use super::plan::{Plan, Span};
use super::rows::{Kind, Lines};
use super::seek::{LOOK, Place, Sought, seek};
use crate::content;
use crate::decompress::Compression;
use compressed::Run;
use std::ops::Range;
use zeroize::Zeroize;

/// Goes through a file once. Two passes over the same file find the same rows, whatever the size of the pieces: only
/// then can the second one give the rows that the first one chose.
pub(super) struct Scanner {
    compression: Option<Compression>,
    state: State,
    buffer: Vec<u8>,
    taken: usize,
    /// Where in the file the bytes that are not taken begin.
    at: u64,
    ended: Option<Ending>,
    /// The number of the next row.
    row: u64,
    kind: Option<Kind>,
    trials: u32,
    pub(super) plan: Plan,
    /// Whether the file was read to its end without a loss.
    pub(super) is_whole: bool,
    /// Whether a checksum was wrong after data that showed no sign of damage.
    pub(super) has_wrong_checksum: bool,
    pub(super) is_binary: bool,
    /// In the second pass: the rows to give, the first one last.
    wanted: Option<Vec<Range<u64>>>,
    pub(super) out: Vec<u8>,
}

/// How the ciphertext ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Ending {
    /// With right padding.
    Padded,
    /// Without: it was cut, or its last blocks are damaged.
    Torn,
}

enum State {
    Begin,
    Plain { lines: Lines, doubtful: u64 },
    Run(Box<Run>),
    Seek,
    Over,
}

impl Scanner {
    /// `at`: where in the file its content begins. `wanted`: the rows to give, in the second pass.
    pub(super) fn new(compression: Option<Compression>, at: u64, wanted: Option<&[Range<u64>]>) -> Self {
        Self {
            compression,
            state: State::Begin,
            buffer: Vec::new(),
            taken: 0,
            at,
            ended: None,
            row: 0,
            kind: None,
            trials: TRIALS,
            plan: Plan::new(),
            is_whole: false,
            has_wrong_checksum: false,
            is_binary: false,
            wanted: wanted.map(|wanted| wanted.iter().rev().cloned().collect()),
            out: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, plain: &[u8]) {
        if self.taken == self.buffer.len() {
            self.buffer.clear();
        } else {
            self.buffer.drain(..self.taken);
        }
        self.taken = 0;
        self.buffer.extend_from_slice(plain);
        while self.step() {}
    }

    pub(super) fn end(&mut self, ending: Ending) {
        self.ended = Some(ending);
        while self.step() {}
    }

    pub(super) fn compression(&self) -> Option<Compression> {
        self.compression
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.taken..).unwrap_or_default()
    }

    fn take(&mut self, length: usize) {
        self.taken += length;
        self.at += length as u64;
    }

    /// Returns whether to go on.
    fn step(&mut self) -> bool {
        if self.plan.is_full() {
            self.state = State::Over;
        }
        match std::mem::replace(&mut self.state, State::Over) {
            State::Begin => self.begin(),
            State::Plain { lines, doubtful } => self.plain(lines, doubtful),
            State::Run(run) => self.run(run),
            State::Seek => self.seek(),
            State::Over => {
                self.take(self.rest().len());
                false
            }
        }
    }

    fn begin(&mut self) -> bool {
        let head = self.rest();
        if head.len() < content::HEAD && self.ended.is_none() {
            self.state = State::Begin;
            return false;
        }
        let whole = self.ended == Some(Ending::Padded);
        let content = content::recognize(head, whole);
        let Some(compression) = self.compression.or_else(|| content.map(content::Content::compression)) else {
            self.is_binary = true;
            return true;
        };
        self.compression = Some(compression);
        self.state = match (compression, content) {
            (Compression::None, Some(content::Content::Json | content::Content::Text)) => {
                State::Plain { lines: Lines::new(None, false, true), doubtful: 0 }
            }
            (Compression::None, _) => {
                self.is_binary = true;
                State::Over
            }
            _ => State::Run(Box::new(self.new_run(compression, &Place { at: 0, is_entered: false }, false))),
        };
        true
    }

    fn seek(&mut self) -> bool {
        let compression = self.compression.unwrap_or(Compression::Gzip);
        let (ended, mut trials) = (self.ended.is_some(), self.trials);
        if self.rest().len() <= LOOK + 4 && !ended {
            self.state = State::Seek;
            return false;
        }
        let sought = seek(self.rest(), compression, ended, &mut trials);
        self.trials = trials;
        match sought {
            Sought::Found(place) => {
                self.take(place.at);
                self.state = State::Run(Box::new(self.new_run(compression, &place, true)));
                true
            }
            Sought::Nothing(searched) => {
                self.take(searched);
                if !ended {
                    self.state = State::Seek;
                }
                false
            }
        }
    }

    /// Numbers the row that `lines` holds, and gives it if it is wanted.
    fn number(&mut self, lines: &Lines, source: Range<u64>) -> Span {
        let number = self.row;
        self.row += 1;
        if let Some(wanted) = &mut self.wanted {
            wanted.pop_if(|range| range.end <= number);
            if wanted.last().is_some_and(|range| range.contains(&number)) {
                self.out.extend_from_slice(lines.line());
            }
        }
        Span { rows: number..number + 1, end: lines.end, source, bytes: lines.line().len() as u64 }
    }
}

impl Drop for Scanner {
    fn drop(&mut self) {
        self.buffer.zeroize();
        self.out.zeroize();
    }
}
