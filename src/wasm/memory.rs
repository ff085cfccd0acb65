//! Keeps keys from staying behind in the module's memory, which lives as long as the tab and is handed out again unwiped.

use std::hint::black_box;
use zeroize::Zeroize;

/// Wipes every block that is freed or moved. `Zeroizing` reaches what is ours; but `rsa` frees both primes with the tables
/// of its precomputation, and parsers free pieces of text.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Six times what the import of a key takes (10 KiB, measured); the whole stack has 1 MiB.
const STACK: usize = 64 << 10;

/// Runs what handles a key, then wipes the stack below: there, too, `rsa` leaves the primes.
///
/// What comes back lies above and is not wiped: only a handle to the heap should.
pub(super) fn wiping_stack<T>(run: impl FnOnce() -> T) -> T {
    let result = below(run);
    wipe();
    result
}

/// Inlined, it would share the frame of its caller.
#[inline(never)]
fn below<T>(run: impl FnOnce() -> T) -> T {
    run()
}

#[inline(never)]
fn wipe() {
    let mut room = [0_u64; STACK / 8];
    black_box(&mut room).zeroize();
    black_box(&room);
}
