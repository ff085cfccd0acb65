//! What all targets share: a heap of 64 MiB, as a tab on a phone has it to spare. What asks for more, crashes.

#[path = "../../tests/make/pieces.rs"]
mod pieces;

pub use pieces::in_pieces;

use cap::Cap;
use std::alloc::System;

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, 64 << 20);

/// Bytes of output: enough to meet every state, and a bomb would only cost time.
pub const LIMIT: u64 = 1 << 20;
