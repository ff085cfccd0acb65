//! Conversions of a ciphertext by other tools, undone before the decryption.
//!
//! Text conversions, Base64, hex, another gzip, the IV in front: download tools do all of these. The bytes show which
//! conversions are possible; a file key that opens the result proves them.

mod base64;
mod charset;
mod hex;
mod undo;
mod view;

pub(crate) use base64::{is_said, opening};
pub(crate) use charset::{byte_of, is_windows};
pub(crate) use undo::{PIECE, Undoing};
pub(crate) use view::View;

use std::fmt;

/// One conversion of a ciphertext.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Base64,
    Hex,
    Gzip,
    Zlib,
    Latin1,
    Windows1252,
    Utf16,
    Crlf,
    Bom,
    IvInFront,
}

impl Step {
    const ALL: [Self; 10] = [
        Self::Base64,
        Self::Hex,
        Self::Gzip,
        Self::Zlib,
        Self::Latin1,
        Self::Windows1252,
        Self::Utf16,
        Self::Crlf,
        Self::Bom,
        Self::IvInFront,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::Hex => "hex",
            Self::Gzip => "gzip",
            Self::Zlib => "zlib",
            Self::Latin1 => "latin1",
            Self::Windows1252 => "windows-1252",
            Self::Utf16 => "utf-16",
            Self::Crlf => "crlf",
            Self::Bom => "bom",
            Self::IvInFront => "iv-in-front",
        }
    }

    /// What was done, as a sentence about the file.
    fn words(self) -> &'static str {
        match self {
            Self::Base64 => "it was Base64 text",
            Self::Hex => "it was hex text",
            Self::Gzip => "it was inside one more gzip",
            Self::Zlib => "it was inside one more zlib stream",
            Self::Latin1 => "it was converted from Latin-1 to UTF-8",
            Self::Windows1252 => "it was converted from Windows-1252 to UTF-8",
            Self::Utf16 => "it was converted to UTF-16",
            Self::Crlf => "a CR was put before every LF",
            Self::Bom => "a byte order mark was put in front",
            Self::IvInFront => {
                "its IV was in front of the ciphertext and was used in place of the one in the key details"
            }
        }
    }
}

/// How many steps are undone at most: for example a conversion, done twice, around an IV in front.
pub(crate) const STEPS: usize = 3;

/// What must be undone before a file can be decrypted: one or several steps, the outermost first.
///
/// ```
/// use mgdc_decrypt::Repair;
/// let repair = Repair::from_name("gzip+base64").ok_or("unknown")?;
/// assert_eq!(repair.name(), "gzip+base64");
/// assert_eq!(Repair::from_name("rot13"), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Repair([Option<Step>; STEPS]);

impl Repair {
    /// `None` without steps, and for more than [`STEPS`] steps.
    pub(crate) fn of(steps: &[Step]) -> Option<Self> {
        let mut repair = [None; STEPS];
        for (place, step) in steps.iter().enumerate() {
            *repair.get_mut(place)? = Some(*step);
        }
        (!steps.is_empty()).then_some(Self(repair))
    }

    /// `base64`, `hex`, `gzip`, `zlib`, `latin1`, `windows-1252`, `utf-16`, `crlf`, `bom` or `iv-in-front`; several
    /// with `+` between them, the outermost first.
    pub fn name(&self) -> String {
        self.steps().map(Step::name).collect::<Vec<_>>().join("+")
    }

    /// The repair of a [`name`](Self::name); `None` for anything else.
    pub fn from_name(name: &str) -> Option<Self> {
        let steps: Option<Vec<Step>> =
            name.split('+').map(|name| Step::ALL.into_iter().find(|step| step.name() == name)).collect();
        Self::of(&steps?)
    }

    pub(crate) fn steps(&self) -> impl Iterator<Item = Step> {
        self.0.into_iter().flatten()
    }

    pub(crate) fn has_iv_in_front(&self) -> bool {
        self.steps().any(|step| step == Step::IvInFront)
    }

    /// The sentence of its warning.
    pub(crate) fn warning(&self) -> String {
        let steps: Vec<Step> = self.steps().collect();
        let words = |steps: &[Step]| match steps {
            [step, _, ..] => format!("{} twice", step.words()),
            steps => steps.iter().map(|step| step.words()).collect(),
        };
        let done: Vec<String> = steps.chunk_by(|one, other| one == other).map(words).collect();
        if steps == [Step::IvInFront] {
            return Step::IvInFront.words().replace("its IV", "the file's IV");
        }
        format!("the file was changed on its way, which was undone: {}", done.join(", and "))
    }
}

impl fmt::Debug for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Repair({})", self.name())
    }
}
