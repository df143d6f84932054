//! Two clients: one that speaks HTTP properly, one that speaks bytes.

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
/// Nothing on loopback takes this long; it only turns a hang into a failure.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) fn client() -> reqwest::Client {
    // Built with the workspace, reqwest has TLS without a library, and asks for the one of the process.
    rustls::crypto::ring::default_provider().install_default().ok();
    let policy = reqwest::redirect::Policy::none();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(policy)
        .timeout(PATIENCE)
        .build()
        .unwrap()
}

/// A request with the right credentials and this body, not yet sent.
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

/// The token for `body`, which must be a good one.
pub(crate) async fn mint(server: &MockServer, body: &Value) -> String {
    let response = post(server, body).await;
    assert_eq!(response.status(), 200);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer.as_object().unwrap().len(), 1, "token alone");
    answer["token"].as_str().unwrap().to_owned()
}

/// A minimal good body.
pub(crate) fn standup() -> Value {
    json!({ "room_name": "standup" })
}

/// How a connection ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    Closed,
    Reset,
}

/// A connection to talk bytes over.
pub(crate) struct Wire(TcpStream);

impl Wire {
    pub(crate) async fn connect(server: &MockServer) -> Self {
        Self(TcpStream::connect(server.addr()).await.unwrap())
    }

    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).await.unwrap();
    }

    /// Sends what the peer may no longer want.
    pub(crate) async fn try_send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.0.write_all(bytes.as_ref()).await;
    }

    /// Everything until the end of the connection, and which end that was.
    pub(crate) async fn rest(mut self) -> (String, End) {
        let mut bytes = Vec::new();
        let end = match timeout(PATIENCE, self.0.read_to_end(&mut bytes))
            .await
            .expect("an end")
        {
            Ok(_) => End::Closed,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => End::Reset,
            Err(error) => panic!("{error}"),
        };
        (String::from_utf8(bytes).unwrap(), end)
    }

    /// Exactly this many bytes.
    pub(crate) async fn take(&mut self, count: usize) -> String {
        let mut bytes = vec![0; count];
        timeout(PATIENCE, self.0.read_exact(&mut bytes))
            .await
            .expect("bytes")
            .unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// One response with `content-length`.
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

    /// Whether nothing arrives for a while.
    pub(crate) async fn is_silent(&mut self) -> bool {
        timeout(Duration::from_millis(100), self.0.read(&mut [0]))
            .await
            .is_err()
    }
}

/// The first value of a header in a response's text.
pub(crate) fn header<'a>(response: &'a str, name: &str) -> Option<&'a str> {
    response
        .lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| {
            let (n, value) = line.split_once(": ")?;
            n.eq_ignore_ascii_case(name).then_some(value)
        })
}

/// The bytes of a good request, with further header lines.
pub(crate) fn good_request(server: &MockServer, further: &str) -> String {
    let body = standup().to_string();
    format!(
        "{}content-length: {}\r\n{further}\r\n{body}",
        good_head(server),
        body.len()
    )
}

/// The head of a good request up to what describes its body's length, without the final empty line.
pub(crate) fn good_head(server: &MockServer) -> String {
    let pair = format!("{}:{}", server.project_id(), server.api_token());
    let basic = BASE64_STANDARD.encode(pair);
    let described = "host: localhost\r\ncontent-type: application/json\r\n";
    format!("POST {PATH} HTTP/1.1\r\n{described}authorization: Basic {basic}\r\n")
}
