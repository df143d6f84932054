//! Tests for valid and invalid HTTP requests.

use signalwire_room_tokens_mock::{MockServer, Reply};

use crate::support::{End, PATH, Wire, good_head, good_request, header, mint, standup};

/// Sends these bytes and returns the response. The server must then close the connection.
async fn respond(server: &MockServer, bytes: impl AsRef<[u8]>) -> String {
    let mut wire = Wire::connect(server).await;
    wire.try_send(bytes).await;
    let (response, end) = wire.rest().await;
    assert_eq!(end, End::Closed);
    response
}

async fn assert_rejected(bytes: impl AsRef<[u8]>, status: u16) {
    let server = MockServer::start().await.unwrap();
    let bytes = bytes.as_ref();
    let response = respond(&server, bytes).await;
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    assert!(
        response.starts_with(&format!("HTTP/1.1 {status} ")),
        "{shown:?}: {response}"
    );
    assert_eq!(header(&response, "connection"), Some("close"));
}

#[tokio::test]
async fn connections_serve_many_requests() {
    let server = MockServer::start().await.unwrap();
    let mut wire = Wire::connect(&server).await;
    for _ in 0..3 {
        wire.send(good_request(&server, "")).await;
        assert!(wire.response().await.starts_with("HTTP/1.1 200 "));
    }
    let pipelined = good_request(&server, "").repeat(3);
    wire.send(pipelined).await;
    for _ in 0..3 {
        assert!(wire.response().await.starts_with("HTTP/1.1 200 "));
    }
}

#[tokio::test]
async fn connections_close_on_request() {
    let server = MockServer::start().await.unwrap();
    for options in ["Close", "close, TE", "keep-alive,close"] {
        let request = good_request(&server, &format!("Connection: {options}\r\n"));
        let response = respond(&server, request).await;
        assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
    }
    server.script([Reply::status(200).header("connection", "Close, x")]);
    let ordered = respond(&server, good_request(&server, "")).await;
    assert!(ordered.starts_with("HTTP/1.1 200 "), "{ordered}");
    let old = respond(&server, good_request(&server, "").replace("HTTP/1.1", "HTTP/1.0")).await;
    assert!(old.starts_with("HTTP/1.1 200 "), "{old}");
}

/// The limit must apply even if the whole request head arrives in one read.
#[tokio::test]
async fn headers_of_64_kib_are_rejected_even_in_one_read() {
    let server = MockServer::start().await.unwrap();
    let mut headers = String::new();
    for index in 0..60 {
        headers.push_str(&format!("x-{index}: {}\r\n", "a".repeat(1_200)));
    }
    assert_rejected(good_request(&server, &headers), 431).await;
}

/// All clients connect before the server accepts the first connection. The kernel must not drop any of them,
/// because a dropped client would retry only after a second. Linux only, because other systems may cap the
/// backlog.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn many_clients_can_connect_at_once() {
    let server = MockServer::start().await.unwrap();
    let within = std::time::Duration::from_millis(900);
    let connect = |_| std::net::TcpStream::connect_timeout(&server.addr(), within);
    let connections: std::io::Result<Vec<_>> = (0..300).map(connect).collect();
    assert!(connections.is_ok(), "{connections:?}");
}

