//! Shared by all targets: a heap of 64 MiB, which a tab on a phone can spare. Allocating more is a crash.

#[path = "../../tests/make/pieces.rs"]
mod pieces;

pub use pieces::in_pieces;

use cap::Cap;
use mgdc_decrypt::{FileKey, Options, Probe, Repair};
use std::alloc::System;

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, 64 << 20);

/// Limit of the output in bytes: enough to reach every state. More would only cost time on bombs.
pub const LIMIT: u64 = 1 << 20;

/// What `decrypt` undoes first. A `Decryptor` has to be told.
pub fn repair_of(file: &[u8], file_key: &FileKey, options: Options) -> Option<Repair> {
    Probe::of(file).find(&[file_key], options).ok()?.repair
}
