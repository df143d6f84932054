//! Retries: backoff with jitter, within the limits of `Retry-After`, the deadline and the retry budget.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use tokio::time::Instant;

use super::batch::Batch;
use super::endpoint::Endpoint;
use super::observe;
use super::options::CallOptions;
use crate::error::{Error, ErrorKind};
use crate::request::RoomTokenRequest;
use crate::token::RoomToken;

/// The delay before the first retry. It doubles with each additional retry, and jitter may add up to the same amount
/// again.
const FIRST_DELAY: Duration = Duration::from_millis(200);
/// The maximum delay, without jitter.
const LONGEST_DELAY: Duration = Duration::from_secs(5);
/// The minimum time that must be left before the deadline. If less time is left, the request is not retried.
const SHORTEST_ATTEMPT: Duration = Duration::from_millis(100);

/// Returns the delays before the retries of one call.
fn delays(options: &CallOptions) -> ExponentialBackoff {
    ExponentialBuilder::new()
        .with_jitter()
        .with_min_delay(FIRST_DELAY)
        .with_max_delay(LONGEST_DELAY)
        .with_max_times(options.max_retries as usize)
        .build()
}

/// Returns the wait before the next retry, or `None` if the call must not be retried after this error.
fn wait(error: &Error, delay: Duration, deadline: Instant, batch: Option<&Batch>) -> Option<Duration> {
    let delay = delay.max(error.retry_after().unwrap_or_default());
    let attempt_ends = Instant::now().checked_add(delay.saturating_add(SHORTEST_ATTEMPT))?;
    let is_allowed = error.is_retryable() && attempt_ends < deadline;
    let batch_allows = || batch.is_none_or(|batch| batch.rejection().is_none() && batch.take_retry());
    (is_allowed && batch_allows()).then_some(delay)
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
    options: &CallOptions,
    started: Instant,
    deadline: Instant,
) -> Result<RoomToken, Error> {
    let batch = options.batch.as_deref();
    if let Some(status) = batch.and_then(Batch::rejection) {
        let detail = format!("an earlier request in the batch failed with status {status}");
        return Err(Error::because(ErrorKind::NotSent, detail));
    }
    let (mut attempts, mut backoff) = (0, None);
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let limit = left.min(options.attempt_timeout);
        attempts += u32::from(!limit.is_zero());
        let error = match endpoint.attempt(request, limit).await {
            Ok(token) => return Ok(token.after(attempts, started.elapsed())),
            Err(error) => error,
        };
        let is_rejection = matches!(error.kind(), ErrorKind::Unauthorized | ErrorKind::Forbidden);
        if let (Some(batch), Some(status), true) = (batch, error.status(), is_rejection) {
            batch.stop(status);
        }
        // If no time was left for this attempt, a retry would fail too.
        let delay = backoff.get_or_insert_with(|| delays(options)).next();
        let delay = delay.filter(|_| !limit.is_zero());
        let Some(wait) = delay.and_then(|delay| wait(&error, delay, deadline, batch)) else {
            return Err(error.after(attempts, started.elapsed()));
        };
        observe::retry(&error, attempts, wait);
        tokio::time::sleep(wait).await;
        if batch.is_some_and(|batch| batch.rejection().is_some()) {
            return Err(error.after(attempts, started.elapsed()));
        }
    }
}
