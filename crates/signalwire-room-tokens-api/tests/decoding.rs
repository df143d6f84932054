//! Tests for response decoding in the generated client.

#![cfg(feature = "client")]

use signalwire_room_tokens_api::builder::CreateRoomToken;

#[test]
fn objects_with_a_token_are_decoded() {
    for body in [
        r#"{"token":"t"}"#,
        " \r\n\t{\"token\": \"t\"}\n",
        r#"{"new":1,"token":"t"}"#,
    ] {
        let response = CreateRoomToken::decode_response(body.as_bytes());
        assert_eq!(
            response.map(|response| response.token).ok().as_deref(),
            Some("t"),
            "{body}"
        );
    }
}

#[test]
fn other_bodies_are_rejected() {
    for body in [
        "",
        " ",
        "null",
        "\"t\"",
        r#"["t"]"#,
        "{}",
        r#"{"token":1}"#,
        r#"{"token":"t"}}"#,
        "{\"token\":\"t",
    ] {
        assert!(
            CreateRoomToken::decode_response(body.as_bytes()).is_err(),
            "{body}"
        );
    }
}
