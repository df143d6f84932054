//! Helpers shared by most tests.

use std::future::Future;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use signalwire_room_tokens::{Client, ClientBuilder, Error, RoomToken, RoomTokenRequest};
use signalwire_room_tokens_mock::{MockServer, Reply};

/// A timeout that is long enough that it never expires on loopback unless a test hangs.
pub(crate) const HANG_TIMEOUT: Duration = Duration::from_secs(20);

pub(crate) async fn mock() -> MockServer {
    MockServer::start().await.unwrap()
}

/// Returns a client builder with the mock server's URL and credentials.
pub(crate) fn builder(mock: &MockServer) -> ClientBuilder {
    Client::builder()
        .space(mock.base_url())
        .project_id(mock.project_id())
        .api_token(mock.api_token())
}

pub(crate) fn client(mock: &MockServer) -> Client {
    builder(mock).build().unwrap()
}

/// Awaits a future. Panics if it doesn't complete in time.
pub(crate) async fn with_timeout<T>(run: impl Future<Output = T>) -> T {
    tokio::time::timeout(HANG_TIMEOUT, run)
        .await
        .expect("the future did not complete in time")
}

/// Returns the result of a single-attempt call that gets the given reply.
pub(crate) async fn outcome(reply: Reply) -> Result<RoomToken, Error> {
    let mock = mock().await;
    mock.script([reply]);
    let outcome = with_timeout(client(&mock).room_token("standup").max_retries(0).create()).await;
    assert_eq!(mock.requests().len(), 1, "one attempt must send one request");
    outcome
}

/// Returns the error of a single-attempt call that gets the given reply, after checking its length.
pub(crate) async fn failure(reply: Reply) -> Error {
    let error = outcome(reply).await.expect_err("an error");
    assert!(error.to_string().len() < 1024, "{error}");
    assert_eq!(error.attempts(), 1);
    error
}

/// Sends a request to a mock server and returns the body that the server receives.
pub(crate) async fn sent(request: RoomTokenRequest) -> Value {
    let mock = mock().await;
    client(&mock).call(request).create().await.unwrap();
    mock.requests()[0].json().unwrap()
}

/// Creates a token with the given header and claims and an arbitrary signature.
pub(crate) fn token_of(header: &Value, claims: &Value) -> RoomToken {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    RoomToken::from(format!("{}.{}.c2lnbmF0dXJl", part(header), part(claims)))
}
