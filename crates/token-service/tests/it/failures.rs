//! Tests that errors from SignalWire reach the user as messages without internal details.

use serde_json::json;
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{Browser, Response, Service, start};

const OUR_FAULT: &str = "The room cannot be joined because of a problem on our side.";
const UNREACHABLE: &str = "The video service cannot be reached right now. Please try again in a moment.";

/// Requests a token from a service whose upstream sends the given reply.
async fn response_to(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Response {
    let service = Service::start_failing(reply).await;
    let alice = service.browser.signed_in("Alice").await;
    alice.join("standup", json!({})).await
}

/// Returns an error body with details that must not reach the browser.
fn body() -> serde_json::Value {
    json!({ "errors": [{
        "type": "validation_error",
        "code": "invalid_parameter",
        "message": "internal-detail of project 1234",
        "url": "https://internal.example",
    }] })
}

#[tokio::test]
async fn rejected_credentials_are_an_internal_error() {
    for status in [401, 403] {
        response_to(move || Reply::status(status).json(&body()))
            .await
            .assert_error(500, OUR_FAULT);
    }
}

#[tokio::test]
async fn a_rejected_request_is_unprocessable() {
    let response = response_to(|| Reply::status(422).json(&body())).await;
    response.assert_error(422, "The room cannot be joined with these settings.");
}

#[tokio::test]
async fn signalwire_rate_limits_are_unavailable_with_retry_after() {
    let response = response_to(|| Reply::status(429).header("retry-after", "7").json(&body())).await;
    response.assert_error(
        503,
        "Too many people are joining right now. Please try again in a moment.",
    );
    assert_eq!(response.retry_after, Some(7));
}

#[tokio::test]
async fn server_errors_and_reset_connections_are_a_bad_gateway() {
    response_to(|| Reply::status(500).json(&body()))
        .await
        .assert_error(502, UNREACHABLE);
    response_to(|| Reply::real().reset_at(Stage::Answer))
        .await
        .assert_error(502, UNREACHABLE);
}

#[tokio::test]
async fn an_unexpected_response_is_a_bad_gateway() {
    response_to(|| Reply::status(200).body("internal-detail"))
        .await
        .assert_error(502, OUR_FAULT);
    response_to(|| Reply::redirect(302, "https://internal.example/"))
        .await
        .assert_error(502, OUR_FAULT);
}

#[tokio::test]
async fn a_refused_connection_is_a_bad_gateway() {
    // The socket doesn't listen, so connections are refused, but it keeps its port from being reused.
    let unused = tokio::net::TcpSocket::new_v4().unwrap();
    unused.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let upstream = format!("http://{}", unused.local_addr().unwrap());
    let address = start(&upstream, &["--demo-sign-in"]).await;
    let alice = Browser::new(address).signed_in("Alice").await;
    alice
        .join("standup", json!({}))
        .await
        .assert_error(502, UNREACHABLE);
}
