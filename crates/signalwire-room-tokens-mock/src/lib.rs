//! A local mock of SignalWire's room-token endpoint, `POST /api/video/room_tokens`.
//!
//! The server runs inside the test process on a free loopback port and needs neither an account nor network
//! access. It checks credentials, validates requests, mints well-formed tokens whose claims match the
//! request, and records every request. It can also be scripted to fail, so that you can test how an
//! application handles network and server errors. It doesn't depend on a client library and works with any
//! HTTP client.
//!
//! ```
//! use serde_json::{Value, json};
//! use signalwire_room_tokens_mock::{MockServer, Reply};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # rustls::crypto::ring::default_provider().install_default().ok();
//! let server = MockServer::start().await?;
//! let client = reqwest::Client::builder().no_proxy().build()?;
//! let request = client
//!     .post(format!("{}/api/video/room_tokens", server.base_url()))
//!     .basic_auth(server.project_id(), Some(server.api_token()))
//!     .json(&json!({ "room_name": "standup", "user_name": "Alice" }));
//!
//! // Without a script, the server mints a token for the request.
//! let body: Value = request.try_clone().unwrap().send().await?.json().await?;
//! let claims = server.verify(body["token"].as_str().unwrap()).unwrap();
//! assert_eq!(claims["r"], "standup");
//!
//! // Script a reply for the next request only.
//! server.script([Reply::status(503).header("retry-after", "1")]);
//! assert_eq!(request.send().await?.status(), 503);
//!
//! // Inspect the recorded requests.
//! assert_eq!(server.requests()[1].json().unwrap()["user_name"], "Alice");
//! # Ok(())
//! # }
//! ```
//!
//! For synchronous tests, use [`blocking::MockServer`].
//!
//! # Request validation
//!
//! The server performs these checks in order and returns the given status if one fails:
//!
//! - Path (404) and method (405 with `Allow`).
//! - HTTP Basic authentication with the project ID and API token (401).
//! - Syntax of the body, which must be JSON (400).
//! - Content of the body, which must match the published JSON Schema and the documented rules that a schema
//!   can't express: `join_until` must not be before `join_from`, and `meta` and `room_meta` are limited to
//!   2000 characters of JSON. The 422 response lists **all** violations, one per field and rule.
//!
//! A valid request gets a 200 response with a `VRT` token, signed using HS512 with the server's own key.
//! Omitted fields take their documented defaults. Tokens for the `audience` role have no permissions. Every
//! response has `x-request-id` and `date` headers.
//!
//! # Assumptions
//!
//! SignalWire's published documentation leaves some details open. If the real service behaves differently, the mock
//! server is wrong.
//!
//! - The schema is applied strictly: unknown fields, unknown permissions and `null` values are violations.
//!   [`Builder::accept_unknown`] accepts unknown fields and permissions.
//! - Times must be RFC 3339 timestamps, including offsets and leap seconds (second 60), or plain dates. A
//!   leap second equals the following second. Times in the past are accepted.
//! - String lengths are counted in Unicode characters. The length of `meta` and `room_meta` is the length of their
//!   compact JSON. Integers may be written as `900.0`.
//! - The documentation doesn't map error codes to rules, so the server uses `invalid_parameter` for bounds, patterns,
//!   unknown fields, and invalid values of `join_as` and `media_allowed`.
//! - 401 responses have the documented JSON body. [`Builder::plain_text_unauthorized`] selects plain text,
//!   which the real service is believed to send.
//! - A body that is not `application/json` gets 415, and a body over 1 MiB gets 413. JSON that is not an
//!   object gets 422.
//! - Tokens contain the claims seen in publicly known SignalWire tokens. A token without `user_name` has no
//!   `u` claim, because the service generates a random name at each join. `erp` is present only if `true`.
//!   Fields without a known claim don't appear in the token. Every token also has a `mock` claim, which is
//!   always `true`. SignalWire's tokens don't have this claim.
//! - Requests must be strictly valid HTTP: exactly one `Host` header in HTTP/1.1, CRLF line endings, and no
//!   transfer codings in HTTP/1.0. Other requests get 400.
//!
//! # Fault injection
//!
//! [`MockServer::script`] queues replies, one per request. [`MockServer::script_fn`] chooses a reply based on
//! the request. A [`Reply`] can replace, change or delay the normal response, send it slowly or endlessly, or
//! send raw bytes. It can also close, reset or hang the connection at any [`Stage`].

pub mod blocking;
mod builder;
mod clock;
mod connection;
mod delivery;
mod endpoint;
mod http;
mod random;
mod received;
mod reply;
mod script;
mod server;
mod shared;
mod sync;

pub use builder::{Builder, DEFAULT_API_TOKEN, DEFAULT_PROJECT_ID};
pub use received::ReceivedRequest;
pub use reply::{Reply, Stage};
pub use server::MockServer;
