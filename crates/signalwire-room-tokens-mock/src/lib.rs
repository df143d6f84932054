//! A local mock of SignalWire's room-token endpoint, `POST /api/video/room_tokens`.
//!
//! The server runs inside the test process on a free loopback port and needs neither an account nor network
//! access. Its responses are not canned: it checks the credentials and every rule for the request, mints
//! well-formed tokens whose claims follow the request, and records the requests it receives. To test how an
//! application handles network and server failures, it can also be scripted to misbehave. It doesn't depend
//! on a client library, so it works with any HTTP client.
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
//! // A scripted response, used once.
//! server.script([Reply::status(503).header("retry-after", "1")]);
//! assert_eq!(request.send().await?.status(), 503);
//!
//! // Inspect the recorded requests.
//! assert_eq!(server.requests()[1].json().unwrap()["user_name"], "Alice");
//! # Ok(())
//! # }
//! ```
//!
//! Tests that are not async use [`blocking::MockServer`].
//!
//! # Request validation
//!
//! The server runs these checks in order, with the response status if one fails:
//!
//! - Path (404) and method (405 with `Allow`).
//! - HTTP Basic authentication with project ID and API token (401).
//! - Body syntax: must be JSON (400).
//! - Body content: must match the published JSON Schema and the documented rules that a schema cannot express
//!   (`join_until` not before `join_from`, `meta` and `room_meta` at most 2000 characters of JSON). The 422
//!   response lists **all** violations, one item per field and rule.
//!
//! A valid request gets a 200 response with a `VRT` token, signed with HS512 and the server's own key.
//! Omitted fields get their documented defaults, and tokens for `audience` have no permissions. Every
//! response has an `x-request-id` and a `date` header.
//!
//! # Assumptions
//!
//! The published documents leave some details open. Where the real service behaves differently, the service
//! is authoritative.
//!
//! - The schema is applied strictly: unknown fields, unknown permissions and `null` values are violations.
//!   [`Builder::accept_unknown`] accepts unknown fields and permissions.
//! - Times may be RFC 3339, with second 60 and offsets, or a date, as in the prose; second 60 counts as the
//!   following second. Times in the past are accepted.
//! - Lengths are counted in Unicode characters; the metas are measured as compact JSON. Integers may be
//!   written `900.0`.
//! - The documents don't map error codes to rules. Bounds, patterns, values of `join_as` and
//!   `media_allowed`, and unknown fields use `invalid_parameter`.
//! - 401 has the documented JSON body; [`Builder::plain_text_unauthorized`] selects the plain text that the
//!   real service is believed to send.
//! - A body that is not `application/json` gets 415, one above 1 MiB gets 413. JSON that is not an object gets
//!   422.
//! - Claims are those of publicly known tokens. A token without `user_name` has no `u`, because the documented
//!   random name is generated at each join, not per token; `erp` is present only if `true`; fields without a
//!   known claim are omitted from the token. Every token has the additional claim `mock`, which is `true`
//!   and which SignalWire's tokens don't have.
//! - Requests must be strict HTTP: HTTP/1.1 with one `Host`, lines that end with CRLF, and no transfer coding in
//!   HTTP/1.0. Other requests get 400.
//!
//! # Fault injection
//!
//! [`MockServer::script`] queues replies, one per request; [`MockServer::script_fn`] chooses a reply by
//! request. A [`Reply`] can replace or change the normal response, delay it, send it slowly or without end,
//! send raw bytes, or close, reset or hang the connection at any [`Stage`].

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
mod sync;

pub use builder::Builder;
pub use received::ReceivedRequest;
pub use reply::{Reply, Stage};
pub use server::MockServer;

/// The made-up project ID that a server accepts by default.
pub const DEFAULT_PROJECT_ID: &str = "5f3c2a10-7b1e-4c55-9a0d-2f6e8d4b1c37";

/// The made-up API token that a server accepts by default. It is not valid for any real service.
pub const DEFAULT_API_TOKEN: &str = "PTmock-room-tokens-opens-nothing";
