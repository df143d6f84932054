//! Tests that the deadline applies no matter when the server stops responding.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;
use signalwire_room_tokens::{Client, Error, ErrorKind, RoomToken};
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{builder, mock, with_timeout};

/// A timeout that is expected to expire.
const SHORT: Duration = Duration::from_millis(200);
/// A timeout that is long enough for a response over loopback, even on a busy system.
const AMPLE: Duration = Duration::from_secs(2);
const LONG: Duration = Duration::from_secs(60);

/// Makes a call with the given timeouts and returns its result.
async fn call_with_timeouts(
    timeout: Duration,
    attempt_timeout: Duration,
    replies: Vec<Reply>,
) -> Result<RoomToken, Error> {
    let mock = mock().await;
    mock.script(replies);
    let client = builder(&mock)
        .timeout(timeout)
        .attempt_timeout(attempt_timeout)
        .build()
        .unwrap();
    with_timeout(client.room_token("r").create()).await
}

fn hanging_replies() -> Vec<Reply> {
    let pause = Duration::from_millis(20);
    vec![
        Reply::real().hang_at(Stage::Request),
        Reply::real().hang_at(Stage::Answer),
        Reply::real().hang_at(Stage::Headers),
        Reply::real().hang_at(Stage::Body),
        Reply::real().delay(LONG),
        Reply::real().drip(1, pause),
        Reply::real().drip_body(1, pause),
        Reply::endless_informational(103),
    ]
}

#[tokio::test]
async fn the_deadline_applies_at_every_stage() {
    for reply in hanging_replies() {
        let shown = format!("{reply:?}");
        let started = Instant::now();
        let error = call_with_timeouts(SHORT, LONG, vec![reply]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{shown}: {error}");
        assert_eq!(error.attempts(), 1, "{shown}");
        assert!(started.elapsed() >= SHORT, "{shown}");
        assert!(error.elapsed() <= started.elapsed(), "{shown}");
        assert!(error.is_retryable(), "{shown}");
        assert!(error.to_string().contains("in time"), "{shown}: {error}");
    }
}

/// HTTP/1 allows any number of leading zeros in a chunk size and any amount of whitespace after it, and hyper
/// reads it all.
#[tokio::test]
async fn calls_with_oversized_chunk_size_lines_end_at_the_deadline() {
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0";
    let calls = [b'0', b' '].map(|byte| async move {
        let line = vec![byte; 2 << 20];
        let reply = Reply::raw([head.as_slice(), &line].concat()).hang_at(Stage::End);
        let error = call_with_timeouts(AMPLE, LONG, vec![reply]).await.unwrap_err();
        let outcome = (error.kind(), error.status());
        assert_eq!(outcome, (ErrorKind::Timeout, Some(200)), "{error}");
    });
    join_all(calls).await;
}

#[tokio::test]
async fn timed_out_attempts_are_retried() {
    let calls = hanging_replies().into_iter().map(|reply| async {
        let shown = format!("{reply:?}");
        let outcome = call_with_timeouts(LONG, AMPLE, vec![reply]).await;
        outcome.unwrap_or_else(|error| panic!("{shown}: {error}"));
    });
    join_all(calls).await;
}

#[tokio::test]
async fn errors_keep_their_status_if_the_body_times_out() {
    let cases = [
        (401, ErrorKind::Unauthorized),
        (422, ErrorKind::Rejected),
        (500, ErrorKind::Server),
    ];
    let calls = cases.map(|(status, kind)| async move {
        let body = json!({ "error": "a long description of the problem" });
        let reply = Reply::status(status).json(&body).hang_at(Stage::Body);
        let error = call_with_timeouts(LONG, AMPLE, vec![reply]).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (kind, Some(status)), "{error}");
        assert_eq!(error.attempts(), 1, "the attempt must not be retried");
    });
    join_all(calls).await;
}

#[tokio::test]
async fn tokens_before_a_hanging_body_are_accepted() {
    let whole = br#"{"token":"t"}"#;
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n";
    let reply = Reply::raw([head.as_slice(), whole].concat()).hang_at(Stage::End);
    assert_eq!(
        call_with_timeouts(LONG, AMPLE, vec![reply])
            .await
            .unwrap()
            .expose(),
        "t"
    );
}

/// On Linux, connections hang if the listener's backlog is full. Other systems refuse them.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn connecting_has_a_separate_timeout() {
    use tokio::net::{TcpSocket, TcpStream};

    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(connection) = tokio::time::timeout(SHORT, TcpStream::connect(address)).await {
        waiting.push(connection.unwrap());
    }
    let client = Client::builder()
        .space(address.to_string())
        .project_id("p")
        .api_token("t")
        .connect_timeout(SHORT)
        .max_retries(0)
        .build()
        .unwrap();
    let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Timeout, None));
    assert!(
        error.to_string().contains("the connection attempt timed out"),
        "{error}"
    );
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_zero_timeout_is_a_timeout_error() {
    let error = call_with_timeouts(Duration::ZERO, LONG, vec![])
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Timeout, None));
}

#[tokio::test]
async fn a_call_without_time_for_an_attempt_is_not_retried() {
    let error = call_with_timeouts(LONG, Duration::ZERO, vec![])
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    // The first delay would be at least this long.
    assert!(error.elapsed() < Duration::from_millis(200), "{error}");
}
