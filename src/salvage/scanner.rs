//! Decrypted content → rows, across damage.

use super::plan::{Plan, Span, Undecided};
use super::rows::{Kind, Line, Lines};
use super::seek::{LOOK, Place, Sought, seek};
use super::{CHUNK, END_MARGIN, FLIPPED, MARGIN, TRIALS};
use crate::content;
use crate::decompress::{Compression, Decoder};
use crate::error::Error;
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

/// Compressed data that is decoded without a gap.
struct Run {
    decoder: Decoder,
    lines: Lines,
    undecided: Undecided,
    /// The bytes of the file at which the line has begun, at the latest.
    line_source: u64,
    /// Whether every member so far had a right checksum.
    is_checked: bool,
    /// Where the last member ended in the plaintext.
    member_end: Option<u64>,
}

/// Why a run ends.
enum Sign<'a> {
    /// A line that is no row.
    Row,
    Decoder(&'a Error),
    End(Ending),
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

    fn new_run(&self, compression: Compression, place: &Place, may_have_begun: bool) -> Run {
        Run {
            decoder: Decoder::watched(compression, place.is_entered),
            lines: Lines::new(self.kind, may_have_begun, false),
            undecided: Undecided::default(),
            line_source: self.at,
            is_checked: !place.is_entered,
            member_end: None,
        }
    }

    /// Content that is not compressed: damage garbles the 16 bytes of its block and changes bits of the next one, and
    /// what follows is right again.
    fn plain(&mut self, mut lines: Lines, mut doubtful: u64) -> bool {
        let base = self.at - lines.end;
        let text = std::mem::take(&mut self.buffer);
        let mut rest = text.get(self.taken..).unwrap_or_default();
        self.at += rest.len() as u64;
        self.taken = 0;
        while let Some(later) = lines.take(rest) {
            rest = later;
            self.plain_line(&mut lines, &mut doubtful, base);
        }
        if self.ended == Some(Ending::Padded) && !lines.line().is_empty() {
            self.plain_line(&mut lines, &mut doubtful, base);
        }
        self.is_whole = self.ended == Some(Ending::Padded);
        if !lines.is_too_long() {
            self.state = State::Plain { lines, doubtful };
        }
        false
    }

    fn plain_line(&mut self, lines: &mut Lines, doubtful: &mut u64, base: u64) {
        let is_row = lines.judge() == Line::Row;
        if is_row && lines.start >= *doubtful && !self.plan.is_full() {
            let span = self.number(lines, base + lines.start..base + lines.end);
            self.plan.give(&span, false);
        } else {
            self.plan.break_off();
        }
        if !is_row {
            *doubtful = lines.end + FLIPPED;
        }
        lines.next();
    }

    fn run(&mut self, mut run: Box<Run>) -> bool {
        if self.rest().len() < CHUNK && self.ended.is_none() {
            self.state = State::Run(run);
            return false;
        }
        let chunk: Vec<u8> = self.rest().iter().take(CHUNK).copied().collect();
        if chunk.is_empty() {
            let ending = self.ended.unwrap_or(Ending::Torn);
            self.end_run(run, &Sign::End(ending), 0);
            self.state = State::Over;
            return true;
        }
        let start = self.at - run.decoder.watch().map_or(0, |watch| watch.used);
        // The inflater holds up to 8 bytes that it has not decoded yet.
        let source = self.at.saturating_sub(8)..self.at + chunk.len() as u64;
        let mut rest = chunk.as_slice();
        loop {
            let before = run.decoder.total();
            let result = run.decoder.decode(rest);
            let is_damaged = self.feed(&mut run, before, &source);
            let has_fresh = run.decoder.total() > before;
            let sign = match &result {
                _ if is_damaged => Sign::Row,
                Err(error) => Sign::Decoder(error),
                Ok(used) => {
                    rest = rest.get(*used..).unwrap_or_default();
                    if rest.is_empty() && !has_fresh {
                        break;
                    }
                    continue;
                }
            };
            // Inside of a body it is not known where in the chunk the damage shows.
            let used = start + run.decoder.watch().map_or(0, |watch| watch.used) - self.at;
            let is_exact = !is_damaged && !run.decoder.is_in_body();
            let next = if is_exact { (used as usize).min(chunk.len()) } else { chunk.len() };
            self.end_run(run, &sign, next);
            return true;
        }
        self.take(chunk.len());
        self.state = State::Run(run);
        true
    }

    /// Takes the fresh plaintext, which begins at `before`. Returns whether a line is damaged.
    fn feed(&mut self, run: &mut Run, before: u64, source: &Range<u64>) -> bool {
        let ends = run.decoder.watch().map(|watch| std::mem::take(&mut watch.ends)).unwrap_or_default();
        let mut rest = run.decoder.fresh().unwrap_or_default();
        let mut at = before;
        for end in ends {
            let (now, later) = rest.split_at(((end.at - at) as usize).min(rest.len()));
            (rest, at) = (later, end.at);
            let is_damaged = self.lines(&mut run.lines, &mut run.undecided, &mut run.line_source, now, source);
            run.is_checked &= end.is_checked;
            run.member_end = Some(end.at);
            if let Some(span) = run.undecided.up_to(end.at) {
                self.plan.give(&span, run.is_checked);
            }
            if is_damaged {
                return true;
            }
        }
        self.lines(&mut run.lines, &mut run.undecided, &mut run.line_source, rest, source)
    }

    fn lines(
        &mut self,
        lines: &mut Lines,
        undecided: &mut Undecided,
        line_source: &mut u64,
        text: &[u8],
        source: &Range<u64>,
    ) -> bool {
        let mut rest = text;
        while let Some(later) = lines.take(rest) {
            rest = later;
            match lines.judge() {
                Line::Row => {
                    let span = self.number(lines, *line_source..source.start);
                    undecided.push(span, lines.end.saturating_sub(MARGIN));
                }
                Line::Rest => self.plan.break_off(),
                Line::Damaged => return true,
            }
            lines.next();
            *line_source = source.end;
        }
        lines.is_too_long()
    }

    /// Ends a run after `used` more bytes, decides on its last rows, and looks for another place to begin.
    fn end_run(&mut self, mut run: Box<Run>, sign: &Sign<'_>, used: usize) {
        let Run { decoder, lines, undecided, line_source, is_checked, member_end } = &mut *run;
        let is_checked = *is_checked;
        let is_prose = lines.kind().is_none_or(|kind| kind == Kind::Prose);
        let (start, total) = (lines.start, decoder.total());
        let finished = decoder.finish();
        let is_at_end = match sign {
            Sign::Row => false,
            Sign::Decoder(error) => matches!(error, Error::TrailingData { .. }),
            Sign::End(_) => matches!(finished, Ok(_) | Err(Error::TrailingData { .. })),
        };
        let is_odd = decoder.watch().is_some_and(|watch| watch.has_odd_trailer);
        // The rows up to here are given, and whether a checksum covers them.
        let given = match sign {
            Sign::Decoder(Error::Checksum { check: "length", .. }) => Some((total, is_checked)),
            Sign::Decoder(Error::Checksum { .. }) if !is_odd => {
                self.has_wrong_checksum = true;
                None
            }
            Sign::End(Ending::Torn) => Some((start.saturating_sub(if is_prose { MARGIN } else { END_MARGIN }), false)),
            _ if is_prose => None,
            _ => Some((start.saturating_sub(MARGIN), false)),
        };
        if let Some((end, is_certain)) = given
            && let Some(span) = undecided.up_to(end)
        {
            self.plan.give(&span, is_certain);
        }
        // A last line without a line end is whole when its member is.
        let is_whole = is_at_end && *member_end == Some(lines.end);
        if is_whole && !lines.line().is_empty() && lines.judge() == Line::Row {
            let span = self.number(lines, *line_source..self.at + used as u64);
            self.plan.give(&span, is_checked);
            lines.next();
        }
        self.is_whole = is_whole && lines.line().is_empty() && matches!(sign, Sign::End(_)) && finished.is_ok();
        if !self.is_whole {
            self.plan.break_off();
        }
        if self.plan.rows > 0 {
            self.kind = self.kind.or(lines.kind());
        }
        self.take(used);
        self.state = State::Seek;
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
