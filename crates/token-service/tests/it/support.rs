//! The service in front of a mock, and a browser that speaks to it.

use std::net::{IpAddr, SocketAddr};

use clap::Parser as _;
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};
use signalwire_room_tokens::{Client, RoomToken, UnverifiedClaims};
use signalwire_room_tokens_mock::{MockServer, Reply};
use token_service::{App, Settings, router, serve};
use tokio::net::TcpListener;

/// The service's own credentials at the mock; they look like secrets, and must not be in any answer.
const PROJECT_ID: &str = "0f3f4b8e-1c56-4c1f-9a35-6f5f2f1f9d11";
const API_TOKEN: &str = "PT5ecretOfTheService0123456789abcdef";

/// The mock, and the service that asks it for tokens.
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

    /// A service whose upstream answers so, whenever it is asked.
    pub(crate) async fn start_failing(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Self {
        let service = Self::start().await;
        service.mock.script_fn(move |_| Some(reply()));
        service
    }

    /// The body of the last request that the mock got.
    pub(crate) fn last_request(&self) -> Value {
        let requests = self.mock.requests();
        requests.last().expect("a request").json().unwrap()
    }
}

/// Starts a service that sends its requests to `upstream`, and gives its address.
pub(crate) async fn start(upstream: &str, arguments: &[&str]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = router(app(upstream, arguments));
    let limits = settings(arguments).limits;
    tokio::spawn(serve(listener, router, std::future::pending(), limits));
    address
}

/// The state of a service that sends its requests to `upstream`, once each.
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

/// Speaks to the service, and looks over what it says.
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

    /// The same browser after somebody has signed in.
    pub(crate) async fn signed_in(&self, name: &str) -> Self {
        let answer = self.post("/session", &json!({ "name": name })).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        Self {
            session: Some(answer.json()["session"].as_str().unwrap().to_owned()),
            ..self.clone()
        }
    }

    /// The same browser with this local address.
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

    /// The key of the session.
    pub(crate) fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.http.get(self.url(path))).await
    }

    /// Asks for the page with any method.
    pub(crate) async fn method(&self, method: &str) -> Answer {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        self.send(self.http.request(method, self.url("/"))).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.http.post(self.url(path)).json(body)).await
    }

    /// Asks for a token for a room.
    pub(crate) async fn join(&self, room: &str, wish: Value) -> Answer {
        self.post(&format!("/rooms/{room}/tokens"), &wish).await
    }

    /// Signs in as Alice with these headers.
    pub(crate) async fn sign_in_with(&self, headers: &[(&str, &str)]) -> Answer {
        let request = self.http.post(self.url("/session"));
        let request = headers
            .iter()
            .fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.json(&json!({ "name": "Alice" }))).await
    }

    /// Asks for a token for a room with these headers, as nobody who has signed in.
    pub(crate) async fn join_with(&self, headers: reqwest::header::HeaderMap, room: &str) -> Answer {
        let request = self.http.post(self.url(&format!("/rooms/{room}/tokens")));
        self.send(request.headers(headers).json(&json!({}))).await
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    async fn send(&self, request: RequestBuilder) -> Answer {
        let request = match &self.session {
            Some(key) => request.bearer_auth(key),
            None => request,
        };
        let response = request.send().await.unwrap();
        let answer = Answer {
            status: response.status(),
            headers: format!("{:?}", response.headers()),
            retry_after: response
                .headers()
                .get("retry-after")
                .map(|value| value.to_str().unwrap().parse().unwrap()),
            text: response.text().await.unwrap(),
        };
        // Whatever was asked: nothing of the account gets out.
        for told in [&answer.headers, &answer.text] {
            assert!(!told.contains(API_TOKEN), "{answer:?}");
            assert!(!told.contains(PROJECT_ID), "{answer:?}");
        }
        answer
    }
}

/// What the service said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: String,
    pub(crate) retry_after: Option<u64>,
    pub(crate) text: String,
}

impl Answer {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// What the token that came says of itself.
    #[track_caller]
    pub(crate) fn claims(&self) -> UnverifiedClaims {
        assert_eq!(self.status, StatusCode::CREATED, "{self:?}");
        let token = self.json()["token"].as_str().expect("a token").to_owned();
        RoomToken::from(token).claims().unwrap()
    }

    /// The answer was this status, with this message and nothing else.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, message: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.json(), json!({ "message": message }), "{self:?}");
    }
}
