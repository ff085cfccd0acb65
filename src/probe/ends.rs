//! The two ends of a file, decrypted with a key.

use crate::aes_cbc::{self, BLOCK};
use crate::content::{self, Content};
use crate::error::{Error, PaddingCause, UnrecognizedCause};
use crate::file_key::FileKey;
use crate::repair::View;

type Block = [u8; BLOCK];

/// Both ends of a possible ciphertext.
pub(crate) struct Ends<'a> {
    /// Whole blocks of the beginning, at least one.
    pub(crate) head: &'a [u8],
    /// The first block, and the second one.
    first: Block,
    second: Option<Block>,
    /// The last block, and the block before it if there is one. Several pairs when the alignment of the end is not
    /// known; none when the end is not known.
    lasts: Vec<(Option<Block>, Block)>,
    is_whole: bool,
    /// The length in bytes, if it is known.
    length: Option<u64>,
}

/// A key that opens both ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opened {
    pub(crate) key: usize,
    pub(crate) content: Content,
    pub(crate) iv_in_front: bool,
}

/// What the closest key shows about the ends.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Near {
    pub(crate) key: usize,
    /// Bytes of right padding.
    pub(crate) padding: Option<usize>,
    pub(crate) content: Option<Content>,
    pub(crate) rest_is_text: bool,
}

/// Blocks decrypted with an AES key, without any IV.
pub(crate) struct Probed {
    first: Block,
    /// Decrypted with the first block as its IV.
    second: Option<Block>,
    lasts: Vec<Block>,
}

impl<'a> Ends<'a> {
    /// `None` when the file does not consist of whole blocks.
    pub(crate) fn of(view: &'a View<'_>) -> Option<Self> {
        if view.length.is_some_and(|length| length == 0 || !length.is_multiple_of(BLOCK as u64)) {
            return None;
        }
        let head = view.head.get(..view.head.len() / BLOCK * BLOCK)?;
        let (first, rest) = head.split_first_chunk::<BLOCK>()?;
        let lasts = view.tails.iter().filter_map(|tail| {
            let (before, last) = tail.split_last_chunk::<BLOCK>()?;
            // If the tail begins inside a block, the block before the last one is not known.
            Some((before.last_chunk().copied(), *last))
        });
        Some(Self {
            head,
            first: *first,
            second: rest.first_chunk().copied(),
            lasts: lasts.filter(|(before, _)| before.is_some() || view.length == Some(BLOCK as u64)).collect(),
            is_whole: view.is_whole(),
            length: view.length,
        })
    }

    pub(crate) fn first(&self) -> &Block {
        &self.first
    }

    /// Decrypts all blocks with one key schedule.
    pub(crate) fn probe(&self, file_key: &FileKey) -> Probed {
        let mut blocks = Vec::with_capacity(BLOCK * (2 + 2 * self.lasts.len()));
        blocks.extend_from_slice(&self.first);
        blocks.extend_from_slice(&self.second.unwrap_or_default());
        for (before, last) in &self.lasts {
            blocks.extend_from_slice(&before.unwrap_or_default());
            blocks.extend_from_slice(last);
        }
        let plain = aes_cbc::decrypt_at(file_key.key(), &[0; BLOCK], &blocks);
        let (plain, _) = plain.as_chunks::<BLOCK>();
        Probed {
            first: plain.first().copied().unwrap_or_default(),
            second: self.second.and(plain.get(1).copied()),
            lasts: plain.iter().skip(3).step_by(2).copied().collect(),
        }
    }

    /// Bytes of padding, by the first alignment of the end that gives valid padding.
    pub(crate) fn padding(&self, probed: &Probed, iv: &Block) -> Option<usize> {
        self.lasts.iter().zip(&probed.lasts).find_map(|((before, _), last)| match before {
            Some(_) => aes_cbc::padding(last),
            None => aes_cbc::padding(&xor(last, iv)),
        })
    }

    /// Whether the end is known.
    pub(crate) fn has_end(&self) -> bool {
        !self.lasts.is_empty()
    }

    /// The kind of content under this IV. `plain` is the beginning decrypted without an IV.
    pub(crate) fn content(&self, plain: &[u8], iv: &Block, padding: Option<usize>) -> Option<Content> {
        let mut head = plain.to_vec();
        for (byte, iv) in head.iter_mut().zip(iv) {
            *byte ^= iv;
        }
        self.recognize(head, padding)
    }

