//! Tests for the page, its files and the security headers.

use serde_json::json;
use signalwire_room_tokens::PermissionSet;

use crate::support::Service;

#[tokio::test]
async fn the_page_and_its_files_are_served() {
    let service = Service::start().await;
    for (path, content_type) in [
        ("/", "text/html"),
        ("/page.css", "text/css"),
        ("/page.js", "text/javascript"),
        ("/service.js", "text/javascript"),
        ("/token.js", "text/javascript"),
        ("/room.js", "text/javascript"),
    ] {
        let response = service.browser.get(path).await;
        assert_eq!(response.status, 200, "{path}");
        assert!(
            response.headers.contains(content_type),
            "{path}: {}",
            response.headers
        );
        assert!(!response.text.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn the_sdk_is_served_if_its_file_exists() {
    let file = std::env::temp_dir().join(format!("token-service-sdk-{}.js", std::process::id()));
    std::fs::write(&file, "/* the SDK */").unwrap();
    let with = Service::start_with(&["--mock", "--sdk", file.to_str().unwrap()]).await;
    std::fs::remove_file(&file).unwrap();
    assert_eq!(with.browser.get("/sdk.js").await.text, "/* the SDK */");
    let roles = json!({
        "audience": [],
        "participant": PermissionSet::PARTICIPANT,
        "moderator": PermissionSet::MODERATOR,
    });
    let rooms: serde_json::Value = serde_json::from_str(include_str!("../../rooms.json")).unwrap();
    assert_eq!(
        with.browser.get("/about.json").await.json(),
        json!({ "mock": true, "sign_in": true, "sdk": true, "roles": roles, "rooms": rooms })
    );

    let without = Service::start_with(&["--sdk", "/no/such/file"]).await;
    assert_eq!(without.browser.get("/sdk.js").await.status, 404);
    assert_eq!(
        without.browser.get("/about.json").await.json(),
        json!({ "mock": false, "sign_in": false, "sdk": false, "roles": roles })
    );

    let demo = Service::start_with(&["--demo-sign-in", "--sdk", "/no/such/file"]).await;
    assert_eq!(
        demo.browser.get("/about.json").await.json(),
        json!({ "mock": false, "sign_in": true, "sdk": false, "roles": roles })
    );
}

#[tokio::test]
async fn all_responses_have_security_headers() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    for response in [
        service.browser.get("/").await,
        service.browser.get("/no-such-page").await,
        service.browser.join("standup", json!({})).await,
        alice.join("standup", json!({})).await,
    ] {
        for header in [
            "\"cache-control\": \"no-store\"",
            "\"content-security-policy\": \"default-src 'none'; script-src 'self';",
            "\"referrer-policy\": \"no-referrer\"",
            "\"x-content-type-options\": \"nosniff\"",
        ] {
            assert!(response.headers.contains(header), "{header}: {response:?}");
        }
    }
}

#[tokio::test]
async fn health_needs_no_session_and_no_upstream() {
    let service = Service::start_failing(|| signalwire_room_tokens_mock::Reply::status(500)).await;
    assert_eq!(service.browser.get("/health").await.status, 204);
    assert!(service.mock.requests().is_empty());
}
