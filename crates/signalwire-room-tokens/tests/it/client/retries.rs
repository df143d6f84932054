//! Tests for retries: which failures are retried, how often, and how `Retry-After` affects them.

use std::time::{Duration, SystemTime};

use signalwire_room_tokens::{Error, ErrorKind, RoomToken};
use signalwire_room_tokens_mock::{MockServer, Reply, Stage};

use crate::support::{builder, mock, with_timeout};

/// Makes a call with at most `retries` retries. Returns its result and the mock server.
async fn call(retries: u32, replies: Vec<Reply>) -> (Result<RoomToken, Error>, MockServer) {
    let mock = mock().await;
    mock.script(replies);
    let client = builder(&mock).max_retries(retries).build().unwrap();
    let outcome = with_timeout(client.room_token("r").create()).await;
    (outcome, mock)
}

#[tokio::test]
async fn retryable_failures_are_retried() {
    let cases = [
        Reply::status(408),
        Reply::status(429),
        Reply::status(502),
        Reply::status(503).body("<html>busy</html>"),
        Reply::status(504),
        Reply::real().close_at(Stage::Answer),
        Reply::real().reset_at(Stage::Answer),
        Reply::real().close_at(Stage::Headers),
        Reply::real().close_at(Stage::Body),
        Reply::real().reset_at(Stage::Body),
        Reply::raw(""),
    ];
    for reply in cases {
        let shown = format!("{reply:?}");
        let (outcome, mock) = call(1, vec![reply]).await;
        let token = outcome.unwrap_or_else(|error| panic!("{shown}: {error}"));
        assert!(mock.verify(token.expose()).is_some(), "{shown}");
        assert_eq!(mock.requests().len(), 2, "{shown}");
    }
}

#[tokio::test]
async fn permanent_failures_are_not_retried() {
    let never = (100_u16..600)
        .filter(|status| *status >= 200 && ![408, 429, 502, 503, 504].contains(status))
        // Only the status matters, so a sample of statuses is enough.
        .filter(|status| {
            status % 100 < 52 && status % 3 == 1 || [400, 401, 403, 404, 422, 500, 501].contains(status)
        });
    let replies = never.map(Reply::status).chain([
        Reply::raw("garbage\r\n\r\n"),
        Reply::status(200).body("{}"),
        Reply::status(200).body("not json"),
    ]);
    for reply in replies {
        let shown = format!("{reply:?}");
        let (outcome, mock) = call(3, vec![reply]).await;
        let error = outcome.expect_err(&shown);
        assert_eq!((error.attempts(), mock.requests().len()), (1, 1), "{shown}");
        assert!(!error.is_retryable(), "{shown}");
    }
}

#[tokio::test]
async fn a_stale_pooled_connection_is_replaced() {
    let mock = mock().await;
    let client = builder(&mock).build().unwrap();
    mock.script([Reply::real().close_on_next_request()]);
    client.room_token("r").create().await.unwrap();
    let token = with_timeout(client.room_token("r").create()).await.unwrap();
    assert!(mock.verify(token.expose()).is_some());
}

#[tokio::test]
async fn retries_end_with_the_last_error() {
    let (outcome, mock) = call(
        2,
        vec![Reply::status(503), Reply::status(502), Reply::status(504)],
    )
    .await;
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Server, Some(504)));
    assert_eq!((error.attempts(), mock.requests().len()), (3, 3));
    assert!(
        error.is_retryable(),
        "later calls may succeed, so the error must be retryable"
    );
    assert!(error.to_string().contains("3 attempts"), "{error}");
    // The delays grow: at least 200 ms, then at least 400 ms.
    assert!(error.elapsed() >= Duration::from_millis(600));
}

#[tokio::test]
async fn permanent_failures_end_the_retries() {
    let (outcome, mock) = call(3, vec![Reply::status(503), Reply::status(403)]).await;
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Forbidden, 2));
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn every_attempt_sends_the_same_request() {
    let mock = mock().await;
    mock.script([Reply::status(503)]);
    let client = builder(&mock).build().unwrap();
    let call = client
        .room_token("r")
        .user_name("Ada")
        .valid_for(Duration::from_secs(60));
    call.create().await.unwrap();
    let requests = mock.requests();
    assert_eq!(requests[0].body(), requests[1].body());
    assert!(requests[0].headers().eq(requests[1].headers()));
}

#[tokio::test]
async fn retry_after_in_seconds_is_waited_for() {
    let (outcome, mock) = call(
        1,
        vec![
            Reply::status(429).header("retry-after", "1"),
            Reply::status(429).header("retry-after", "7"),
        ],
    )
    .await;
    let error = outcome.unwrap_err();
    assert!(error.elapsed() >= Duration::from_secs(1));
    assert_eq!(
        error.retry_after(),
        Some(Duration::from_secs(7)),
        "expected the value from the last response"
    );
    assert!(error.to_string().contains("wait 7 s"), "{error}");
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn retry_after_beyond_the_deadline_fails_immediately() {
    for seconds in ["31", "86400", "18446744073709551615"] {
        let (outcome, mock) = call(3, vec![Reply::status(503).header("retry-after", seconds)]).await;
        let error = outcome.unwrap_err();
        assert_eq!((error.attempts(), mock.requests().len()), (1, 1));
        assert_eq!(
            error.retry_after(),
            Some(Duration::from_secs(seconds.parse().unwrap()))
        );
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn retry_after_is_read_as_seconds_or_date_and_nothing_else() {
    let whole = |seconds: u64| Some(Duration::from_secs(seconds));
    let cases = [
        ("0", whole(0)),
        ("7", whole(7)),
        (" 7 ", whole(7)),
        ("007", whole(7)),
        ("18446744073709551616", whole(u64::MAX)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", whole(0)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", whole(0)),
        ("Sun Nov  6 08:49:37 1994", whole(0)),
        ("", None),
        ("-1", None),
        ("+7", None),
        ("1.5", None),
        ("1e300", None),
        ("nan", None),
        ("7 seconds", None),
        ("Sun, 99 Nov 1994 08:49:37 GMT", None),
        ("2026-03-01T09:30:00Z", None),
    ];
    for (value, expected) in cases {
        let (outcome, _) = call(0, vec![Reply::status(429).header("retry-after", value)]).await;
        assert_eq!(outcome.unwrap_err().retry_after(), expected, "{value:?}");
    }
}

#[tokio::test]
async fn retry_after_as_a_date_counts_from_now() {
    let day = Duration::from_secs(24 * 3600);
    let date = httpdate::fmt_http_date(SystemTime::now() + day);
    let (outcome, mock) = call(3, vec![Reply::status(429).header("retry-after", &date)]).await;
    let error = outcome.unwrap_err();
    let wait = error.retry_after().unwrap();
    assert!(wait <= day && wait > day - Duration::from_secs(60), "{wait:?}");
    assert_eq!(
        mock.requests().len(),
        1,
        "there must be no retry beyond the deadline"
    );
}

#[tokio::test]
async fn retry_after_in_the_past_is_ignored() {
    let reply = Reply::status(503).header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
    let (outcome, mock) = call(1, vec![reply]).await;
    outcome.unwrap();
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn no_retry_starts_if_the_pause_exceeds_the_deadline() {
    let mock = mock().await;
    mock.script([Reply::status(503), Reply::status(503)]);
    // This timeout is shorter than the minimum delay before a retry.
    let client = builder(&mock)
        .timeout(Duration::from_millis(150))
        .build()
        .unwrap();
    let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
    assert_eq!(error.attempts(), 1, "{error}");
    assert!(mock.requests().len() <= 1);
}
