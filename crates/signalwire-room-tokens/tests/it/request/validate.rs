//! Tests for validation rules at and around their limits, alone and in combination.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use signalwire_room_tokens::{ApiError, ErrorKind, RoomTokenRequest, Rule, Timestamp, Violation};
use signalwire_room_tokens_mock::Reply;

use crate::support::{client, mock};

fn new() -> RoomTokenRequest {
    RoomTokenRequest::new("r")
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Returns an object whose compact JSON has the given number of characters.
fn object(characters: usize) -> Value {
    json!({ "k": "é".repeat(characters - r#"{"k":""}"#.len()) })
}

fn found(request: &RoomTokenRequest) -> Vec<(String, Rule, Option<i64>)> {
    let violations = request.validate().err().unwrap_or_default();
    violations
        .iter()
        .map(|violation| (violation.field().to_owned(), violation.rule(), violation.size()))
        .collect()
}

/// Returns requests whose values are exactly at their limits.
fn valid_requests() -> Vec<RoomTokenRequest> {
    vec![
        new(),
        RoomTokenRequest::new("x".repeat(100)),
        new().user_name(""),
        new().user_name("🦀".repeat(100)),
        new().room_display_name("é".repeat(200)),
        new().remove_after_seconds_elapsed(1),
        new().remove_after_seconds_elapsed(200_000),
        new().remove_after(Duration::from_nanos(1)),
        new().remove_after(Duration::from_secs(200_000)),
        new().meta(object(2000)).room_meta(object(2000)),
        new().meta(json!({})),
        new().join_from(time("2026-01-01")).join_until(time("2026-01-01")),
        new().join_from(time("2026-01-01")).valid_for(Duration::ZERO),
        new()
            .join_from(time("0000-01-01"))
            .join_until(time("9999-12-31T23:59:59Z")),
        new().remove_at(time("1970-01-01")),
        new().valid_for(Duration::ZERO),
    ]
}

/// Returns requests that exceed one limit, with the expected violations.
fn invalid_requests() -> Vec<(RoomTokenRequest, &'static str, Rule, Option<i64>)> {
    let beyond_years: DateTime<Utc> = DateTime::from_timestamp(253_402_300_800, 0).unwrap();
    let before_years = NaiveDate::from_ymd_opt(-1, 12, 31).unwrap();
    vec![
        (
            new().room_name("x".repeat(101)),
            "room_name",
            Rule::MaxLength,
            Some(101),
        ),
        (new().room_name(""), "room_name", Rule::MinLength, Some(0)),
        (new().room_name("a b"), "room_name", Rule::Pattern, Some(3)),
        (
            new().user_name("é".repeat(101)),
            "user_name",
            Rule::MaxLength,
            Some(101),
        ),
        (
            new().room_display_name("x".repeat(201)),
            "room_display_name",
            Rule::MaxLength,
            Some(201),
        ),
        (
            new().remove_after_seconds_elapsed(0),
            "remove_after_seconds_elapsed",
            Rule::Range,
            Some(0),
        ),
        (
            new().remove_after_seconds_elapsed(200_001),
            "remove_after_seconds_elapsed",
            Rule::Range,
            Some(200_001),
        ),
        (
            new().remove_after_seconds_elapsed(i32::MIN),
            "remove_after_seconds_elapsed",
            Rule::Range,
            Some(i32::MIN.into()),
        ),
        (
            new().remove_after(Duration::ZERO),
            "remove_after_seconds_elapsed",
            Rule::Range,
            Some(0),
        ),
        (
            new().remove_after(Duration::from_nanos(200_000_000_000_001)),
            "remove_after_seconds_elapsed",
            Rule::Range,
            Some(200_001),
        ),
        (
            new().remove_after(Duration::MAX),
            "remove_after_seconds_elapsed",
            Rule::Range,
            Some(i32::MAX.into()),
        ),
        (new().meta(object(2001)), "meta", Rule::MaxLength, Some(2001)),
        (
            new().room_meta(object(2001)),
            "room_meta",
            Rule::MaxLength,
            Some(2001),
        ),
        (
            new()
                .join_from(time("2026-01-01T00:00:01Z"))
                .join_until(time("2026-01-01")),
            "join_until",
            Rule::WindowOrder,
            None,
        ),
        (new().join_from(beyond_years), "join_from", Rule::Range, None),
        (new().join_until(beyond_years), "join_until", Rule::Range, None),
        (new().remove_at(before_years), "remove_at", Rule::Range, None),
        (new().valid_for(Duration::MAX), "join_until", Rule::Range, None),
    ]
}

#[test]
fn requests_within_the_limits_are_valid() {
    for request in valid_requests() {
        assert_eq!(request.validate(), Ok(()), "{request:?}");
    }
}

#[test]
fn values_beyond_a_limit_are_violations() {
    let non_objects = [
        (new().meta(json!([1])), "meta", Rule::Object, None),
        (new().meta(()), "meta", Rule::Object, None),
        (new().room_meta("{}"), "room_meta", Rule::Object, None),
    ];
    for (request, field, rule, size) in invalid_requests().into_iter().chain(non_objects) {
        assert_eq!(found(&request), [(field.to_owned(), rule, size)], "{request:?}");
    }
}

#[test]
fn the_last_value_of_a_field_is_validated() {
    let text = || new().meta("text");
    let object = |field: &str| (field.to_owned(), Rule::Object, None);
    assert_eq!(found(&text().meta(json!({}))), []);
    assert_eq!(found(&text().meta("text")), [object("meta")]);
    assert_eq!(
        found(&text().room_meta("text")),
        [object("meta"), object("room_meta")]
    );
}

/// The mock server validates against the published schema and shares no code with this crate.
#[tokio::test]
async fn validation_matches_the_published_schema() {
    let mock = mock().await;
    let client = client(&mock);
    for request in valid_requests() {
        client.call(request).create().await.unwrap();
    }
    for (request, field, ..) in invalid_requests() {
        let error = client.call(request).skip_validation().create().await.unwrap_err();
        assert_eq!(error.status(), Some(422), "{error}");
        let attributes: Vec<_> = error.api_errors().iter().map(ApiError::attribute).collect();
        assert_eq!(attributes, [Some(field)]);
    }
}

/// Returns a request that violates as many rules as possible.
fn request_with_all_violations() -> RoomTokenRequest {
    RoomTokenRequest::new("sentinel room ".repeat(20))
        .user_name("sentinel".repeat(20))
        .room_display_name("sentinel".repeat(30))
        .remove_after_seconds_elapsed(-7)
        .join_from(time("2026-01-02"))
        .join_until(time("2026-01-01"))
        .meta(json!({ "sentinel": "x".repeat(2000) }))
        .room_meta("sentinel")
        .extra("user_name", "sentinel")
        .extra("confetti", "sentinel".repeat(2000))
}

#[test]
fn all_violations_are_reported_together() {
    let mut fields: Vec<_> = found(&request_with_all_violations())
        .into_iter()
        .map(|(field, rule, _)| (field, rule))
        .collect();
    fields.sort_by(|(a, _), (b, _)| a.cmp(b));
    let expected = [
        ("confetti", Rule::MaxLength),
        ("join_until", Rule::WindowOrder),
        ("meta", Rule::MaxLength),
        ("remove_after_seconds_elapsed", Rule::Range),
        ("room_display_name", Rule::MaxLength),
        ("room_meta", Rule::Object),
        ("room_name", Rule::MaxLength),
        ("room_name", Rule::Pattern),
        ("user_name", Rule::MaxLength),
    ];
    // `user_name` has two violations: its own, and one for the extra field with the same name.
    let known = fields
        .iter()
        .position(|(_, rule)| *rule == Rule::KnownField)
        .unwrap();
    assert_eq!(fields.remove(known).0, "user_name");
    assert_eq!(fields, expected.map(|(field, rule)| (field.to_owned(), rule)));
}

#[test]
fn violations_describe_the_limit_without_the_value() {
    for violation in request_with_all_violations().validate().unwrap_err() {
        let text = format!("{violation} {violation:?}");
        assert!(!text.contains("sentinel"), "{text}");
        assert!(text.contains(violation.field()));
        assert!(!violation.expected().is_empty());
        assert!(violation.to_string().contains(violation.expected()));
    }
    let time = |text: &str| text.parse::<Timestamp>().unwrap();
    let texts: Vec<_> = new()
        .room_name("stand up")
        .user_name("x".repeat(101))
        .extra("meta", 1)
        .remove_after_seconds_elapsed(0)
        .join_from(time("2026-09-02"))
        .join_until(time("2026-09-01"))
        .validate()
        .unwrap_err()
        .iter()
        .map(Violation::to_string)
        .collect();
    assert_eq!(
        texts,
        [
            "`meta` is a known field; expected its own setter instead of `extra`, which is only for fields \
             that this version does not support",
            "`room_name` contains characters that are not allowed; expected 1 to 100 of the characters A-Z a-z 0-9 _ -",
            "`user_name` has length 101; expected at most 100 characters",
            "`remove_after_seconds_elapsed` is 0; expected more than 0 and at most 200000 seconds",
            "`join_until` is before `join_from`; expected a time that is not earlier than `join_from`",
        ]
    );
}

#[tokio::test]
async fn invalid_requests_are_not_sent() {
    let mock = mock().await;
    let error = client(&mock)
        .call(request_with_all_violations())
        .create()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        error.violations(),
        request_with_all_violations().validate().unwrap_err()
    );
    assert_eq!((error.status(), error.attempts()), (None, 0));
    assert!(!error.is_retryable());
    let text = error.to_string();
    assert!(
        text.contains("was not sent") && text.contains("`room_name`"),
        "{text}"
    );
    assert!(!text.contains("sentinel"), "{text}");
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn validation_can_be_skipped() {
    let mock = mock().await;
    mock.script([Reply::status(200).json(&json!({ "token": "t" }))]);
    let client = client(&mock);
    let call = client
        .room_token("stand up")
        .user_name("x".repeat(101))
        .remove_after_seconds_elapsed(0)
        .skip_validation();
    assert_eq!(
        call.validate().unwrap_err().len(),
        3,
        "`validate` must still report violations"
    );
    call.create().await.unwrap();
    let body = mock.requests()[0].json().unwrap();
    assert_eq!(body["room_name"], "stand up");
    assert_eq!(body["remove_after_seconds_elapsed"], 0);
}

#[test]
fn setting_a_field_again_clears_its_violation() {
    let request = new()
        .room_name("a b")
        .room_name("ab")
        .meta("text")
        .meta(json!({}))
        .user_name("x".repeat(101))
        .user_name("x");
    assert_eq!(request.validate(), Ok(()));
}
