//! Looks for bytes in the memory of this process, also in freed blocks, which may not be wiped. Linux only.

use std::fs::{File, read_to_string};
use std::os::unix::fs::FileExt;

/// The wanted bytes are kept under a mask, so that the search does not find them in itself.
const MASK: u8 = 0x55;

/// The wanted bytes, and the buffer for the memory that is read.
pub(crate) struct Search {
    masked: Vec<u8>,
    /// Not searched.
    room: Vec<u8>,
}

impl Search {
    /// A search for these bytes, which are kept under a mask.
    pub(crate) fn new(wanted: &[u8]) -> Self {
        let masked = wanted.iter().map(|byte| byte ^ MASK).collect();
        Self { masked, room: vec![0; 1 << 20] }
    }

    /// How often the writable memory of this process contains them.
    pub(crate) fn count(&mut self) -> usize {
        let memory = File::open("/proc/self/mem").unwrap();
        let room = self.room.as_ptr() as u64;
        let mut places = 0;
        for map in read_to_string("/proc/self/maps").unwrap().lines().filter(|map| map.contains(" rw-p ")) {
            let (start, end) = map.split(' ').next().unwrap().split_once('-').unwrap();
            let [mut at, end] = [start, end].map(|text| u64::from_str_radix(text, 16).unwrap());
            while at < end {
                // The system may report adjacent mappings as one.
                if (room..room + self.room.len() as u64).contains(&at) {
                    at = room + self.room.len() as u64;
                    continue;
                }
                let until = if at < room { end.min(room) } else { end };
                let wanted = self.room.len().min(usize::try_from(until - at).unwrap());
                let Ok(length @ 1..) = memory.read_at(&mut self.room[..wanted], at) else { break };
                places += self.count_in(&self.room[..length]);
                at += length as u64;
            }
        }
        places
    }

    fn count_in(&self, bytes: &[u8]) -> usize {
        let first = self.masked[0] ^ MASK;
        let is_here = |window: &[u8]| window.iter().zip(&self.masked).all(|(byte, masked)| byte ^ MASK == *masked);
        bytes.windows(self.masked.len()).filter(|window| window[0] == first && is_here(window)).count()
    }
}
