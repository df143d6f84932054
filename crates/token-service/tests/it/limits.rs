//! Tests for rate limits and size limits.

use serde_json::json;

use crate::support::Service;

#[tokio::test]
async fn the_rate_limit_is_per_user() {
    // The quota refills by one request every 30 seconds, which is longer than the test takes.
    let service = Service::start_with(&["--demo-sign-in", "--requests-per-minute=2"]).await;
    let alice = service.browser.signed_in("Alice").await;
    for _ in 0..2 {
        assert_eq!(alice.join("standup", json!({})).await.status, 201);
    }

    let response = alice.join("standup", json!({})).await;
    response.assert_error(429, "Too many requests. Please wait a moment.");
    assert!((1..=30).contains(&response.retry_after.unwrap()), "{response:?}");
    let again = service.browser.signed_in("Alice").await;
    assert_eq!(again.join("standup", json!({})).await.status, 429);
    assert_eq!(service.mock.requests().len(), 2);

    let bob = service.browser.signed_in("Bob").await;
    assert_eq!(bob.join("standup", json!({})).await.status, 201);
}

/// Strangers trying to sign in must not use up a user's token requests.
#[tokio::test]
async fn sign_in_attempts_have_a_separate_limit() {
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
        let response = attempt(body).await;
        response.assert_error(429, "Too many requests. Please wait a moment.");
        assert!((1..=20).contains(&response.retry_after.unwrap()), "{response:?}");
    }
    assert_eq!(alice.join("standup", json!({})).await.status, 201);
}

/// Linux only, because the test needs a second loopback address.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_sign_in_limit_is_per_client() {
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
async fn large_bodies_are_rejected() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let request = |count: usize| json!({ "permissions": vec!["room.lock"; count] });
    assert_eq!(alice.join("standup", request(1000)).await.status, 201);
    assert_eq!(alice.join("standup", request(1500)).await.status, 413);
}

#[tokio::test]
async fn unknown_routes_and_methods_get_a_json_error() {
    let service = Service::start().await;
    let nowhere = service.browser.get("/nowhere").await;
    nowhere.assert_error(404, "Page not found.");
    let wrong_method = service.browser.get("/rooms/standup/tokens").await;
    wrong_method.assert_error(405, "This method is not allowed here.");
}

#[tokio::test]
async fn rejected_requests_count_toward_the_rate_limit() {
    let service = Service::start_with(&["--demo-sign-in", "--requests-per-minute=2"]).await;
    let alice = service.browser.signed_in("Alice").await;
    assert_eq!(alice.join("elsewhere", json!({})).await.status, 404);
    assert_eq!(alice.join("standup", json!({ "role": "king" })).await.status, 422);
    assert_eq!(alice.join("standup", json!({})).await.status, 429);
}
