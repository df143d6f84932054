//! Tests for client configuration: validation and the resulting request headers.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use signalwire_room_tokens::{Client, ClientBuilder, ErrorKind};

use crate::support::{builder, client, mock};

fn complete() -> ClientBuilder {
    Client::builder()
        .space("myspace")
        .project_id("project")
        .api_token("PTsentinel")
}

#[track_caller]
fn assert_rejected(builder: ClientBuilder, words: &[&str]) {
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.attempts(), 0);
    let text = error.to_string();
    assert!(text.contains("misconfigured"), "{text}");
    for word in words {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!format!("{text} {error:?}").contains("sentinel"), "{text}");
}

#[test]
fn missing_settings_are_named() {
    assert_rejected(Client::builder(), &["the space is missing"]);
    let all = "the space is missing; the project ID is missing; the API token is missing";
    assert_rejected(Client::builder(), &[all]);
    assert_rejected(Client::builder().space("s"), &["the project ID is missing"]);
    assert_rejected(
        Client::builder().space("s").project_id("p"),
        &["the API token is missing"],
    );
}

#[test]
fn credentials_that_are_invalid_in_a_header_are_rejected() {
    let long = "sentinel".repeat(200_000);
    let cases = [
        ("", "is empty"),
        ("sentinel\r\nx-evil: 1", "visible ASCII"),
        ("sentinel\n", "visible ASCII"),
        (" sentinel", "visible ASCII"),
        ("sentinel\0", "visible ASCII"),
        ("sentinél", "visible ASCII"),
        (long.as_str(), "is longer than"),
    ];
    for (value, what) in cases {
        assert_rejected(complete().project_id(value), &["project ID", what]);
        assert_rejected(complete().api_token(value), &["API token", what]);
    }
    assert_rejected(complete().project_id("sentinel:x"), &["project ID", "`:`"]);
    assert!(
        complete().api_token("a:b").build().is_ok(),
        "API tokens may contain colons"
    );
    let longest = complete().project_id("p".repeat(200)).api_token("t".repeat(1000));
    assert!(longest.build().is_ok());
    assert_rejected(complete().project_id("p".repeat(201)), &["200 characters"]);
    assert_rejected(complete().api_token("t".repeat(1001)), &["1000 characters"]);
}

#[test]
fn builder_debug_output_hides_secrets() {
    let text = format!("{:?}", complete().space("https://me:sentinel@host"));
    for part in [
        "has_space: true",
        "\"project\"",
        "has_api_token: true",
        "max_retries",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("sentinel"), "{text}");
}

#[test]
fn user_agents_that_are_invalid_in_a_header_are_rejected() {
    for agent in ["a\r\nx-evil: 1", "a\0", "café", "", " a", &"x".repeat(2000)] {
        let error = complete().user_agent(agent).build().map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("user agent"), "{error}");
    }
}

#[test]
fn invalid_root_certificates_are_rejected() {
    for pem in [
        "",
        "sentinel",
        "-----BEGIN CERTIFICATE-----\nsentinel\n-----END CERTIFICATE-----\n",
    ] {
        assert_rejected(complete().root_certificates_pem(pem), &["certificate"]);
    }
}

/// `native-tls` reports the operating system's error messages.
#[cfg(not(feature = "native-tls"))]
#[test]
fn invalid_certificates_are_rejected_with_the_reason() {
    let pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let error = complete().root_certificates_pem(pem).build().unwrap_err();
    let text = error.to_string();
    let (_, reason) = text.split_once("TLS certificates: ").unwrap();
    assert!(reason.contains("certificate"), "{reason}");
}

#[tokio::test]
async fn requests_contain_only_the_necessary_headers() {
    let mock = mock().await;
    client(&mock).room_token("r").create().await.unwrap();
    let request = &mock.requests()[0];
    let pair = format!("{}:{}", mock.project_id(), mock.api_token());
    let expected = [
        ("accept", "application/json".to_owned()),
        ("authorization", format!("Basic {}", STANDARD.encode(pair))),
        ("content-length", request.body().len().to_string()),
        ("content-type", "application/json".to_owned()),
        ("host", mock.addr().to_string()),
        (
            "user-agent",
            format!("signalwire-room-tokens/{}", env!("CARGO_PKG_VERSION")),
        ),
    ];
    let mut headers: Vec<_> = request
        .headers()
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
    headers.sort();
    assert_eq!(headers, expected);
}

#[tokio::test]
async fn the_user_agent_starts_with_the_application() {
    let mock = mock().await;
    let client = builder(&mock)
        .user_agent("front-desk/2.1 (lobby)")
        .build()
        .unwrap();
    client.room_token("r").create().await.unwrap();
    assert_eq!(
        mock.requests()[0].header("user-agent").unwrap(),
        format!(
            "front-desk/2.1 (lobby) signalwire-room-tokens/{}",
            env!("CARGO_PKG_VERSION")
        )
    );
}

#[test]
fn durations_of_any_length_are_accepted() {
    for duration in [Duration::ZERO, Duration::MAX] {
        let builder = complete()
            .timeout(duration)
            .attempt_timeout(duration)
            .connect_timeout(duration);
        assert!(builder.max_retries(u32::MAX).build().is_ok());
    }
}

#[tokio::test]
async fn maximum_timeouts_do_not_overflow() {
    let mock = mock().await;
    let client = builder(&mock)
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .connect_timeout(Duration::MAX)
        .build()
        .unwrap();
    client.room_token("r").create().await.unwrap();
}
