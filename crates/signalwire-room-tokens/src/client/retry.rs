//! When to try again: back-off with jitter, what the server asks for, the deadline, a shared budget.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use bytes::Bytes;
use tokio::time::Instant;

use super::attempt::{Endpoint, Minted};
use crate::error::Error;

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
    pub(super) budget: Option<RetryBudget>,
}

/// Retries that several calls share.
#[derive(Clone, Debug)]
pub(super) struct RetryBudget(Arc<AtomicUsize>);

impl RetryBudget {
    pub(super) fn new(retries: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(retries)))
    }

    /// Takes one retry, if one is left.
    fn take(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
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
    body: Bytes,
    limits: &Limits,
    deadline: Instant,
) -> Result<Minted, Error> {
    let started = Instant::now();
    let attempts = AtomicU32::new(0);
    let attempt = || {
        let limit = deadline
            .saturating_duration_since(Instant::now())
            .min(limits.attempt_timeout);
        if !limit.is_zero() {
            attempts.fetch_add(1, Ordering::Relaxed);
        }
        endpoint.attempt(body.clone(), limit)
    };
    let backoff = ExponentialBuilder::new()
        .with_jitter()
        .with_min_delay(FIRST_DELAY)
        .with_max_delay(LONGEST_DELAY)
        .with_max_times(limits.max_retries as usize);
    attempt
        .retry(backoff)
        .sleep(tokio::time::sleep)
        .when(Error::is_retryable)
        .adjust(|error: &Error, delay| {
            let delay = delay?.max(error.retry_after().unwrap_or_default());
            let in_time = Instant::now()
                .checked_add(delay.saturating_add(SHORTEST_ATTEMPT))
                .is_some_and(|then| then < deadline);
            let allowed = in_time && limits.budget.as_ref().is_none_or(RetryBudget::take);
            allowed.then_some(delay)
        })
        .await
        .map(|minted| Minted {
            attempts: attempts.load(Ordering::Relaxed),
            elapsed: started.elapsed(),
            ..minted
        })
        .map_err(|error| error.after(attempts.load(Ordering::Relaxed), started.elapsed()))
}
