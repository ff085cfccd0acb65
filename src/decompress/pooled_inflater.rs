//! One inflater for one file after another.

use mgdc_inflate::Inflater;
use std::cell::Cell;
use std::ops::{Deref, DerefMut};

thread_local! {
    static SPARE: Cell<Option<Inflater>> = const { Cell::new(None) };
}

/// An inflater that goes back for the next file, wiped: its window is big, and files may be small and many.
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
            // A thread that ends takes it along.
            let _ = SPARE.try_with(|spare| spare.set(Some(inflater)));
        }
    }
}
