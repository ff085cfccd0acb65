//! The RSA paddings that a file key may be wrapped with, by Key Vault's names.

/// An RSA padding that undoes the wrapping of a file key (RFC 8017, section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Algorithm {
    /// `RSA-OAEP`: SHA-1 for label and MGF1.
    RsaOaep,
    /// `RSA-OAEP-256`: SHA-256 for label and MGF1.
    RsaOaep256,
    /// Java's `OAEPWithSHA-256AndMGF1Padding`: SHA-256 for the label, SHA-1 for MGF1. Key Vault does not have this
    /// algorithm.
    RsaOaep256Mgf1Sha1,
    /// `RSA1_5`: RSAES-PKCS1-v1_5.
    Rsa15,
}

impl Algorithm {
    /// Every algorithm, in the order in which they are tried: RSA1_5 is last because its check is the weakest.
    pub const ALL: [Self; 4] = [Self::RsaOaep, Self::RsaOaep256, Self::RsaOaep256Mgf1Sha1, Self::Rsa15];

    /// Key Vault's name of the algorithm.
    pub fn name(self) -> &'static str {
        match self {
            Self::RsaOaep => "RSA-OAEP",
            Self::RsaOaep256 => "RSA-OAEP-256",
            Self::RsaOaep256Mgf1Sha1 => "RSA-OAEP-256-MGF1-SHA1",
            Self::Rsa15 => "RSA1_5",
        }
    }

    /// The algorithm of a [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }
}
