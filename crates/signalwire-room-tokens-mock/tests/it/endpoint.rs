//! Tests for the path, method, credential, media type and body checks.

use reqwest::{Method, Response};
use serde_json::{Value, json};
use signalwire_room_tokens_mock::{DEFAULT_API_TOKEN, DEFAULT_PROJECT_ID, MockServer};

use crate::support::{PATH, Wire, client, header, post, request, standup};

async fn assert_rejected(response: Response, status: u16, error: &str) {
    assert_eq!(response.status(), status);
    assert!(
        response.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("application/json")
    );
    assert_eq!(response.json::<Value>().await.unwrap(), json!({ "error": error }));
}

#[tokio::test]
async fn other_paths_are_not_found() {
    let server = MockServer::start().await.unwrap();
    for path in [
        "/",
        "/api/video/rooms",
        "/api/video/room_tokens/",
        "/api/video//room_tokens",
    ] {
        let url = format!("{}{path}", server.base_url());
        assert_rejected(client().post(url).send().await.unwrap(), 404, "Not Found").await;
    }
}

#[tokio::test]
async fn other_methods_are_not_allowed() {
    let server = MockServer::start().await.unwrap();
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let response = client()
            .request(method, server.base_url() + PATH)
            .send()
            .await
            .unwrap();
        assert_eq!(response.headers()["allow"], "POST");
        assert_rejected(response, 405, "Method Not Allowed").await;
    }
}

#[tokio::test]
async fn the_query_is_ignored() {
    let server = MockServer::start().await.unwrap();
    let response = client()
        .post(format!("{}{PATH}?page=1", server.base_url()))
        .basic_auth(DEFAULT_PROJECT_ID, Some(DEFAULT_API_TOKEN))
        .json(&standup());
    assert_eq!(response.send().await.unwrap().status(), 200);
    assert_eq!(server.requests()[0].path(), PATH);
    assert_eq!(server.requests()[0].target(), format!("{PATH}?page=1"));
}

#[tokio::test]
async fn credentials_must_match_exactly() {
    let server = MockServer::builder()
        .project_id("project")
        .api_token("token")
        .start()
        .await
        .unwrap();
    let attempt = |authorization: &'static str| {
        let url = server.base_url() + PATH;
        client()
            .post(url)
            .header("authorization", authorization)
            .json(&standup())
            .send()
    };
    // The base64 encoding of `project:token`.
    assert_eq!(attempt("Basic cHJvamVjdDp0b2tlbg==").await.unwrap().status(), 200);
    assert_eq!(
        attempt("basic cHJvamVjdDp0b2tlbg==").await.unwrap().status(),
        200,
        "the scheme is case-insensitive"
    );
    for wrong in [
        "",
        "Basic",
        "Basic !",
        "Bearer cHJvamVjdDp0b2tlbg==",
        "Basic cHJvamVjdDpUT0tFTg==", // project:TOKEN
        "Basic cHJvamVjdDo=",         // project:
        "Basic cHJvamVjdDp0b2tlbjE=", // project:token1
    ] {
        assert_rejected(attempt(wrong).await.unwrap(), 401, "Unauthorized").await;
    }
    let without = client()
        .post(server.base_url() + PATH)
        .json(&standup())
        .send()
        .await
        .unwrap();
    assert!(
        without.headers()["www-authenticate"]
            .to_str()
            .unwrap()
            .starts_with("Basic")
    );
    assert_rejected(without, 401, "Unauthorized").await;
}

#[tokio::test]
async fn duplicate_credentials_are_rejected() {
    let server = MockServer::start().await.unwrap();
    let twice = request(&client(), &server, &standup()).header("authorization", "Basic Zm9vOmJhcg==");
    assert_rejected(twice.send().await.unwrap(), 401, "Unauthorized").await;
}

