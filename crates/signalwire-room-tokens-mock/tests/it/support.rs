//! An HTTP client and a raw TCP client for the tests.

use std::io::ErrorKind;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use signalwire_room_tokens_mock::MockServer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

pub(crate) const PATH: &str = "/api/video/room_tokens";
/// A timeout long enough that it expires on loopback only if a test hangs.
const HANG_TIMEOUT: Duration = Duration::from_secs(20);

pub(crate) fn client() -> reqwest::Client {
    // When the whole workspace is built, reqwest has no built-in TLS provider and uses the process default.
    rustls::crypto::ring::default_provider().install_default().ok();
    let policy = reqwest::redirect::Policy::none();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(policy)
        .timeout(HANG_TIMEOUT)
        .build()
        .unwrap()
}

/// Builds a request with valid credentials and the given body.
pub(crate) fn request(
    client: &reqwest::Client,
    server: &MockServer,
    body: &Value,
) -> reqwest::RequestBuilder {
    client
        .post(format!("{}{PATH}", server.base_url()))
        .basic_auth(server.project_id(), Some(server.api_token()))
        .json(body)
}

pub(crate) async fn post(server: &MockServer, body: &Value) -> reqwest::Response {
    request(&client(), server, body).send().await.unwrap()
}

/// Mints a token for `body`, which must be valid.
pub(crate) async fn mint(server: &MockServer, body: &Value) -> String {
    let response = post(server, body).await;
    assert_eq!(response.status(), 200);
    let response_body: Value = response.json().await.unwrap();
    assert_eq!(
        response_body.as_object().unwrap().len(),
        1,
        "the token must be the only field"
    );
    response_body["token"].as_str().unwrap().to_owned()
}

/// Returns the smallest valid body.
pub(crate) fn standup() -> Value {
    json!({ "room_name": "standup" })
}

/// The way a connection ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    Closed,
    Reset,
}

/// A raw TCP connection.
pub(crate) struct Wire(TcpStream);

impl Wire {
    pub(crate) async fn connect(server: &MockServer) -> Self {
        Self(TcpStream::connect(server.addr()).await.unwrap())
    }

    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).await.unwrap();
    }

    /// Sends bytes, ignoring errors because the server may have closed the connection.
    pub(crate) async fn try_send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.0.write_all(bytes.as_ref()).await;
    }

    /// Reads until the connection ends. Returns the data and how the connection ended.
    pub(crate) async fn rest(mut self) -> (String, End) {
        let mut bytes = Vec::new();
        let end = match timeout(HANG_TIMEOUT, self.0.read_to_end(&mut bytes))
            .await
            .expect("the connection did not end in time")
        {
            Ok(_) => End::Closed,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => End::Reset,
            Err(error) => panic!("{error}"),
        };
        (String::from_utf8(bytes).unwrap(), end)
    }

    /// Reads exactly `count` bytes.
    pub(crate) async fn take(&mut self, count: usize) -> String {
        let mut bytes = vec![0; count];
        timeout(HANG_TIMEOUT, self.0.read_exact(&mut bytes))
            .await
            .expect("the bytes did not arrive in time")
            .unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// Reads one response that has a `content-length`.
    pub(crate) async fn response(&mut self) -> String {
        let mut text = String::new();
        while !text.ends_with("\r\n\r\n") {
            text += &self.take(1).await;
        }
        let length = header(&text, "content-length")
            .and_then(|length| length.parse().ok())
            .unwrap_or(0);
        text + &self.take(length).await
    }

    /// Returns `true` if no data arrives within 100 ms.
    pub(crate) async fn is_silent(&mut self) -> bool {
        timeout(Duration::from_millis(100), self.0.read(&mut [0]))
            .await
            .is_err()
    }
}

/// Returns the value of the first matching header in a response.
pub(crate) fn header<'a>(response: &'a str, name: &str) -> Option<&'a str> {
    response
        .lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| {
            let (n, value) = line.split_once(": ")?;
            n.eq_ignore_ascii_case(name).then_some(value)
        })
}

/// Returns a valid request with additional header lines.
pub(crate) fn good_request(server: &MockServer, extra_headers: &str) -> String {
    let body = standup().to_string();
    format!(
        "{}content-length: {}\r\n{extra_headers}\r\n{body}",
        good_head(server),
        body.len()
    )
}

/// Returns the head of a valid request, without the body length and the final empty line.
pub(crate) fn good_head(server: &MockServer) -> String {
    let pair = format!("{}:{}", server.project_id(), server.api_token());
    let basic = BASE64_STANDARD.encode(pair);
    let headers = "host: localhost\r\ncontent-type: application/json\r\n";
    format!("POST {PATH} HTTP/1.1\r\n{headers}authorization: Basic {basic}\r\n")
}
