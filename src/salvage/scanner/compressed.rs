//! Compressed content: decoded until a sign of damage.

use super::super::plan::Undecided;
use super::super::rows::{Kind, Line, Lines};
use super::super::seek::Place;
use super::super::{CHUNK, END_MARGIN, MARGIN};
use super::{Ending, Scanner, State};
use crate::decompress::{Compression, Decoder};
use crate::error::Error;
use std::ops::Range;

/// Compressed data that is decoded without a gap.
pub(super) struct Run {
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
    pub(super) fn new_run(&self, compression: Compression, place: &Place, may_have_begun: bool) -> Run {
        Run {
            decoder: Decoder::watched(compression, place.is_entered),
            lines: Lines::new(self.kind, may_have_begun, false),
            undecided: Undecided::default(),
            line_source: self.at,
            is_checked: !place.is_entered,
            member_end: None,
        }
    }

    pub(super) fn run(&mut self, mut run: Box<Run>) -> bool {
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
}
