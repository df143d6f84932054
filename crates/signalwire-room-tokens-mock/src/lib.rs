//! A local stand-in for SignalWire's room-token endpoint, `POST /api/video/room_tokens`.
//!
//! It runs inside the test process on a free loopback port, needs no account and no network, and is real
//! rather than canned: it checks credentials and every rule of the request, mints well-formed tokens whose
//! claims follow the request, and remembers what it was sent. On demand it misbehaves, so that an application
//! can be tested against what a network does to it. It knows nothing of any client library: whatever speaks
//! HTTP can be tested with it.
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
//! // The real behaviour: a token that says what was asked for.
//! let body: Value = request.try_clone().unwrap().send().await?.json().await?;
//! let claims = server.verify(body["token"].as_str().unwrap()).unwrap();
//! assert_eq!(claims["r"], "standup");
//!
//! // A scripted answer, once.
//! server.script([Reply::status(503).header("retry-after", "1")]);
//! assert_eq!(request.send().await?.status(), 503);
//!
//! // What was sent.
//! assert_eq!(server.requests()[1].json().unwrap()["user_name"], "Alice");
//! # Ok(())
//! # }
//! ```
//!
//! Tests that are not async use [`blocking::MockServer`].
//!
//! # What is checked
//!
//! In this order, each with its answer:
//!
//! - the path: 404, and the method: 405 with `Allow`;
//! - HTTP Basic with project id and API token: 401;
//! - the body as JSON: 400;
//! - the body against the published JSON Schema of the request, and the documented rules that a schema cannot
//!   say (`join_until` not before `join_from`, `meta` and `room_meta` at most 2000 characters of JSON): 422
//!   with **all** violations, one item per field and rule.
//!
//! A valid request gets 200 and a `VRT`, signed with HS512 and a key of the server's own. Fields that were
//! left out count with their documented defaults, and an audience gets no permissions. Every response has an
//! `x-request-id` and a `date`.
//!
//! # What is assumed
//!
//! The published documents leave things open. Where the real service behaves differently, it is right:
//!
//! - The schema is taken at its word: an unknown field, an unknown permission and a `null` are violations.
//!   [`Builder::accept_unknown`] accepts the first two.
//! - Times may be RFC 3339, with second 60 and offsets, or a date alone, as the prose says; second 60 is the
//!   second after. Times in the past are accepted.
//! - Lengths are counted in Unicode characters; the metas are measured as compact JSON. Whole numbers may be
//!   written `900.0`.
//! - Which of the documented error codes belongs to which rule. Bounds, patterns, names of `join_as` and
//!   `media_allowed`, and unknown fields are `invalid_parameter`.
//! - 401 has the documented JSON body; [`Builder::plain_text_unauthorized`] selects the plain text that the
//!   real service is believed to send.
//! - A body that is not `application/json` is 415, one above 1 MiB is 413. JSON that is not an object is a
//!   422.
//! - Claims are those of tokens seen in public. A token without `user_name` has no `u`, as the documented
//!   random name is made at each join, not once per token; `erp` is there only when true; fields for which no
//!   claim is known appear in none. Every token has the additional claim `mock`, which is `true`
//!   and which SignalWire's tokens don't have.
//! - Requests must be strict HTTP: HTTP/1.1 with one `Host`, lines that end with CRLF, and no transfer coding in
//!   HTTP/1.0. Anything else is 400.
//!
//! # Faults
//!
//! [`MockServer::script`] queues one [`Reply`] per request, [`MockServer::script_fn`] decides by the request.
//! A reply is the real answer or any other, delayed, closed, reset or silenced at any [`Stage`], dripped,
//! endless, or raw bytes.

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

/// The project id that a server accepts unless it is told another. Made up.
pub const DEFAULT_PROJECT_ID: &str = "5f3c2a10-7b1e-4c55-9a0d-2f6e8d4b1c37";

/// The API token that a server accepts unless it is told another. Made up; it opens nothing anywhere.
pub const DEFAULT_API_TOKEN: &str = "PTmock-room-tokens-opens-nothing";
