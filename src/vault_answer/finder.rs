//! Finds everything in a text that makes a key, and ranks it by how likely it is the file key.

use super::plain::Plain;
use super::{Candidate, VaultAnswer, context, dumps, lists, literals, tokens};
use crate::file_key::{Encoding, key_in};
use std::ops::Range;
use zeroize::Zeroizing;

/// The value has a name that the answers of REST, the Azure CLI, PowerShell or the SDKs use.
pub(super) const ANSWER: u8 = 0;
/// The name says nothing.
pub(super) const OTHER: u8 = 1;
/// 64 hex digits without a known name: more often a SHA-256 than a key.
pub(super) const BARE_HEX: u8 = 2;
/// The name says that it is a hash, an identifier, or the value that was sent to the vault.
pub(super) const MISNAMED: u8 = 3;

/// How many hits of one rank are kept.
const HITS: usize = 512;
/// How many values may be put together from lines: the scrollback of a console has some hundreds.
const JOINS: usize = 20_000;
/// The longest text that can be a key, in bytes: three layers of text inside hex.
pub(super) const LONGEST: usize = 2048;

/// A place where a key was found.
pub(super) struct Hit {
    pub(super) key: Zeroizing<[u8; 32]>,
    encoding: Encoding,
    rank: u8,
    pub(super) layer: usize,
    pub(super) place: Range<usize>,
}

#[derive(Default)]
pub(super) struct Finder {
    hits: Vec<Hit>,
    /// How many hits there were of each rank.
    counts: [usize; 4],
    has_more: bool,
    /// Whether the tool cut a list or value off: `{12, 34, 56, 78…}`.
    pub(super) is_cut: bool,
    /// The length in bytes of a value that is in the right place but is not a key.
    pub(super) odd: Option<usize>,
    layer: usize,
    /// How many values were put together from lines.
    joins: usize,
}

impl Finder {
    /// Searches every layer. Base64 of texts becomes a further layer.
    pub(super) fn look_at(&mut self, plain: &mut Plain) {
        let mut inner = Vec::new();
        for (layer, text) in plain.layers.iter().enumerate() {
            self.layer = layer;
            inner.extend(self.look_through(text));
        }
        for text in inner {
            self.layer = plain.layers.len();
            self.look_through(&text);
            plain.layers.push(text);
        }
    }

    fn look_through(&mut self, text: &str) -> Vec<Zeroizing<String>> {
        let inner = tokens::find(text, self);
        lists::find(text, self);
        literals::find(text, self);
        dumps::find(text, self);
        inner
    }

    /// Records the content at `place` if it makes a key. Returns whether it does.
    pub(super) fn note(&mut self, content: &[u8], text: &str, place: Range<usize>, is_hex: bool) -> bool {
        if content.len() > LONGEST {
            return false;
        }
        let Some((key, encoding)) = key_in(content) else { return false };
        let rank = match context::rank(text, place.start) {
            OTHER if is_hex => BARE_HEX,
            rank => rank,
        };
        if let Some(count) = self.counts.get_mut(usize::from(rank)) {
            *count += 1;
            if *count > HITS {
                self.has_more = true;
                return true;
            }
        }
        self.hits.push(Hit { key, encoding, rank, layer: self.layer, place });
        true
    }

    /// Whether one more value may be put together from lines: a text of many short lines has millions of combinations.
    pub(super) fn may_join(&mut self) -> bool {
        self.joins += 1;
        self.has_more |= self.joins > JOINS;
        self.joins <= JOINS
    }

    pub(super) fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    /// Every key once, the likeliest first, and whether there were more.
    pub(super) fn candidates(mut self, plain: &Plain) -> (Vec<Candidate>, bool) {
        // The sort is stable: hits of the same rank stay in the order of the text.
        self.hits.sort_by_key(|hit| (hit.rank, hit.layer, hit.place.start));
        let mut best: Vec<&Hit> = Vec::new();
        for hit in &self.hits {
            if best.iter().any(|known| known.key == hit.key) {
                continue;
            }
            if best.len() == VaultAnswer::MOST {
                self.has_more = true;
                break;
            }
            best.push(hit);
        }
        let is_only = best.len() == 1;
        let candidate = |hit: &Hit| {
            let text = plain.layers.get(hit.layer).map_or("", |text| text.as_str());
            let around = context::around(text, hit, &self.hits);
            let said = text.get(around).unwrap_or_default();
            let algorithm = context::algorithm(said);
            // With a single value, a version that is named anywhere belongs to it.
            let context = if is_only { plain.outer() } else { said };
            Candidate {
                key: hit.key.clone(),
                encoding: hit.encoding,
                algorithm,
                context: Zeroizing::new(context.to_owned()),
            }
        };
        (best.into_iter().map(candidate).collect(), self.has_more)
    }
}