#[tokio::test]
async fn unauthorized_can_be_plain_text() {
    let server = MockServer::builder()
        .plain_text_unauthorized()
        .start()
        .await
        .unwrap();
    let response = client()
        .post(server.base_url() + PATH)
        .json(&standup())
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 401);
    assert!(
        response.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/plain")
    );
    assert_eq!(response.text().await.unwrap(), "Unauthorized");
}

#[tokio::test]
async fn credentials_are_valid_only_for_their_space() {
    let server = MockServer::builder().space("mine").start().await.unwrap();
    for (host, status) in [
        ("mine.signalwire.com", 200),
        ("MINE.signalwire.com:443", 200),
        ("mine.signalwire.com.", 200),
        ("[::1]", 200),
        ("[::1]:80", 200),
        ("yours.signalwire.com", 401),
    ] {
        let response = request(&client(), &server, &standup())
            .header("host", host)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), status, "{host}");
    }
    assert_eq!(post(&server, &standup()).await.status(), 200, "loopback");
}

#[tokio::test]
async fn bodies_must_be_declared_as_json() {
    let server = MockServer::start().await.unwrap();
    let attempt = |media_type: &'static str| {
        let url = server.base_url() + PATH;
        let bare = client()
            .post(url)
            .basic_auth(DEFAULT_PROJECT_ID, Some(DEFAULT_API_TOKEN));
        bare.header("content-type", media_type)
            .body(r#"{"room_name":"standup"}"#)
            .send()
    };
    for good in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/json;charset=utf-8",
    ] {
        assert_eq!(attempt(good).await.unwrap().status(), 200, "{good}");
    }
    for bad in [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
    ] {
        assert_rejected(attempt(bad).await.unwrap(), 415, "Unsupported Media Type").await;
    }
}

#[tokio::test]
async fn non_json_bodies_are_bad_requests() {
    let server = MockServer::start().await.unwrap();
    let deep = "[".repeat(100_000);
    for body in [
        "",
        "room_name=standup",
        "{\"room_name\":\"standup\"",
        "{}}",
        "\u{feff}{}",
        &deep,
    ] {
        let response = request(&client(), &server, &json!({}))
            .body(body.to_owned())
            .send()
            .await
            .unwrap();
        assert_rejected(response, 400, "Bad Request").await;
    }
    let invalid_utf8 = request(&client(), &server, &json!({})).body(b"{\"room_name\":\"\xff\"}".to_vec());
    assert_rejected(invalid_utf8.send().await.unwrap(), 400, "Bad Request").await;
}

#[tokio::test]
async fn first_failing_check_determines_the_status() {
    let server = MockServer::start().await.unwrap();
    let nothing_right = client().get(server.base_url()).body("x").send().await.unwrap();
    assert_eq!(nothing_right.status(), 404);
    let no_credentials = client()
        .post(server.base_url() + PATH)
        .body("x")
        .send()
        .await
        .unwrap();
    assert_eq!(no_credentials.status(), 401);
}

#[tokio::test]
async fn responses_have_a_date_and_a_unique_request_id() {
    let server = MockServer::start().await.unwrap();
    let mut ids = Vec::new();
    for body in [standup(), json!({}), standup()] {
        let response = post(&server, &body).await;
        assert!(response.headers()["date"].to_str().unwrap().ends_with(" GMT"));
        ids.push(response.headers()["x-request-id"].clone());
    }
    ids.sort_by(|a, b| a.as_bytes().cmp(b.as_bytes()));
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[tokio::test]
async fn head_responses_have_no_body() {
    let server = MockServer::start().await.unwrap();
    let mut wire = Wire::connect(&server).await;
    wire.send(format!(
        "HEAD {PATH} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    ))
    .await;
    let (response, _) = wire.rest().await;
    assert!(response.starts_with("HTTP/1.1 405 "), "{response}");
    assert!(response.ends_with("\r\n\r\n"), "{response}");
    assert_ne!(header(&response, "content-length"), Some("0"));
}