    /// The kind of content from the second block on, with the first block as its IV. `is_known` says that this is an IV
    /// of the key details.
    ///
    /// Any other IV counts only before content with a magic number: if the IV is simply wrong, text follows the first
    /// block as well.
    pub(crate) fn content_behind_iv(&self, plain: &[u8], is_known: bool, padding: Option<usize>) -> Option<Content> {
        let head = plain.get(BLOCK..).filter(|head| !head.is_empty())?;
        let content = self.recognize(head.to_vec(), padding)?;
        let is_marked = match content {
            Content::Gzip => content::gzip_inflates(head),
            Content::Zlib | Content::Parquet | Content::Avro | Content::Orc | Content::Zip => true,
            Content::Json => content::is_whole_json(head),
            _ => false,
        };
        (is_known || is_marked).then_some(content)
    }

    fn recognize(&self, mut head: Vec<u8>, padding: Option<usize>) -> Option<Content> {
        let whole = self.is_whole && padding.is_some();
        if whole {
            head.truncate(head.len() - padding.unwrap_or_default());
        }
        let content = content::recognize(&head, whole)?;
        // If the end is not known, the beginning must prove more.
        let is_strong = match content {
            Content::Gzip => content::gzip_inflates(&head),
            Content::Zlib | Content::Deflate => head.len() >= 1024,
            Content::Text | Content::Json => head.len() >= 64,
            _ => true,
        };
        (self.has_end() || is_strong).then_some(content)
    }

    /// Whether there is room for an IV in front.
    pub(crate) fn may_have_iv(&self) -> bool {
        self.length.is_none_or(|length| length >= 2 * BLOCK as u64) && self.second.is_some()
    }
}

impl Probed {
    pub(crate) fn promise(&self, iv: &Block) -> u8 {
        promise(&xor(&self.first, iv))
    }

    pub(crate) fn promise_behind_iv(&self) -> u8 {
        self.second.as_ref().map_or(0, promise)
    }
}

/// What the first block alone suggests: 3 a magic number, 2 text, 1 perhaps compressed data, 0 nothing.
fn promise(block: &Block) -> u8 {
    let printable = |byte: &u8| matches!(byte, 0x20..0x7F | b'\t' | b'\n' | b'\r');
    match block {
        [0x1F, 0x8B, 0x08, flags, ..] if flags & 0xE0 == 0 => 3,
        [b'P', b'A', b'R', b'1' | b'E', ..] | [b'O', b'b', b'j', 1, ..] | [b'P', b'K', 3 | 5, 4 | 6, ..] => 3,
        [b'O', b'R', b'C', ..] | [b'c', b'r', b'c', 0, ..] => 3,
        block if block.iter().all(printable) => 2,
        [0xEF, 0xBB, 0xBF, ..] | [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => 2,
        [0x78, ..] => 1,
        _ => 0,
    }
}

fn xor(block: &Block, other: &Block) -> Block {
    let mut block = *block;
    for (byte, other) in block.iter_mut().zip(other) {
        *byte ^= other;
    }
    block
}

impl Near {
    /// The beginning proves more than the end: padding is right by chance once in 256.
    pub(crate) fn nearness(&self) -> u8 {
        match (self.content, self.rest_is_text, self.padding) {
            (Some(_), ..) => 4,
            (None, true, Some(_)) => 3,
            (None, _, Some(2..)) => 2,
            (None, _, Some(_)) => 1,
            (None, _, None) => 0,
        }
    }

    /// Whether the key certainly fits. Text after a garbled first block counts only together with right padding.
    pub(crate) fn is_proven(&self) -> bool {
        self.nearness() >= 3
    }

    pub(crate) fn error(&self) -> Error {
        match (self.content, self.rest_is_text, self.padding) {
            (Some(_), _, _) => Error::Padding { cause: PaddingCause::EndDamaged },
            (None, _, None) => Error::Padding { cause: PaddingCause::WrongKey },
            (None, true, Some(_)) => Error::Unrecognized { cause: UnrecognizedCause::WrongIv },
            (None, false, Some(2..)) => Error::Unrecognized { cause: UnrecognizedCause::Content },
            (None, false, Some(_)) => Error::Unrecognized { cause: UnrecognizedCause::MaybeWrongKey },
        }
    }
}
