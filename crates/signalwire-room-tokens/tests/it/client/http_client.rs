//! An HTTP client that the application brings along.

use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Name, Resolve, Resolving};
use signalwire_room_tokens::{Client, Error, ErrorKind};
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{builder, in_time, mock};

/// A builder that needs no TLS provider of the process: there is nothing to encrypt on the way to the mock.
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
async fn requests_go_through_it() {
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
async fn a_token_from_a_redirect_that_it_follows_is_refused() {
    let (mock, elsewhere) = (mock().await, mock().await);
    let location = format!("{}/api/video/room_tokens", elsewhere.base_url());
    mock.script([Reply::redirect(307, &location)]);
    elsewhere.script([Reply::status(200).body(r#"{"token":"stolen"}"#)]);
    let http = http().build().unwrap();
    let client = builder(&mock).http_client(http).build().unwrap();
    let error = in_time(client.room_token("r").create()).await.unwrap_err();
    assert_eq!(elsewhere.requests().len(), 1, "it did follow");
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(!error.is_retryable());
    let text = format!("{error} {error:?}");
    assert!(
        text.contains("followed a redirect") && !text.contains("stolen"),
        "{text}"
    );
}

#[tokio::test]
async fn a_time_out_of_its_own_is_told_as_that() {
    for stage in [Stage::Answer, Stage::Body] {
        let mock = mock().await;
        mock.script([Reply::status(200).body(r#"{"token":"t"}"#).hang_at(stage)]);
        let http = http().timeout(Duration::from_millis(300)).build().unwrap();
        let client = builder(&mock).http_client(http).max_retries(0).build().unwrap();
        let error = in_time(client.room_token("r").create()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{stage:?}: {error}");
        let said = match stage {
            Stage::Body => "did not arrive in time",
            _ => "the timeout of the custom HTTP client expired",
        };
        assert!(error.to_string().contains(said), "{stage:?}: {error}");
    }
}

/// Name resolution as it may go.
#[derive(Clone, Copy)]
enum Resolver {
    Hangs,
    Fails,
    Panics,
}

impl Resolve for Resolver {
    fn resolve(&self, _: Name) -> Resolving {
        let resolver = *self;
        Box::pin(async move {
            match resolver {
                Self::Hangs => std::future::pending().await,
                Self::Fails => Err("no such host".into()),
                Self::Panics => panic!("a fault of the application's own"),
            }
        })
    }
}

fn client_with(resolver: Resolver) -> Client {
    let http = http().dns_resolver(Arc::new(resolver)).build().unwrap();
    let builder = Client::builder().space("myspace").project_id("p").api_token("t");
    builder.http_client(http).max_retries(1).build().unwrap()
}

async fn resolved_by(resolver: Resolver) -> Error {
    let client = client_with(resolver);
    let call = client.room_token("r").timeout(Duration::from_millis(700));
    in_time(call.create()).await.unwrap_err()
}

#[tokio::test]
async fn the_deadline_includes_the_search_for_the_host() {
    let error = resolved_by(Resolver::Hangs).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(error.elapsed() >= Duration::from_millis(700));
}

/// To check and to write so much takes longer than a timer is exact.
#[tokio::test]
async fn a_call_that_ran_into_its_deadline_took_all_of_its_time() {
    let client = client_with(Resolver::Hangs);
    let mut call = client.room_token("r").timeout(Duration::from_millis(700));
    for index in 0..400 {
        call = call.extra(format!("field_{index}"), "a".repeat(9_000));
    }
    let error = in_time(call.create()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(
        error.elapsed() >= Duration::from_millis(700),
        "{:?}",
        error.elapsed()
    );
}

#[tokio::test]
async fn a_host_that_is_not_found_is_no_connection() {
    let error = resolved_by(Resolver::Fails).await;
    assert_eq!(error.kind(), ErrorKind::Connect);
    let text = error.to_string();
    assert!(
        text.contains("cannot reach myspace.signalwire.com: the host name was not found; the space may"),
        "{text}"
    );
}

#[tokio::test]
async fn a_panic_of_the_applications_own_code_goes_on() {
    let call = tokio::spawn(resolved_by(Resolver::Panics));
    let panic = in_time(call).await.unwrap_err().into_panic();
    let text = panic.downcast_ref::<&str>().unwrap();
    assert_eq!(*text, "a fault of the application's own");
}

#[tokio::test]
async fn settings_that_it_would_ignore_are_refused() {
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
        let said = format!("{names} has no effect on the client given to `http_client`");
        assert!(error.to_string().contains(&said), "{error}");
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
