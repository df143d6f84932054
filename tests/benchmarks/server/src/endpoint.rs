//! The endpoint, which checks requests and responds to them.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bench_support::Served;
use bench_support::workload::{PATH, PERMISSIONS, ROOM_NAME, USER_NAME};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use serde_json::json;
use tokio::sync::Barrier;

const UNAUTHORIZED: &[u8] = br#"{"error":"Unauthorized"}"#;
const BAD_REQUEST: &[u8] = br#"{"error":"Bad Request"}"#;

/// The endpoint, together with its statistics.
pub(crate) struct Endpoint {
    authorization: String,
    body: Bytes,
    gate: Option<Barrier>,
    connections: AtomicUsize,
    tokens: AtomicUsize,
}

impl Endpoint {
    /// Creates an endpoint that accepts the given credentials. After the first request, it delays responses
    /// until `gate` requests are waiting.
    pub(crate) fn new(project_id: &str, api_token: &str, gate: usize) -> Self {
        Self {
            authorization: format!("Basic {}", STANDARD.encode(format!("{project_id}:{api_token}"))),
            body: json!({ "token": token() }).to_string().into(),
            gate: (gate > 1).then(|| Barrier::new(gate)),
            connections: AtomicUsize::new(0),
            tokens: AtomicUsize::new(0),
        }
    }

    pub(crate) fn count_connection(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn served(&self) -> Served {
        Served {
            connections: self.connections.load(Ordering::Relaxed),
            tokens: self.tokens.load(Ordering::Relaxed),
        }
    }

    /// Responds to a request. The response contains a token if the request asks for one.
    pub(crate) async fn respond(
        &self,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let authorization = request.headers().get(AUTHORIZATION);
        if authorization.is_none_or(|value| value != self.authorization.as_str()) {
            return Ok(response(
                StatusCode::UNAUTHORIZED,
                Bytes::from_static(UNAUTHORIZED),
            ));
        }
        let is_for_token = request.method() == Method::POST && request.uri().path() == PATH;
        let body = request.into_body().collect().await;
        if !is_for_token || body.is_ok_and(|body| body.to_bytes().is_empty()) {
            return Ok(response(StatusCode::BAD_REQUEST, Bytes::from_static(BAD_REQUEST)));
        }
        let is_first = self.tokens.fetch_add(1, Ordering::Relaxed) == 0;
        // Respond to the first request immediately. It opens the connection used by all later HTTP/2
        // requests.
        if let Some(gate) = self.gate.as_ref().filter(|_| !is_first) {
            gate.wait().await;
        }
        Ok(response(StatusCode::OK, self.body.clone()))
    }
}

fn response(status: StatusCode, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    headers.insert(
        "x-request-id",
        HeaderValue::from_static("9c1f0c6e-4f0a-4a5e-8d0b-7f3c2e1a5b60"),
    );
    response
}

/// Returns a token with the same claims as publicly available SignalWire tokens, but with an invalid signature of the
/// correct length.
fn token() -> String {
    let header = json!({ "typ": "VRT", "ch": "relay.signalwire.com", "alg": "HS512" });
    let claims = json!({
        "iat": 1_767_225_600,
        "jti": "2b9a5a0e-6d64-4c6e-9d0a-3f6b1c7e8d52",
        "sub": "5f3c2a10-7b1e-4c55-9a0d-2f6e8d4b1c37",
        "u": USER_NAME,
        "ja": "member",
        "r": ROOM_NAME,
        "s": PERMISSIONS,
        "acr": true,
        "ma": "all",
        "mta": {},
        "rmta": {},
    });
    let encode = |part: &[u8]| URL_SAFE_NO_PAD.encode(part);
    let (header, claims) = (header.to_string(), claims.to_string());
    [
        encode(header.as_bytes()),
        encode(claims.as_bytes()),
        encode(&[0x5a; 64]),
    ]
    .join(".")
}
