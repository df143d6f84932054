//! End-to-end tests for the library with the mock server, from environment variables to tokens.

use serde_json::{Value, json};
use signalwire_room_tokens::{Client, ErrorKind, PermissionSet, RoomTokenRequest};
use signalwire_room_tokens_api::types::CreateRoomTokenRequest;
use signalwire_room_tokens_mock::{MockServer, ReceivedRequest};

fn client(mock: &MockServer) -> Client {
    Client::new(mock.base_url(), mock.project_id(), mock.api_token()).unwrap()
}

#[tokio::test]
async fn settings_from_the_environment_mint_a_token() {
    let mock = MockServer::start().await.unwrap();
    let environment = |name: &str| match name {
        "SIGNALWIRE_SPACE" => Some(mock.base_url()),
        "SIGNALWIRE_PROJECT_ID" => Some(mock.project_id().to_owned()),
        "SIGNALWIRE_API_TOKEN" => Some(mock.api_token().to_owned()),
        _ => None,
    };
    let client = Client::builder()
        .from_env_with(environment)
        .unwrap()
        .build()
        .unwrap();

    let call = client
        .room_token("standup")
        .user_name("Alice")
        .permissions(PermissionSet::MODERATOR);
    let token = call.fail_on_mismatch().create().await.unwrap();

    let verified = mock
        .verify(token.expose())
        .expect("the mock server should verify its own token");
    assert_eq!(verified["r"], "standup");
    let claims = token.claims().unwrap();
    assert_eq!(claims.room_name.as_deref(), Some("standup"));
    assert_eq!(claims.user_name.as_deref(), Some("Alice"));
}

#[tokio::test]
async fn the_mock_rejects_requests_that_the_library_rejects() {
    let mock = MockServer::start().await.unwrap();
    let client = client(&mock);
    let requests = [
        RoomTokenRequest::new("two words"),
        RoomTokenRequest::new("x".repeat(101)),
        RoomTokenRequest::new("standup").user_name("x".repeat(101)),
        RoomTokenRequest::new("standup").room_display_name("x".repeat(201)),
        RoomTokenRequest::new("standup").remove_after_seconds_elapsed(0),
        RoomTokenRequest::new("standup").remove_after_seconds_elapsed(200_001),
        RoomTokenRequest::new("standup").meta(json!({ "text": "x".repeat(2000) })),
    ];
    for request in requests {
        let invalid = client.call(request.clone()).create().await.unwrap_err();
        assert_eq!(invalid.kind(), ErrorKind::InvalidRequest, "{invalid}");
        assert!(
            mock.requests().is_empty(),
            "an invalid request must not be sent: {invalid}"
        );

        let rejected = client.call(request).skip_validation().create().await.unwrap_err();
        assert_eq!(rejected.status(), Some(422), "{rejected}");
        let field = rejected.api_errors()[0].attribute().map(str::to_owned);
        assert_eq!(
            field.as_deref(),
            Some(invalid.violations()[0].field()),
            "{rejected}"
        );
        mock.clear_requests();
    }
}

/// Returns the parts of a request that must be identical for both clients.
fn method_target_body_headers(request: &ReceivedRequest) -> (String, String, Value, Vec<(String, String)>) {
    let names = ["authorization", "content-type", "accept"];
    let headers = names.map(|name| {
        (
            name.to_owned(),
            request.header(name).unwrap_or_default().to_owned(),
        )
    });
    (
        request.method().to_owned(),
        request.target().to_owned(),
        request.json().unwrap(),
        headers.into(),
    )
}

#[tokio::test]
async fn the_generated_client_sends_the_same_request() {
    let mock = MockServer::start().await.unwrap();
    client(&mock)
        .room_token("standup")
        .user_name("Alice")
        .permissions([])
        .create()
        .await
        .unwrap();

    let generated =
        signalwire_room_tokens_api::Client::new_with_client(&mock.base_url(), plain_http_client(&mock));
    let body = CreateRoomTokenRequest::builder()
        .room_name("standup")
        .user_name("Alice".to_owned())
        .permissions(vec![]);
    let response = generated.create_room_token().body(body).send().await.unwrap();

    mock.verify(&response.token)
        .expect("the mock server should verify its own token");
    let [ours, theirs] = &mock.requests()[..] else {
        panic!("expected two recorded requests")
    };
    assert_eq!(
        method_target_body_headers(ours),
        method_target_body_headers(theirs)
    );
}

fn http_client() -> reqwest::ClientBuilder {
    // No reqwest TLS feature is enabled here, so reqwest uses the process-wide crypto provider.
    rustls::crypto::ring::default_provider().install_default().ok();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
}

/// Returns the `authorization` header value that the mock server accepts.
pub(crate) fn authorization(mock: &MockServer) -> reqwest::header::HeaderValue {
    let request = http_client().build().unwrap().get(mock.base_url());
    let signed = request.basic_auth(mock.project_id(), Some(mock.api_token()));
    signed.build().unwrap().headers()[reqwest::header::AUTHORIZATION].clone()
}

/// Returns an HTTP client configured as in the generated crate's documentation.
pub(crate) fn plain_http_client(mock: &MockServer) -> reqwest::Client {
    let headers = [(reqwest::header::AUTHORIZATION, authorization(mock))];
    http_client()
        .default_headers(headers.into_iter().collect())
        .build()
        .unwrap()
}
