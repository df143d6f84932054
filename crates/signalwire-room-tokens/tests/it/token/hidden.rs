//! Tests that tokens are shown only when explicitly requested.

use serde::{Deserialize, Serialize};
use signalwire_room_tokens::{RoomToken, serde_exposed};

#[test]
fn debug_redacts_tokens_and_expose_returns_them() {
    let token = RoomToken::from("eyJsentinel.e30.x".to_owned());
    assert_eq!(format!("{token:?}"), "RoomToken([redacted])");
    assert_eq!(format!("{token:#?}"), "RoomToken([redacted])");
    assert_eq!(
        format!("{:?}", Some(vec![&token])),
        "Some([RoomToken([redacted])])"
    );
    assert_eq!(token.expose(), "eyJsentinel.e30.x");
    assert_eq!(token.clone().into_string(), "eyJsentinel.e30.x");
}

#[test]
fn tokens_are_serialized_with_serde_exposed() {
    #[derive(Serialize, Deserialize)]
    struct Response {
        #[serde(with = "serde_exposed")]
        token: RoomToken,
    }
    let response = Response {
        token: RoomToken::from("t.t.t".to_owned()),
    };
    let json = serde_json::to_string(&response).unwrap();
    assert_eq!(json, r#"{"token":"t.t.t"}"#);
    let again: Response = serde_json::from_str(&json).unwrap();
    assert_eq!(again.token.expose(), "t.t.t");
    for json in [r#"{"token":7}"#, r#"{"token":null}"#, "{}"] {
        assert!(serde_json::from_str::<Response>(json).is_err(), "{json}");
    }
}

// Tokens don't implement these traits, so they can't be logged or sent accidentally.
static_assertions::assert_not_impl_any!(RoomToken: std::fmt::Display, Serialize);
