//! Tests for sign-in and sessions.

use clap::Parser as _;
use serde_json::json;
use token_service::Settings;

use crate::support::{Service, settings};

#[tokio::test]
async fn unknown_users_cannot_sign_in() {
    let service = Service::start().await;
    let response = service
        .browser
        .post("/session", &json!({ "name": "Mallory" }))
        .await;
    response.assert_error(401, "There is no user with this name.");
}

#[tokio::test]
async fn tokens_require_a_session() {
    let service = Service::start().await;
    for browser in [service.browser.clone(), service.browser.with_session("made-up")] {
        let response = browser.join("standup", json!({})).await;
        response.assert_error(401, "Please sign in first.");
    }
    assert!(service.mock.requests().is_empty());
}

/// HTTP authentication schemes are case-insensitive.
#[tokio::test]
async fn a_lowercase_scheme_is_accepted() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let mut headers = reqwest::header::HeaderMap::new();
    let credentials = format!("bearer {}", alice.session().unwrap());
    headers.insert("authorization", credentials.parse().unwrap());
    let response = service.browser.join_with(headers, "standup").await;
    assert_eq!(response.status, 201, "{response:?}");
}

#[tokio::test]
async fn each_sign_in_gets_a_different_key() {
    let service = Service::start().await;
    let (one, other) = (
        service.browser.signed_in("Alice").await,
        service.browser.signed_in("Alice").await,
    );
    assert_ne!(one.session(), other.session());
    assert_eq!(one.session().unwrap().len(), 43, "256 bits");
}

#[tokio::test]
async fn the_demo_sign_in_is_off_by_default() {
    let service = Service::start_with(&[]).await;
    let response = service
        .browser
        .post("/session", &json!({ "name": "Alice" }))
        .await;
    assert_eq!(response.status, 404);
}

#[test]
fn real_tokens_with_the_demo_sign_in_require_a_loopback_address() {
    let open = |arguments: &[&str]| settings(arguments).check().is_err();
    assert!(open(&["--demo-sign-in", "--listen=0.0.0.0:80"]));
    assert!(!open(&["--demo-sign-in", "--listen=127.0.0.1:80"]));
    assert!(!open(&["--demo-sign-in", "--listen=[::1]:80"]));
    assert!(
        !open(&["--mock", "--listen=0.0.0.0:80"]),
        "mock tokens grant no access"
    );
    assert!(!open(&["--listen=0.0.0.0:80"]));
}

/// After DNS rebinding, `Host` and `Origin` contain the website's name. Most proxies add a header.
#[tokio::test]
async fn the_demo_sign_in_rejects_requests_from_other_machines() {
    let rejected = |header: &str| {
        format!(
            "The demo sign-in requires a browser on the same machine, at 127.0.0.1 or localhost and without a proxy. \
             This request was rejected because of its `{header}` header."
        )
    };
    let foreign = [
        (
            "Host",
            &[
                "evil.example",
                "evil.example:3000",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1",
                "a@127.0.0.1",
                "127.0.0.1:x",
                "0.0.0.0",
                "[::]",
                "",
            ][..],
        ),
        (
            "Origin",
            &[
                "https://evil.example",
                "http://localhost.evil.example",
                "null",
                "127.0.0.1",
                "file://",
                "",
            ][..],
        ),
        ("Forwarded", &["for=127.0.0.1"][..]),
        ("Via", &["1.1 proxy"][..]),
        ("X-Real-IP", &["127.0.0.1"][..]),
    ];
    for setting in ["--demo-sign-in", "--mock"] {
        let service = Service::start_with(&[setting]).await;
        for (name, values) in foreign {
            for value in values {
                let response = service.browser.sign_in_with(&[(name, *value)]).await;
                assert_eq!(response.status, 403, "{name}: {value}");
                response.assert_error(403, &rejected(name));
            }
        }
        for name in [
            "x-forwarded-for",
            "X-Forwarded-Host",
            "x-forwarded-proto",
            "x-forwarded-anything",
        ] {
            let response = service.browser.sign_in_with(&[(name, "127.0.0.1")]).await;
            response.assert_error(403, &rejected("X-Forwarded-*"));
        }
        for host in [
            "localhost",
            "LOCALHOST:3000",
            "127.0.0.1",
            "127.8.9.1:80",
            "[::1]:3000",
            "[::1]",
        ] {
            let response = service.browser.sign_in_with(&[("Host", host)]).await;
            assert_eq!(response.status, 200, "{host}: {response:?}");
            let origin = format!("http://{host}");
            let response = service.browser.sign_in_with(&[("Origin", &origin)]).await;
            assert_eq!(response.status, 200, "{origin}: {response:?}");
        }
    }
}

/// A service with real sign-in may run behind a proxy. So may a service that issues mock tokens, because they grant no
/// access.
#[tokio::test]
async fn proxies_are_allowed_without_the_demo_sign_in() {
    for settings in [
        &["--requests-per-minute=20"][..],
        &["--mock", "--listen=0.0.0.0:80"],
    ] {
        let service = Service::start_with(settings).await;
        let headers = [
            ("Host", "app.example"),
            ("X-Forwarded-For", "192.0.2.1"),
            ("Via", "1.1 proxy"),
        ];
        let response = service.browser.sign_in_with(&headers).await;
        assert_ne!(response.status, 403, "{response:?}");
    }
}

#[test]
fn join_window_is_limited_to_one_year() {
    let parsed =
        |minutes: &str| Settings::try_parse_from(["token-service", "--join-within-minutes", minutes]);
    assert!(parsed("525600").is_ok());
    assert!(parsed("0").is_err() && parsed("525601").is_err());
}
