//! Tests for custom HTTP clients.

use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Name, Resolve, Resolving};
use signalwire_room_tokens::{Client, Error, ErrorKind};
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{builder, mock, with_timeout};

/// Returns a builder with its own TLS configuration, so that no process-wide TLS provider is required.
fn http() -> reqwest::ClientBuilder {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder()
        .no_proxy()
        .tls_backend_preconfigured(config)
}

#[tokio::test]
async fn requests_use_the_custom_http_client() {
    let mock = mock().await;
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("x-through", "mine".parse().unwrap());
    let http = http().default_headers(headers).build().unwrap();
    let client = builder(&mock)
        .http_client(http)
        .user_agent("app/1")
        .build()
        .unwrap();
    client.room_token("r").create().await.unwrap();
    let request = &mock.requests()[0];
    assert_eq!(request.header("x-through"), Some("mine"));
    assert!(
        request
            .header("user-agent")
            .unwrap()
            .starts_with("app/1 signalwire-room-tokens/")
    );
}

#[tokio::test]
async fn tokens_from_followed_redirects_are_rejected() {
    let (mock, elsewhere) = (mock().await, mock().await);
    let location = format!("{}/api/video/room_tokens", elsewhere.base_url());
    mock.script([Reply::redirect(307, &location)]);
    elsewhere.script([Reply::status(200).body(r#"{"token":"stolen"}"#)]);
    let http = http().build().unwrap();
    let client = builder(&mock).http_client(http).build().unwrap();
    let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
    assert_eq!(
        elsewhere.requests().len(),
        1,
        "the HTTP client must follow the redirect"
    );
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(!error.is_retryable());
    let text = format!("{error} {error:?}");
    assert!(
        text.contains("followed a redirect") && !text.contains("stolen"),
        "{text}"
    );
}

#[tokio::test]
async fn timeouts_of_the_http_client_are_identified() {
    for stage in [Stage::Answer, Stage::Body] {
        let mock = mock().await;
        mock.script([Reply::status(200).body(r#"{"token":"t"}"#).hang_at(stage)]);
        let http = http().timeout(Duration::from_millis(300)).build().unwrap();
        let client = builder(&mock).http_client(http).max_retries(0).build().unwrap();
        let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{stage:?}: {error}");
        let expected = match stage {
            Stage::Body => "did not arrive in time",
            _ => "the custom HTTP client timed out",
        };
        assert!(error.to_string().contains(expected), "{stage:?}: {error}");
    }
}

/// The behavior of a test DNS resolver.
#[derive(Clone, Copy)]
enum Resolver {
    Hang,
    Fail,
    Panic,
}

impl Resolve for Resolver {
    fn resolve(&self, _: Name) -> Resolving {
        let resolver = *self;
        Box::pin(async move {
            match resolver {
                Self::Hang => std::future::pending().await,
                Self::Fail => Err("no such host".into()),
                Self::Panic => panic!("a panic in the application"),
            }
        })
    }
}

fn client_with(resolver: Resolver) -> Client {
    let http = http().dns_resolver(Arc::new(resolver)).build().unwrap();
    let builder = Client::builder().space("myspace").project_id("p").api_token("t");
    builder.http_client(http).max_retries(1).build().unwrap()
}

async fn error_with_resolver(resolver: Resolver) -> Error {
    let client = client_with(resolver);
    let call = client.room_token("r").timeout(Duration::from_millis(700));
    with_timeout(call.create()).await.unwrap_err()
}

#[tokio::test]
async fn the_deadline_includes_the_dns_lookup() {
    let error = error_with_resolver(Resolver::Hang).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(error.elapsed() >= Duration::from_millis(700));
}

/// Validating and serializing this request takes longer than the timer resolution.
#[tokio::test]
async fn timed_out_calls_use_their_whole_timeout() {
    let client = client_with(Resolver::Hang);
    let mut call = client.room_token("r").timeout(Duration::from_millis(700));
    for index in 0..400 {
        call = call.extra(format!("field_{index}"), "a".repeat(9_000));
    }
    let error = with_timeout(call.create()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(
        error.elapsed() >= Duration::from_millis(700),
        "{:?}",
        error.elapsed()
    );
}

#[tokio::test]
async fn unknown_hosts_are_connect_errors() {
    let error = error_with_resolver(Resolver::Fail).await;
    assert_eq!(error.kind(), ErrorKind::Connect);
    let text = error.to_string();
    assert!(
        text.contains("cannot reach myspace.signalwire.com: the host name was not found; the space may"),
        "{text}"
    );
}

#[tokio::test]
async fn panics_of_a_custom_resolver_propagate() {
    let call = tokio::spawn(error_with_resolver(Resolver::Panic));
    let panic = with_timeout(call).await.unwrap_err().into_panic();
    let text = panic.downcast_ref::<&str>().unwrap();
    assert_eq!(*text, "a panic in the application");
}

#[tokio::test]
async fn settings_ignored_by_a_custom_http_client_are_rejected() {
    let mock = mock().await;
    let with_http = || builder(&mock).http_client(http().build().unwrap());
    let cases = [
        (
            with_http().connect_timeout(Duration::from_secs(1)),
            "`connect_timeout`",
        ),
        (
            with_http().root_certificates_pem("pem"),
            "`root_certificates_pem`",
        ),
        (with_http().proxy("http://127.0.0.1:9"), "`proxy`"),
        (
            with_http()
                .root_certificates_pem("pem")
                .connect_timeout(Duration::from_secs(1)),
            "`connect_timeout`, `root_certificates_pem`",
        ),
    ];
    for (builder, names) in cases {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let expected = format!("the client passed to `http_client` ignores {names}");
        assert!(error.to_string().contains(&expected), "{error}");
    }
    let all_others = with_http()
        .timeout(Duration::from_secs(20))
        .attempt_timeout(Duration::from_secs(20))
        .max_retries(1);
    all_others
        .build()
        .unwrap()
        .room_token("r")
        .create()
        .await
        .unwrap();
}
