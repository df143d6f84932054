//! How often each user may ask.

use serde_json::json;

use crate::support::Service;

#[tokio::test]
async fn who_asks_too_often_waits_and_others_do_not() {
    // One more every half minute, which does not pass while the test runs.
    let service = Service::start_with(&["--demo-sign-in", "--requests-per-minute=2"]).await;
    let alice = service.browser.signed_in("Alice").await;
    assert_eq!(alice.join("standup", json!({})).await.status, 201);

    let answer = alice.join("standup", json!({})).await;
    answer.refused(429, "You are asking too often. Please wait a moment.");
    assert!((1..=30).contains(&answer.retry_after.unwrap()), "{answer:?}");
    let again = service
        .browser
        .post("/session", &json!({ "name": "Alice" }))
        .await;
    assert_eq!(again.status, 429);
    assert_eq!(service.mock.requests().len(), 1);

    let bob = service.browser.signed_in("Bob").await;
    assert_eq!(bob.join("standup", json!({})).await.status, 201);
}

#[tokio::test]
async fn requests_that_are_refused_count_too() {
    let service = Service::start_with(&["--demo-sign-in", "--requests-per-minute=3"]).await;
    let alice = service.browser.signed_in("Alice").await;
    assert_eq!(alice.join("elsewhere", json!({})).await.status, 404);
    assert_eq!(alice.join("standup", json!({ "role": "king" })).await.status, 422);
    assert_eq!(alice.join("standup", json!({})).await.status, 429);
}
