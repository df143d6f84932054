//! What is no HTTP, or breaks off: a typed error, and the status wherever there was one.

use signalwire_room_tokens::ErrorKind;
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{builder, failure, in_time, mock, outcome};

#[tokio::test]
async fn what_is_no_http_makes_no_sense() {
    let cases: [&[u8]; 8] = [
        b"\0\x01\x02\x03\xff\xfe\r\n\r\n",
        b"220 mail.example ESMTP\r\n",
        b"<html>hello</html>\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 two-hundred OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}x",
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
        assert!(error.to_string().contains("broke off"), "{error}");
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
