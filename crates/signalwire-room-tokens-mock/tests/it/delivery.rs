//! Tests for faulty deliveries, observed with a raw TCP client.

use std::time::{Duration, Instant};

use signalwire_room_tokens_mock::{MockServer, Reply, Stage};

use crate::support::{End, Wire, client, good_request, header, mint, request, standup};

/// Starts a server with the given scripted reply and sends it a valid request.
async fn exchange(reply: Reply) -> (MockServer, Wire) {
    let server = MockServer::start().await.unwrap();
    server.script([reply]);
    let mut wire = Wire::connect(&server).await;
    wire.send(good_request(&server, "")).await;
    (server, wire)
}

/// Returns everything received until the connection ends, and how it ended.
async fn outcome(reply: Reply) -> (String, End) {
    let (_server, wire) = exchange(reply).await;
    wire.rest().await
}

/// Asserts that the part of the response before `stage` was received, and nothing else. The body is
/// `0123456789`.
fn assert_stage(received: &str, stage: Stage) {
    let (head, body) = received
        .split_once("\r\n\r\n")
        .map_or((received, None), |(head, body)| (head, Some(body)));
    match stage {
        Stage::Headers => {
            assert!(head.starts_with("HTTP/1.1 200 "), "{received:?}");
            assert_eq!(body, None);
        }
        Stage::Body => assert_eq!(body, Some("01234")),
        Stage::End => assert_eq!(body, Some("0123456789")),
        _ => assert_eq!(received, ""),
    }
}

const STAGES: [Stage; 5] = [
    Stage::Request,
    Stage::Answer,
    Stage::Headers,
    Stage::Body,
    Stage::End,
];

fn digits() -> Reply {
    Reply::status(200).body("0123456789")
}

#[tokio::test]
async fn connections_can_be_closed_at_every_stage() {
    for stage in STAGES {
        let (received, end) = outcome(digits().close_at(stage)).await;
        assert_stage(&received, stage);
        assert_eq!(end, End::Closed, "{stage:?}");
    }
}

#[tokio::test]
async fn connections_can_be_reset_at_every_stage() {
    for stage in STAGES {
        // A reset may discard data that was already sent, so don't check the received data.
        let (_, end) = outcome(digits().reset_at(stage)).await;
        assert_eq!(end, End::Reset, "{stage:?}");
    }
}

#[tokio::test]
async fn connections_can_hang_at_every_stage() {
    let (whole, _) = outcome(digits().close_at(Stage::End)).await;
    let head = whole.len() - "0123456789".len();
    for stage in STAGES {
        let (_server, mut wire) = exchange(digits().hang_at(stage)).await;
        let received = match stage {
            Stage::Headers => wire.take(head / 2).await,
            Stage::Body => wire.take(head + 5).await,
            Stage::End => wire.take(whole.len()).await,
            _ => String::new(),
        };
        assert_stage(&received, stage);
        assert!(wire.is_silent().await, "{stage:?}");
    }
}

