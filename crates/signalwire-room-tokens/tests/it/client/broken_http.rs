//! Tests that invalid HTTP and interrupted responses produce typed errors, including the status if one was
//! received.

use signalwire_room_tokens::ErrorKind;
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{builder, client, failure, mock, outcome, with_timeout};

#[tokio::test]
async fn invalid_http_is_an_unexpected_response() {
    let cases: [&[u8]; 12] = [
        b"\0\x01\x02\x03\xff\xfe\r\n\r\n",
        b"220 mail.example ESMTP\r\n",
        b"<html>hello</html>\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 two-hundred OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}x",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2, 3\r\n\r\n{}x",
        b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\ncontent-length: 0x2\r\n\r\n{}",
        b"HTTP/1.1 20 OK\r\n\r\n",
    ];
    for bytes in cases {
        let error = failure(Reply::raw(bytes)).await;
        let shown = String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{shown:?}");
        assert!(!error.is_retryable(), "{shown:?}");
    }
}

#[tokio::test]
async fn connections_closed_before_a_response_are_connect_errors() {
    let cases = [
        Reply::raw(""),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-le"),
        Reply::real().close_at(Stage::Request),
        Reply::real().reset_at(Stage::Request),
        Reply::real().close_at(Stage::Answer),
        Reply::real().reset_at(Stage::Answer),
        Reply::real().close_at(Stage::Headers),
        Reply::real().reset_at(Stage::Headers),
    ];
    for reply in cases {
        let shown = format!("{reply:?}");
        let mock = mock().await;
        mock.script([reply]);
        let client = builder(&mock).max_retries(0).build().unwrap();
        let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{shown}: {error}");
        assert_eq!(error.status(), None);
        assert!(error.is_retryable(), "{shown}");
        assert!(
            std::error::Error::source(&error).is_some(),
            "the error must have a source"
        );
    }
}

#[tokio::test]
async fn truncated_bodies_keep_their_status() {
    for reply in [
        Reply::real().close_at(Stage::Body),
        Reply::real().reset_at(Stage::Body),
    ] {
        let error = failure(reply).await;
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
        assert_eq!(error.status(), Some(200));
        assert!(error.is_retryable());
        assert!(error.to_string().contains("was truncated"), "{error}");
    }
    let cut = Reply::status(403)
        .body("a long explanation")
        .close_at(Stage::Body);
    let error = failure(cut).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)));
    assert_eq!(error.body_excerpt(), Some("a long ex"));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn complete_responses_are_accepted_before_the_connection_closes() {
    for reply in [
        Reply::real().close_at(Stage::End),
        Reply::real().hang_at(Stage::End),
    ] {
        outcome(reply).await.unwrap();
    }
}

#[tokio::test]
async fn tokens_are_accepted_from_unusual_but_complete_responses() {
    let cases: [&[u8]; 3] = [
        // The content length exceeds the data sent, but the JSON is complete.
        b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"token\":\"t\"}",
        // HTTP/1.0 allows responses without a content length.
        b"HTTP/1.0 200 OK\r\n\r\n{\"token\":\"t\"}",
        // Preceded by informational responses.
        b"HTTP/1.1 100 \r\n\r\nHTTP/1.1 103 \r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"token\":\"t\"}",
    ];
    for bytes in cases {
        assert_eq!(outcome(Reply::raw(bytes)).await.unwrap().expose(), "t");
    }
}

#[tokio::test]
async fn an_unreachable_server_is_a_connect_error() {
    let mock = mock().await;
    let client = builder(&mock).max_retries(0).build().unwrap();
    let address = mock.addr();
    mock.shutdown().await;
    let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Connect, None));
    assert!(error.is_retryable());
    let text = error.to_string();
    assert!(text.starts_with(&format!("cannot reach {address}")), "{text}");
}

/// Each response has a valid status line followed by conflicting or malformed length information.
#[tokio::test]
async fn bodies_with_invalid_lengths_keep_their_status() {
    let chunked = |rest: &str| format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{rest}");
    let long = "x".repeat(3 << 20);
    let cases = [
        chunked("zz\r\n{\"tok"),
        chunked("-1\r\n{\"tok"),
        chunked("ffffffffffffffffff\r\n{\"tok"),
        chunked("5\r\n{\"tokXX"),
        chunked(&format!("5;{long}\r\n{{\"tok")),
        chunked(&format!("5\r\n{{\"tok\r\n0\r\nx: {long}\r\n\r\n")),
    ];
    for bytes in cases {
        let shown: String = bytes.chars().take(80).collect();
        let error = failure(Reply::raw(bytes)).await;
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::UnexpectedResponse, Some(200)),
            "{shown:?}"
        );
    }
}

#[tokio::test]
async fn trailing_bytes_are_never_parsed_as_the_next_response() {
    let forged = "HTTP/1.1 200 OK\r\ncontent-length: 18\r\n\r\n{\"token\":\"forged\"}";
    let first = r#"{"token":"t"}"#;
    let cases = [
        format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{first}{forged}",
            first.len()
        ),
        format!("HTTP/1.1 204 No Content\r\n\r\n{forged}"),
        format!("HTTP/1.1 422 No\r\ncontent-length: 2\r\n\r\n{{}}{forged}"),
        format!("HTTP/1.1 422 No\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{forged}"),
        format!(
            "HTTP/1.1 422 No\r\ncontent-length: 0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{forged}"
        ),
    ];
    for bytes in cases {
        let mock = mock().await;
        // The connection stays open, as if it could be reused.
        mock.script([Reply::raw(bytes.clone()).hang_at(Stage::End)]);
        let client = client(&mock);
        let outcome = with_timeout(client.room_token("r").max_retries(0).create()).await;
        assert!(outcome.is_err() || bytes.contains(first), "{bytes:?}");
        let token = with_timeout(client.room_token("r").create()).await.unwrap();
        assert!(mock.verify(token.expose()).is_some(), "{bytes:?}");
    }
}
