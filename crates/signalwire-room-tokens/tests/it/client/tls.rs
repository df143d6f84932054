//! Tests for TLS: certificates, HTTP/1.1 and HTTP/2, and failures before and after the handshake.

use std::time::Duration;

use rcgen::{CertificateParams, date_time_ymd};
use signalwire_room_tokens::{Client, Error, ErrorKind};
use signalwire_room_tokens_mock::{Reply, Stage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{HANG_TIMEOUT, mock, with_timeout};
use crate::tls_front::{Authority, TlsFront};

const HTTP1: &[&str] = &["http/1.1"];
#[cfg(feature = "http2")]
const HTTP2: &[&str] = &["h2", "http/1.1"];

fn unchanged(_: &mut CertificateParams) {}

async fn front(authority: &Authority, protocols: &[&str]) -> TlsFront {
    TlsFront::start(mock().await, authority.server("localhost", protocols, unchanged)).await
}

#[tokio::test]
async fn tokens_are_created_over_tls_with_http1() {
    let authority = Authority::new();
    for protocols in [HTTP1, &[]] {
        let front = front(&authority, protocols).await;
        let client = front.builder(&authority).build().unwrap();
        for _ in 0..2 {
            let token = with_timeout(client.room_token("r").create()).await.unwrap();
            assert!(front.mock.verify(token.expose()).is_some());
        }
        assert_eq!(
            front.protocols(),
            [protocols.concat()],
            "both calls must use one connection"
        );
    }
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn tokens_are_created_over_http2_if_offered() {
    let authority = Authority::new();
    let front = front(&authority, HTTP2).await;
    let client = front.builder(&authority).build().unwrap();
    // The first call opens the connection that the other calls reuse.
    with_timeout(client.room_token("r").create()).await.unwrap();
    let calls = (0..20).map(|_| client.room_token("r").create());
    for outcome in with_timeout(futures_util::future::join_all(calls)).await {
        assert!(front.mock.verify(outcome.unwrap().expose()).is_some());
    }
    assert_eq!(front.protocols(), ["h2"]);
    let request = &front.mock.requests()[0];
    assert_eq!(
        (request.method(), request.path()),
        ("POST", "/api/video/room_tokens")
    );
}

#[tokio::test]
async fn invalid_certificates_are_not_retried() {
    let authority = Authority::new();
    let expired = |params: &mut CertificateParams| params.not_after = date_time_ymd(2020, 1, 1);
    let not_yet = |params: &mut CertificateParams| params.not_before = date_time_ymd(4000, 1, 1);
    let cases = [
        (
            "unknown authority",
            Authority::new().server("localhost", HTTP1, unchanged),
        ),
        ("wrong host", authority.server("other.example", HTTP1, unchanged)),
        (
            "IP address instead of a host",
            authority.server("127.0.0.1", HTTP1, unchanged),
        ),
        ("expired", authority.server("localhost", HTTP1, expired)),
        ("not valid yet", authority.server("localhost", HTTP1, not_yet)),
    ];
    for (what, config) in cases {
        let front = TlsFront::start(mock().await, config).await;
        let client = front.builder(&authority).build().unwrap();
        let error = with_timeout(client.room_token("r").create())
            .await
            .expect_err(what);
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Connect, None),
            "{what}"
        );
        assert_eq!((error.attempts(), front.connections()), (1, 1), "{what}");
        assert!(!error.is_retryable(), "{what}");
        assert!(error.to_string().contains("certificate"), "{what}: {error}");
        assert!(
            front.mock.requests().is_empty(),
            "{what}: the request must not be sent"
        );
    }
}

#[tokio::test]
async fn unknown_authorities_are_not_trusted() {
    let authority = Authority::new();
    let front = front(&authority, HTTP1).await;
    let space = front
        .builder(&authority)
        .build()
        .unwrap()
        .space()
        .base_url()
        .to_owned();
    let client = Client::new(space, "project", "token").unwrap();
    let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1));
    assert!(front.mock.requests().is_empty());
}

/// An action to perform on the server's connection after the response.
type AfterResponse = fn(TcpStream);

/// Makes a call to a server that replies to the first TLS handshake message with `response`. Returns the
/// error.
async fn handshake_error(response: &'static [u8], after_response: AfterResponse, timeout: Duration) -> Error {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.read_buf(&mut Vec::with_capacity(4096)).await.unwrap();
        stream.write_all(response).await.unwrap();
        after_response(stream);
    });
    let client = Client::new(format!("https://localhost:{port}"), "project", "token").unwrap();
    let call = client.room_token("r").max_retries(0).timeout(timeout);
    with_timeout(call.create()).await.unwrap_err()
}

