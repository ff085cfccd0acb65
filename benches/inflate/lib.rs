//! Inflates streams of raw deflate that stay in the module's memory, and computes CRC-32.

use mgdc_inflate::{Inflater, Status};
use wasm_bindgen::prelude::*;
use zlib_rs::{Inflate, InflateFlush};

/// Bytes of input for each call, as the worker gives them, and of output, as the inflater gives it.
const PIECE: usize = 1 << 20;

/// Streams, and what inflates them.
#[wasm_bindgen]
#[derive(Default)]
pub struct Streams {
    streams: Vec<Vec<u8>>,
    inflater: Inflater,
}

#[wasm_bindgen]
impl Streams {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    pub fn add(&mut self, stream: Vec<u8>) {
        self.streams.push(stream);
    }

    /// Returns the sum of the sizes; less than 0 when a stream is not valid.
    pub fn ours(&mut self) -> f64 {
        self.run(|_| {})
    }

    /// The same, with a CRC-32 of each 1 MiB as it comes out; returns the CRC-32 of all.
    #[wasm_bindgen(js_name = oursChecked)]
    pub fn ours_checked(&mut self) -> u32 {
        let mut crc = 0;
        self.run(|fresh| crc = mgdc_inflate::crc32(crc, fresh));
        crc
    }

    #[wasm_bindgen(js_name = oursCheckedByZlib)]
    pub fn ours_checked_by_zlib(&mut self) -> u32 {
        let mut crc = 0;
        self.run(|fresh| crc = zlib_rs::crc32::crc32(crc, fresh));
        crc
    }

    pub fn zlib(&mut self) -> f64 {
        let mut window = vec![0; PIECE];
        let mut inflate = Inflate::new(false, 15);
        let mut total = 0;
        for stream in &self.streams {
            inflate.reset(false);
            let mut rest = stream.as_slice();
            loop {
                let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
                let Ok(status) = inflate.decompress(rest, &mut window, InflateFlush::NoFlush) else { return -1.0 };
                rest = &rest[(inflate.total_in() - before_in) as usize..];
                total += inflate.total_out() - before_out;
                if status == zlib_rs::Status::StreamEnd {
                    break;
                }
            }
        }
        total as f64
    }

    fn run(&mut self, mut each: impl FnMut(&[u8])) -> f64 {
        let mut total = 0;
        for stream in &self.streams {
            self.inflater.clear();
            for piece in stream.chunks(PIECE) {
                let mut rest = piece;
                loop {
                    let Ok((used, status)) = self.inflater.decode(rest) else { return -1.0 };
                    each(self.inflater.fresh());
                    total += self.inflater.fresh().len();
                    self.inflater.discard_fresh();
                    rest = &rest[used..];
                    if status != Status::Room {
                        break;
                    }
                }
            }
        }
        total as f64
    }
}
