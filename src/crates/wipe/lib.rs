//! Wipes keys from the memory of a WebAssembly module, which lives as long as the tab and is reused without being wiped.
//! On other targets than wasm32 this package is empty: there the memory belongs to the program.

#![cfg(target_arch = "wasm32")]

use std::hint::black_box;
use zeroize::Zeroize;

/// Wipes every block that is freed or moved. `Zeroizing` covers only our own buffers, but `rsa` frees both primes with
/// its precomputed tables, and parsers free pieces of text.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Six times the stack that the import of a key uses (10 KiB, measured); the whole stack has 1 MiB.
const STACK: usize = 64 << 10;

/// Runs code that handles a key, then wipes the stack below it, where `rsa` leaves the primes, too.
///
/// The result is above and is not wiped, so it should only be a handle to the heap.
pub fn wiping_stack<T>(run: impl FnOnce() -> T) -> T {
    let result = below(run);
    wipe();
    result
}

/// Not inlined, because it must not share the frame of its caller.
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
