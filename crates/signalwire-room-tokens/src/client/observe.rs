//! One `tracing` span per call, if the feature is on: never names, bodies or secrets.

use super::attempt::Minted;
use crate::error::Error;

/// Runs a call within its span, and records how it went.
#[cfg(feature = "tracing")]
pub(super) async fn call(run: impl Future<Output = Result<Minted, Error>>) -> Result<Minted, Error> {
    use tracing::Instrument as _;
    use tracing::field::{Empty, display};

    let span = tracing::info_span!(
        "create_room_token",
        http.response.status_code = Empty,
        error.kind = Empty,
        attempts = Empty,
        duration_ms = Empty,
        request_id = Empty,
    );
    let started = tokio::time::Instant::now();
    let result = run.instrument(span.clone()).await;
    span.record(
        "duration_ms",
        u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    );
    let (status, attempts, request_id) = match &result {
        Ok(minted) => (Some(minted.status), minted.attempts, minted.request_id.as_deref()),
        Err(error) => (error.status(), error.attempts(), error.request_id()),
    };
    span.record("http.response.status_code", status);
    span.record("attempts", attempts);
    span.record("request_id", request_id.map(display));
    span.record(
        "error.kind",
        result.as_ref().err().map(|error| error.kind().as_str()),
    );
    result
}

/// Runs a call.
#[cfg(not(feature = "tracing"))]
pub(super) fn call<F: Future<Output = Result<Minted, Error>>>(run: F) -> F {
    run
}
