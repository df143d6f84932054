//! Tests for minted tokens.

use std::time::{Duration, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use signalwire_room_tokens_mock::{DEFAULT_PROJECT_ID, MockServer};

use crate::support::{mint, post, standup};

/// Decodes the header, payload and signature of `token`.
fn parts(token: &str) -> (String, String, Vec<u8>) {
    let decoded: Vec<_> = token
        .split('.')
        .map(|part| BASE64_URL_SAFE_NO_PAD.decode(part).unwrap())
        .collect();
    let [header, claims, signature] = decoded.try_into().unwrap();
    (
        String::from_utf8(header).unwrap(),
        String::from_utf8(claims).unwrap(),
        signature,
    )
}

async fn claims(server: &MockServer, body: Value) -> Value {
    server.verify(&mint(server, &body).await).unwrap()
}

#[tokio::test]
async fn tokens_have_the_header_and_signature_length_of_a_vrt() {
    let server = MockServer::start().await.unwrap();
    let (header, _, signature) = parts(&mint(&server, &standup()).await);
    assert_eq!(
        header,
        r#"{"typ":"VRT","alg":"HS512","ch":"relay.signalwire.com"}"#
    );
    assert_eq!(signature.len(), 64);
}

#[tokio::test]
async fn minimal_requests_get_the_documented_defaults() {
    let server = MockServer::start().await.unwrap();
    let mut claims = claims(&server, standup()).await;
    let claims = claims.as_object_mut().unwrap();
    assert!(claims.remove("iat").unwrap().is_i64());
    assert_eq!(claims.remove("jti").unwrap().as_str().unwrap().len(), 36);
    assert_eq!(
        *claims,
        *json!({
            "sub": DEFAULT_PROJECT_ID, "ja": "member", "r": "standup",
            "s": [
                "room.self.audio_mute", "room.self.audio_unmute", "room.self.video_mute",
                "room.self.video_unmute", "room.self.deaf", "room.self.undeaf",
                "room.self.set_input_volume", "room.self.set_output_volume",
                "room.self.set_input_sensitivity", "room.self.screenshare", "room.self.additional_source",
            ],
            "acr": true, "ma": "all", "mta": {}, "rmta": {}, "mock": true,
        })
        .as_object()
        .unwrap()
    );
}

#[tokio::test]
async fn claims_follow_the_request_in_the_known_order() {
    let server = MockServer::builder()
        .project_id("project")
        .fixed_time(UNIX_EPOCH + Duration::from_secs(1_622_120_123))
        .start()
        .await
        .unwrap();
    let token = mint(
        &server,
        &json!({
            "room_name": "my_room", "user_name": "John Doe",
            "permissions": ["room.lock", "room.hide_video_muted"],
            "join_from": "2021-05-13T09:00:00Z", "join_until": "2021-05-13T13:39:28+02:00",
            "remove_at": "2021-05-13", "remove_after_seconds_elapsed": 900, "auto_create_room": false,
            "enable_room_previews": true, "join_as": "member", "media_allowed": "audio-only",
            "meta": { "a": 1 }, "room_meta": { "b": [2] },
            "join_audio_muted": true, "join_video_muted": true, "room_display_name": "My Room",
            "end_room_session_on_leave": true, "sync_audio_video": true,
        }),
    )
    .await;
    let (_, claims, _) = parts(&token);
    let jti = server.verify(&token).unwrap()["jti"].as_str().unwrap().to_owned();
    let expected = format!(
        concat!(
            r#"{{"iat":1622120123,"jti":"{jti}","sub":"project","u":"John Doe","ja":"member","r":"my_room","#,
            r#""s":["room.lock","room.hide_video_muted"],"acr":false,"ma":"audio-only","erp":true,"#,
            r#""mta":{{"a":1}},"rmta":{{"b":[2]}},"#,
            r#""jf":1620896400,"ju":1620905968,"rat":1620864000,"rse":900,"mock":true}}"#
        ),
        jti = jti
    );
    assert_eq!(claims, expected);
}

#[tokio::test]
async fn permissions_keep_their_order_and_may_be_empty() {
    let server = MockServer::start().await.unwrap();
    let listed = json!(["room.unlock", "room.lock", "room.member.remove"]);
    assert_eq!(
        claims(&server, json!({ "room_name": "r", "permissions": listed })).await["s"],
        listed
    );
    assert_eq!(
        claims(&server, json!({ "room_name": "r", "permissions": [] })).await["s"],
        json!([])
    );
}

#[tokio::test]
async fn audience_tokens_have_no_permissions() {
    let server = MockServer::start().await.unwrap();
    for body in [
        json!({ "room_name": "r", "join_as": "audience" }),
        json!({ "room_name": "r", "join_as": "audience", "permissions": ["room.lock"] }),
    ] {
        let claims = claims(&server, body).await;
        assert_eq!((&claims["ja"], &claims["s"]), (&json!("audience"), &json!([])));
    }
}

#[tokio::test]
async fn leap_second_equals_the_following_second() {
    let server = MockServer::start().await.unwrap();
    let body = json!({ "room_name": "r", "join_until": "2022-01-01T23:59:60Z" });
    assert_eq!(claims(&server, body).await["ju"], 1_641_081_600);
}

#[tokio::test]
async fn integers_may_be_written_with_a_zero_fraction() {
    let server = MockServer::start().await.unwrap();
    let body = json!({ "room_name": "r", "remove_after_seconds_elapsed": 900.0 });
    assert_eq!(claims(&server, body).await["rse"], 900);
}

#[tokio::test]
async fn only_unmodified_tokens_of_the_server_are_verified() {
    let server = MockServer::start().await.unwrap();
    let other = MockServer::start().await.unwrap();
    let token = mint(&server, &standup()).await;
    assert!(server.verify(&token).is_some());
    assert_eq!(other.verify(&token), None, "each server must have its own key");
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (header, _) = signed.split_once('.').unwrap();
    let forged = BASE64_URL_SAFE_NO_PAD.encode(r#"{"r":"another"}"#);
    for forgery in [
        format!("{header}.{forged}.{signature}"),
        format!("{signed}."),
        String::new(),
        "a.b.c".into(),
    ] {
        assert_eq!(server.verify(&forgery), None, "{forgery}");
    }
}

#[tokio::test]
async fn a_fixed_time_and_a_seed_make_responses_reproducible() {
    let start = || {
        MockServer::builder()
            .seed(7)
            .fixed_time(UNIX_EPOCH + Duration::from_secs(1))
            .start()
    };
    let (one, two) = (start().await.unwrap(), start().await.unwrap());
    assert_eq!(mint(&one, &standup()).await, mint(&two, &standup()).await);
    assert_ne!(
        mint(&one, &standup()).await,
        mint(&one, &standup()).await,
        "each token must have a unique jti"
    );
    let response = post(&one, &standup()).await;
    assert_eq!(response.headers()["date"], "Thu, 01 Jan 1970 00:00:01 GMT");
}

#[tokio::test]
async fn times_beyond_year_9999_have_no_date_header() {
    let far = UNIX_EPOCH + Duration::from_secs(300_000_000_000);
    let server = MockServer::builder().fixed_time(far).start().await.unwrap();
    let response = post(&server, &standup()).await;
    assert_eq!(response.status(), 200);
    assert!(!response.headers().contains_key("date"));
}
