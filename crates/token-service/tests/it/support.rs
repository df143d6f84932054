//! Helpers that start the service with a mock upstream, and an HTTP client for it.

use std::net::{IpAddr, SocketAddr};

use clap::Parser as _;
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};
use signalwire_room_tokens::{Client, RoomToken, UnverifiedClaims};
use signalwire_room_tokens_mock::{MockServer, Reply};
use token_service::{App, Settings, router, serve};
use tokio::net::TcpListener;

/// The service's credentials for the mock server. They must not appear in any response.
const PROJECT_ID: &str = "0f3f4b8e-1c56-4c1f-9a35-6f5f2f1f9d11";
const API_TOKEN: &str = "PT5ecretOfTheService0123456789abcdef";

/// A service and its mock upstream.
pub(crate) struct Service {
    pub(crate) mock: MockServer,
    pub(crate) browser: Browser,
}

impl Service {
    pub(crate) async fn start() -> Self {
        Self::start_with(&["--demo-sign-in"]).await
    }

    pub(crate) async fn start_with(settings: &[&str]) -> Self {
        let mock = MockServer::builder()
            .project_id(PROJECT_ID)
            .api_token(API_TOKEN)
            .start()
            .await
            .unwrap();
        let browser = Browser::new(start(&mock.base_url(), settings).await);
        Self { mock, browser }
    }

    /// Starts a service whose upstream sends the given reply to every request.
    pub(crate) async fn start_failing(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Self {
        let service = Self::start().await;
        service.mock.script_fn(move |_| Some(reply()));
        service
    }

    /// Returns the body of the last request sent to the mock server.
    pub(crate) fn last_request(&self) -> Value {
        let requests = self.mock.requests();
        requests.last().expect("a request").json().unwrap()
    }
}

/// Starts a service that uses `upstream`. Returns the service's address.
pub(crate) async fn start(upstream: &str, arguments: &[&str]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = router(app(upstream, arguments));
    let limits = settings(arguments).limits;
    tokio::spawn(serve(listener, router, std::future::pending(), limits));
    address
}

/// Returns the state of a service that uses `upstream` without retries.
pub(crate) fn app(upstream: &str, arguments: &[&str]) -> App {
    let client = Client::builder()
        .space(upstream)
        .project_id(PROJECT_ID)
        .api_token(API_TOKEN)
        .max_retries(0)
        .build();
    let client = client.unwrap();
    App::new(client, &settings(arguments)).unwrap()
}

pub(crate) fn settings(arguments: &[&str]) -> Settings {
    Settings::try_parse_from(["token-service"].iter().chain(arguments)).unwrap()
}

/// An HTTP client for the service. It checks every response for leaked credentials.
#[derive(Clone)]
pub(crate) struct Browser {
    http: reqwest::Client,
    address: SocketAddr,
    session: Option<String>,
}

impl Browser {
    pub(crate) fn new(address: SocketAddr) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        Self {
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            address,
            session: None,
        }
    }

    /// Signs in a user and returns a browser with that session.
    pub(crate) async fn signed_in(&self, name: &str) -> Self {
        let response = self.post("/session", &json!({ "name": name })).await;
        assert_eq!(response.status, StatusCode::OK, "{response:?}");
        Self {
            session: Some(response.json()["session"].as_str().unwrap().to_owned()),
            ..self.clone()
        }
    }

    /// Returns a browser that connects from the given local address.
    pub(crate) fn from(&self, address: IpAddr) -> Self {
        let http = reqwest::Client::builder().no_proxy().local_address(address);
        Self {
            http: http.build().unwrap(),
            ..self.clone()
        }
    }

    pub(crate) fn with_session(&self, key: &str) -> Self {
        Self {
            session: Some(key.to_owned()),
            ..self.clone()
        }
    }

    /// Returns the session key.
    pub(crate) fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(self.http.get(self.url(path))).await
    }

    /// Requests `/` with the given method.
    pub(crate) async fn method(&self, method: &str) -> Response {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        self.send(self.http.request(method, self.url("/"))).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        self.send(self.http.post(self.url(path)).json(body)).await
    }

    /// Requests a token for a room.
    pub(crate) async fn join(&self, room: &str, request: Value) -> Response {
        self.post(&format!("/rooms/{room}/tokens"), &request).await
    }

    /// Signs in as Alice, sending additional headers.
    pub(crate) async fn sign_in_with(&self, headers: &[(&str, &str)]) -> Response {
        let request = self.http.post(self.url("/session"));
        let request = headers
            .iter()
            .fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.json(&json!({ "name": "Alice" }))).await
    }

    /// Requests a token for a room with the given headers but without a session.
    pub(crate) async fn join_with(&self, headers: reqwest::header::HeaderMap, room: &str) -> Response {
        let request = self.http.post(self.url(&format!("/rooms/{room}/tokens")));
        self.send(request.headers(headers).json(&json!({}))).await
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    async fn send(&self, request: RequestBuilder) -> Response {
        let request = match &self.session {
            Some(key) => request.bearer_auth(key),
            None => request,
        };
        let response = request.send().await.unwrap();
        let response = Response {
            status: response.status(),
            headers: format!("{:?}", response.headers()),
            retry_after: response
                .headers()
                .get("retry-after")
                .map(|value| value.to_str().unwrap().parse().unwrap()),
            text: response.text().await.unwrap(),
        };
        // Credentials must not appear in any response.
        for part in [&response.headers, &response.text] {
            assert!(!part.contains(API_TOKEN), "{response:?}");
            assert!(!part.contains(PROJECT_ID), "{response:?}");
        }
        response
    }
}

/// A response from the service.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: String,
    pub(crate) retry_after: Option<u64>,
    pub(crate) text: String,
}

impl Response {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Returns the claims of the token in the response.
    #[track_caller]
    pub(crate) fn claims(&self) -> UnverifiedClaims {
        assert_eq!(self.status, StatusCode::CREATED, "{self:?}");
        let token = self.json()["token"].as_str().expect("a token").to_owned();
        RoomToken::from(token).claims().unwrap()
    }

    /// Asserts the status, and that the body contains only the given message.
    #[track_caller]
    pub(crate) fn assert_error(&self, status: u16, message: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.json(), json!({ "message": message }), "{self:?}");
    }
}
