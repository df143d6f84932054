//! Tests that request bodies contain exactly the fields that were set.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use signalwire_room_tokens::{JoinAs, MediaAllowed, Permission, PermissionSet, RoomName, RoomTokenRequest};
use signalwire_room_tokens_mock::Reply;

use crate::support::{client, mock, sent};

#[tokio::test]
async fn requests_with_only_a_room_name_have_no_other_fields() {
    let mock = mock().await;
    client(&mock).room_token("standup").create().await.unwrap();
    let requests = mock.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].method(), "POST");
    assert_eq!(requests[0].target(), "/api/video/room_tokens");
    assert_eq!(requests[0].body(), br#"{"room_name":"standup"}"#);
}

#[tokio::test]
async fn every_field_is_sent_as_set() {
    #[derive(Serialize)]
    struct Seat {
        row: u8,
    }
    let from = FixedOffset::east_opt(2 * 3600)
        .unwrap()
        .with_ymd_and_hms(2026, 9, 1, 8, 0, 0)
        .unwrap();
    let until: DateTime<Utc> = "2026-09-01T09:30:00.999Z".parse().unwrap();
    let request = RoomTokenRequest::new("replaced")
        .room_name(RoomName::new("standup").unwrap())
        .user_name("Zoë \"Z\" 🦀")
        .permissions([Permission::SelfDeaf, Permission::SelfAudioMute])
        .join_from(from)
        .join_until(until)
        .remove_at(NaiveDate::from_ymd_opt(2026, 9, 2).unwrap())
        .remove_after_seconds_elapsed(900)
        .join_audio_muted(true)
        .join_video_muted(false)
        .auto_create_room(true)
        .enable_room_previews(false)
        .room_display_name("Daily")
        .end_room_session_on_leave(false)
        .join_as(JoinAs::Member)
        .media_allowed(MediaAllowed::AudioOnly)
        .room_meta(json!({ "floor": 2 }))
        .meta(Seat { row: 7 })
        .sync_audio_video(true);
    let body = sent(request).await;
    assert_eq!(
        body,
        json!({
            "room_name": "standup",
            "user_name": "Zoë \"Z\" 🦀",
            "permissions": ["room.self.deaf", "room.self.audio_mute"],
            "join_from": "2026-09-01T06:00:00Z",
            "join_until": "2026-09-01T09:30:00Z",
            "remove_at": "2026-09-02T00:00:00Z",
            "remove_after_seconds_elapsed": 900,
            "join_audio_muted": true,
            "join_video_muted": false,
            "auto_create_room": true,
            "enable_room_previews": false,
            "room_display_name": "Daily",
            "end_room_session_on_leave": false,
            "join_as": "member",
            "media_allowed": "audio-only",
            "room_meta": { "floor": 2 },
            "meta": { "row": 7 },
            "sync_audio_video": true,
        })
    );
    assert_eq!(
        body.as_object().unwrap().len(),
        18,
        "expected all documented fields"
    );
}

/// Each setter must add its own field and no other.
#[tokio::test]
async fn unset_fields_are_omitted() {
    let time = || Utc.with_ymd_and_hms(2026, 9, 1, 0, 0, 0).unwrap();
    let new = || RoomTokenRequest::new("r");
    let cases = [
        (new().user_name(""), "user_name", json!("")),
        (new().permissions(PermissionSet::EMPTY), "permissions", json!([])),
        (
            new().join_from(time()),
            "join_from",
            json!("2026-09-01T00:00:00Z"),
        ),
        (
            new().join_until(time()),
            "join_until",
            json!("2026-09-01T00:00:00Z"),
        ),
        (
            new().remove_at(time()),
            "remove_at",
            json!("2026-09-01T00:00:00Z"),
        ),
        (
            new().remove_after_seconds_elapsed(1),
            "remove_after_seconds_elapsed",
            json!(1),
        ),
        (
            new().remove_after(Duration::from_millis(1001)),
            "remove_after_seconds_elapsed",
            json!(2),
        ),
        (new().join_audio_muted(false), "join_audio_muted", json!(false)),
        (new().join_video_muted(true), "join_video_muted", json!(true)),
        (new().auto_create_room(false), "auto_create_room", json!(false)),
        (
            new().enable_room_previews(true),
            "enable_room_previews",
            json!(true),
        ),
        (new().room_display_name("R"), "room_display_name", json!("R")),
        (
            new().end_room_session_on_leave(true),
            "end_room_session_on_leave",
            json!(true),
        ),
        (new().join_as(JoinAs::Audience), "join_as", json!("audience")),
        (
            new().media_allowed(MediaAllowed::VideoOnly),
            "media_allowed",
            json!("video-only"),
        ),
        (
            new().media_allowed(MediaAllowed::All),
            "media_allowed",
            json!("all"),
        ),
        (new().room_meta(json!({})), "room_meta", json!({})),
        (new().meta(json!({})), "meta", json!({})),
        (new().sync_audio_video(false), "sync_audio_video", json!(false)),
    ];
    for (request, field, value) in cases {
        assert_eq!(sent(request).await, json!({ "room_name": "r", field: value }));
    }
}

