//! One file: ciphertext in, plaintext or whole lines out. The interpreter is released while Rust works.

use crate::errors::{closed, raise, raised};
use crate::keys::FileKey;
use mgdc_decrypt::{Compression, Decryptor, Error, Options, Pulled, Repair, Verified};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// What decrypting a file has shown.
#[pyclass(frozen, get_all, module = "mgdc_decrypt._core")]
pub(crate) struct Summary {
    /// `gzip`, `zlib`, `deflate` or `none`.
    compression: &'static str,
    /// Ciphertext bytes.
    bytes_in: u64,
    /// Plaintext bytes.
    bytes_out: u64,
    /// The checksum that was checked: `crc32`, `adler32`; None when the content has none.
    verified: Option<&'static str>,
    /// One sentence for each irregularity that did not prevent the decryption.
    warnings: Vec<String>,
}

/// What a file goes through.
enum Stage {
    Decrypt(Box<Decryptor>),
    /// A clear file passes as it is: the piece that was pushed, whether it was pulled, and the bytes so far.
    Pass {
        piece: Vec<u8>,
        pulled: bool,
        bytes: u64,
    },
}

impl Stage {
    fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self {
            Self::Decrypt(decryptor) => decryptor.push(bytes),
            Self::Pass { piece, pulled, bytes: total } => {
                piece.clear();
                piece.extend_from_slice(bytes);
                (*pulled, *total) = (bytes.is_empty(), *total + bytes.len() as u64);
                Ok(())
            }
        }
    }

    fn pull(&mut self, ended: bool) -> Result<Pulled<'_>, Error> {
        match self {
            Self::Decrypt(decryptor) => decryptor.pull(),
            Self::Pass { pulled: true, .. } => Ok(if ended { Pulled::End } else { Pulled::NeedsInput }),
            Self::Pass { piece, pulled, .. } => {
                *pulled = true;
                Ok(Pulled::Plaintext(piece))
            }
        }
    }
}

/// Opens one file: `push` pieces, `pull` until it gives None, at last `end`, `pull` and `finish`.
#[pyclass(module = "mgdc_decrypt._core")]
pub(crate) struct Opener {
    /// None after `finish` and `close`.
    stage: Option<Stage>,
    /// The beginning of a line that is not complete.
    line: Vec<u8>,
    ended: bool,
}

#[pymethods]
impl Opener {
    /// `compression`: a name, by default told by content. `decompress=False` keeps the compressed bytes.
    #[new]
    #[pyo3(signature = (file_key, *, repair=None, compression=None, decompress=true, output_limit=None))]
    fn new(
        file_key: &FileKey,
        repair: Option<&str>,
        compression: Option<&str>,
        decompress: bool,
        output_limit: Option<u64>,
    ) -> PyResult<Self> {
        let wrong = |what: &str, name: &str| PyValueError::new_err(format!("{what}: {name} is not known"));
        let repair = repair.map(|name| Repair::from_name(name).ok_or_else(|| wrong("repair", name))).transpose()?;
        let compression = compression
            .map(|name| Compression::from_name(name).ok_or_else(|| wrong("compression", name)))
            .transpose()?;
        let options = Options::default()
            .with_compression(compression)
            .with_keep_compressed(!decompress)
            .with_output_limit(output_limit);
        let decryptor = Decryptor::repairing(file_key.open()?, repair, options);
        Ok(Self::of(Stage::Decrypt(Box::new(decryptor))))
    }

    /// For a clear file, which passes as it is.
    #[staticmethod]
    fn clear() -> Self {
        Self::of(Stage::Pass { piece: Vec::new(), pulled: true, bytes: 0 })
    }

    /// Takes a piece of ciphertext.
    fn push(&mut self, py: Python<'_>, piece: &[u8]) -> PyResult<()> {
        let stage = self.stage.as_mut().ok_or_else(|| closed("file"))?;
        py.detach(|| stage.push(piece)).map_err(|error| raise(&error))
    }

    /// Ends the input.
    fn end(&mut self) -> PyResult<()> {
        self.ended = true;
        match self.stage.as_mut().ok_or_else(|| closed("file"))? {
            Stage::Decrypt(decryptor) => decryptor.end().map_err(|error| raise(&error)),
            Stage::Pass { .. } => Ok(()),
        }
    }

