//! The deadline holds wherever the other side falls silent.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;
use signalwire_room_tokens::{Client, Error, ErrorKind, RoomToken};
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{builder, in_time, mock};

/// Enough to show that it is over; nothing has to be done within it.
const SHORT: Duration = Duration::from_millis(200);
/// Enough for an answer on loopback, however busy the machine is.
const AMPLE: Duration = Duration::from_secs(2);
const LONG: Duration = Duration::from_secs(60);

/// What a call that may take this long ends in.
async fn within(
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
    in_time(client.room_token("r").create()).await
}

fn silences() -> Vec<Reply> {
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
async fn the_deadline_of_the_call_holds_at_every_stage() {
    for silence in silences() {
        let shown = format!("{silence:?}");
        let started = Instant::now();
        let error = within(SHORT, LONG, vec![silence]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{shown}: {error}");
        assert_eq!(error.attempts(), 1, "{shown}");
        assert!(started.elapsed() >= SHORT, "{shown}");
        assert!(error.elapsed() <= started.elapsed(), "{shown}");
        assert!(error.is_retryable(), "{shown}");
        assert!(error.to_string().contains("in time"), "{shown}: {error}");
    }
}

/// HTTP/1 bounds neither the leading zeros of a chunk's size nor the white space after it, and hyper reads all of them.
#[tokio::test]
async fn a_chunk_size_line_of_megabytes_ends_at_the_deadline() {
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0";
    let calls = [b'0', b' '].map(|byte| async move {
        let line = vec![byte; 2 << 20];
        let reply = Reply::raw([head.as_slice(), &line].concat()).hang_at(Stage::End);
        let error = within(AMPLE, LONG, vec![reply]).await.unwrap_err();
        let outcome = (error.kind(), error.status());
        assert_eq!(outcome, (ErrorKind::Timeout, Some(200)), "{error}");
    });
    join_all(calls).await;
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_tried_again() {
    let calls = silences().into_iter().map(|silence| async {
        let shown = format!("{silence:?}");
        let outcome = within(LONG, AMPLE, vec![silence]).await;
        outcome.unwrap_or_else(|error| panic!("{shown}: {error}"));
    });
    join_all(calls).await;
}

#[tokio::test]
async fn a_status_survives_a_body_that_never_ends() {
    let cases = [
        (401, ErrorKind::Unauthorized),
        (422, ErrorKind::Rejected),
        (500, ErrorKind::Server),
    ];
    let calls = cases.map(|(status, kind)| async move {
        let body = json!({ "error": "what is wrong, at some length" });
        let reply = Reply::status(status).json(&body).hang_at(Stage::Body);
        let error = within(LONG, AMPLE, vec![reply]).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (kind, Some(status)), "{error}");
        assert_eq!(error.attempts(), 1, "it is not worth another attempt");
    });
    join_all(calls).await;
}

#[tokio::test]
async fn a_token_that_came_before_the_silence_is_a_token() {
    let whole = br#"{"token":"t"}"#;
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n";
    let reply = Reply::raw([head.as_slice(), whole].concat()).hang_at(Stage::End);
    assert_eq!(within(LONG, AMPLE, vec![reply]).await.unwrap().expose(), "t");
}

/// Linux lets connections hang that a listener has no room for; other systems refuse them.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn connecting_has_a_limit_of_its_own() {
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
    let error = in_time(client.room_token("r").create()).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Timeout, None));
    assert!(error.to_string().contains("connecting took too long"), "{error}");
    assert!(error.is_retryable());
}

#[tokio::test]
async fn no_time_at_all_is_a_time_out() {
    let error = within(Duration::ZERO, LONG, vec![]).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Timeout, None));
}