#[tokio::test]
async fn audience_requests_have_no_permissions() {
    let request = RoomTokenRequest::new("hall").join_as(JoinAs::Audience);
    assert_eq!(
        sent(request).await,
        json!({ "room_name": "hall", "join_as": "audience" })
    );
}

#[tokio::test]
async fn empty_permissions_are_sent_as_an_empty_array() {
    let request = RoomTokenRequest::new("hall").permissions(Vec::<Permission>::new());
    assert_eq!(
        sent(request).await,
        json!({ "room_name": "hall", "permissions": [] })
    );
}

#[tokio::test]
async fn permissions_are_sent_in_the_given_order() {
    let mock = mock().await;
    // The mock server rejects unknown permissions, so script the response.
    mock.script([Reply::status(200).json(&json!({ "token": "t" }))]);
    let unknown = Permission::unchecked("room.from_the_future");
    let mut names: Vec<_> = Permission::ALL.iter().rev().map(Permission::as_str).collect();
    names.insert(7, unknown.as_str());
    let list: Vec<_> = names
        .iter()
        .map(|name| Permission::unchecked((*name).to_owned()))
        .collect();
    client(&mock)
        .room_token("hall")
        .permissions(list)
        .create()
        .await
        .unwrap();
    assert_eq!(names.len(), Permission::ALL.len() + 1);
    assert_eq!(
        mock.requests()[0].json().unwrap(),
        json!({ "room_name": "hall", "permissions": names })
    );
}

#[tokio::test]
async fn duplicate_permissions_are_sent() {
    let list = [Permission::RoomLock, Permission::SelfDeaf, Permission::RoomLock];
    let body = sent(RoomTokenRequest::new("r").permissions(list)).await;
    assert_eq!(
        body["permissions"],
        json!(["room.lock", "room.self.deaf", "room.lock"])
    );
}

#[tokio::test]
async fn calls_have_the_same_setters_as_requests() {
    let mock = mock().await;
    let template = RoomTokenRequest::new("math").join_audio_muted(true);
    let client = client(&mock);
    client
        .call(template.clone())
        .user_name("Ada")
        .create()
        .await
        .unwrap();
    client
        .call(template.user_name("Emmy"))
        .room_name("physics")
        .create()
        .await
        .unwrap();
    let bodies: Vec<Value> = mock.requests().iter().map(|r| r.json().unwrap()).collect();
    assert_eq!(
        bodies,
        [
            json!({ "room_name": "math", "join_audio_muted": true, "user_name": "Ada" }),
            json!({ "room_name": "physics", "join_audio_muted": true, "user_name": "Emmy" }),
        ]
    );
}

#[tokio::test]
async fn valid_for_starts_at_join_from_or_now() {
    let hour = Duration::from_secs(3600);
    let from = Utc.with_ymd_and_hms(2026, 9, 1, 8, 0, 0).unwrap();
    let counted = RoomTokenRequest::new("r").join_from(from).valid_for(hour);
    assert_eq!(sent(counted).await["join_until"], "2026-09-01T09:00:00Z");

    let before = Utc::now();
    let body = sent(RoomTokenRequest::new("r").valid_for(hour)).await;
    let until: DateTime<Utc> = body["join_until"].as_str().unwrap().parse().unwrap();
    // Times are truncated to whole seconds, so the result may be up to one second earlier.
    assert!(until >= before + hour - Duration::from_secs(1));
    assert!(until <= Utc::now() + hour);
    assert_eq!(body.as_object().unwrap().len(), 2);
}

#[tokio::test]
async fn the_last_of_join_until_and_valid_for_applies() {
    let time = Utc.with_ymd_and_hms(2030, 1, 1, 0, 0, 0).unwrap();
    let minute = Duration::from_secs(60);
    let new = || RoomTokenRequest::new("r").join_from(time);
    let cases = [
        (new().valid_for(minute).join_until(time), "2030-01-01T00:00:00Z"),
        (new().join_until(time).valid_for(minute), "2030-01-01T00:01:00Z"),
    ];
    for (request, until) in cases {
        assert_eq!(sent(request).await["join_until"], until);
    }
}
