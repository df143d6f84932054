//! A `tracing` span for each call and an event for each retry, if the `tracing` feature is enabled.
//!
//! Spans and events contain no room names, user names, bodies or secrets. Their names, levels, target and fields are
//! part of the public API and are documented at the crate level.

use std::time::Duration;

use crate::error::Error;
use crate::token::RoomToken;

/// The target of the span and the events.
#[cfg(feature = "tracing")]
const TARGET: &str = "signalwire_room_tokens";

/// Runs a call in its span and records the outcome.
#[cfg(feature = "tracing")]
pub(super) async fn call(run: impl Future<Output = Result<RoomToken, Error>>) -> Result<RoomToken, Error> {
    use tracing::Instrument as _;
    use tracing::field::{Empty, display};

    let span = tracing::info_span!(
        target: TARGET,
        "create_room_token",
        http.response.status_code = Empty,
        error.kind = Empty,
        attempts = Empty,
        duration_ms = Empty,
        request_id = Empty,
    );
    let started = tokio::time::Instant::now();
    let result = run.instrument(span.clone()).await;
    span.record("duration_ms", milliseconds(started.elapsed()));
    let (status, attempts, request_id) = match &result {
        Ok(token) => token.call_info().map_or((None, 0, None), |call| {
            (Some(call.status()), call.attempts(), call.request_id())
        }),
        Err(error) => (error.status(), error.attempts(), error.request_id()),
    };
    span.record("http.response.status_code", status);
    span.record("attempts", attempts);
    span.record("request_id", request_id.map(display));
    let kind = result.as_ref().err().map(|error| error.kind().as_str());
    span.record("error.kind", kind);
    result
}

#[cfg(feature = "tracing")]
fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Emits an event about a failed attempt that will be retried after `delay`.
#[cfg(feature = "tracing")]
pub(super) fn retry(error: &Error, attempts: u32, delay: Duration) {
    tracing::warn!(
        target: TARGET,
        {
            http.response.status_code = error.status(),
            error.kind = error.kind().as_str(),
            attempts,
            delay_ms = milliseconds(delay),
        },
        "retrying"
    );
}

/// Does nothing without the `tracing` feature.
#[cfg(not(feature = "tracing"))]
pub(super) fn retry(_: &Error, _: u32, _: Duration) {}

/// Runs a call without a span.
#[cfg(not(feature = "tracing"))]
pub(super) fn call<F: Future<Output = Result<RoomToken, Error>>>(run: F) -> F {
    run
}
