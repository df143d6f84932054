//! Who gets a token, and what it allows.

use serde_json::json;
use signalwire_room_tokens::{JoinAs, PermissionSet, UnverifiedClaims};

use crate::support::Service;

fn permissions(claims: &UnverifiedClaims) -> PermissionSet {
    claims.permissions.iter().flatten().collect()
}

#[tokio::test]
async fn grants_what_the_role_allows() {
    let service = Service::start().await;
    for (user, role, join_as, ceiling) in [
        ("Alice", "moderator", JoinAs::Member, PermissionSet::MODERATOR),
        ("Bob", "participant", JoinAs::Member, PermissionSet::PARTICIPANT),
        ("Carol", "audience", JoinAs::Audience, PermissionSet::EMPTY),
    ] {
        let browser = service.browser.signed_in(user).await;
        let answer = browser.join("standup", json!({})).await;
        assert_eq!(answer.json()["role"], role);
        let claims = answer.claims();
        assert_eq!(claims.room_name.as_deref(), Some("standup"));
        assert_eq!(claims.user_name.as_deref(), Some(user));
        assert_eq!(claims.join_as, Some(join_as));
        assert_eq!(permissions(&claims), ceiling);
    }
}

#[tokio::test]
async fn a_role_belongs_to_a_room() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let there = alice.join("math-101", json!({})).await;
    assert_eq!(there.json()["role"], "participant");
    assert_eq!(permissions(&there.claims()), PermissionSet::PARTICIPANT);
}

#[tokio::test]
async fn a_lower_role_may_be_taken_and_a_higher_one_not() {
    let service = Service::start().await;
    let bob = service.browser.signed_in("Bob").await;
    let lower = bob.join("standup", json!({ "role": "audience" })).await;
    assert_eq!(lower.claims().join_as, Some(JoinAs::Audience));

    let higher = bob.join("standup", json!({ "role": "moderator" })).await;
    higher.refused(403, "The highest role that you may take here is participant.");
    assert_eq!(service.mock.requests().len(), 1, "nothing was asked for");
}

#[tokio::test]
async fn a_role_that_does_not_exist_is_refused() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let answer = alice.join("standup", json!({ "role": "king" })).await;
    assert_eq!(answer.status, 422);
    let message = answer.json()["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains("king") && message.contains("participant"),
        "{message}"
    );
    assert!(service.mock.requests().is_empty());
}

#[tokio::test]
async fn permissions_are_held_under_the_ceiling_of_the_role() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let wish = json!({
        "role": "participant",
        "permissions": ["room.self.audio_mute", "room.member.remove", "room.recording", "room.from_the_future"],
    });
    let answer = alice.join("standup", wish).await;
    assert_eq!(
        answer.json()["refused"],
        json!(["room.member.remove", "room.recording", "room.from_the_future"])
    );
    let granted: Vec<_> = answer.claims().permissions.unwrap();
    assert_eq!(
        granted.iter().map(|one| one.as_str()).collect::<Vec<_>>(),
        ["room.self.audio_mute"]
    );
}

#[tokio::test]
async fn an_empty_wish_grants_nothing() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let answer = alice.join("standup", json!({ "permissions": [] })).await;
    assert_eq!(permissions(&answer.claims()), PermissionSet::EMPTY);
}

#[tokio::test]
async fn rooms_of_others_and_rooms_that_do_not_exist_look_alike() {
    let service = Service::start().await;
    let carol = service.browser.signed_in("Carol").await;
    for room in [
        "math-101",
        "no-such-room",
        "no%20name",
        "%ff",
        "standup%2F..%2Fmath-101",
    ] {
        let answer = carol.join(room, json!({})).await;
        answer.refused(404, "There is no such room for you.");
    }
    assert!(service.mock.requests().is_empty());
}

#[tokio::test]
async fn the_browser_cannot_say_who_it_is_or_how_long() {
    let service = Service::start().await;
    let bob = service.browser.signed_in("Bob").await;
    for field in ["user_name", "join_until", "room_name", "auto_create_room"] {
        let answer = bob.join("standup", json!({ field: "Alice" })).await;
        assert_eq!(answer.status, 422, "{field}: {answer:?}");
    }
    assert!(service.mock.requests().is_empty());
}

#[tokio::test]
async fn tokens_have_a_window_and_an_end() {
    let settings = [
        "--demo-sign-in",
        "--join-within-minutes=5",
        "--max-stay-minutes=90",
    ];
    let service = Service::start_with(&settings).await;
    let bob = service.browser.signed_in("Bob").await;
    let claims = bob.join("standup", json!({})).await.claims();
    let window = claims.join_until.unwrap().to_datetime() - claims.issued_at.unwrap().to_datetime();
    // The service reads the clock before the mock does.
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
    alice.refused(401, "We do not know anybody of this name.");
}
