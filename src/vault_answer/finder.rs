//! Everything in a text that makes a key, and how likely each is the one.

use super::plain::Plain;
use super::{Candidate, VaultAnswer, context, dumps, lists, literals, tokens};
use crate::file_key::{Encoding, key_in};
use std::ops::Range;
use zeroize::Zeroizing;

/// Where the answers of REST, the Azure CLI, PowerShell and the SDKs have their value.
pub(super) const ANSWER: u8 = 0;
/// Neither here nor there.
pub(super) const OTHER: u8 = 1;
/// 64 hex digits without a name are a SHA-256 more often than a key.
pub(super) const BARE_HEX: u8 = 2;
/// The name says that it is a hash, an identifier, or what was sent to the vault.
pub(super) const MISNAMED: u8 = 3;

/// Hits of one rank that are kept.
const HITS: usize = 512;
/// Values that are put together from lines at most: a console's scrollback has some hundreds.
const JOINS: usize = 20_000;
/// Longest spelling of anything that can be a key: three layers of text inside of hex.
pub(super) const LONGEST: usize = 2048;

/// One place where a key stands.
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
    /// How many of each rank.
    counts: [usize; 4],
    has_more: bool,
    /// A list or value that the tool cut off: `{12, 34, 56, 78…}`.
    pub(super) is_cut: bool,
    /// Bytes of what stands in the place of the value and is no key.
    pub(super) odd: Option<usize>,
    layer: usize,
    /// How many values were put together from lines.
    joins: usize,
}

impl Finder {
    /// Looks through every layer; texts that stand there in Base64 become layers of their own.
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

    /// Notes the content that stands at `place`, if it makes a key; says whether it does.
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

    /// Whether one more value may be put together from lines: a text of short lines only has millions of ways to.
    pub(super) fn may_join(&mut self) -> bool {
        self.joins += 1;
        self.has_more |= self.joins > JOINS;
        self.joins <= JOINS
    }

    pub(super) fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    /// Each key once, the likeliest first, and whether there were more.
    pub(super) fn candidates(mut self, plain: &Plain) -> (Vec<Candidate>, bool) {
        // Stable: those of one rank stay in the order of the text.
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
            // What names a version anywhere can only mean the one value that is there.
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
