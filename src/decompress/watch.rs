//! What salvage must know of compressed data besides its plaintext.

/// Kept by a decoder for salvage.
#[derive(Default)]
pub(crate) struct Watch {
    /// Bytes of input that the finished steps have used.
    pub(crate) used: u64,
    /// The members that have ended since the last `decode`.
    pub(crate) ends: Vec<MemberEnd>,
    /// Whether the trailer that did not match claims a length far from that of its member: then the trailer itself is
    /// damaged.
    pub(crate) has_odd_trailer: bool,
    /// This member was entered in its middle, so its checksum cannot be checked.
    pub(super) is_entered: bool,
}

/// Where the plaintext of a member ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MemberEnd {
    pub(crate) at: u64,
    /// Whether its checksum was right.
    pub(crate) is_checked: bool,
}
