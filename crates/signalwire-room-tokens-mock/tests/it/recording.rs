//! Tests for recorded requests and the redaction of secrets.

use serde_json::json;
use signalwire_room_tokens_mock::{MockServer, Reply};

use crate::support::{PATH, Wire, client, post, request, standup};

#[tokio::test]
async fn requests_are_recorded_as_sent() {
    let server = MockServer::start().await.unwrap();
    let body = json!({ "room_name": "r", "meta": { "ü": 1 } });
    let sent = request(&client(), &server, &body)
        .header("X-Tag", "one")
        .header("x-tag", "two");
    sent.send().await.unwrap();
    let requests = server.requests();
    let [request] = &requests[..] else {
        panic!("{requests:?}")
    };
    assert_eq!((request.method(), request.path()), ("POST", PATH));
    assert_eq!(request.header("Content-Type"), Some("application/json"));
    assert_eq!(request.header_values("x-tag").collect::<Vec<_>>(), ["one", "two"]);
    assert_eq!(request.headers().filter(|(name, _)| *name == "x-tag").count(), 2);
    assert_eq!(request.header("absent"), None);
    assert_eq!(request.body(), body.to_string().as_bytes());
    assert_eq!(request.json(), Some(body));
}

#[tokio::test]
async fn failed_requests_are_recorded() {
    let server = MockServer::start().await.unwrap();
    server.script([Reply::status(500)]);
    post(&server, &json!({ "n": 1 })).await;
    post(&server, &json!({ "n": 2 })).await;
    client().get(server.base_url()).send().await.unwrap();
    let bodies: Vec<_> = server.requests().iter().map(|request| request.json()).collect();
    assert_eq!(bodies, [Some(json!({ "n": 1 })), Some(json!({ "n": 2 })), None]);
    server.clear_requests();
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn only_the_newest_requests_are_kept() {
    let server = MockServer::builder()
        .max_recorded_requests(2)
        .start()
        .await
        .unwrap();
    for room in ["a", "b", "c"] {
        post(&server, &json!({ "room_name": room })).await;
    }
    let rooms: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.json().unwrap()["room_name"].clone())
        .collect();
    assert_eq!(rooms, ["b", "c"]);
}

#[tokio::test]
async fn absolute_request_targets_have_a_path() {
    let server = MockServer::start().await.unwrap();
    for (target, path) in [
        ("http://example.com/a/b?c", "/a/b"),
        ("http://example.com", "/"),
        ("*", "*"),
    ] {
        let mut wire = Wire::connect(&server).await;
        wire.send(format!(
            "GET {target} HTTP/1.1\r\nhost: example.com\r\nconnection: close\r\n\r\n"
        ))
        .await;
        wire.rest().await;
        let request = server.requests().pop().unwrap();
        assert_eq!((request.target(), request.path()), (target, path));
    }
}

#[tokio::test]
async fn debug_output_contains_no_secrets() {
    // The base64 encoding of `project:sentinel` is `cHJvamVjdDpzZW50aW5lbA==`.
    let builder = MockServer::builder().project_id("project").api_token("sentinel");
    let mut printed = format!("{builder:?} {builder:#?}");
    let server = builder.start().await.unwrap();
    request(&client(), &server, &standup())
        .header("cookie", "sentinel")
        .send()
        .await
        .unwrap();
    let reply = Reply::status(200).header("x", "sentinel").body("sentinel");
    let raw = Reply::raw("sentinel");
    printed += &format!(
        "{server:?} {:#?} {reply:?} {raw:?} {:?}",
        server,
        server.requests()
    );
    assert!(printed.contains("[redacted]"), "{printed}");
    for secret in ["sentinel", "cHJvamVjdDpzZW50aW5lbA", "c2VudGluZWw"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
