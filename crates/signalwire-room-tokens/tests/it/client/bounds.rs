//! Answers without end, answers that are too large, and how much of them is kept.

use serde_json::json;
use signalwire_room_tokens::ErrorKind;
use signalwire_room_tokens_mock::Reply;

use crate::support::{failure, outcome};

#[tokio::test]
async fn an_endless_body_ends_at_the_bound() {
    for status in [200, 422, 500] {
        for reply in [
            Reply::status(status).body("x").endless_body(),
            Reply::status(status).body("x").endless_chunks(),
        ] {
            let error = failure(reply).await;
            assert_eq!(error.status(), Some(status));
            let expected = match status {
                200 => ErrorKind::UnexpectedResponse,
                422 => ErrorKind::Rejected,
                _ => ErrorKind::Server,
            };
            assert_eq!(error.kind(), expected);
        }
    }
}

#[tokio::test]
async fn a_token_before_an_endless_rest_is_a_token() {
    let token = |reply: Reply| reply.json(&json!({ "token": "t" }));
    for reply in [
        token(Reply::status(200)).endless_body(),
        token(Reply::status(200)).endless_chunks(),
    ] {
        assert_eq!(outcome(reply).await.unwrap().expose(), "t");
    }
}

/// These tests are built with a decoder for gzip, as an application may be of which another part wants one.
#[tokio::test]
async fn nothing_is_unpacked() {
    const TOKEN: [u8; 44] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 201, 207, 78, 205, 83, 178, 82, 74, 173, 244, 210, 75,
        53, 54, 208, 75, 54, 202, 201, 83, 170, 5, 0, 101, 61, 56, 126, 24, 0, 0, 0,
    ];
    let packed = Reply::status(200).header("content-encoding", "gzip").body(TOKEN);
    let error = failure(packed).await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(error.to_string().contains("(44 bytes read)"), "{error}");
}

#[tokio::test]
async fn a_body_may_have_64_kib_and_no_byte_more() {
    let of_length = |length: usize| {
        let padding = length - r#"{"token":"t","x":""}"#.len();
        let body = format!(r#"{{"token":"t","x":"{}"}}"#, "x".repeat(padding));
        assert_eq!(body.len(), length);
        Reply::status(200).body(body)
    };
    let bound = 64 * 1024;
    assert_eq!(outcome(of_length(bound)).await.unwrap().expose(), "t");
    let error = failure(of_length(bound + 1)).await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(error.to_string().contains("larger than 64 KiB"), "{error}");
    assert!(!error.is_retryable());
    let error = failure(Reply::status(200).body("x".repeat(bound))).await;
    assert!(
        error
            .to_string()
            .contains("not a JSON object whose `token` consists of A-Z a-z 0-9 - . _ ~ + / = (65536 bytes"),
        "{error}"
    );
}

#[tokio::test]
async fn of_an_error_body_a_short_piece_is_kept() {
    let error = failure(Reply::status(500).body("lorem ipsum ".repeat(100_000))).await;
    assert_eq!(error.status(), Some(500));
    let excerpt = error.body_excerpt().unwrap();
    assert!(excerpt.starts_with("lorem ipsum lorem"));
    assert_eq!(
        excerpt.chars().count(),
        257,
        "256 and the mark that there was more"
    );
    assert!(error.api_errors()[0].message().unwrap().chars().count() <= 201);
}

#[tokio::test]
async fn a_header_of_megabytes_is_an_error() {
    let error = failure(Reply::real().header("x-long", &"x".repeat(3 << 20))).await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
}
