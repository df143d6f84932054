//! Tests for the details of successful calls.

use std::time::Duration;

use signalwire_room_tokens::RoomToken;
use signalwire_room_tokens_mock::Reply;

use crate::support::{client, mock, outcome, with_timeout};

#[tokio::test]
async fn call_info_has_request_id_attempts_and_elapsed_time() {
    let mock = mock().await;
    mock.script([Reply::status(503), Reply::real().header("x-request-id", "0b7e")]);
    let token = with_timeout(client(&mock).room_token("r").create())
        .await
        .unwrap();
    let info = token.call_info().unwrap();
    assert_eq!(info.request_id(), Some("0b7e"));
    assert_eq!((info.status(), info.attempts()), (200, 2));
    assert!(
        info.elapsed() >= Duration::from_millis(200),
        "the retry delay must be included: {:?}",
        info.elapsed()
    );
    assert_eq!(token.clone().call_info(), Some(info));
    assert_eq!(format!("{token:?}"), "RoomToken([redacted])");
}

#[tokio::test]
async fn request_ids_are_bounded_and_redacted() {
    let mock = mock().await;
    let api_token = mock.api_token().to_owned();
    for id in [
        format!("a-{api_token}"),
        "eyJ0.e30.x".to_owned(),
        "x".repeat(5000),
    ] {
        mock.script([Reply::real().header("x-request-id", &id)]);
        let token = with_timeout(client(&mock).room_token("r").create())
            .await
            .unwrap();
        let shown = format!("{:?}", token.call_info());
        assert!(!shown.contains(&api_token) && !shown.contains("eyJ"), "{shown}");
        assert!(shown.len() < 300, "{shown}");
    }
}

#[tokio::test]
async fn a_missing_request_id_is_not_an_error() {
    let reply = Reply::status(201)
        .header("x-request-id", "")
        .body(r#"{"token":"t"}"#);
    let token = outcome(reply).await.unwrap();
    let info = token.call_info().unwrap();
    assert_eq!((info.status(), info.request_id()), (201, None));
}

#[test]
fn tokens_from_strings_have_no_call_info() {
    assert_eq!(RoomToken::from("a.b.c".to_owned()).call_info(), None);
}
