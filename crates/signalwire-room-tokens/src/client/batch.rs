//! The state that the calls of a batch share.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// A retry budget, and whether the batch has been stopped. Clones share the state.
#[derive(Clone, Debug)]
pub(crate) struct Batch(Arc<State>);

#[derive(Debug)]
struct State {
    retries_left: AtomicUsize,
    /// The status with which the credentials were rejected. Once it is set, no more requests are sent.
    rejection: OnceLock<u16>,
}

impl Batch {
    pub(super) fn new(retries: usize) -> Self {
        Self(Arc::new(State {
            retries_left: AtomicUsize::new(retries),
            rejection: OnceLock::new(),
        }))
    }

    /// Takes one retry from the budget. Returns `false` if none is left.
    pub(super) fn take_retry(&self) -> bool {
        let left = &self.0.retries_left;
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
            .is_ok()
    }

    /// Returns the status that stopped the batch, if it has been stopped.
    pub(super) fn rejection(&self) -> Option<u16> {
        self.0.rejection.get().copied()
    }

    /// Stops the batch, because no other request can succeed. Only the first status is stored.
    pub(super) fn stop(&self, status: u16) {
        let _ = self.0.rejection.set(status);
    }
}
