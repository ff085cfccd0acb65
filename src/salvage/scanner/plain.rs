//! Content that is not compressed.

use super::super::FLIPPED;
use super::super::rows::{Line, Lines};
use super::{Ending, Scanner, State};

impl Scanner {
    /// Content that is not compressed: damage garbles the 16 bytes of its block and changes bits of the next one, and
    /// what follows is right again.
    pub(super) fn plain(&mut self, mut lines: Lines, mut doubtful: u64) -> bool {
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
}
