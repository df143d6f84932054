//! Retries: backoff with jitter, within the limits of `Retry-After`, the deadline and the retry budget.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use tokio::time::Instant;

use super::Time;
use super::attempt::{Endpoint, Minted};
use super::observe;
use crate::error::{Error, ErrorKind};
use crate::request::RoomTokenRequest;

/// The delay before the first retry. It doubles for each additional retry, and jitter adds up to the same delay again.
const FIRST_DELAY: Duration = Duration::from_millis(200);
/// The maximum delay, without jitter.
const LONGEST_DELAY: Duration = Duration::from_secs(5);
/// The minimum time before the deadline that is left for a retry. With less time, there is no retry.
const SHORTEST_ATTEMPT: Duration = Duration::from_millis(100);

/// The limits of one call.
#[derive(Clone, Debug)]
pub(super) struct CallLimits {
    pub(super) attempt_timeout: Duration,
    pub(super) max_retries: u32,
    pub(super) batch: Option<Batch>,
}

impl CallLimits {
    /// Returns the delays before the retries of one call.
    fn delays(&self) -> ExponentialBackoff {
        ExponentialBuilder::new()
            .with_jitter()
            .with_min_delay(FIRST_DELAY)
            .with_max_delay(LONGEST_DELAY)
            .with_max_times(self.max_retries as usize)
            .build()
    }

    /// Returns the wait before the next retry, or `None` if the call must not be retried after this error.
    fn wait(&self, error: &Error, delay: Duration, deadline: Instant) -> Option<Duration> {
        let delay = delay.max(error.retry_after().unwrap_or_default());
        let in_time = Instant::now()
            .checked_add(delay.saturating_add(SHORTEST_ATTEMPT))
            .is_some_and(|then| then < deadline);
        let is_allowed = error.is_retryable() && in_time && self.rejection().is_none();
        let has_budget = || self.batch.as_ref().is_none_or(Batch::take_retry);
        (is_allowed && has_budget()).then_some(delay)
    }

    /// Returns the status that stopped the batch, if the call belongs to a stopped batch.
    fn rejection(&self) -> Option<u16> {
        self.batch.as_ref()?.0.rejection.get().copied()
    }

    /// Stops the batch if the error is a rejection of the credentials, because no other request can succeed.
    fn stop_on_rejection(&self, error: &Error) {
        let is_rejection = matches!(error.kind(), ErrorKind::Unauthorized | ErrorKind::Forbidden);
        if let (Some(batch), Some(status), true) = (&self.batch, error.status(), is_rejection) {
            // Only the first rejection is stored.
            let _ = batch.0.rejection.set(status);
        }
    }
}

/// The state that the calls of a batch share.
#[derive(Clone, Debug)]
pub(super) struct Batch(Arc<BatchState>);

#[derive(Debug)]
struct BatchState {
    retries_left: AtomicUsize,
    /// The status with which the credentials were rejected. Once it is set, no more requests are sent.
    rejection: OnceLock<u16>,
}

impl Batch {
    pub(super) fn new(retries: usize) -> Self {
        Self(Arc::new(BatchState {
            retries_left: AtomicUsize::new(retries),
            rejection: OnceLock::new(),
        }))
    }

    /// Takes one retry from the budget. Returns `false` if none is left.
    fn take_retry(&self) -> bool {
        let left = &self.0.retries_left;
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
            .is_ok()
    }
}

/// Sends a request until an attempt succeeds, the error is not retryable, or a limit is reached.
///
/// If the deadline leaves no time for another attempt, the last error is returned immediately, because it is more
/// informative than a timeout.
///
/// Retrying a request that did reach the server is harmless: creating a token does not create the room, and the token
/// of the failed attempt is never used.
pub(super) async fn run(
    endpoint: &Endpoint,
    request: &RoomTokenRequest,
    limits: &CallLimits,
    Time { started, deadline }: Time,
) -> Result<Minted, Error> {
    if let Some(status) = limits.rejection() {
        return Err(Error::not_sent(status));
    }
    let (mut attempts, mut delays) = (0, None);
    loop {
        let limit = deadline
            .saturating_duration_since(Instant::now())
            .min(limits.attempt_timeout);
        attempts += u32::from(!limit.is_zero());
        let error = match endpoint.attempt(request, limit).await {
            Ok(minted) => {
                return Ok(Minted {
                    attempts,
                    elapsed: started.elapsed(),
                    ..minted
                });
            }
            Err(error) => error,
        };
        limits.stop_on_rejection(&error);
        let delay = delays.get_or_insert_with(|| limits.delays()).next();
        let Some(wait) = delay.and_then(|delay| limits.wait(&error, delay, deadline)) else {
            return Err(error.after(attempts, started.elapsed()));
        };
        observe::retry(&error, attempts, wait);
        tokio::time::sleep(wait).await;
        if limits.rejection().is_some() {
            return Err(error.after(attempts, started.elapsed()));
        }
    }
}
