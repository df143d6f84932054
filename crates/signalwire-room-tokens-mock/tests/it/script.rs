//! Tests for the order, content and delay of scripted replies.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use signalwire_room_tokens_mock::{MockServer, Reply};

use crate::support::{client, post, request, standup};

async fn statuses(server: &MockServer, count: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..count {
        statuses.push(post(server, &standup()).await.status().as_u16());
    }
    statuses
}

#[tokio::test]
async fn each_request_uses_one_reply_until_none_are_left() {
    let server = MockServer::start().await.unwrap();
    server.script([Reply::status(503), Reply::real()]);
    server.script([Reply::status(429)]);
    assert_eq!(server.remaining_replies(), 3);
    assert_eq!(statuses(&server, 4).await, [503, 200, 429, 200]);
    assert_eq!(server.remaining_replies(), 0);
}

#[tokio::test]
async fn replies_have_the_scripted_status_headers_and_body() {
    let server = MockServer::start().await.unwrap();
    server.script([Reply::status(429)
        .header("Retry-After", "7")
        .header("set-cookie", "a=1")
        .header("set-cookie", "b=2")
        .header("x-request-id", "mine")
        .body("slow down")]);
    let response = post(&server, &standup()).await;
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["retry-after"], "7");
    assert_eq!(
        response
            .headers()
            .get_all("set-cookie")
            .iter()
            .collect::<Vec<_>>(),
        ["a=1", "b=2"]
    );
    assert_eq!(
        response
            .headers()
            .get_all("x-request-id")
            .iter()
            .collect::<Vec<_>>(),
        ["mine"]
    );
    assert!(response.headers().contains_key("date"));
    assert_eq!(response.text().await.unwrap(), "slow down");
}

#[tokio::test]
async fn json_replies_have_a_content_type() {
    let server = MockServer::start().await.unwrap();
    let own_type = Reply::status(422).header("content-type", "application/problem+json");
    server.script([
        Reply::status(201).json(&json!({ "token": "t" })),
        own_type.json(&json!([])),
    ]);
    let response = post(&server, &standup()).await;
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.json::<Value>().await.unwrap(), json!({ "token": "t" }));
    assert_eq!(
        post(&server, &standup()).await.headers()["content-type"],
        "application/problem+json"
    );
}

#[tokio::test]
async fn normal_responses_can_be_changed() {
    let server = MockServer::start().await.unwrap();
    server.script([
        Reply::real()
            .header("content-type", "text/html")
            .header("x-extra", "1"),
        Reply::real().body("<html>"),
    ]);
    let changed_headers = post(&server, &standup()).await;
    assert_eq!(
        changed_headers
            .headers()
            .get_all("content-type")
            .iter()
            .collect::<Vec<_>>(),
        ["text/html"]
    );
    assert_eq!(changed_headers.headers()["x-extra"], "1");
    assert!(changed_headers.text().await.unwrap().starts_with("{\"token\":"));
    let changed_body = post(&server, &standup()).await;
    assert_eq!(changed_body.status(), 200);
    assert_eq!(changed_body.text().await.unwrap(), "<html>");
}

#[tokio::test]
async fn redirects_have_a_location() {
    let server = MockServer::start().await.unwrap();
    server.script([Reply::redirect(307, "http://127.0.0.1:9/elsewhere")]);
    let response = post(&server, &standup()).await;
    assert_eq!(response.status(), 307);
    assert_eq!(response.headers()["location"], "http://127.0.0.1:9/elsewhere");
}

#[tokio::test]
async fn delayed_replies_are_delayed() {
    let server = MockServer::start().await.unwrap();
    let delay = Duration::from_millis(200);
    server.script([Reply::real().delay(delay)]);
    let started = Instant::now();
    assert_eq!(post(&server, &standup()).await.status(), 200);
    assert!(started.elapsed() >= delay);
}

#[tokio::test]
async fn the_function_is_used_when_the_queue_is_empty() {
    let server = MockServer::start().await.unwrap();
    let calls = AtomicUsize::new(0);
    server.script_fn(move |request| {
        assert!(request.json().is_some());
        let call = calls.fetch_add(1, Ordering::Relaxed);
        call.is_multiple_of(2).then(|| Reply::status(502))
    });
    server.script([Reply::status(500)]);
    assert_eq!(statuses(&server, 4).await, [500, 502, 200, 502]);
    server.clear_script();
    assert_eq!(statuses(&server, 1).await, [200]);
}

#[tokio::test]
async fn clearing_the_script_clears_the_queue() {
    let server = MockServer::start().await.unwrap();
    server.script([Reply::status(500), Reply::status(500)]);
    server.clear_script();
    assert_eq!(server.remaining_replies(), 0);
    assert_eq!(statuses(&server, 1).await, [200]);
}

#[tokio::test]
async fn servers_are_independent() {
    let (one, two) = (
        MockServer::start().await.unwrap(),
        MockServer::start().await.unwrap(),
    );
    one.script([Reply::status(500)]);
    assert_eq!(statuses(&two, 1).await, [200]);
    assert_eq!((one.requests().len(), two.requests().len()), (0, 1));
    assert_eq!(one.remaining_replies(), 1);
}

#[tokio::test]
async fn concurrent_requests_use_one_reply_each() {
    let server = MockServer::start().await.unwrap();
    server.script(std::iter::repeat_n(Reply::status(503), 20));
    let client = client();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let request = request(&client, &server, &standup());
        calls.spawn(async move { request.send().await.unwrap().status().as_u16() });
    }
    let statuses = calls.join_all().await;
    assert_eq!(statuses.iter().filter(|&&status| status == 503).count(), 20);
    assert_eq!(statuses.iter().filter(|&&status| status == 200).count(), 30);
    assert_eq!(server.requests().len(), 50);
}
