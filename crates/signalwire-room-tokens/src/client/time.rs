//! The start and the deadline of a call, and timers.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, Sleep};

/// The start and the deadline of a call.
///
/// Both come from one clock reading, so the elapsed time of a call that reaches its deadline is not less than its
/// timeout.
#[derive(Debug, Clone, Copy)]
pub(super) struct Time {
    pub(super) started: Instant,
    pub(super) deadline: Instant,
}

impl Time {
    /// Creates a deadline that is `timeout` from now, or about 34 years if `timeout` is longer.
    pub(super) fn of(timeout: Duration) -> Self {
        const MAX_TIMEOUT: Duration = Duration::from_secs(1 << 30);
        let started = Instant::now();
        Self {
            started,
            deadline: started.checked_add(timeout.min(MAX_TIMEOUT)).unwrap_or(started),
        }
    }

    /// Returns this time with the earlier of both deadlines.
    pub(super) fn within(self, other: Self) -> Self {
        Self {
            deadline: self.deadline.min(other.deadline),
            ..self
        }
    }
}

/// Returns the output of a future, or `None` if the timer fires first. Several futures in a row can share one timer.
pub(super) async fn or_timeout<F: Future>(mut timer: Pin<&mut Sleep>, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}
