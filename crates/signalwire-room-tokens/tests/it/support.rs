//! What most tests need: a mock, a client for it, a call that fails, a token with given claims.

use std::future::Future;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use signalwire_room_tokens::{Client, ClientBuilder, Error, RoomToken, RoomTokenRequest};
use signalwire_room_tokens_mock::{MockServer, Reply};

/// Nothing on loopback takes this long; it only turns a hang into a failure.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) async fn mock() -> MockServer {
    MockServer::start().await.unwrap()
}

/// A builder that is complete but for what the test is about.
pub(crate) fn builder(mock: &MockServer) -> ClientBuilder {
    Client::builder()
        .space(mock.base_url())
        .project_id(mock.project_id())
        .api_token(mock.api_token())
}

pub(crate) fn client(mock: &MockServer) -> Client {
    builder(mock).build().unwrap()
}

/// The future's output, or a failure if it does not come to an end.
pub(crate) async fn in_time<T>(run: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, run).await.expect("an end")
}

/// What one attempt that gets this reply ends in.
pub(crate) async fn outcome(reply: Reply) -> Result<RoomToken, Error> {
    let mock = mock().await;
    mock.script([reply]);
    let outcome = in_time(client(&mock).room_token("standup").max_retries(0).create()).await;
    assert_eq!(mock.requests().len(), 1, "one attempt is one request");
    outcome
}

/// The error that one attempt with this reply ends in; its text is held to what holds for all.
pub(crate) async fn failure(reply: Reply) -> Error {
    let error = outcome(reply).await.expect_err("an error");
    assert!(error.to_string().len() < 1024, "{error}");
    assert_eq!(error.attempts(), 1);
    error
}

/// The body that the mock receives for a request.
pub(crate) async fn sent(request: RoomTokenRequest) -> Value {
    let mock = mock().await;
    client(&mock).call(request).create().await.unwrap();
    mock.requests()[0].json().unwrap()
}

/// A token with these two parts, as JSON, and a signature that nobody checks.
pub(crate) fn token_of(header: &Value, claims: &Value) -> RoomToken {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    RoomToken::from(format!("{}.{}.c2lnbmF0dXJl", part(header), part(claims)))
}
