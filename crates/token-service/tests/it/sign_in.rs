//! Who is let in.

use clap::Parser as _;
use serde_json::json;
use token_service::Settings;

use crate::support::{Service, settings};

#[tokio::test]
async fn strangers_are_not_known() {
    let service = Service::start().await;
    let answer = service
        .browser
        .post("/session", &json!({ "name": "Mallory" }))
        .await;
    answer.refused(401, "We do not know anybody of this name.");
}

#[tokio::test]
async fn without_a_session_there_is_no_token() {
    let service = Service::start().await;
    for browser in [service.browser.clone(), service.browser.with_session("made-up")] {
        let answer = browser.join("standup", json!({})).await;
        answer.refused(401, "Please sign in first.");
    }
    assert!(service.mock.requests().is_empty());
}

/// The name of the scheme is the same in any case.
#[tokio::test]
async fn the_scheme_may_be_written_in_small_letters() {
    let service = Service::start().await;
    let alice = service.browser.signed_in("Alice").await;
    let mut headers = reqwest::header::HeaderMap::new();
    let credentials = format!("bearer {}", alice.session().unwrap());
    headers.insert("authorization", credentials.parse().unwrap());
    let answer = service.browser.join_with(headers, "standup").await;
    assert_eq!(answer.status, 201, "{answer:?}");
}

#[tokio::test]
async fn each_sign_in_has_a_key_of_its_own() {
    let service = Service::start().await;
    let (one, other) = (
        service.browser.signed_in("Alice").await,
        service.browser.signed_in("Alice").await,
    );
    assert_ne!(one.session(), other.session());
    assert_eq!(one.session().unwrap().len(), 43, "256 bits");
}

#[tokio::test]
async fn the_demonstration_is_off_unless_it_is_asked_for() {
    let service = Service::start_with(&[]).await;
    let answer = service
        .browser
        .post("/session", &json!({ "name": "Alice" }))
        .await;
    assert_eq!(answer.status, 404);
}

#[test]
fn the_demonstration_is_for_this_machine() {
    let open = |arguments: &[&str]| settings(arguments).check().is_err();
    assert!(open(&["--demo-sign-in", "--listen=0.0.0.0:80"]));
    assert!(!open(&["--demo-sign-in", "--listen=127.0.0.1:80"]));
    assert!(!open(&["--demo-sign-in", "--listen=[::1]:80"]));
    assert!(!open(&["--mock", "--listen=0.0.0.0:80"]), "nothing is at stake");
    assert!(!open(&["--listen=0.0.0.0:80"]));
}

/// With DNS rebinding, `Host` and `Origin` name the website; most proxies add a header.
#[tokio::test]
async fn the_demonstration_is_for_browsers_on_this_machine() {
    let rejected = |part: &str| {
        format!(
            "The demo sign-in works only in a browser on this machine, at 127.0.0.1 or localhost and without a proxy; \
             `{part}` says otherwise."
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
                let answer = service.browser.sign_in_with(&[(name, *value)]).await;
                assert_eq!(answer.status, 403, "{name}: {value}");
                answer.refused(403, &rejected(name));
            }
        }
        for name in [
            "x-forwarded-for",
            "X-Forwarded-Host",
            "x-forwarded-proto",
            "x-forwarded-anything",
        ] {
            let answer = service.browser.sign_in_with(&[(name, "127.0.0.1")]).await;
            answer.refused(403, &rejected("X-Forwarded-*"));
        }
        for host in [
            "localhost",
            "LOCALHOST:3000",
            "127.0.0.1",
            "127.8.9.1:80",
            "[::1]:3000",
            "[::1]",
        ] {
            let answer = service.browser.sign_in_with(&[("Host", host)]).await;
            assert_eq!(answer.status, 200, "{host}: {answer:?}");
            let origin = format!("http://{host}");
            let answer = service.browser.sign_in_with(&[("Origin", &origin)]).await;
            assert_eq!(answer.status, 200, "{origin}: {answer:?}");
        }
    }
}

/// A service with a real sign-in may run behind a proxy, and a mock's tokens give nothing away.
#[tokio::test]
async fn without_the_demonstration_a_proxy_is_welcome() {
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
        let answer = service.browser.sign_in_with(&headers).await;
        assert_ne!(answer.status, 403, "{answer:?}");
    }
}

/// Such a time is in no token.
#[test]
fn a_token_is_for_a_year_at_most() {
    let parsed =
        |minutes: &str| Settings::try_parse_from(["token-service", "--join-within-minutes", minutes]);
    assert!(parsed("525600").is_ok());
    assert!(parsed("0").is_err() && parsed("525601").is_err());
}
