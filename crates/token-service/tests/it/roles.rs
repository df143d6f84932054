//! Tests for roles, rooms and permissions.

use serde_json::json;
use signalwire_room_tokens::{JoinAs, PermissionSet, UnverifiedClaims};

use crate::support::Service;

fn permissions(claims: &UnverifiedClaims) -> PermissionSet {
    claims.permissions.iter().flatten().collect()
}

#[tokio::test]
async fn tokens_have_the_permissions_of_the_role() {
    let service = Service::start().await;
    for (user, role, join_as, ceiling) in [
        ("Alice", "moderator", JoinAs::Member, PermissionSet::MODERATOR),
        ("Bob", "participant", JoinAs::Member, PermissionSet::PARTICIPANT),
        ("Carol", "audience", JoinAs::Audience, PermissionSet::EMPTY),
    ] {
        let browser = service.browser.signed_in(user).await;
        let response = browser.join("standup", json!({})).await;
        assert_eq!(response.json()["role"], role);
        let claims = response.claims();
        assert_eq!(claims.room_name.as_deref(), Some("standup"));
        assert_eq!(claims.user_name.as_deref(), Some(user));
        assert_eq!(claims.join_as, Some(join_as));
        assert_eq!(permissions(&claims), ceiling);
    }
}

#[tokio::test]
async fn roles_are_per_room() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let there = alice.join("math-101", json!({})).await;
    assert_eq!(there.json()["role"], "participant");
    assert_eq!(permissions(&there.claims()), PermissionSet::PARTICIPANT);
}

#[tokio::test]
async fn lower_roles_are_allowed_and_higher_ones_rejected() {
    let service = Service::start().await;
    let bob = service.browser.signed_in("Bob").await;
    let lower = bob.join("standup", json!({ "role": "audience" })).await;
    assert_eq!(lower.claims().join_as, Some(JoinAs::Audience));

    let higher = bob.join("standup", json!({ "role": "moderator" })).await;
    assert_eq!(higher.status, 403);
    let message = "You can join as participant at most.";
    let body = json!({ "message": message, "highest_role": "participant" });
    assert_eq!(higher.json(), body);
    assert_eq!(
        service.mock.requests().len(),
        1,
        "a token was requested from SignalWire"
    );
}

#[tokio::test]
async fn unknown_roles_are_rejected() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let response = alice.join("standup", json!({ "role": "king" })).await;
    assert_eq!(response.status, 422);
    let message = response.json()["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains("king") && message.contains("participant"),
        "{message}"
    );
    assert!(service.mock.requests().is_empty());
}

#[tokio::test]
async fn permissions_are_clamped_to_the_role() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let request = json!({
        "role": "participant",
        "permissions": ["room.self.audio_mute", "room.member.remove", "room.recording", "room.from_the_future"],
    });
    let response = alice.join("standup", request).await;
    assert_eq!(
        response.json()["refused"],
        json!(["room.member.remove", "room.recording", "room.from_the_future"])
    );
    let granted: Vec<_> = response.claims().permissions.unwrap();
    assert_eq!(
        granted.iter().map(|one| one.as_str()).collect::<Vec<_>>(),
        ["room.self.audio_mute"]
    );
}

#[tokio::test]
async fn an_empty_permission_list_grants_nothing() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let response = alice.join("standup", json!({ "permissions": [] })).await;
    assert_eq!(permissions(&response.claims()), PermissionSet::EMPTY);
}

#[tokio::test]
async fn unknown_rooms_and_rooms_of_others_get_the_same_response() {
    let service = Service::start().await;
    let carol = service.browser.signed_in("Carol").await;
    for room in [
        "math-101",
        "no-such-room",
        "no%20name",
        "%ff",
        "standup%2F..%2Fmath-101",
    ] {
        let response = carol.join(room, json!({})).await;
        response.assert_error(404, "This room does not exist, or you are not a member of it.");
    }
    assert!(service.mock.requests().is_empty());
}

#[tokio::test]
async fn the_browser_cannot_set_the_user_or_the_lifetime() {
    let service = Service::start().await;
    let bob = service.browser.signed_in("Bob").await;
    for field in ["user_name", "join_until", "room_name", "auto_create_room"] {
        let response = bob.join("standup", json!({ field: "Alice" })).await;
        assert_eq!(response.status, 422, "{field}: {response:?}");
    }
    assert!(service.mock.requests().is_empty());
}

#[tokio::test]
async fn tokens_have_a_join_window_and_a_maximum_stay() {
    let settings = [
        "--demo-sign-in",
        "--join-within-minutes=5",
        "--max-stay-minutes=90",
    ];
    let service = Service::start_with(&settings).await;
    let bob = service.browser.signed_in("Bob").await;
    let claims = bob.join("standup", json!({})).await.claims();
    let window = claims.join_until.unwrap().to_datetime() - claims.issued_at.unwrap().to_datetime();
    // The service reads the clock before the mock server does.
    assert!((0..=300).contains(&window.num_seconds()), "{window}");
    assert_eq!(claims.remove_after_seconds_elapsed, Some(90 * 60));
    assert_eq!(service.last_request()["remove_after_seconds_elapsed"], 5400);
}

#[tokio::test]
async fn rooms_come_from_a_file() {
    let file = std::env::temp_dir().join(format!("token-service-rooms-{}.json", std::process::id()));
    std::fs::write(&file, r#"{ "attic": { "Zoe": "audience" } }"#).unwrap();
    let service = Service::start_with(&["--demo-sign-in", "--rooms", file.to_str().unwrap()]).await;
    std::fs::remove_file(&file).unwrap();
    let zoe = service.browser.signed_in("Zoe").await;
    assert_eq!(zoe.join("attic", json!({})).await.json()["role"], "audience");
    let alice = service
        .browser
        .post("/session", &json!({ "name": "Alice" }))
        .await;
    alice.assert_error(401, "There is no user with this name.");
}
