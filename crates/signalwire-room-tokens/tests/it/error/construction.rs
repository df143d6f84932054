//! Tests for constructing errors in application tests, serializing them and returning them from
//! `main`.

use std::time::Duration;

use serde_json::json;
use signalwire_room_tokens::{Error, ErrorKind, RoomTokenRequest, Rule};
use signalwire_room_tokens_mock::Reply;

use crate::support::failure;

/// Every error kind, with the status, retryability and attempt count of an error constructed from it.
const KINDS: [(ErrorKind, Option<u16>, bool, u32); 12] = [
    (ErrorKind::Unauthorized, Some(401), false, 1),
    (ErrorKind::Forbidden, Some(403), false, 1),
    (ErrorKind::Rejected, Some(422), false, 1),
    (ErrorKind::RateLimited, Some(429), true, 1),
    (ErrorKind::Server, Some(503), true, 1),
    (ErrorKind::Timeout, None, true, 1),
    (ErrorKind::Connect, None, true, 1),
    (ErrorKind::UnexpectedResponse, Some(200), false, 1),
    (ErrorKind::Mismatch, Some(200), false, 1),
    (ErrorKind::NotSent, None, false, 0),
    (ErrorKind::InvalidRequest, None, false, 0),
    (ErrorKind::Configuration, None, false, 0),
];

#[test]
fn errors_of_every_kind_can_be_constructed() {
    for (kind, status, is_retryable, attempts) in KINDS {
        let error = Error::from(kind);
        assert_eq!(error.kind(), kind);
        assert_eq!(
            (error.status(), error.is_retryable()),
            (status, is_retryable),
            "{kind}"
        );
        assert_eq!(error.attempts(), attempts, "{kind}");
        assert!(!error.to_string().is_empty() && !error.public_message().is_empty());
        let later = error.with_status(504).with_retry_after(Duration::from_secs(7));
        assert_eq!(later.kind(), kind);
        assert_eq!(
            (later.status(), later.is_retryable()),
            (Some(504), true),
            "{kind}"
        );
        assert_eq!(later.retry_after(), Some(Duration::from_secs(7)));
        assert!(!later.with_status(500).is_retryable(), "{kind}");
    }
}

#[tokio::test]
async fn constructed_errors_match_real_errors() {
    for (kind, status) in [
        (ErrorKind::Unauthorized, 401),
        (ErrorKind::Forbidden, 403),
        (ErrorKind::Rejected, 422),
        (ErrorKind::RateLimited, 429),
        (ErrorKind::Server, 503),
        (ErrorKind::Server, 500),
    ] {
        let made = Error::from(kind).with_status(status);
        let happened = failure(Reply::status(status)).await;
        assert_eq!(made.kind(), happened.kind());
        assert_eq!(made.status(), happened.status());
        assert_eq!(made.is_retryable(), happened.is_retryable(), "{status}");
        assert_eq!(made.attempts(), happened.attempts());
        assert_eq!(made.public_message(), happened.public_message());
    }
}

#[tokio::test]
async fn debug_output_starts_with_the_message() {
    let request = RoomTokenRequest::new("stand up");
    let mut errors: Vec<_> = KINDS.iter().map(|(kind, ..)| Error::from(*kind)).collect();
    let reply = Reply::status(422).json(&json!({ "errors": [{ "code": "c", "message": "m" }] }));
    errors.push(failure(reply).await);
    errors.push(failure(Reply::raw("SSH-2.0-OpenSSH\r\n")).await);
    errors.push(
        signalwire_room_tokens::Client::new("s", "p", "t")
            .unwrap()
            .call(request)
            .create()
            .await
            .unwrap_err(),
    );
    for error in errors {
        let kind = format!("kind: {:?}", error.kind());
        for debug in [format!("{error:?}"), format!("{error:#?}")] {
            assert!(debug.starts_with(&error.to_string()), "{debug}");
            assert!(!debug.contains("Inner"), "{debug}");
            assert!(debug.contains(&kind), "{debug}");
            for absent in ["status: None", "source: None", "violations: []", "api_errors: []"] {
                assert!(!debug.contains(absent), "{absent}: {debug}");
            }
        }
    }
    let error = Error::from(ErrorKind::Configuration);
    assert_eq!(
        format!("{error:?}"),
        "the client is misconfigured { kind: Configuration }"
    );
}

#[test]
fn violations_are_serialized() {
    let violations = RoomTokenRequest::new("stand up")
        .join_from(chrono::DateTime::UNIX_EPOCH + Duration::from_secs(1))
        .join_until(chrono::DateTime::UNIX_EPOCH)
        .validate()
        .unwrap_err();
    assert_eq!(
        serde_json::to_value(&violations).unwrap(),
        json!([
            {
                "field": "room_name",
                "rule": "pattern",
                "size": 8,
                "expected": "1 to 100 of the characters A-Z a-z 0-9 _ -",
            },
            {
                "field": "join_until",
                "rule": "window-order",
                "expected": "a time that is not earlier than `join_from`",
            },
        ])
    );
}

#[test]
fn rules_have_stable_names() {
    let names = [
        (Rule::MinLength, "min-length"),
        (Rule::MaxLength, "max-length"),
        (Rule::Pattern, "pattern"),
        (Rule::Range, "range"),
        (Rule::Object, "object"),
        (Rule::WindowOrder, "window-order"),
        (Rule::KnownField, "known-field"),
    ];
    for (rule, name) in names {
        assert_eq!((rule.as_str(), rule.to_string().as_str()), (name, name));
        assert_eq!(serde_json::to_value(rule).unwrap(), name);
    }
}

#[tokio::test]
async fn api_errors_are_serialized_with_the_names_of_the_api() {
    let item = json!({
        "type": "validation_error",
        "code": "invalid_parameter",
        "message": "is too long",
        "attribute": "user_name",
        "url": "https://example.org",
    });
    let body = json!({ "errors": [item, { "code": "odd" }] });
    let error = failure(Reply::status(422).json(&body)).await;
    assert_eq!(
        serde_json::to_value(error.api_errors()).unwrap(),
        json!([item, { "code": "odd" }])
    );
}

#[test]
fn the_documented_table_has_every_kind() {
    let documentation = include_str!("../../../src/error/mod.rs");
    for (kind, ..) in KINDS {
        let row = format!("/// | [`{kind:?}`](ErrorKind::{kind:?}) | ");
        assert!(documentation.contains(&row), "{row}");
    }
}
