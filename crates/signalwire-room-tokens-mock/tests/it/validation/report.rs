//! Tests that violation reports are complete, short and free of duplicates.

use serde_json::{Value, json};
use signalwire_room_tokens_mock::MockServer;

use super::support::{FIELDS, assert_finding, errors, findings, with};
use crate::support::{client, post, request};

#[tokio::test]
async fn values_of_the_wrong_type_are_reported_once() {
    let server = MockServer::start().await.unwrap();
    for (fields, code) in [
        (
            &[
                "room_name",
                "user_name",
                "room_display_name",
                "join_as",
                "media_allowed",
            ][..],
            "not_a_string",
        ),
        (&["join_from", "join_until", "remove_at"], "not_a_datetime"),
        (&["permissions"], "not_an_array_of_strings"),
        (&["meta", "room_meta"], "not_a_hash"),
        (&["remove_after_seconds_elapsed"], "invalid_parameter"),
        (
            &[
                "join_audio_muted",
                "join_video_muted",
                "auto_create_room",
                "enable_room_previews",
                "end_room_session_on_leave",
                "sync_audio_video",
            ],
            "not_a_boolean",
        ),
    ] {
        for field in fields {
            assert_finding(&server, field, Value::Null, code).await;
            let other = if code == "not_a_boolean" {
                json!("true")
            } else {
                json!(true)
            };
            assert_finding(&server, field, other, code).await;
        }
    }
}

#[tokio::test]
async fn messages_about_many_invalid_entries_are_short() {
    let server = MockServer::start().await.unwrap();
    let errors = errors(&server, &with("permissions", json!(["nonsense"].repeat(500)))).await;
    let message = errors[0]["message"].as_str().unwrap();
    assert!(
        message.ends_with("at 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 490 more"),
        "{message}"
    );
}

#[tokio::test]
async fn unknown_fields_are_reported_one_by_one() {
    let server = MockServer::start().await.unwrap();
    let found = findings(
        &server,
        &json!({ "room_name": "r", "scopes": [], "audio_video_sync": true }),
    )
    .await;
    let names: Vec<_> = found
        .iter()
        .map(|(name, code)| (name.as_str(), code.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            ("audio_video_sync", "invalid_parameter"),
            ("scopes", "invalid_parameter")
        ]
    );
}

#[tokio::test]
async fn bodies_that_are_not_objects_are_reported() {
    let server = MockServer::start().await.unwrap();
    for body in [json!([]), json!("standup"), json!(1), Value::Null] {
        assert_eq!(
            findings(&server, &body).await,
            [("null".to_owned(), "not_a_hash".to_owned())]
        );
    }
}

#[tokio::test]
async fn all_violations_are_reported_together() {
    let server = MockServer::start().await.unwrap();
    let found = findings(
        &server,
        &json!({
            "user_name": 7,
            "permissions": ["nonsense"],
            "join_from": "2022-01-02",
            "join_until": "2022-01-01",
            "remove_at": "soon",
            "remove_after_seconds_elapsed": 0,
            "join_as": "host",
            "auto_create_room": "yes",
            "meta": { "k": "v".repeat(2000) },
            "scopes": [],
        }),
    )
    .await;
    let expected = [
        ("auto_create_room", "not_a_boolean"),
        ("join_as", "invalid_parameter"),
        ("join_until", "invalid_join_until_date"),
        ("meta", "invalid_parameter"),
        ("permissions", "list_contains_invalid_entries"),
        ("remove_after_seconds_elapsed", "invalid_parameter"),
        ("remove_at", "not_a_datetime"),
        ("room_name", "missing_required_parameter"),
        ("scopes", "invalid_parameter"),
        ("user_name", "not_a_string"),
    ];
    let found: Vec<_> = found
        .iter()
        .map(|(name, code)| (name.as_str(), code.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn every_value_of_every_field_is_handled() {
    let server = MockServer::start().await.unwrap();
    let client = client();
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1e300),
        json!(-0.0),
        json!(""),
        json!("\u{0}"),
        json!("0000-01-01T00:00:00+23:59"),
        json!("9999-12-31T23:59:60-23:59"),
        json!("x".repeat(10_000)),
        json!([]),
        json!([[]]),
        json!([{}]),
        json!(["room.lock"].repeat(500)),
        json!({}),
        json!({ "": { "/~": [null] } }),
        json!({ "room_name": "r" }),
    ];
    let fields = FIELDS.into_iter().chain(["", "/", "~1", "room_name/", "🦀"]);
    for (field, value) in fields.flat_map(|field| values.iter().map(move |value| (field, value))) {
        let body = with(field, value.clone());
        let status = request(&client, &server, &body).send().await.unwrap().status();
        assert!(status == 200 || status == 422, "{field:?}: {status}");
    }
}

#[tokio::test]
async fn messages_do_not_repeat_values() {
    let server = MockServer::start().await.unwrap();
    let secret = "hunter2";
    let body = json!({
        "room_name": format!("{secret}!"),
        "user_name": secret.repeat(100),
        "permissions": [secret],
        "join_from": secret,
        "join_as": secret,
        "meta": secret,
        "auto_create_room": secret,
        ("x".repeat(5000)): secret,
    });
    let text = post(&server, &body).await.text().await.unwrap();
    assert!(!text.contains(secret), "{text}");
    assert!(text.len() < 4096, "{}", text.len());
}