#[tokio::test]
async fn failed_handshakes_are_connect_errors() {
    let close: AfterResponse = drop;
    let reset: AfterResponse = |stream| stream.set_zero_linger().unwrap();
    let cases: [(&str, &[u8], AfterResponse); 7] = [
        ("closed", b"", close),
        ("reset", b"", reset),
        ("half a message", b"\x16\x03\x03\x00\x7a\x02\x00", close),
        ("half a message, reset", b"\x16\x03\x03\x00\x7a\x02\x00", reset),
        ("an alert", b"\x15\x03\x03\x00\x02\x02\x28", close),
        (
            "plain HTTP",
            b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"token\":\"t\"}",
            close,
        ),
        ("garbage", &[0xff; 64], close),
    ];
    for (what, response, after_response) in cases {
        let error = handshake_error(response, after_response, HANG_TIMEOUT).await;
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Connect, None),
            "{what}: {error:?}"
        );
        assert!(error.to_string().len() < 1024, "{what}");
    }
}

#[tokio::test]
async fn hanging_handshakes_end_at_the_deadline() {
    for response in [b"".as_slice(), b"\x16\x03\x03\x00\x7a\x02\x00"] {
        let keep: AfterResponse = |stream| {
            tokio::spawn(async {
                std::future::pending::<()>().await;
                drop(stream);
            });
        };
        let error = handshake_error(response, keep, Duration::from_millis(200)).await;
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Timeout, None),
            "{error:?}"
        );
    }
}

/// A timeout that is long enough for a response over loopback, even on a busy system.
const AMPLE: Duration = Duration::from_secs(2);

/// Returns mock server faults, each with the error that it must cause in every HTTP version.
fn faults() -> Vec<(Reply, ErrorKind, Option<u16>)> {
    vec![
        (Reply::status(503), ErrorKind::Server, Some(503)),
        (Reply::status(401).body("no"), ErrorKind::Unauthorized, Some(401)),
        (
            Reply::redirect(302, "https://evil.example/"),
            ErrorKind::UnexpectedResponse,
            Some(302),
        ),
        (Reply::real().close_at(Stage::Answer), ErrorKind::Connect, None),
        (Reply::real().reset_at(Stage::Answer), ErrorKind::Connect, None),
        (Reply::real().close_at(Stage::Headers), ErrorKind::Connect, None),
        (
            Reply::real().close_at(Stage::Body),
            ErrorKind::UnexpectedResponse,
            Some(200),
        ),
        (
            Reply::real().reset_at(Stage::Body),
            ErrorKind::UnexpectedResponse,
            Some(200),
        ),
        (
            Reply::status(200).endless_chunks(),
            ErrorKind::UnexpectedResponse,
            Some(200),
        ),
        (Reply::status(500).endless_chunks(), ErrorKind::Server, Some(500)),
        (Reply::real().hang_at(Stage::Answer), ErrorKind::Timeout, None),
        (Reply::real().hang_at(Stage::Body), ErrorKind::Timeout, Some(200)),
    ]
}

async fn assert_faults_have_expected_errors(protocols: &[&str]) {
    let authority = Authority::new();
    let front = front(&authority, protocols).await;
    let client = front.builder(&authority).build().unwrap();
    for (reply, kind, status) in faults() {
        let shown = format!("{protocols:?} {reply:?}");
        front.mock.script([reply]);
        let limit = match status {
            None if kind == ErrorKind::Timeout => Duration::from_millis(100),
            _ => AMPLE,
        };
        let call = client.room_token("r").max_retries(0).timeout(limit);
        let error = with_timeout(call.create()).await.expect_err(&shown);
        assert_eq!(
            (error.kind(), error.status()),
            (kind, status),
            "{shown}: {error:?}"
        );
        with_timeout(client.room_token("r").create())
            .await
            .expect("the client should stay usable");
    }
}

#[tokio::test]
async fn faults_over_tls_cause_the_same_errors() {
    assert_faults_have_expected_errors(HTTP1).await;
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn faults_over_http2_cause_the_same_errors() {
    assert_faults_have_expected_errors(HTTP2).await;
}

#[tokio::test]
async fn the_process_wide_provider_is_not_changed() {
    let authority = Authority::new();
    let front = front(&authority, HTTP1).await;
    let client = front.builder(&authority).build().unwrap();
    with_timeout(client.room_token("r").create()).await.unwrap();
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}