    /// The next plaintext, at most 1 MiB or as much as was pushed; None when another piece is needed, and at the end.
    fn pull<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let ended = self.ended;
        let stage = self.stage.as_mut().ok_or_else(|| closed("file"))?;
        match py.detach(|| stage.pull(ended)).map_err(|error| raise(&error))? {
            Pulled::Plaintext(plaintext) => Ok(Some(PyBytes::new(py, plaintext))),
            Pulled::NeedsInput | Pulled::End => Ok(None),
        }
    }

    /// Whole lines: their bytes without line ends, one after another, and where each begins and the last ends, as
    /// 32-bit little-endian numbers: the buffers of an Arrow string array. Up to about `size` bytes; None when
    /// another piece is needed, and at the end.
    fn pull_lines<'py>(
        &mut self,
        py: Python<'py>,
        size: usize,
    ) -> PyResult<Option<(Bound<'py, PyBytes>, Bound<'py, PyBytes>)>> {
        let Self { stage, line, ended } = self;
        let stage = stage.as_mut().ok_or_else(|| closed("file"))?;
        let lines = py.detach(|| gather(stage, line, *ended, size))?;
        Ok(lines.map(|Lines { text, offsets }| {
            let offsets: Vec<u8> = offsets.iter().flat_map(|offset| offset.to_le_bytes()).collect();
            (PyBytes::new(py, &text), PyBytes::new(py, &offsets))
        }))
    }

    /// Checks the end. Plaintext is unverified until this returns.
    fn finish(&mut self) -> PyResult<Summary> {
        let decryptor = match self.stage.take().ok_or_else(|| closed("file"))? {
            Stage::Decrypt(decryptor) => decryptor,
            Stage::Pass { bytes, .. } => {
                let (bytes_in, bytes_out, warnings) = (bytes, bytes, Vec::new());
                return Ok(Summary { compression: "none", bytes_in, bytes_out, verified: None, warnings });
            }
        };
        let summary = decryptor.finish().map_err(|error| raise(&error))?;
        Ok(Summary {
            compression: summary.compression.name(),
            bytes_in: summary.bytes_in,
            bytes_out: summary.bytes_out,
            verified: summary.verified.map(Verified::name),
            warnings: summary.warnings(),
        })
    }

    /// Wipes the key, and forgets what is left.
    fn close(&mut self) {
        self.stage = None;
    }
}

impl Opener {
    fn of(stage: Stage) -> Self {
        Self { stage: Some(stage), line: Vec::new(), ended: false }
    }
}

struct Lines {
    text: Vec<u8>,
    /// As Arrow has them: one more than there are lines.
    offsets: Vec<i32>,
}

/// A longer line does not fit an Arrow array with 32-bit offsets.
const LONGEST: usize = 1 << 30;

fn gather(stage: &mut Stage, line: &mut Vec<u8>, ended: bool, size: usize) -> PyResult<Option<Lines>> {
    let mut lines = Lines { text: Vec::with_capacity(size + (1 << 20)), offsets: vec![0] };
    while lines.text.len() < size {
        match stage.pull(ended).map_err(|error| raise(&error))? {
            Pulled::Plaintext(plaintext) => split(plaintext, line, &mut lines)?,
            Pulled::NeedsInput => break,
            Pulled::End => {
                if ended && !line.is_empty() {
                    lines.add(&std::mem::take(line))?;
                }
                break;
            }
        }
    }
    Ok((lines.offsets.len() > 1).then_some(lines))
}

fn split(plaintext: &[u8], line: &mut Vec<u8>, lines: &mut Lines) -> PyResult<()> {
    let mut rest = plaintext;
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let (head, tail) = rest.split_at(end);
        if line.is_empty() {
            lines.add(head)?;
        } else {
            line.extend_from_slice(head);
            lines.add(line)?;
            line.clear();
        }
        rest = tail.get(1..).unwrap_or_default();
    }
    line.extend_from_slice(rest);
    if line.len() > LONGEST {
        return Err(raised("ERR_OUTPUT_LIMIT", "a line has more than 1 GiB: this file is not text with lines"));
    }
    Ok(())
}

impl Lines {
    fn add(&mut self, line: &[u8]) -> PyResult<()> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if std::str::from_utf8(line).is_err() {
            let row = self.offsets.len();
            let message = format!(
                "line {row} of a batch is not UTF-8, so it cannot become a string: leave this file out, or read its bytes"
            );
            return Err(raised("ERR_NOT_TEXT", &message));
        }
        self.text.extend_from_slice(line);
        let end = i32::try_from(self.text.len());
        self.offsets.push(end.map_err(|_| raised("ERR_OUTPUT_LIMIT", "a batch of lines has more than 2 GiB"))?);
        Ok(())
    }
}