#[tokio::test]
async fn requests_may_arrive_byte_by_byte() {
    let server = MockServer::start().await.unwrap();
    let mut wire = Wire::connect(&server).await;
    for byte in good_request(&server, "").bytes() {
        wire.send([byte]).await;
    }
    assert!(wire.response().await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn bodies_may_be_chunked() {
    let server = MockServer::start().await.unwrap();
    let head = good_head(&server) + "transfer-encoding: Chunked\r\n\r\n";
    let chunks = "5\r\n{\"roo\r\nE;ext=1\r\nm_name\":\"chunk\r\n4\r\ned\"}\r\n0\r\ntrailer: 1\r\n\r\n";
    let mut wire = Wire::connect(&server).await;
    for _ in 0..2 {
        wire.send(head.clone() + chunks).await;
        let response = wire.response().await;
        assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
    }
    assert_eq!(server.requests()[1].body(), br#"{"room_name":"chunked"}"#);
}

#[tokio::test]
async fn expect_100_continue_is_supported() {
    let server = MockServer::start().await.unwrap();
    let mut wire = Wire::connect(&server).await;
    let body = standup().to_string();
    let head = good_head(&server);
    wire.send(format!(
        "{head}expect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        body.len()
    ))
    .await;
    let continue_response = "HTTP/1.1 100 Continue\r\n\r\n";
    assert_eq!(wire.take(continue_response.len()).await, continue_response);
    wire.send(body).await;
    assert!(wire.response().await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn bodies_above_one_mebibyte_are_too_large() {
    let limit = 1024 * 1024;
    let server = MockServer::start().await.unwrap();
    let head = good_head(&server);
    let sized = |length: usize| {
        format!(
            "{head}connection: close\r\ncontent-length: {length}\r\n\r\n{}",
            " ".repeat(length)
        )
    };
    assert!(
        respond(&server, sized(limit)).await.starts_with("HTTP/1.1 400 "),
        "expected the body to be read and rejected as invalid JSON"
    );
    for large in [
        sized(limit + 1),
        format!("{head}content-length: 99999999999999999999999\r\n\r\n"),
        format!(
            "{head}transfer-encoding: chunked\r\n\r\n100001\r\n{}",
            " ".repeat(limit)
        ),
        format!(
            "{head}transfer-encoding: chunked\r\n\r\n100000\r\n{}\r\n1\r\n ",
            " ".repeat(limit)
        ),
        format!("{head}transfer-encoding: chunked\r\n\r\nfffffffffffffff\r\n"),
    ] {
        assert_rejected(large, 413).await;
    }
}

#[tokio::test]
async fn oversized_requests_are_recorded_without_a_body() {
    let server = MockServer::start().await.unwrap();
    server.script([Reply::status(503)]);
    respond(&server, good_head(&server) + "content-length: 9999999\r\n\r\n").await;
    assert_eq!(server.requests()[0].path(), PATH);
    assert!(server.requests()[0].body().is_empty());
    assert_eq!(
        server.remaining_replies(),
        1,
        "the scripted reply must not be consumed"
    );
}

#[tokio::test]
async fn invalid_requests_are_rejected() {
    let post = format!("POST {PATH} HTTP/1.1\r\nhost: localhost\r\n");
    for broken in [
        "nonsense\r\n\r\n".to_owned(),
        "GET / HTTP/3.0\r\nhost: localhost\r\n\r\n".to_owned(),
        format!("{post}no colon\r\n\r\n"),
        format!("{post}content-length: 2\r\ncontent-length: 3\r\n\r\n{{}}"),
        format!("{post}content-length: +2\r\n\r\n{{}}"),
        format!("{post}content-length: -2\r\n\r\n{{}}"),
        format!("{post}content-length: \r\n\r\n"),
        format!("{post}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}transfer-encoding: chunked\r\n\r\nx\r\n\r\n"),
        format!("{post}transfer-encoding: chunked\r\n\r\n2\r\n{{}}xx0\r\n\r\n"),
        format!("{post}transfer-encoding: chunked\r\n\r\n0\r\nbroken trailer\r\n\r\n"),
    ] {
        assert_rejected(broken, 400).await;
    }
    assert_rejected(format!("{post}transfer-encoding: gzip\r\n\r\n"), 501).await;
    assert_rejected(format!("{post}{}\r\n", "x: y\r\n".repeat(101)), 431).await;
    assert_rejected(format!("{post}x: {}", "y".repeat(70_000)), 431).await;
}

#[tokio::test]
async fn http_1_1_requires_exactly_one_host() {
    let server = MockServer::start().await.unwrap();
    let good = good_request(&server, "connection: close\r\n");
    let host = "host: localhost\r\n";
    assert!(respond(&server, &good).await.starts_with("HTTP/1.1 200 "));
    assert_rejected(good.replace(host, ""), 400).await;
    assert_rejected(good.replace(host, &host.repeat(2)), 400).await;

    let old = good.replace("HTTP/1.1", "HTTP/1.0");
    assert!(
        respond(&server, old.replace(host, ""))
            .await
            .starts_with("HTTP/1.1 200 ")
    );
    assert_rejected(old.replace(host, &host.repeat(2)), 400).await;
}

#[tokio::test]
async fn lines_must_end_with_crlf() {
    let server = MockServer::start().await.unwrap();
    let good = good_request(&server, "connection: close\r\n");
    assert_rejected(good.replace("\r\n", "\n"), 400).await;
    for line in ["HTTP/1.1", "host: localhost", "connection: close"] {
        assert_rejected(good.replace(&format!("{line}\r\n"), &format!("{line}\n")), 400).await;
    }
    assert_rejected(good.replace("\r\n\r\n", "\r\n\n"), 400).await;

    let head = good_head(&server) + "connection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    let body = standup().to_string();
    let chunked = |size_end: &str, trailers: &str| {
        let size = body.len();
        format!("{head}{size:x}{size_end}{body}\r\n0\r\n{trailers}")
    };
    let response = respond(&server, chunked(";a=b\r\n", "a: b\r\n\r\n")).await;
    assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
    assert_rejected(chunked("\n", "\r\n"), 400).await;
    assert_rejected(chunked(";a\n=b\r\n", "\r\n"), 400).await;
    assert_rejected(chunked("\r\n", "a: b\n\r\n"), 400).await;
    assert_rejected(chunked("\r\n", "\n"), 400).await;
}

#[tokio::test]
async fn http_1_0_has_no_transfer_coding() {
    let server = MockServer::start().await.unwrap();
    let head = good_head(&server).replace("HTTP/1.1", "HTTP/1.0");
    let body = standup().to_string();
    let chunks = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let coded = format!("{head}transfer-encoding: chunked\r\n\r\n{chunks}");
    assert_rejected(coded, 400).await;
    let length = chunks.len();
    let both = format!("{head}transfer-encoding: chunked\r\ncontent-length: {length}\r\n\r\n{chunks}");
    assert_rejected(both, 400).await;
}

#[tokio::test]
async fn disconnects_during_a_request_are_ignored() {
    let server = MockServer::start().await.unwrap();
    let whole = good_request(&server, "");
    for length in [0, 10, whole.len() - 1] {
        let mut wire = Wire::connect(&server).await;
        wire.send(&whole[..length]).await;
        drop(wire);
    }
    mint(&server, &standup()).await;
    assert_eq!(server.requests().len(), 1);
}
