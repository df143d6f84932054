//! TLS: certificates, HTTP/1.1 and HTTP/2, and what breaks before or after the handshake.

use std::time::Duration;

use rcgen::{CertificateParams, date_time_ymd};
use signalwire_room_tokens::{Client, Error, ErrorKind};
use signalwire_room_tokens_mock::{Reply, Stage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{PATIENCE, in_time, mock};
use crate::tls_front::{Authority, TlsFront};

const HTTP1: &[&str] = &["http/1.1"];
#[cfg(feature = "http2")]
const HTTP2: &[&str] = &["h2", "http/1.1"];

fn unchanged(_: &mut CertificateParams) {}

async fn front(authority: &Authority, protocols: &[&str]) -> TlsFront {
    TlsFront::start(mock().await, authority.server("localhost", protocols, unchanged)).await
}

#[tokio::test]
async fn tokens_come_over_tls_with_http1() {
    let authority = Authority::new();
    for protocols in [HTTP1, &[]] {
        let front = front(&authority, protocols).await;
        let client = front.builder(&authority).build().unwrap();
        for _ in 0..2 {
            let token = in_time(client.room_token("r").create()).await.unwrap();
            assert!(front.mock.verify(token.expose()).is_some());
        }
        assert_eq!(front.protocols(), [protocols.concat()], "one connection for both");
    }
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn tokens_come_over_tls_with_http2_where_it_is_offered() {
    let authority = Authority::new();
    let front = front(&authority, HTTP2).await;
    let client = front.builder(&authority).build().unwrap();
    // The first call opens the connection that all others share.
    in_time(client.room_token("r").create()).await.unwrap();
    let calls = (0..20).map(|_| client.room_token("r").create());
    for outcome in in_time(futures_util::future::join_all(calls)).await {
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
async fn a_certificate_that_is_not_right_is_never_tried_again() {
    let authority = Authority::new();
    let expired = |params: &mut CertificateParams| params.not_after = date_time_ymd(2020, 1, 1);
    let not_yet = |params: &mut CertificateParams| params.not_before = date_time_ymd(4000, 1, 1);
    let cases = [
        (
            "of an unknown authority",
            Authority::new().server("localhost", HTTP1, unchanged),
        ),
        (
            "of another host",
            authority.server("other.example", HTTP1, unchanged),
        ),
        ("of an address", authority.server("127.0.0.1", HTTP1, unchanged)),
        ("expired", authority.server("localhost", HTTP1, expired)),
        ("not valid yet", authority.server("localhost", HTTP1, not_yet)),
    ];
    for (what, config) in cases {
        let front = TlsFront::start(mock().await, config).await;
        let client = front.builder(&authority).build().unwrap();
        let error = in_time(client.room_token("r").create()).await.expect_err(what);
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Connect, None),
            "{what}"
        );
        assert_eq!((error.attempts(), front.connections()), (1, 1), "{what}");
        assert!(!error.is_retryable(), "{what}");
        assert!(error.to_string().contains("certificate"), "{what}: {error}");
        assert!(front.mock.requests().is_empty(), "nothing was sent: {what}");
    }
}

#[tokio::test]
async fn an_authority_that_nobody_told_of_is_not_trusted() {
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
    let error = in_time(client.room_token("r").create()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1));
    assert!(front.mock.requests().is_empty());
}

/// What becomes of a connection.
type Then = fn(TcpStream);

/// What one attempt ends in where the other side has this to say to a TLS client's first message.
async fn greeted(answer: &'static [u8], then: Then, timeout: Duration) -> Error {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.read_buf(&mut Vec::with_capacity(4096)).await.unwrap();
        stream.write_all(answer).await.unwrap();
        then(stream);
    });
    let client = Client::new(format!("https://localhost:{port}"), "project", "token").unwrap();
    let call = client.room_token("r").max_retries(0).timeout(timeout);
    in_time(call.create()).await.unwrap_err()
}

#[tokio::test]
async fn tls_that_breaks_off_or_is_none_is_no_connection() {
    let close: Then = drop;
    let reset: Then = |stream| stream.set_zero_linger().unwrap();
    let cases: [(&str, &[u8], Then); 7] = [
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
    for (what, answer, then) in cases {
        let error = greeted(answer, then, PATIENCE).await;
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Connect, None),
            "{what}: {error:?}"
        );
        assert!(error.to_string().len() < 1024, "{what}");
    }
}

#[tokio::test]
async fn a_handshake_that_never_ends_ends_at_the_deadline() {
    for answer in [b"".as_slice(), b"\x16\x03\x03\x00\x7a\x02\x00"] {
        let keep: Then = |stream| {
            tokio::spawn(async {
                std::future::pending::<()>().await;
                drop(stream);
            });
        };
        let error = greeted(answer, keep, Duration::from_millis(200)).await;
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Timeout, None),
            "{error:?}"
        );
    }
}

/// Enough for an answer on loopback, however busy the machine is.
const AMPLE: Duration = Duration::from_secs(2);

/// The faults of the mock, and what each is over any version of HTTP.
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

async fn each_fault_is_what_it_is(protocols: &[&str]) {
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
        let error = in_time(call.create()).await.expect_err(&shown);
        assert_eq!(
            (error.kind(), error.status()),
            (kind, status),
            "{shown}: {error:?}"
        );
        in_time(client.room_token("r").create())
            .await
            .expect("the client stays usable");
    }
}

#[tokio::test]
async fn faults_over_tls_are_what_they_are_without() {
    each_fault_is_what_it_is(HTTP1).await;
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn faults_over_http2_are_what_they_are_over_http1() {
    each_fault_is_what_it_is(HTTP2).await;
}

#[tokio::test]
async fn the_process_wide_provider_is_left_alone() {
    let authority = Authority::new();
    let front = front(&authority, HTTP1).await;
    let client = front.builder(&authority).build().unwrap();
    in_time(client.room_token("r").create()).await.unwrap();
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}
