//! How often each user may ask.

use serde_json::json;

use crate::support::Service;

#[tokio::test]
async fn who_asks_too_often_waits_and_others_do_not() {
    // One more every half minute, which does not pass while the test runs.
    let service = Service::start_with(&["--demo-sign-in", "--requests-per-minute=2"]).await;
    let alice = service.browser.signed_in("Alice").await;
    for _ in 0..2 {
        assert_eq!(alice.join("standup", json!({})).await.status, 201);
    }

    let answer = alice.join("standup", json!({})).await;
    answer.refused(429, "You are asking too often. Please wait a moment.");
    assert!((1..=30).contains(&answer.retry_after.unwrap()), "{answer:?}");
    let again = service.browser.signed_in("Alice").await;
    assert_eq!(again.join("standup", json!({})).await.status, 429);
    assert_eq!(service.mock.requests().len(), 2);

    let bob = service.browser.signed_in("Bob").await;
    assert_eq!(bob.join("standup", json!({})).await.status, 201);
}

/// A stranger who knows a name can try to sign in with it. This must not use up the user's token requests.
#[tokio::test]
async fn attempts_to_sign_in_have_a_limit_of_their_own() {
    let settings = [
        "--demo-sign-in",
        "--requests-per-minute=1",
        "--sign-ins-per-minute=3",
    ];
    let service = Service::start_with(&settings).await;
    let alice = service.browser.signed_in("Alice").await;
    let attempt = async |body| service.browser.post("/session", &body).await;
    assert_eq!(attempt(json!({ "name": "Alice" })).await.status, 200);
    assert_eq!(attempt(json!({ "name": "Mallory" })).await.status, 401);
    let bodies = ["Alice", "Bob", "Mallory"].map(|name| json!({ "name": name }));
    for body in bodies.into_iter().chain([json!({})]) {
        let answer = attempt(body).await;
        answer.refused(429, "You are asking too often. Please wait a moment.");
        assert!((1..=20).contains(&answer.retry_after.unwrap()), "{answer:?}");
    }
    assert_eq!(alice.join("standup", json!({})).await.status, 201);
}

/// Clients are identified by address.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn attempts_of_one_client_do_not_stop_another() {
    let service = Service::start_with(&["--demo-sign-in", "--sign-ins-per-minute=1"]).await;
    service.browser.signed_in("Alice").await;
    let other = service.browser.from([127, 0, 0, 2].into());
    other.signed_in("Alice").await;
    for browser in [&service.browser, &other] {
        let again = browser.post("/session", &json!({ "name": "Alice" })).await;
        assert_eq!(again.status, 429);
    }
}

#[tokio::test]
async fn a_request_has_a_limit_far_above_what_it_takes() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let wish = |count: usize| json!({ "permissions": vec!["room.lock"; count] });
    assert_eq!(alice.join("standup", wish(1000)).await.status, 201);
    assert_eq!(alice.join("standup", wish(1500)).await.status, 413);
}

#[tokio::test]
async fn what_is_not_here_is_told_as_everything_is() {
    let service = Service::start().await;
    let nowhere = service.browser.get("/nowhere").await;
    nowhere.refused(404, "There is nothing here.");
    let wrong_method = service.browser.get("/rooms/standup/tokens").await;
    wrong_method.refused(405, "There is nothing here.");
}

#[tokio::test]
async fn requests_that_are_refused_count_too() {
    let service = Service::start_with(&["--demo-sign-in", "--requests-per-minute=2"]).await;
    let alice = service.browser.signed_in("Alice").await;
    assert_eq!(alice.join("elsewhere", json!({})).await.status, 404);
    assert_eq!(alice.join("standup", json!({ "role": "king" })).await.status, 422);
    assert_eq!(alice.join("standup", json!({})).await.status, 429);
}
