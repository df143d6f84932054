//! The state shared by the calls in a batch.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::time::Instant;

/// A deadline, a retry budget, and whether the batch has been stopped.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(super) deadline: Instant,
    retries_left: AtomicUsize,
    /// The status with which the credentials were rejected. Once it is set, no more requests are sent.
    rejection: OnceLock<u16>,
}

impl Batch {
    pub(super) fn new(deadline: Instant, retries: usize) -> Self {
        Self {
            deadline,
            retries_left: AtomicUsize::new(retries),
            rejection: OnceLock::new(),
        }
    }

    /// Takes one retry from the budget. Returns `false` if none is left.
    pub(super) fn take_retry(&self) -> bool {
        let left = &self.retries_left;
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
            .is_ok()
    }

    /// Returns the status that stopped the batch, if it has been stopped.
    pub(super) fn rejection(&self) -> Option<u16> {
        self.rejection.get().copied()
    }

    /// Stops the batch, because no other request can succeed. Only the first status is stored.
    pub(super) fn stop(&self, status: u16) {
        let _ = self.rejection.set(status);
    }
}
