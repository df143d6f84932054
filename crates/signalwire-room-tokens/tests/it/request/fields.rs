//! Tests for `RoomTokenRequest::FIELDS`.

use serde_json::{Value, json};
use signalwire_room_tokens::{Field, FieldKind, RoomTokenRequest};

fn new() -> RoomTokenRequest {
    RoomTokenRequest::new("r")
}

fn field(name: &str) -> &'static Field {
    let mut fields = RoomTokenRequest::FIELDS.iter();
    fields.find(|field| field.name() == name).unwrap()
}

/// Returns a value of the field's type.
fn value(field: &Field) -> Value {
    match field.kind() {
        FieldKind::Boolean => json!(true),
        FieldKind::Integer | FieldKind::Number => json!(1),
        FieldKind::Choice => json!(field.values()[0]),
        FieldKind::Timestamp => json!("2026-03-01T00:00:00Z"),
        FieldKind::Texts | FieldKind::Permissions => json!(["room.lock"]),
        FieldKind::Text => json!("abc"),
        _ => json!({ "a": 1 }),
    }
}

#[test]
fn fields_can_be_set_by_name() {
    for field in RoomTokenRequest::FIELDS {
        let request = field.set(new(), value(field)).unwrap();
        let body = serde_json::to_value(request).unwrap();
        assert_eq!(body[field.name()], value(field), "{field:?}");
    }
}

#[test]
fn values_of_the_wrong_type_are_rejected() {
    for field in RoomTokenRequest::FIELDS {
        let other = match field.kind() {
            FieldKind::Boolean => json!("true"),
            _ => json!(true),
        };
        assert!(field.set(new(), other).is_err(), "{field:?}");
    }
}

#[test]
fn every_field_has_a_description() {
    for field in RoomTokenRequest::FIELDS {
        assert!(field.description().ends_with('.'), "{field:?}");
        assert!(
            !field.help().is_empty() && !field.help().ends_with('.'),
            "{field:?}"
        );
    }
}

#[test]
fn the_table_has_limits_defaults_values_and_units() {
    let limits = [
        ("room_name", Some("1 to 100 of the characters A-Z a-z 0-9 _ -")),
        ("user_name", Some("at most 100 characters")),
        (
            "remove_after_seconds_elapsed",
            Some("more than 0 and at most 200000 seconds"),
        ),
        ("meta", Some("at most 2000 characters of JSON")),
        ("join_audio_muted", None),
    ];
    for (name, expected) in limits {
        assert_eq!(field(name).limits(), expected, "{name}");
    }
    assert_eq!(field("auto_create_room").default(), Some("true"));
    assert_eq!(field("join_as").default(), Some("\"member\""));
    assert_eq!(field("join_from").default(), None);
    for value in ["all", "video-only", "audio-only"] {
        assert!(field("media_allowed").values().contains(&value), "{value}");
    }
    assert_eq!(field("remove_after_seconds_elapsed").unit(), Some("seconds"));
    assert!(field("room_name").is_required() && !field("user_name").is_required());
}

#[test]
fn setting_by_name_has_the_same_effect_as_the_method() {
    let window = new().valid_for(std::time::Duration::from_secs(60));
    let request = field("join_until").set(window, "2026-03-01").unwrap();
    assert_eq!(
        serde_json::to_value(request).unwrap()["join_until"],
        "2026-03-01T00:00:00Z"
    );
}
