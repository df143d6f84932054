//! Tests that redirects are never followed.

use serde_json::json;
use signalwire_room_tokens::ErrorKind;
use signalwire_room_tokens_mock::Reply;

use crate::support::{builder, client, mock, with_timeout};

#[tokio::test]
async fn redirects_are_neither_followed_nor_retried() {
    let (mock, elsewhere) = (mock().await, mock().await);
    let client = client(&mock);
    for status in [300, 301, 302, 303, 304, 305, 307, 308] {
        let location = format!("{}/api/video/room_tokens?sentinel", elsewhere.base_url());
        // A token in the body of a redirect must be ignored.
        let reply = Reply::redirect(status, &location).json(&json!({ "token": "stolen" }));
        mock.script([reply]);
        let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{status}");
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.attempts(), 1);
        assert!(!error.is_retryable());
        let text = error.to_string();
        assert!(
            text.contains("redirect to 127.0.0.1; redirects are not followed"),
            "{text}"
        );
        assert!(
            !text.contains("sentinel"),
            "only the redirect host may be shown: {text}"
        );
    }
    assert!(elsewhere.requests().is_empty());
    assert_eq!(mock.requests().len(), 8);
}

#[tokio::test]
async fn redirects_are_described_without_their_paths() {
    let mock = mock().await;
    let client = client(&mock);
    for (location, target) in [
        ("/elsewhere", "another path"),
        ("//other.example/", "other.example"),
        ("javascript:alert(1)", "another URL"),
        ("https://[bad", "another URL"),
    ] {
        mock.script([Reply::redirect(302, location)]);
        let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
        let expected = format!("a redirect to {target}; redirects are not followed");
        assert!(error.to_string().contains(&expected), "{error}");
    }
}

#[tokio::test]
async fn redirect_hosts_with_secrets_are_not_shown() {
    let mock = mock().await;
    let client = builder(&mock).api_token("PThunter2").build().unwrap();
    for location in ["https://PThunter2.example/", "x://PThunter2/"] {
        mock.script([Reply::redirect(302, location)]);
        let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
        let text = format!("{error} {error:?}").to_ascii_lowercase();
        assert!(text.contains("a redirect to another url"), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[tokio::test]
async fn the_redirect_error_does_not_depend_on_the_location() {
    let mock = mock().await;
    let client = client(&mock);
    let long = format!("https://{}.example/", "x".repeat(3000));
    // `Url::origin` recurses into these.
    let nested = "blob:".repeat(10_000);
    let locations = [
        "/elsewhere",
        "//evil.example/",
        "",
        "not a url",
        "https://user:hunter2@evil.example/",
        "javascript:alert(1)",
        &long,
        &nested,
    ];
    for location in locations {
        mock.script([Reply::redirect(302, location)]);
        let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::UnexpectedResponse, Some(302))
        );
        let text = format!("{error} {error:?}");
        assert!(text.contains("redirect") && !text.contains("hunter2"), "{text}");
        assert!(error.to_string().len() < 1024);
    }
    mock.script([Reply::status(302)]);
    let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
    assert_eq!(error.status(), Some(302));
}