#[tokio::test]
async fn normal_responses_can_be_truncated() {
    let server = MockServer::start().await.unwrap();
    server.script([Reply::real().close_at(Stage::Body)]);
    let response = request(&client(), &server, &standup()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(
        response.text().await.is_err(),
        "the body must be shorter than declared"
    );
}

#[tokio::test]
async fn unread_requests_are_not_recorded() {
    for (stage, recorded) in [(Stage::Request, 0), (Stage::Answer, 1)] {
        let (server, wire) = exchange(Reply::real().reset_at(stage)).await;
        wire.rest().await;
        assert_eq!(server.requests().len(), recorded, "{stage:?}");
    }
}

#[tokio::test]
async fn kept_connections_can_be_reset_before_the_request_is_read() {
    let (server, mut wire) = exchange(Reply::real()).await;
    wire.response().await;
    server.script([Reply::real().reset_at(Stage::Request)]);
    wire.send(good_request(&server, "")).await;
    assert_eq!(wire.rest().await, (String::new(), End::Reset));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn script_functions_can_reset_before_the_response() {
    let server = MockServer::start().await.unwrap();
    server.script_fn(|_| Some(Reply::real().reset_at(Stage::Request)));
    let mut wire = Wire::connect(&server).await;
    wire.send(good_request(&server, "")).await;
    assert_eq!(wire.rest().await, (String::new(), End::Reset));
}

#[tokio::test]
async fn stale_connections_close_at_the_next_request() {
    let (server, mut wire) = exchange(Reply::real().close_on_next_request()).await;
    // This reply resets the connection before the request is read. A stale connection closes without consuming the
    // reply.
    server.script([Reply::status(503).reset_at(Stage::Request)]);
    let first = wire.response().await;
    assert!(first.starts_with("HTTP/1.1 200 "), "{first}");
    assert_eq!(header(&first, "connection"), None);
    assert!(
        wire.is_silent().await,
        "the connection must stay open until the next request"
    );
    wire.send(good_request(&server, "")).await;
    assert_eq!(wire.rest().await, (String::new(), End::Closed));
    assert_eq!(server.requests().len(), 2);
    assert_eq!(
        server.remaining_replies(),
        1,
        "the scripted reply must not be consumed"
    );
}

#[tokio::test]
async fn dripped_responses_are_slow_and_complete() {
    let interval = Duration::from_millis(2);
    for reply in [
        digits().drip(7, interval),
        digits().drip_body(1, interval),
        digits().drip_body(0, interval),
    ] {
        let started = Instant::now();
        let (received, _) = outcome_with_connection_close(reply).await;
        assert_stage(&received, Stage::End);
        assert!(started.elapsed() >= interval * 10);
    }
}

/// Returns everything received when the client sends `connection: close`.
async fn outcome_with_connection_close(reply: Reply) -> (String, End) {
    let server = MockServer::start().await.unwrap();
    server.script([reply]);
    let mut wire = Wire::connect(&server).await;
    wire.send(good_request(&server, "connection: close\r\n")).await;
    wire.rest().await
}

#[tokio::test]
async fn raw_bytes_are_sent_unchanged() {
    let bytes = "HTTP/1.1 200\nnonsense";
    assert_eq!(outcome(Reply::raw(bytes)).await, (bytes.to_owned(), End::Closed));
    assert_eq!(outcome(Reply::raw("")).await, (String::new(), End::Closed));
    let dripped = Reply::raw(bytes).drip(1, Duration::from_millis(1));
    assert_eq!(outcome(dripped).await, (bytes.to_owned(), End::Closed));
    assert_eq!(
        outcome(Reply::raw(bytes).reset_at(Stage::End)).await.1,
        End::Reset
    );
    let (_server, mut wire) = exchange(Reply::raw(bytes).hang_at(Stage::End)).await;
    assert_eq!(wire.take(bytes.len()).await, bytes);
    assert!(wire.is_silent().await);
}

#[tokio::test]
async fn invalid_replies_are_sent_unchanged() {
    let (received, _) = outcome(Reply::status(204).body("stray").close_at(Stage::End)).await;
    assert!(
        received.starts_with("HTTP/1.1 204 ") && received.ends_with("\r\n\r\nstray"),
        "{received}"
    );
    assert_eq!(header(&received, "content-length"), None);

    let lies = Reply::status(1000)
        .header("content-length", "-1")
        .header("content-length", "3");
    let (received, _) = outcome(lies.body("four").close_at(Stage::End)).await;
    assert!(
        received.starts_with("HTTP/1.1 1000 ") && received.ends_with("\r\n\r\nfour"),
        "{received}"
    );
    assert_eq!(received.matches("content-length").count(), 2, "{received}");
}

#[tokio::test]
async fn replies_with_connection_close_end_the_connection() {
    let (received, end) = outcome(digits().header("connection", "close")).await;
    assert_stage(&received, Stage::End);
    assert_eq!(end, End::Closed);
}

#[tokio::test]
async fn endless_bodies_do_not_end() {
    let (server, mut wire) = exchange(Reply::status(500).body("{}").endless_body()).await;
    let received = wire.take(1_000_000).await;
    let (head, body) = received.split_once("\r\n\r\n").unwrap();
    assert!(
        head.starts_with("HTTP/1.1 500 ") && !head.contains("content-length"),
        "{head}"
    );
    assert!(body.starts_with("{} ") && body.ends_with(' '));
    drop(wire);
    mint(&server, &standup()).await;
}

#[tokio::test]
async fn endless_chunks_do_not_end() {
    for (reply, start) in [
        (
            Reply::status(200).body("{}").endless_chunks(),
            "2\r\n{}\r\n4000\r\n ",
        ),
        (Reply::status(200).endless_chunks(), "4000\r\n "),
    ] {
        let (_server, mut wire) = exchange(reply).await;
        let received = wire.take(1_000_000).await;
        let (head, body) = received.split_once("\r\n\r\n").unwrap();
        assert_eq!(header(&received, "transfer-encoding"), Some("chunked"), "{head}");
        assert!(body.starts_with(start));
    }
}

#[tokio::test]
async fn http_clients_can_read_endless_chunks() {
    let server = MockServer::start().await.unwrap();
    server.script([Reply::status(200).body("{}").endless_chunks()]);
    let mut response = request(&client(), &server, &standup()).send().await.unwrap();
    let mut length = 0;
    while length < 1_000_000 {
        length += response.chunk().await.unwrap().expect("another chunk").len();
    }
}

#[tokio::test]
async fn informational_responses_can_be_endless() {
    let (_server, mut wire) = exchange(Reply::endless_informational(103)).await;
    let one = "HTTP/1.1 103 \r\n\r\n";
    assert_eq!(wire.take(one.len() * 1000).await, one.repeat(1000));
}

#[tokio::test]
async fn faults_affect_only_their_connection() {
    let (server, wire) = exchange(Reply::real().hang_at(Stage::Answer)).await;
    while server.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    mint(&server, &standup()).await;
    drop(wire);
    mint(&server, &standup()).await;
}
