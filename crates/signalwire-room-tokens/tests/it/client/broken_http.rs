//! What is no HTTP, or breaks off: a typed error, and the status wherever there was one.

use signalwire_room_tokens::ErrorKind;
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{builder, client, failure, in_time, mock, outcome};

#[tokio::test]
async fn what_is_no_http_makes_no_sense() {
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
async fn a_connection_that_ends_before_an_answer_is_no_connection() {
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
        let error = in_time(client.room_token("r").create()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{shown}: {error}");
        assert_eq!(error.status(), None);
        assert!(error.is_retryable(), "{shown}");
        assert!(std::error::Error::source(&error).is_some(), "the cause is kept");
    }
}

#[tokio::test]
async fn a_body_cut_short_keeps_its_status() {
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
async fn a_whole_answer_before_the_end_is_an_answer() {
    for reply in [
        Reply::real().close_at(Stage::End),
        Reply::real().hang_at(Stage::End),
    ] {
        outcome(reply).await.unwrap();
    }
}

#[tokio::test]
async fn a_token_in_an_answer_that_is_otherwise_whole_counts() {
    let cases: [&[u8]; 3] = [
        // Longer than what is sent: all that matters is there.
        b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"token\":\"t\"}",
        // Without any length, as HTTP/1.0 does.
        b"HTTP/1.0 200 OK\r\n\r\n{\"token\":\"t\"}",
        // After answers that are only informational.
        b"HTTP/1.1 100 \r\n\r\nHTTP/1.1 103 \r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"token\":\"t\"}",
    ];
    for bytes in cases {
        assert_eq!(outcome(Reply::raw(bytes)).await.unwrap().expose(), "t");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_no_connection() {
    let mock = mock().await;
    let client = builder(&mock).max_retries(0).build().unwrap();
    let address = mock.addr();
    mock.shutdown().await;
    let error = in_time(client.room_token("r").create()).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Connect, None));
    assert!(error.is_retryable());
    let text = error.to_string();
    assert!(text.starts_with(&format!("cannot reach {address}")), "{text}");
}

/// An answer that says in two ways how long it is, or in none that can be read, after a status that could.
#[tokio::test]
async fn a_body_whose_length_cannot_be_read_keeps_its_status() {
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
async fn what_follows_an_answer_is_never_taken_for_the_next() {
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
        // Held open, as for a connection that may be used again.
        mock.script([Reply::raw(bytes.clone()).hang_at(Stage::End)]);
        let client = client(&mock);
        let outcome = in_time(client.room_token("r").max_retries(0).create()).await;
        assert!(outcome.is_err() || bytes.contains(first), "{bytes:?}");
        let token = in_time(client.room_token("r").create()).await.unwrap();
        assert!(mock.verify(token.expose()).is_some(), "{bytes:?}");
    }
}
