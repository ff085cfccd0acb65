//! Places in damaged compressed data where decoding can begin again.

use crate::content;
use crate::decompress::{Compression, PooledInflater, gzip};
use mgdc_inflate::{Status, crc32};

/// Bytes after a place that must decode: a block that refers to what came before shows that within a few symbols.
pub(super) const LOOK: usize = 4096;
/// Bytes of the shortest sign of a place.
const SIGN: usize = 4;

/// A place where decoding can begin.
#[derive(Debug, PartialEq)]
pub(super) struct Place {
    pub(super) at: usize,
    /// Whether it lies inside a member, after a full flush.
    pub(super) is_entered: bool,
}

/// What was found in the bytes so far.
#[derive(Debug, PartialEq)]
pub(super) enum Sought {
    Found(Place),
    /// Nothing in so many bytes.
    Nothing(usize),
}

/// Finds the next place in `data`: the header of a gzip member, or the empty stored block that `Z_FULL_FLUSH` and
/// `pigz --independent` write. `ended`: nothing follows `data`. `trials` counts down the places that are tried.
pub(super) fn seek(data: &[u8], compression: Compression, ended: bool, trials: &mut u32) -> Sought {
    let searched = if ended { data.len() } else { data.len().saturating_sub(LOOK + SIGN) };
    let mut at = 0;
    while let Some(found) = memchr::memchr2(0x1F, 0, data.get(at..searched).unwrap_or_default()) {
        at += found;
        let rest = data.get(at..).unwrap_or_default();
        let place = match rest {
            [0x1F, 0x8B, 8, flags, ..] if compression == Compression::Gzip && flags & 0xE0 == 0 => {
                Some(Place { at, is_entered: false })
            }
            [0, 0, 0xFF, 0xFF, ..] => Some(Place { at: at + SIGN, is_entered: true }),
            _ => None,
        };
        if let Some(place) = place
            && *trials > 0
        {
            *trials -= 1;
            let data = data.get(place.at..).unwrap_or_default();
            if makes_sense(data.get(..LOOK).unwrap_or(data), place.is_entered) {
                return Sought::Found(place);
            }
        }
        at += 1;
    }
    Sought::Nothing(searched)
}

/// Whether the data decodes to text.
fn makes_sense(data: &[u8], is_entered: bool) -> bool {
    let header = match gzip::header(data) {
        _ if is_entered => 0,
        Ok(gzip::Header::Complete { length }) => length,
        _ => return false,
    };
    let data = data.get(header..).unwrap_or_default();
    let mut inflater = PooledInflater::new();
    let Ok((used, status)) = inflater.decode(data) else { return false };
    let text = inflater.fresh();
    let first = text.get(..LOOK).unwrap_or(text);
    // A member may be too short to be recognised as text; its checksum shows that it is one.
    content::is_text(first) || (status == Status::End && !is_entered && is_checked(data, used, &inflater))
}

fn is_checked(data: &[u8], used: usize, inflater: &PooledInflater) -> bool {
    let (unused, length) = inflater.unused();
    let rest = unused.iter().take(length).chain(data.get(used..).unwrap_or_default());
    let trailer: Vec<u8> = rest.take(4).copied().collect();
    trailer == crc32(0, inflater.fresh()).to_le_bytes()
}
