//! Fuzzes the handling of responses that a mock server sends over loopback.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use signalwire_room_tokens::{ApiError, Client, Error, ErrorKind};
use signalwire_room_tokens_mock::{MockServer, Reply};
use tokio::runtime::{Builder, Runtime};

const API_TOKEN: &str = "hunter2hunter2";
const ROOM_TOKEN: &str =
    "eyJ0eXAiOiJWUlQiLCJhbGciOiJIUzUxMiJ9.eyJyIjoic3RhbmR1cCJ9.Zm9yZ2VkLXNpZ25hdHVyZS0wMTIz";

/// A mock server and its client, shared by all inputs on a thread.
struct Fixture {
    runtime: Runtime,
    mock: MockServer,
    client: Client,
}

thread_local! {
    static FIXTURE: Fixture = Fixture::start();
}

impl Fixture {
    fn start() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let mock = runtime.block_on(MockServer::start()).unwrap();
        let client = Client::builder()
            .space(mock.base_url())
            .project_id(mock.project_id())
            .api_token(API_TOKEN)
            .max_retries(0)
            .build()
            .unwrap();
        Self {
            runtime,
            mock,
            client,
        }
    }

    /// Makes a call that receives the given reply, and returns its error.
    fn failure(&self, reply: Reply) -> Error {
        self.mock.clear_requests();
        self.mock.script([reply]);
        let outcome = self.runtime.block_on(self.client.room_token("r").create());
        outcome.expect_err("a reply without a token should be an error")
    }

    fn basic(&self) -> String {
        STANDARD.encode(format!("{}:{API_TOKEN}", self.mock.project_id()))
    }
}

/// Sends the input as a response: the first byte selects the status, and the rest is the body. In the body,
/// `{api_token}`, `{basic}` and `{room_token}` are replaced with secrets, which must not appear in the error.
pub fn error_body(input: &[u8]) {
    let Some((choice, body)) = input.split_first() else {
        return;
    };
    let (status, kind) = match choice % 8 {
        0 => (400, ErrorKind::Rejected),
        1 => (401, ErrorKind::Unauthorized),
        2 => (403, ErrorKind::Forbidden),
        3 => (422, ErrorKind::Rejected),
        4 => (429, ErrorKind::RateLimited),
        5 => (500, ErrorKind::Server),
        6 => (503, ErrorKind::Server),
        _ => (302, ErrorKind::UnexpectedResponse),
    };
    FIXTURE.with(|fixture| {
        let basic = fixture.basic();
        let body = with_secrets(
            body,
            &[
                ("{api_token}", API_TOKEN),
                ("{basic}", &basic),
                ("{room_token}", ROOM_TOKEN),
            ],
        );
        let error = fixture.failure(Reply::status(status).body(body));
        assert_eq!((error.status(), error.kind()), (Some(status), kind), "{error}");
        assert_bounded(&error);
        let all = format!("{error}\n{error:?}\n{error:#?}\n{:?}", error.body_excerpt());
        for secret in [API_TOKEN, &basic].into_iter().chain(ROOM_TOKEN.split('.')) {
            assert!(!all.contains(secret), "found {secret} in {all}");
        }
    });
}

/// Replaces the placeholders with the secrets.
fn with_secrets(bytes: &[u8], secrets: &[(&str, &str)]) -> Vec<u8> {
    let mut done = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, others)) = rest.split_first() {
        let named = secrets.iter().find(|(name, _)| rest.starts_with(name.as_bytes()));
        if let Some((name, secret)) = named {
            done.extend_from_slice(secret.as_bytes());
            rest = rest.get(name.len()..).unwrap_or_default();
        } else {
            done.push(*first);
            rest = others;
        }
    }
    done
}

/// Asserts that the strings in an error are short and contain no control characters.
fn assert_bounded(error: &Error) {
    let text = error.to_string();
    assert!(text.len() < 1024, "{} bytes: {text}", text.len());
    assert!(!text.chars().any(char::is_control), "{text:?}");
    assert!(
        error
            .body_excerpt()
            .is_none_or(|excerpt| excerpt.chars().count() <= 257),
        "{error:?}"
    );
    assert!(error.api_errors().len() <= 20, "{error:?}");
    let parts = [
        ApiError::error_type,
        ApiError::code,
        ApiError::message,
        ApiError::attribute,
        ApiError::url,
    ];
    for part in error
        .api_errors()
        .iter()
        .flat_map(|error| parts.map(|part| part(error)))
    {
        assert!(part.is_none_or(|part| part.chars().count() <= 201), "{error:?}");
    }
}

/// Sends the input as a `Retry-After` header. Skips inputs that are not valid HTTP header values.
pub fn retry_after(input: &[u8]) {
    let Ok(value) = std::str::from_utf8(input) else {
        return;
    };
    if value
        .chars()
        .any(|c| c != '\t' && (c.is_control() || !c.is_ascii()))
        || value.len() > 8000
    {
        return;
    }
    let error = FIXTURE.with(|fixture| fixture.failure(Reply::status(503).header("retry-after", value)));
    assert_bounded(&error);
    assert_eq!(error.kind(), ErrorKind::Server);
    let value = value.trim();
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        let seconds = value.parse().unwrap_or(u64::MAX);
        assert_eq!(
            error.retry_after(),
            Some(Duration::from_secs(seconds)),
            "{value:?}"
        );
    } else {
        let is_date = httpdate::parse_http_date(value).is_ok();
        assert_eq!(error.retry_after().is_some(), is_date, "{value:?}");
    }
}
