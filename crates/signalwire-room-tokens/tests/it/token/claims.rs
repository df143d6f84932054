//! Tests for claims: decoding without a key, unknown claims and size limits.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use proptest::prelude::*;
use serde_json::{Value, json};
use signalwire_room_tokens::{ClaimsError, JoinAs, MediaAllowed, Permission, RoomToken, UnverifiedClaims};

use crate::support::token_of;

fn header() -> Value {
    json!({ "typ": "VRT", "alg": "HS512" })
}

fn claims(claims: &Value) -> UnverifiedClaims {
    token_of(&header(), claims).claims().unwrap()
}

/// Returns all claims seen in tokens from 2021 and 2022.
fn known_claims() -> Value {
    json!({
        "iat": 1_622_120_123,
        "jti": "df31ca48-dbdc-4bcf-aae6-455a08c9486a",
        "sub": "0c97f635-1c13-4fc1-86f7-bb2be859d8b9",
        "u": "Zoë",
        "ja": "member",
        "r": "standup",
        "s": ["room.self.audio_unmute", "room.from_the_future"],
        "acr": true,
        "ma": "all",
        "erp": true,
        "mta": { "seat": 7 },
        "rmta": {},
        "jf": 1_620_896_400,
        "ju": 1_620_905_968,
        "rat": 1_620_900_000,
        "rse": 900,
    })
}

#[test]
fn known_claims_are_decoded() {
    let header = json!({ "typ": "VRT", "alg": "HS512", "ch": "relay.signalwire.com", "kid": 1 });
    let claims = token_of(&header, &known_claims()).claims().unwrap();
    let time = |text: &str| Some(text.parse().unwrap());
    assert_eq!(claims.header.typ.as_deref(), Some("VRT"));
    assert_eq!(claims.header.alg.as_deref(), Some("HS512"));
    assert_eq!(claims.header.ch.as_deref(), Some("relay.signalwire.com"));
    assert_eq!(claims.header.other["kid"], 1);
    assert_eq!(claims.issued_at, time("2021-05-27T12:55:23Z"));
    assert_eq!(
        claims.token_id.as_deref(),
        Some("df31ca48-dbdc-4bcf-aae6-455a08c9486a")
    );
    assert_eq!(
        claims.subject.as_deref(),
        Some("0c97f635-1c13-4fc1-86f7-bb2be859d8b9")
    );
    assert_eq!(claims.user_name.as_deref(), Some("Zoë"));
    assert_eq!(claims.join_as, Some(JoinAs::Member));
    assert_eq!(claims.room_name.as_deref(), Some("standup"));
    assert_eq!(
        claims.permissions.as_deref(),
        Some(
            [
                Permission::SelfAudioUnmute,
                Permission::unchecked("room.from_the_future")
            ]
            .as_slice()
        )
    );
    assert_eq!(claims.auto_create_room, Some(true));
    assert_eq!(claims.media_allowed, Some(MediaAllowed::All));
    assert_eq!(claims.enable_room_previews, Some(true));
    assert_eq!(Value::from(claims.meta.clone().unwrap()), json!({ "seat": 7 }));
    assert_eq!(Value::from(claims.room_meta.clone().unwrap()), json!({}));
    assert_eq!(claims.join_from, time("2021-05-13T09:00:00Z"));
    assert_eq!(claims.join_until, time("2021-05-13T11:39:28Z"));
    assert_eq!(claims.remove_at, time("2021-05-13T10:00:00Z"));
    assert_eq!(claims.remove_after_seconds_elapsed, Some(900));
    assert!(claims.other.is_empty());
}

#[test]
fn claims_are_serialized_with_api_names() {
    assert_eq!(
        serde_json::to_value(claims(&known_claims())).unwrap(),
        json!({
            "iat": "2021-05-27T12:55:23Z",
            "jti": "df31ca48-dbdc-4bcf-aae6-455a08c9486a",
            "sub": "0c97f635-1c13-4fc1-86f7-bb2be859d8b9",
            "user_name": "Zoë",
            "join_as": "member",
            "room_name": "standup",
            "permissions": ["room.self.audio_unmute", "room.from_the_future"],
            "auto_create_room": true,
            "media_allowed": "all",
            "enable_room_previews": true,
            "meta": { "seat": 7 },
            "room_meta": {},
            "join_from": "2021-05-13T09:00:00Z",
            "join_until": "2021-05-13T11:39:28Z",
            "remove_at": "2021-05-13T10:00:00Z",
            "remove_after_seconds_elapsed": 900,
        })
    );
    assert_eq!(serde_json::to_value(claims(&json!({}))).unwrap(), json!({}));
}

