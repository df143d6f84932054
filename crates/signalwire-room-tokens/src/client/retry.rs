//! When to try again: backoff with jitter, what the server asks for, the deadline, what a batch has left.

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

/// The wait before the first retry; doubled for each further one, and up to doubled again by jitter.
const FIRST_DELAY: Duration = Duration::from_millis(200);
/// The longest wait before jitter.
const LONGEST_DELAY: Duration = Duration::from_secs(5);
/// An attempt that would have less time than this before the deadline is not waited for.
const SHORTEST_ATTEMPT: Duration = Duration::from_millis(100);

/// How far one call may go.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    pub(super) attempt_timeout: Duration,
    pub(super) max_retries: u32,
    pub(super) batch: Option<Batch>,
}

impl Limits {
    /// The waits before the retries of one call.
    fn delays(&self) -> ExponentialBackoff {
        ExponentialBuilder::new()
            .with_jitter()
            .with_min_delay(FIRST_DELAY)
            .with_max_delay(LONGEST_DELAY)
            .with_max_times(self.max_retries as usize)
            .build()
    }

    /// How long to wait for the retry after this error, if there shall be one.
    fn wait(&self, error: &Error, delay: Duration, deadline: Instant) -> Option<Duration> {
        let delay = delay.max(error.retry_after().unwrap_or_default());
        let in_time = Instant::now()
            .checked_add(delay.saturating_add(SHORTEST_ATTEMPT))
            .is_some_and(|then| then < deadline);
        let is_allowed = error.is_retryable() && in_time && self.rejection().is_none();
        let is_left = || self.batch.as_ref().is_none_or(Batch::take_retry);
        (is_allowed && is_left()).then_some(delay)
    }

    /// The status that has stopped the batch, if the call belongs to one.
    fn rejection(&self) -> Option<u16> {
        self.batch.as_ref()?.0.rejection.get().copied()
    }

    /// Stops the batch if this error means that no request of it can succeed.
    fn note(&self, error: &Error) {
        let is_rejection = matches!(error.kind(), ErrorKind::Unauthorized | ErrorKind::Forbidden);
        if let (Some(batch), Some(status), true) = (&self.batch, error.status(), is_rejection) {
            // The first rejection is the one that is told.
            let _ = batch.0.rejection.set(status);
        }
    }
}

/// State that the calls of a batch share.
#[derive(Clone, Debug)]
pub(super) struct Batch(Arc<BatchState>);

#[derive(Debug)]
struct BatchState {
    retries_left: AtomicUsize,
    /// The status with which the credentials were rejected. Nothing is sent from then on.
    rejection: OnceLock<u16>,
}

impl Batch {
    pub(super) fn new(retries: usize) -> Self {
        Self(Arc::new(BatchState {
            retries_left: AtomicUsize::new(retries),
            rejection: OnceLock::new(),
        }))
    }

    /// Takes one retry, if one is left.
    fn take_retry(&self) -> bool {
        let left = &self.0.retries_left;
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
            .is_ok()
    }
}

/// Attempts until there is a token, an error that a retry cannot mend, or no time left.
///
/// Never waits for an attempt that the deadline would not let happen: the last error comes back at once instead, which
/// says more than a time-out after it.
/// A second mint after one that did reach the server is harmless: the room is documented to be made when somebody joins,
/// not by a token, and the first token is lost unread.
pub(super) async fn run(
    endpoint: &Endpoint,
    request: &RoomTokenRequest,
    limits: &Limits,
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
        limits.note(&error);
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
