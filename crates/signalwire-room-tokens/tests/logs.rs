//! Tests that logs and traces contain no secrets. This is a separate binary because the global logger and
//! subscriber can be set only once per process.

#![cfg(all(feature = "tracing", feature = "rustls-ring"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests and their helpers fail by panicking"
)]

use std::fmt::{self, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use signalwire_room_tokens::{Client, Permission};
use signalwire_room_tokens_mock::{DEFAULT_PROJECT_ID, MockServer, Reply, Stage};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[path = "it/tls_front.rs"]
mod tls_front;

use tls_front::{Authority, TlsFront};

const API_TOKEN: &str = "PTsentinel-of-the-api-token";
/// A secret in a field that only the participant's browser should see.
const PRIVATE: &str = "sentinel-of-the-participant";

/// All log and trace output.
static LOGGED: Mutex<String> = Mutex::new(String::new());

fn logged() -> MutexGuard<'static, String> {
    LOGGED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A subscriber that records all `tracing` spans and events.
struct Traces;

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Subscriber for Traces {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut logged = logged();
        let _ = write!(
            logged,
            "\n{} {}",
            span.metadata().target(),
            span.metadata().name()
        );
        span.record(&mut Fields(&mut logged));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields(&mut logged()));
    }

    fn event(&self, event: &Event<'_>) {
        let mut logged = logged();
        let _ = write!(logged, "\n{}", event.metadata().target());
        event.record(&mut Fields(&mut logged));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// A logger that records all `log` messages.
struct Logs;

impl log::Log for Logs {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let _ = write!(logged(), "\n{} {}", record.target(), record.args());
    }

    fn flush(&self) {}
}

/// Makes calls with various outcomes and returns the created tokens.
async fn calls(mock: &MockServer, client: &Client) -> Vec<String> {
    let mut tokens = Vec::new();
    let token = client.room_token("r").create().await.unwrap().into_string();
    let body = json!({ "token": token, "error": format!("{API_TOKEN} {token}") });
    let replies = [
        Reply::real(),
        Reply::status(401).json(&body),
        Reply::status(500).body(format!("<p>{body}</p>")),
        Reply::status(200).body(format!("{body} garbage")),
        Reply::status(200).json(&body).close_at(Stage::Body),
        Reply::status(302).header("location", &format!("https://evil.example/{token}")),
        Reply::status(503).header("x-request-id", &token),
        Reply::raw(format!("garbage {token}\r\n\r\n")),
        Reply::raw(format!("HTTP/1.1 200 OK\r\n{token} {API_TOKEN}\r\n\r\n")),
        Reply::real().hang_at(Stage::Body),
    ];
    tokens.push(token);
    for reply in replies {
        mock.script([reply]);
        let call = client
            .room_token("r")
            .user_name(PRIVATE)
            .meta(json!({ "k": PRIVATE }));
        let call = call
            .room_meta(json!({ PRIVATE: 1 }))
            .permissions([Permission::SelfAudioMute]);
        let outcome = call
            .fail_on_mismatch()
            .max_retries(1)
            .timeout(Duration::from_secs(1))
            .create()
            .await;
        tokens.extend(outcome.map(signalwire_room_tokens::RoomToken::into_string));
    }
    tokens
}

async fn mock() -> MockServer {
    MockServer::builder().api_token(API_TOKEN).start().await.unwrap()
}

async fn calls_over_plain_http() -> Vec<String> {
    let mock = mock().await;
    let client = Client::new(mock.base_url(), mock.project_id(), API_TOKEN).unwrap();
    calls(&mock, &client).await
}

async fn calls_over_tls(protocol: &str) -> Vec<String> {
    let authority = Authority::new();
    let front = TlsFront::start(mock().await, authority.server("localhost", &[protocol], |_| {})).await;
    let tokens = calls(&front.mock, &front.builder(&authority).build().unwrap()).await;
    assert!(front.protocols().iter().all(|agreed| agreed == protocol));
    assert!(front.connections() > 0);
    tokens
}

#[tokio::test]
async fn logs_contain_no_secrets() {
    tracing::subscriber::set_global_default(Traces).unwrap();
    log::set_logger(&Logs).unwrap();
    log::set_max_level(log::LevelFilter::Trace);

    let newest = if cfg!(feature = "http2") { "h2" } else { "http/1.1" };
    let tokens = tokio::join!(
        calls_over_plain_http(),
        calls_over_tls("http/1.1"),
        calls_over_tls(newest)
    );
    let tokens = [tokens.0, tokens.1, tokens.2].concat();

    let logged = std::mem::take(&mut *logged());
    for who in ["signalwire_room_tokens", "reqwest", "hyper_util"] {
        assert!(
            logged.contains(&format!("\n{who}")),
            "nothing was logged by {who}"
        );
    }
    let basic = STANDARD.encode(format!("{DEFAULT_PROJECT_ID}:{API_TOKEN}"));
    let known = [API_TOKEN, &basic, PRIVATE].map(str::to_owned);
    let parts = tokens
        .iter()
        .flat_map(|token| token.split('.'))
        .map(str::to_owned);
    for secret in known.into_iter().chain(parts) {
        let line = logged.lines().find(|line| line.contains(&secret));
        assert_eq!(line, None, "{secret}");
    }
}
