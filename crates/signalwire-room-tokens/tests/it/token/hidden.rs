//! A token shows itself only to who asks for it.

use serde::{Deserialize, Serialize};
use signalwire_room_tokens::{RoomToken, serde_exposed};

#[test]
fn debug_hides_it_and_expose_shows_it() {
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
fn it_is_serialized_by_explicit_choice() {
    #[derive(Serialize, Deserialize)]
    struct Answer {
        #[serde(with = "serde_exposed")]
        token: RoomToken,
    }
    let answer = Answer {
        token: RoomToken::from("t.t.t".to_owned()),
    };
    let json = serde_json::to_string(&answer).unwrap();
    assert_eq!(json, r#"{"token":"t.t.t"}"#);
    let again: Answer = serde_json::from_str(&json).unwrap();
    assert_eq!(again.token.expose(), "t.t.t");
    for json in [r#"{"token":7}"#, r#"{"token":null}"#, "{}"] {
        assert!(serde_json::from_str::<Answer>(json).is_err(), "{json}");
    }
}

// Neither is there: a token must not get into a log or an answer by accident.
static_assertions::assert_not_impl_any!(RoomToken: std::fmt::Display, Serialize);
