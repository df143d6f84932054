//! The start and the deadline of a call, and timers.

use std::pin::{Pin, pin};
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::time::{Instant, Sleep};

/// The start and the deadline of a call.
///
/// Both come from the same clock reading, so a call that reaches its deadline never reports an elapsed time that is
/// shorter than its timeout.
#[derive(Debug, Clone, Copy)]
pub(super) struct Time {
    pub(super) started: Instant,
    pub(super) deadline: Instant,
}

impl Time {
    /// Creates a deadline that is `timeout` from now, or about 34 years from now if `timeout` is longer.
    pub(super) fn of(timeout: Duration) -> Self {
        const MAX_TIMEOUT: Duration = Duration::from_secs(1 << 30);
        let started = Instant::now();
        Self {
            started,
            deadline: started.checked_add(timeout.min(MAX_TIMEOUT)).unwrap_or(started),
        }
    }

    /// Returns this time with a deadline that is not later than `deadline`.
    pub(super) fn within(self, deadline: Option<Instant>) -> Self {
        let deadline = deadline.map_or(self.deadline, |deadline| deadline.min(self.deadline));
        Self { deadline, ..self }
    }
}

/// Returns the output of a future, or `None` if the timer fires first. Several consecutive futures can share one timer.
pub(super) async fn or_timeout<F: Future>(timer: Pin<&mut Sleep>, future: F) -> Option<F::Output> {
    match select(pin!(future), timer).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}
