//! Tests for requests stored as JSON.

use std::time::Duration;

use serde_json::{Value, json};
use signalwire_room_tokens::{JoinAs, LintId, Permission, RoomTokenRequest, Rule, Timestamp};

fn read(json: &Value) -> Result<RoomTokenRequest, serde_json::Error> {
    serde_json::from_str(&json.to_string())
}

fn written(request: &RoomTokenRequest) -> Value {
    serde_json::to_value(request).unwrap()
}

#[test]
fn requests_round_trip_through_json() {
    let request = RoomTokenRequest::new("r")
        .user_name("Ada")
        .permissions([
            Permission::unchecked("room.from_the_future"),
            Permission::RoomLock,
        ])
        .join_from("2026-09-01".parse::<Timestamp>().unwrap())
        .join_as(JoinAs::Audience)
        .meta(json!({ "seat": 7 }))
        .extra("confetti", true);
    let json = written(&request);
    assert_eq!(
        json,
        json!({
            "room_name": "r",
            "user_name": "Ada",
            "permissions": ["room.from_the_future", "room.lock"],
            "join_from": "2026-09-01T00:00:00Z",
            "join_as": "audience",
            "meta": { "seat": 7 },
            "confetti": true,
        })
    );
    let again = read(&json).unwrap();
    assert_eq!(written(&again), json);
    assert_eq!(again, request);
    assert_ne!(again.clone().user_name("Emmy"), request);
    assert_eq!(again.validate(), Ok(()));
}

#[test]
fn times_are_parsed_in_all_documented_formats() {
    let cases = [
        ("2022-01-01", "2022-01-01T00:00:00Z"),
        ("2022-01-01T23:59:60Z", "2022-01-02T00:00:00Z"),
        ("2022-01-01T10:00:00.123+02:00", "2022-01-01T08:00:00Z"),
    ];
    for field in ["join_from", "join_until", "remove_at"] {
        for (text, time) in cases {
            let request = read(&json!({ "room_name": "r", field: text })).unwrap();
            assert_eq!(written(&request)[field], time);
        }
        let error = read(&json!({ "room_name": "r", field: "soon" })).unwrap_err();
        assert!(error.to_string().contains(field), "{error}");
    }
}

#[test]
fn values_of_the_wrong_type_are_not_deserialized() {
    let cases = [
        json!({}),
        json!([]),
        json!({ "room_name": 1 }),
        json!({ "room_name": "r", "user_name": 1 }),
        json!({ "room_name": "r", "join_as": "visitor" }),
        json!({ "room_name": "r", "media_allowed": "none" }),
        json!({ "room_name": "r", "permissions": "room.lock" }),
        json!({ "room_name": "r", "permissions": [1] }),
        json!({ "room_name": "r", "meta": "text" }),
        json!({ "room_name": "r", "join_from": 1_622_120_123 }),
        json!({ "room_name": "r", "remove_after_seconds_elapsed": 1.5 }),
        json!({ "room_name": "r", "remove_after_seconds_elapsed": 3_000_000_000_i64 }),
    ];
    for case in cases {
        let error = read(&case).unwrap_err().to_string();
        // If the object has a field besides `room_name`, that field is the invalid one.
        let wrong = case.as_object().into_iter().flatten().map(|(name, _)| name);
        if let Some(wrong) = wrong.min_by_key(|name| *name == "room_name") {
            assert!(error.contains(&format!("`{wrong}`")), "{error}");
        }
    }
}

#[test]
fn invalid_values_are_deserialized_and_reported_by_validate() {
    let request = read(&json!({ "room_name": "", "remove_after_seconds_elapsed": 0 })).unwrap();
    let fields: Vec<_> = request
        .validate()
        .unwrap_err()
        .iter()
        .map(|violation| violation.field().to_owned())
        .collect();
    assert_eq!(fields, ["room_name", "remove_after_seconds_elapsed"]);
}

#[test]
fn valid_for_is_serialized_as_join_until() {
    let request = RoomTokenRequest::new("r")
        .join_from("2026-09-01".parse::<Timestamp>().unwrap())
        .valid_for(Duration::from_secs(60));
    assert_eq!(written(&request)["join_until"], "2026-09-01T00:01:00Z");
}

#[test]
fn durations_are_deserialized_like_setter_arguments() {
    let parse = |json: Value| read(&json).unwrap();
    let new = || RoomTokenRequest::new("r");
    let cases = [
        (
            json!({ "room_name": "r", "valid_for": 600 }),
            new().valid_for(Duration::from_secs(600)),
        ),
        (
            json!({ "room_name": "r", "remove_after": 90 }),
            new().remove_after_seconds_elapsed(90),
        ),
        (
            json!({ "room_name": "r", "valid_for": null, "remove_after": null }),
            new(),
        ),
        (
            json!({ "room_name": "r", "valid_for": 60, "join_until": null }),
            new().valid_for(Duration::from_secs(60)),
        ),
    ];
    for (json, expected) in cases {
        let request = parse(json.clone());
        assert_eq!(request, expected, "{json}");
        assert_eq!(request.validate(), Ok(()), "{json}");
    }
    let counted =
        json!({ "room_name": "r", "join_from": "2031-09-01", "valid_for": 5400, "remove_after": 7200 });
    assert_eq!(
        written(&parse(counted)),
        json!({
            "room_name": "r",
            "join_from": "2031-09-01T00:00:00Z",
            "join_until": "2031-09-01T01:30:00Z",
            "remove_after_seconds_elapsed": 7200,
        })
    );
}

#[test]
fn invalid_durations_are_rejected_by_name() {
    for setter in ["valid_for", "remove_after"] {
        for value in [
            json!("10m"),
            json!("600"),
            json!(-1),
            json!(1.5),
            json!(true),
            json!([]),
            json!({}),
        ] {
            let error = read(&json!({ "room_name": "r", setter: value }))
                .unwrap_err()
                .to_string();
            let expected = format!("`{setter}` must be a whole number of seconds");
            assert!(error.contains(&expected), "{value}: {error}");
        }
    }
    let both = [
        json!({ "room_name": "r", "valid_for": 600, "join_until": "2031-09-01" }),
        json!({ "room_name": "r", "remove_after": 600, "remove_after_seconds_elapsed": 600 }),
    ];
    for json in both {
        let error = read(&json).unwrap_err().to_string();
        assert!(error.contains("are both set; set only one of them"), "{error}");
    }
}

#[test]
fn durations_of_any_length_are_deserialized_and_validated() {
    let request =
        read(&json!({ "room_name": "r", "valid_for": u64::MAX, "remove_after": u64::MAX })).unwrap();
    let fields: Vec<_> = request
        .validate()
        .unwrap_err()
        .iter()
        .map(|violation| (violation.field().to_owned(), violation.rule()))
        .collect();
    let of = |field: &str| (field.to_owned(), Rule::Range);
    assert_eq!(fields, [of("join_until"), of("remove_after_seconds_elapsed")]);
    let request = read(&json!({ "room_name": "r", "valid_for": 0 })).unwrap();
    assert_eq!(request.lint()[0].id(), LintId::WindowEmpty);
}

#[test]
fn the_name_extra_is_a_violation() {
    let request = read(&json!({ "room_name": "r", "extra": { "confetti": true } })).unwrap();
    let violations = request.validate().unwrap_err();
    assert_eq!(
        (violations[0].field(), violations[0].rule()),
        ("extra", Rule::KnownField)
    );
}
