//! One inflater per thread, reused from file to file.

use mgdc_inflate::Inflater;
use std::cell::Cell;
use std::ops::{Deref, DerefMut};

thread_local! {
    static SPARE: Cell<Option<Inflater>> = const { Cell::new(None) };
}

/// An inflater that is wiped and kept for the next file when it is dropped: its window is big, and there may be many
/// small files.
pub(crate) struct PooledInflater(Option<Inflater>);

impl PooledInflater {
    pub(crate) fn new() -> Self {
        Self(Some(SPARE.take().unwrap_or_default()))
    }
}

impl Deref for PooledInflater {
    type Target = Inflater;

    #[expect(clippy::expect_used, reason = "taken only by `drop`")]
    fn deref(&self) -> &Inflater {
        self.0.as_ref().expect("there until dropped")
    }
}

impl DerefMut for PooledInflater {
    #[expect(clippy::expect_used, reason = "taken only by `drop`")]
    fn deref_mut(&mut self) -> &mut Inflater {
        self.0.as_mut().expect("there until dropped")
    }
}

impl Drop for PooledInflater {
    fn drop(&mut self) {
        if let Some(mut inflater) = self.0.take() {
            inflater.clear();
            // This fails when the thread is ending; the inflater is then freed.
            let _ = SPARE.try_with(|spare| spare.set(Some(inflater)));
        }
    }
}
