//! The responses that the generated client decodes.

#![cfg(feature = "client")]

use signalwire_room_tokens_api::builder::CreateRoomToken;

#[test]
fn a_response_is_an_object_with_a_token() {
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
fn nothing_else_is_a_response() {
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
