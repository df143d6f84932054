//! Route, method, credentials, media type and body, judged in this order.

use reqwest::{Method, Response};
use serde_json::{Value, json};
use signalwire_room_tokens_mock::{DEFAULT_API_TOKEN, DEFAULT_PROJECT_ID, MockServer};

use crate::support::{PATH, Wire, client, header, post, request, standup};

async fn assert_refused(response: Response, status: u16, error: &str) {
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
async fn another_path_is_not_found() {
    let server = MockServer::start().await.unwrap();
    for path in [
        "/",
        "/api/video/rooms",
        "/api/video/room_tokens/",
        "/api/video//room_tokens",
    ] {
        let url = format!("{}{path}", server.base_url());
        assert_refused(client().post(url).send().await.unwrap(), 404, "Not Found").await;
    }
}

#[tokio::test]
async fn another_method_is_not_allowed_and_told_which_is() {
    let server = MockServer::start().await.unwrap();
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let response = client()
            .request(method, server.base_url() + PATH)
            .send()
            .await
            .unwrap();
        assert_eq!(response.headers()["allow"], "POST");
        assert_refused(response, 405, "Method Not Allowed").await;
    }
}

#[tokio::test]
async fn a_query_changes_nothing() {
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
async fn credentials_must_be_exactly_these() {
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
    // `project:token` in base64.
    assert_eq!(attempt("Basic cHJvamVjdDp0b2tlbg==").await.unwrap().status(), 200);
    assert_eq!(
        attempt("basic cHJvamVjdDp0b2tlbg==").await.unwrap().status(),
        200,
        "scheme in any case"
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
        assert_refused(attempt(wrong).await.unwrap(), 401, "Unauthorized").await;
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
    assert_refused(without, 401, "Unauthorized").await;
}

#[tokio::test]
async fn credentials_that_are_given_twice_are_refused() {
    let server = MockServer::start().await.unwrap();
    let twice = request(&client(), &server, &standup()).header("authorization", "Basic Zm9vOmJhcg==");
    assert_refused(twice.send().await.unwrap(), 401, "Unauthorized").await;
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
async fn credentials_are_for_their_space() {
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
async fn the_body_must_be_declared_as_json() {
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
        assert_refused(attempt(bad).await.unwrap(), 415, "Unsupported Media Type").await;
    }
}

#[tokio::test]
async fn a_body_that_is_not_json_is_a_bad_request() {
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
        assert_refused(response, 400, "Bad Request").await;
    }
    let invalid_utf8 = request(&client(), &server, &json!({})).body(b"{\"room_name\":\"\xff\"}".to_vec());
    assert_refused(invalid_utf8.send().await.unwrap(), 400, "Bad Request").await;
}

#[tokio::test]
async fn the_earlier_check_wins() {
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
async fn every_answer_has_a_date_and_a_request_id_of_its_own() {
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
async fn head_gets_a_head_alone() {
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
