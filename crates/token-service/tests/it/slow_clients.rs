//! Tests for clients that hold connections open while sending little or nothing.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use serde_json::json;
use signalwire_room_tokens_mock::{Reply, Stage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::support::{Browser, Service, start};

/// A timeout longer than any limit in these tests.
const TEST_TIMEOUT: Duration = Duration::from_secs(30);

/// Sends bytes and returns everything the service sends before it closes the connection.
async fn exchange(address: SocketAddr, bytes: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    rest(&mut stream).await
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = timeout(TEST_TIMEOUT, stream.read_to_end(&mut bytes)).await;
    // A connection reset also counts as closing.
    read.expect("the service did not close the connection in time")
        .ok();
    String::from_utf8(bytes).unwrap()
}

/// Starts a service whose upstream is unreachable.
async fn service(arguments: &[&str]) -> SocketAddr {
    start("http://127.0.0.1:9", &[&["--demo-sign-in"], arguments].concat()).await
}

#[tokio::test]
async fn incomplete_headers_time_out() {
    let address = service(&["--header-seconds=1"]).await;
    let started = Instant::now();
    let (incomplete, nothing, idle) = tokio::join!(
        exchange(address, "GET /health HTTP/1.1\r\nHost: loc"),
        exchange(address, ""),
        exchange(address, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    );
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert_eq!(incomplete, "");
    assert_eq!(nothing, "", "nothing was sent");
    assert!(idle.starts_with("HTTP/1.1 204 "), "{idle}");
}

#[tokio::test]
async fn incomplete_headers_do_not_block_other_clients() {
    let address = service(&["--header-seconds=1", "--max-connections=100"]).await;
    let mut held = Vec::new();
    for _ in 0..150 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"POST /session HTTP/1.1\r\n").await.unwrap();
        held.push(stream);
    }
    let response = timeout(TEST_TIMEOUT, Browser::new(address).get("/health")).await;
    assert_eq!(response.unwrap().status, 204);
}

#[tokio::test]
async fn connections_above_the_limit_wait() {
    let address = service(&["--max-connections=2", "--header-seconds=3600"]).await;
    let first = TcpStream::connect(address).await.unwrap();
    let second = TcpStream::connect(address).await.unwrap();
    let request = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let mut waiting = Box::pin(exchange(address, request));
    let within = Duration::from_millis(200);
    assert!(timeout(within, &mut waiting).await.is_err(), "it waits");
    drop(first);
    assert!(waiting.await.starts_with("HTTP/1.1 204 "));
    drop(second);
}

#[tokio::test]
async fn a_slow_body_times_out() {
    let address = service(&["--body-seconds=1"]).await;
    let head = "POST /session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n";
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut reading, mut writing) = stream.into_split();
    let sending = tokio::spawn(async move {
        while writing.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let mut bytes = [0; 12];
    timeout(TEST_TIMEOUT, reading.read_exact(&mut bytes))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(&bytes, b"HTTP/1.1 408");
    drop(reading);
    timeout(TEST_TIMEOUT, sending)
        .await
        .expect("the connection was not closed in time")
        .unwrap();
}

#[tokio::test]
async fn a_request_has_a_time_limit() {
    let service = Service::start_with(&["--demo-sign-in", "--request-seconds=1"]).await;
    service
        .mock
        .script_fn(|_| Some(Reply::real().hang_at(Stage::Answer)));
    let alice = service.browser.signed_in("Alice").await;
    let response = timeout(TEST_TIMEOUT, alice.join("standup", json!({})))
        .await
        .unwrap();
    response.assert_error(503, "The request took too long. Please try again in a moment.");
}

/// The response is large enough to fill the buffers on both sides when the client doesn't read it.
#[tokio::test]
async fn a_client_that_reads_nothing_is_disconnected() {
    let arguments = [
        "--connection-seconds=1",
        "--request-seconds=1",
        "--max-connections=1",
    ];
    let limits = crate::support::settings(&arguments).limits;
    let large = || async { vec![b' '; 64 << 20] };
    let router = Router::new()
        .route("/large", axum::routing::get(large))
        .route("/small", axum::routing::get(|| async {}));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(token_service::serve(
        listener,
        router,
        std::future::pending(),
        limits,
    ));
    let mut silent = TcpStream::connect(address).await.unwrap();
    silent
        .write_all(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .unwrap();
    // The service allows only one connection, so this request waits until the first connection is closed.
    let response = timeout(TEST_TIMEOUT, Browser::new(address).get("/small")).await;
    assert_eq!(response.unwrap().status, 200);
    drop(silent);
}
