//! What the browser is told when SignalWire gives no token: a sentence for people, and nothing else.

use serde_json::json;
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{Answer, Browser, Service, start};

const OUR_FAULT: &str = "The room cannot be joined because of a problem on our side.";
const UNREACHABLE: &str = "The video service cannot be reached right now. Please try again in a moment.";

/// What the browser gets when the upstream answers so.
async fn told(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Answer {
    let service = Service::start_failing(reply).await;
    let alice = service.browser.signed_in("Alice").await;
    alice.join("standup", json!({})).await
}

/// A body with what must stay between the service and SignalWire.
fn body() -> serde_json::Value {
    json!({ "errors": [{
        "type": "validation_error",
        "code": "invalid_parameter",
        "message": "internal-detail of project 1234",
        "url": "https://internal.example",
    }] })
}

#[tokio::test]
async fn credentials_that_are_not_accepted() {
    for status in [401, 403] {
        told(move || Reply::status(status).json(&body()))
            .await
            .refused(500, OUR_FAULT);
    }
}

#[tokio::test]
async fn a_request_that_signalwire_rejects() {
    let answer = told(|| Reply::status(422).json(&body())).await;
    answer.refused(422, "The room cannot be joined with these settings.");
}

#[tokio::test]
async fn too_many_requests_of_the_whole_service() {
    let answer = told(|| Reply::status(429).header("retry-after", "7").json(&body())).await;
    answer.refused(
        503,
        "Too many people are joining right now. Please try again in a moment.",
    );
    assert_eq!(answer.retry_after, Some(7));
}

#[tokio::test]
async fn a_failing_server_and_a_broken_connection() {
    told(|| Reply::status(500).json(&body()))
        .await
        .refused(502, UNREACHABLE);
    told(|| Reply::real().reset_at(Stage::Answer))
        .await
        .refused(502, UNREACHABLE);
}

#[tokio::test]
async fn an_answer_that_makes_no_sense() {
    told(|| Reply::status(200).body("internal-detail"))
        .await
        .refused(502, OUR_FAULT);
    told(|| Reply::redirect(302, "https://internal.example/"))
        .await
        .refused(502, OUR_FAULT);
}

#[tokio::test]
async fn nobody_there() {
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let upstream = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let address = start(&upstream, &["--demo-sign-in"]).await;
    let alice = Browser::new(address).signed_in("Alice").await;
    alice.join("standup", json!({})).await.refused(502, UNREACHABLE);
}
