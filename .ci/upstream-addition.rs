//! Uses the API additions from `.ci/upstream-addition`.

#![allow(clippy::unwrap_used, reason = "checks fail by panicking")]

use serde_json::json;
use signalwire_room_tokens::{
    Client, MediaAllowed, Permission, PermissionSet, RoomTokenRequest, Rule, ScopeValue, SeatKind,
    Timestamp, defaults,
};
use signalwire_room_tokens_mock::MockServer;

/// Returns the field and rule of each violation.
fn violations(request: &RoomTokenRequest) -> Vec<(String, Rule)> {
    let violations = request.validate().err().unwrap_or_default();
    violations
        .iter()
        .map(|violation| (violation.field().to_owned(), violation.rule()))
        .collect()
}

fn new() -> RoomTokenRequest {
    RoomTokenRequest::new("standup")
}

fn names_and_defaults() {
    assert_eq!("room.confetti".parse(), Ok(Permission::RoomConfetti));
    assert_eq!(Permission::RoomConfetti.description(), Some("Added by SignalWire."));
    assert!(PermissionSet::ALL.contains(&Permission::RoomConfetti));
    assert_eq!("screen-only".parse(), Ok(MediaAllowed::ScreenOnly));
    assert_eq!(MediaAllowed::ScreenOnly.as_str(), "screen-only");
    assert_eq!((defaults::HAND_RAISED, defaults::SEAT_KIND), (false, SeatKind::Box));
}

fn limits() {
    let cases = [
        (new().seat_label("ab"), None),
        (new().seat_label("a".repeat(40)), None),
        (new().seat_label("a-1-b2"), None),
        (new().seat_label("a"), Some(("seat_label", Rule::MinLength))),
        (new().seat_label("a".repeat(41)), Some(("seat_label", Rule::MaxLength))),
        (new().seat_label("a-"), Some(("seat_label", Rule::Pattern))),
        (new().seat_label("1a"), Some(("seat_label", Rule::Pattern))),
        (new().seat_label("ab\n"), Some(("seat_label", Rule::Pattern))),
        (new().seat_number(1), None),
        (new().seat_number(500), None),
        (new().seat_number(0), Some(("seat_number", Rule::Range))),
        (new().seat_number(501), Some(("seat_number", Rule::Range))),
        (new().seat_price(9.5), None),
        (new().seat_price(0.0), Some(("seat_price", Rule::Range))),
        (new().seat_price(f64::NAN), Some(("seat_price", Rule::Range))),
        (new().seat_code(i64::MAX), None),
        (new().seat_tags(["a", "b"]), None),
        (new().seat_tags(["a", "b", "c"]), Some(("seat_tags", Rule::MaxLength))),
        (new().seat_meta(json!({ "a": 1 })), None),
        (new().seat_meta("text"), Some(("seat_meta", Rule::Object))),
        (new().seat_spot(json!({ "row": 1 })), None),
        (new().seat_spot(json!({ "row": "first" })), Some(("seat_spot", Rule::Object))),
        (new().seat_sizes(["small", "large"]), None),
        (new().seat_sizes([""; 0]), Some(("seat_sizes", Rule::MinLength))),
        (new().seat_sizes(["small"; 3]), Some(("seat_sizes", Rule::MaxLength))),
        (new().seat_sizes(["tiny"]), Some(("seat_sizes", Rule::Object))),
        (new().seat_ref("abcdef"), Some(("seat_ref", Rule::MaxLength))),
        // One limit was raised and one was lowered.
        (new().user_name("é".repeat(120)), None),
        (new().user_name("é".repeat(121)), Some(("user_name", Rule::MaxLength))),
        (new().remove_after_seconds_elapsed(86_400), None),
        (
            new().remove_after_seconds_elapsed(86_401),
            Some(("remove_after_seconds_elapsed", Rule::Range)),
        ),
    ];
    for (request, expected) in cases {
        let expected: Vec<_> = expected.into_iter().map(|(field, rule)| (field.to_owned(), rule)).collect();
        assert_eq!(violations(&request), expected, "{request:?}");
    }
}

fn round_trip() {
    let request = new()
        .seat_label("abc")
        .seat_number(3)
        .hand_raised(true)
        .media_allowed(MediaAllowed::ScreenOnly)
        .permissions([Permission::RoomConfetti])
        .seat_price(1.5)
        .seat_code(-1)
        .seat_tags(["a"])
        .seat_kind(SeatKind::FrontRow)
        .seated_at("2026-03-01".parse::<Timestamp>().unwrap())
        .seat_meta(json!({ "a": 1 }))
        .seat_spot(json!({ "row": 1 }))
        .seat_day("2026-03-01")
        .seat_sizes(["small"])
        .seat_ref("abc")
        .scope(ScopeValue::Err)
        .timeout_(5)
        .count(7);
    let json = serde_json::to_value(&request).unwrap();
    assert_eq!(
        json,
        json!({
            "room_name": "standup",
            "seat_label": "abc",
            "seat_number": 3,
            "hand_raised": true,
            "media_allowed": "screen-only",
            "permissions": ["room.confetti"],
            "seat_price": 1.5,
            "seat_code": -1,
            "seat_tags": ["a"],
            "seat_kind": "front-row",
            "seated_at": "2026-03-01T00:00:00Z",
            "seat_meta": { "a": 1 },
            "seat_spot": { "row": 1 },
            "seat_day": "2026-03-01",
            "seat_sizes": ["small"],
            "seat_ref": "abc",
            "scope": "err",
            "timeout": 5,
            "count": 7,
        })
    );
    assert_eq!(serde_json::from_value::<RoomTokenRequest>(json).unwrap(), request);
    let known = new().extra("seat_label", "abc").validate().unwrap_err();
    assert_eq!(known[0].rule(), Rule::KnownField);
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    names_and_defaults();
    limits();
    round_trip();
    let mock = MockServer::start().await.unwrap();
    let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token()).unwrap();
    let call = client.room_token("standup").seat_label("abc").seat_number(3).hand_raised(true);
    call.permissions([Permission::RoomConfetti]).create().await.unwrap();
    assert_eq!(mock.requests()[0].json().unwrap()["seat_number"], 3);
}
