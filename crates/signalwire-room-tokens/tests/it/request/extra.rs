//! Tests for fields that are newer than this version of the crate.

use std::collections::HashMap;

use serde_json::json;
use signalwire_room_tokens::{ErrorKind, Field, RoomTokenRequest, Rule};
use signalwire_room_tokens_mock::Reply;

use crate::support::{client, mock};

#[tokio::test]
async fn extra_fields_are_sent() {
    let mock = mock().await;
    mock.script([Reply::status(200).json(&json!({ "token": "t" }))]);
    client(&mock)
        .room_token("r")
        .user_name("Ada")
        .extra("confetti", json!({ "colours": ["red"] }))
        .extra("volume", 11)
        .extra("volume", 12)
        .extra("nothing", ())
        .create()
        .await
        .unwrap();
    assert_eq!(
        mock.requests()[0].json().unwrap(),
        json!({
            "room_name": "r",
            "user_name": "Ada",
            "confetti": { "colours": ["red"] },
            "volume": 12,
            "nothing": null,
        })
    );
}

#[test]
fn known_fields_are_rejected_as_extra_fields() {
    assert!(RoomTokenRequest::FIELDS.len() >= 18);
    for field in RoomTokenRequest::FIELDS.iter().map(Field::name) {
        let violations = RoomTokenRequest::new("r").extra(field, 1).validate().unwrap_err();
        assert_eq!(violations.len(), 1, "{field}");
        assert_eq!(violations[0].field(), field);
        assert_eq!(violations[0].rule(), Rule::KnownField);
    }
}

#[test]
fn setter_names_are_rejected_as_extra_fields() {
    for name in ["valid_for", "remove_after", "extra"] {
        let request = RoomTokenRequest::new("r").extra(name, 600);
        let violations = request.validate().unwrap_err();
        assert_eq!(violations.len(), 1, "{name}");
        assert_eq!(
            (violations[0].field(), violations[0].rule()),
            (name, Rule::KnownField)
        );
    }
}

#[tokio::test]
async fn setter_names_are_not_sent_without_validation() {
    let mock = mock().await;
    let call = client(&mock).room_token("r").extra("valid_for", 600);
    let error = call.skip_validation().create().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(mock.requests().is_empty());
}

#[test]
fn using_the_setter_does_not_clear_a_rejected_extra_field() {
    let request = RoomTokenRequest::new("r").extra("meta", 1).meta(json!({}));
    let violations = request.validate().unwrap_err();
    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].rule(), Rule::KnownField);
}

#[test]
fn a_shorter_name_does_not_replace_one_that_is_too_long() {
    let request = RoomTokenRequest::new("r")
        .extra("x".repeat(101), 1)
        .extra("x".repeat(100), 2);
    let violations = request.validate().unwrap_err();
    assert_eq!((violations.len(), violations[0].rule()), (1, Rule::MaxLength));
}

#[test]
fn extra_names_and_values_have_limits() {
    let cases = [
        (String::new(), json!(1), Some((Rule::MinLength, 0))),
        ("x".repeat(100), json!(1), None),
        ("ü".repeat(100), json!(1), None),
        ("x".repeat(101), json!(1), Some((Rule::MaxLength, 101))),
        ("x".to_owned(), json!("y".repeat(9_998)), None),
        (
            "x".to_owned(),
            json!("y".repeat(9_999)),
            Some((Rule::MaxLength, 10_001)),
        ),
    ];
    for (field, value, expected) in cases {
        let request = RoomTokenRequest::new("r").extra(field.clone(), value);
        let found = request.validate().err().unwrap_or_default();
        let found: Vec<_> = found
            .iter()
            .map(|violation| (violation.rule(), violation.size().unwrap()))
            .collect();
        assert_eq!(found, Vec::from_iter(expected), "{} characters", field.len());
    }
}

#[test]
fn the_last_value_replaces_a_rejected_one() {
    let long = "x".repeat(101);
    let bad = HashMap::from([([1, 2], 3)]);
    let request = RoomTokenRequest::new("r")
        .extra("confetti", bad)
        .extra("confetti", 1);
    assert_eq!(request.validate(), Ok(()));
    let request = RoomTokenRequest::new("r").extra(long.clone(), 1).extra(long, 2);
    assert_eq!(
        request.validate().unwrap_err().len(),
        1,
        "expected one violation per field"
    );
}

#[tokio::test]
async fn unserializable_values_are_an_error_without_validation() {
    let mock = mock().await;
    let unserializable = || HashMap::from([([1, 2], 3)]);
    let calls = [
        client(&mock)
            .room_token("r")
            .extra("confetti", unserializable())
            .skip_validation()
            .create()
            .await,
        client(&mock)
            .room_token("r")
            .meta(unserializable())
            .skip_validation()
            .create()
            .await,
        client(&mock)
            .room_token("r")
            .room_meta("text")
            .skip_validation()
            .create()
            .await,
    ];
    for (outcome, field) in calls.into_iter().zip(["confetti", "meta", "room_meta"]) {
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.violations().len(), 1);
        assert_eq!(error.violations()[0].field(), field);
        assert_eq!(error.violations()[0].rule(), Rule::Object);
    }
    assert!(mock.requests().is_empty());
}
