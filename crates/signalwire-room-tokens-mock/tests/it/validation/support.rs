//! Test requests and the errors in their responses.

use serde_json::{Value, json};
use signalwire_room_tokens_mock::MockServer;

use crate::support::post;

/// All request fields.
pub(super) const FIELDS: [&str; 18] = [
    "room_name",
    "user_name",
    "permissions",
    "join_from",
    "join_until",
    "remove_at",
    "remove_after_seconds_elapsed",
    "join_audio_muted",
    "join_video_muted",
    "auto_create_room",
    "enable_room_previews",
    "room_display_name",
    "end_room_session_on_leave",
    "join_as",
    "media_allowed",
    "room_meta",
    "meta",
    "sync_audio_video",
];

/// Returns the errors in the 422 response to `body` after checking their format.
pub(super) async fn errors(server: &MockServer, body: &Value) -> Vec<Value> {
    let response = post(server, body).await;
    assert_eq!(response.status(), 422, "{body}");
    let response_body: Value = response.json().await.unwrap();
    let errors = response_body["errors"].as_array().unwrap().clone();
    for error in &errors {
        assert_eq!(error["type"], "validation_error");
        assert_eq!(error["url"], "https://signalwire.com/docs/apis/error-codes");
        assert!(!error["message"].as_str().unwrap().is_empty());
        assert_eq!(error.as_object().unwrap().len(), 5);
    }
    errors
}

/// Returns the attribute and code of each error.
pub(super) async fn findings(server: &MockServer, body: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("null").to_owned();
    errors(server, body)
        .await
        .iter()
        .map(|e| (text(&e["attribute"]), text(&e["code"])))
        .collect()
}

/// Returns `{"room_name": "r", field: value}`.
pub(super) fn with(field: &str, value: Value) -> Value {
    let mut body = json!({ "room_name": "r" });
    body[field] = value;
    body
}

pub(super) async fn assert_finding(server: &MockServer, field: &str, value: Value, code: &str) {
    let found = findings(server, &with(field, value.clone())).await;
    assert_eq!(found, [(field.to_owned(), code.to_owned())], "{field}: {value}");
}
