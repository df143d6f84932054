//! Setting a client up: what is checked, and what every request then carries.

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
fn assert_refused(builder: ClientBuilder, words: &[&str]) {
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.attempts(), 0);
    let text = error.to_string();
    assert!(text.contains("cannot be set up"), "{text}");
    for word in words {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!format!("{text} {error:?}").contains("sentinel"), "{text}");
}

#[test]
fn what_is_missing_is_named() {
    assert_refused(Client::builder(), &["the space is missing"]);
    let all = "the space is missing; the project id is missing; the API token is missing";
    assert_refused(Client::builder(), &[all]);
    assert_refused(Client::builder().space("s"), &["the project id is missing"]);
    assert_refused(
        Client::builder().space("s").project_id("p"),
        &["the API token is missing"],
    );
}

#[test]
fn credentials_that_no_header_can_carry_are_refused() {
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
        assert_refused(complete().project_id(value), &["project id", what]);
        assert_refused(complete().api_token(value), &["API token", what]);
    }
    assert_refused(complete().project_id("sentinel:x"), &["project id", "`:`"]);
    assert!(
        complete().api_token("a:b").build().is_ok(),
        "a password may have colons"
    );
    let longest = complete().project_id("p".repeat(200)).api_token("t".repeat(1000));
    assert!(longest.build().is_ok());
    assert_refused(complete().project_id("p".repeat(201)), &["200 characters"]);
    assert_refused(complete().api_token("t".repeat(1001)), &["1000 characters"]);
}

#[test]
fn a_builder_prints_what_it_has_and_nothing_secret() {
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
fn a_user_agent_that_no_header_can_carry_is_refused() {
    for agent in ["a\r\nx-evil: 1", "a\0", "café", "", " a", &"x".repeat(2000)] {
        let error = complete().user_agent(agent).build().map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("user agent"), "{error}");
    }
}

#[test]
fn bad_root_certificates_are_refused() {
    for pem in [
        "",
        "sentinel",
        "-----BEGIN CERTIFICATE-----\nsentinel\n-----END CERTIFICATE-----\n",
    ] {
        assert_refused(complete().root_certificates_pem(pem), &["certificate"]);
    }
}

/// The operating system's libraries say it in their own words.
#[cfg(not(feature = "native-tls"))]
#[test]
fn what_is_no_certificate_is_refused_with_the_reason() {
    let pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let error = complete().root_certificates_pem(pem).build().unwrap_err();
    let text = error.to_string();
    let (_, reason) = text.split_once("TLS certificates: ").unwrap();
    assert!(reason.contains("certificate"), "{reason}");
}

#[tokio::test]
async fn every_request_carries_exactly_the_headers_that_it_needs() {
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
async fn the_applications_name_stands_in_front() {
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
fn durations_of_any_length_are_taken() {
    for duration in [Duration::ZERO, Duration::MAX] {
        let builder = complete()
            .timeout(duration)
            .attempt_timeout(duration)
            .connect_timeout(duration);
        assert!(builder.max_retries(u32::MAX).build().is_ok());
    }
}

#[tokio::test]
async fn the_longest_timeouts_do_no_harm() {
    let mock = mock().await;
    let client = builder(&mock)
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .connect_timeout(Duration::MAX)
        .build()
        .unwrap();
    client.room_token("r").create().await.unwrap();
}
