//! Tests that endless and oversized responses are handled with bounded memory.

use serde_json::json;
use signalwire_room_tokens::ErrorKind;
use signalwire_room_tokens_mock::Reply;

use crate::support::{failure, outcome};

#[tokio::test]
async fn endless_bodies_are_read_up_to_the_limit() {
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
async fn tokens_before_endless_padding_are_accepted() {
    let token = |reply: Reply| reply.json(&json!({ "token": "t" }));
    for reply in [
        token(Reply::status(200)).endless_body(),
        token(Reply::status(200)).endless_chunks(),
    ] {
        assert_eq!(outcome(reply).await.unwrap().expose(), "t");
    }
}

/// The tests enable reqwest's gzip feature, as another dependency of an application might.
#[tokio::test]
async fn compressed_bodies_are_not_decompressed() {
    const TOKEN: [u8; 44] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 201, 207, 78, 205, 83, 178, 82, 74, 173, 244, 210, 75,
        53, 54, 208, 75, 54, 202, 201, 83, 170, 5, 0, 101, 61, 56, 126, 24, 0, 0, 0,
    ];
    let compressed = Reply::status(200).header("content-encoding", "gzip").body(TOKEN);
    let error = failure(compressed).await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(error.to_string().contains("(44 bytes read)"), "{error}");
}

#[tokio::test]
async fn bodies_are_limited_to_64_kib() {
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
            .contains("not a JSON object with a valid `token` (allowed characters: A-Z a-z 0-9 - . _ ~ + / =) (65536 bytes"),
        "{error}"
    );
}

#[tokio::test]
async fn error_body_excerpts_are_short() {
    let error = failure(Reply::status(500).body("lorem ipsum ".repeat(100_000))).await;
    assert_eq!(error.status(), Some(500));
    let excerpt = error.body_excerpt().unwrap();
    assert!(excerpt.starts_with("lorem ipsum lorem"));
    assert_eq!(
        excerpt.chars().count(),
        257,
        "expected 256 characters and an ellipsis"
    );
    assert!(error.api_errors()[0].message().unwrap().chars().count() <= 201);
}

#[tokio::test]
async fn oversized_headers_are_an_error() {
    let error = failure(Reply::real().header("x-long", &"x".repeat(3 << 20))).await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
}