/// JSON doesn't distinguish integers from other numbers.
#[test]
fn times_may_be_whole_floating_point_numbers() {
    let claims = claims(&json!({ "ju": 1_620_905_968.0, "jf": 1_620_896_400.5 }));
    assert_eq!(claims.join_until, Some("2021-05-13T11:39:28Z".parse().unwrap()));
    assert_eq!((claims.join_from, claims.other.len()), (None, 1));
}

#[test]
fn claims_are_optional_and_unknown_ones_are_kept() {
    let none = claims(&json!({}));
    assert_eq!(
        (none.room_name, none.permissions, none.issued_at),
        (None, None, None)
    );
    let odd = json!({
        "r": 7,
        "s": "room.lock",
        "ja": "visitor",
        "acr": "yes",
        "iat": "yesterday",
        "ju": 1e300,
        "jf": i64::MAX,
        "rse": 1.5,
        "mta": [],
        "u": null,
        "exp": 1_622_120_123,
        "nested": { "deep": [1] },
    });
    let claims = claims(&odd);
    assert_eq!(Value::from(claims.other.clone()), odd);
    assert_eq!((claims.room_name, claims.permissions), (None, None));
}

#[test]
fn unknown_claims_cannot_shadow_known_fields() {
    let claims = claims(&json!({ "r": "standup", "room_name": "other", "x": 1 }));
    assert_eq!(claims.other["room_name"], "other");
    let text = serde_json::to_string(&claims).unwrap();
    assert_eq!(text, r#"{"room_name":"standup","x":1}"#);
}

#[test]
fn invalid_tokens_are_rejected_and_not_repeated() {
    let long = "x".repeat(64 * 1024 + 1);
    let cases = [
        ("", ClaimsError::NotAToken),
        ("sentinel", ClaimsError::NotAToken),
        ("e30.e30", ClaimsError::NotAToken),
        ("e30.e30.x.x", ClaimsError::NotAToken),
        ("sentinel!.e30.x", ClaimsError::Header),
        ("W10.e30.x", ClaimsError::Header),
        ("..", ClaimsError::Header),
        ("e30.sentinel!.x", ClaimsError::Payload),
        ("e30.W10.x", ClaimsError::Payload),
        ("e30..x", ClaimsError::Payload),
        (&long, ClaimsError::TooLong),
        (&long[..64 * 1024], ClaimsError::NotAToken),
    ];
    for (text, expected) in cases {
        let error = RoomToken::from(text.to_owned()).claims().unwrap_err();
        assert_eq!(error, expected, "{text:.20}");
        assert!(error.to_string().starts_with("not a room token: "), "{error}");
        assert!(!format!("{error} {error:?}").contains("sentinel"));
    }
}

#[test]
fn padding_and_missing_signatures_are_accepted() {
    let part = |json: Value| URL_SAFE.encode(json.to_string());
    let text = format!("{}.{}.", part(header()), part(json!({ "r": "ro" })));
    assert!(text.contains('='), "{text}");
    assert_eq!(RoomToken::from(text).claims().unwrap().room_name.unwrap(), "ro");
}

#[test]
fn deep_nesting_is_rejected() {
    let deep = URL_SAFE.encode(format!("{{\"a\":{}", "[".repeat(40_000)));
    let error = RoomToken::from(format!("e30.{deep}.x")).claims().unwrap_err();
    assert_eq!(error, ClaimsError::Payload);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsing_never_panics(text in any::<String>()) {
        let _ = RoomToken::from(text).claims();
    }

    #[test]
    fn decoding_arbitrary_parts_never_panics(first in any::<Vec<u8>>(), second in any::<Vec<u8>>()) {
        let part = |bytes| URL_SAFE.encode(bytes);
        let _ = RoomToken::from(format!("{}.{}.x", part(first), part(second))).claims();
    }
}
