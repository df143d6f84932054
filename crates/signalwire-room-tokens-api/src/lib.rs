//! Types, constants and a low-level client for SignalWire's `POST /api/video/room_tokens`, generated from the
//! OpenAPI document in `spec/` with [progenitor](https://docs.rs/progenitor).
//!
//! Applications want the crate `signalwire-room-tokens` instead, which is built on this one: it checks requests,
//! retries, and keeps tokens out of all text. This crate has what is beneath:
//!
//! - [`types`]: the bodies of requests and responses, with builders. What is not set is not sent.
//! - [`constants`]: limits and defaults as constants. Nothing here checks them.
//! - [`Client`], with the feature `client`: one method per operation.
//!
//! ```no_run
//! use reqwest::header::{AUTHORIZATION, HeaderValue};
//! use signalwire_room_tokens_api::Client;
//! use signalwire_room_tokens_api::types::RoomTokenPermission;
//!
//! /// Mints a token. `authorization` is marked as sensitive.
//! async fn mint(base_url: &str, authorization: HeaderValue) -> Result<String, Box<dyn std::error::Error>> {
//!     let headers = [(AUTHORIZATION, authorization)];
//!     let http = reqwest::Client::builder()
//!         .redirect(reqwest::redirect::Policy::none())
//!         .no_proxy() // none of the environment
//!         .timeout(std::time::Duration::from_secs(10))
//!         .default_headers(headers.into_iter().collect())
//!         .build()?;
//!     let client = Client::new_with_client(base_url, http);
//!     let permissions = vec![RoomTokenPermission::RoomSelfAudioMute.into()];
//!     let response = client
//!         .create_room_token()
//!         .body_map(|body| body.room_name("standup").permissions(permissions))
//!         .send()
//!         .await?;
//!     Ok(response.into_inner().token)
//! }
//! ```
//!
//! An operation also comes in two halves, for clients that send the request and read the body themselves, for instance
//! to limit the size of a response or to retry:
//! [`build_request`](builder::CreateRoomToken::build_request) and
//! [`decode_response`](builder::CreateRoomToken::decode_response). `send` calls both.
//!
//! ```no_run
//! use signalwire_room_tokens_api::ClientInfo as _;
//! use signalwire_room_tokens_api::builder::CreateRoomToken;
//! use signalwire_room_tokens_api::types::CreateRoomTokenRequest;
//!
//! /// Mints a token. The body of the response may have 64 KiB.
//! async fn mint_bounded(
//!     client: &signalwire_room_tokens_api::Client,
//!     body: &CreateRoomTokenRequest,
//! ) -> Result<String, Box<dyn std::error::Error>> {
//!     let request = CreateRoomToken::build_request(client, body)?;
//!     let mut response = client.client().execute(request).await?.error_for_status()?;
//!     let mut bytes = Vec::new();
//!     while let Some(chunk) = response.chunk().await? {
//!         if bytes.len() + chunk.len() > 64 * 1024 {
//!             return Err("the response is too large".into());
//!         }
//!         bytes.extend_from_slice(&chunk);
//!     }
//!     Ok(CreateRoomToken::decode_response(&bytes)?.token)
//! }
//! ```
//!
//! # Errors
//!
//! Any status other than 2xx is an [`Error::UnexpectedResponse`], with the whole response in it. The bodies that
//! the document describes for errors are in [`types`], for whoever wants to read one.
//!
//! # Secrets
//!
//! `Debug` of a response leaves the token out. [`Error`] is progenitor's own: where the body of a success is not
//! what it should be, [`Error::InvalidResponsePayload`] holds it as it came, and prints it. Do not log such an error.
//!
//! # Features
//!
//! - `client` (on by default): the HTTP client. Without it, this crate is types and constants.
//! - `schemars`: the types implement [`schemars::JsonSchema`](https://docs.rs/schemars/1/schemars/trait.JsonSchema.html).
//!
//! No feature chooses how TLS is done: that is up to whoever makes the `reqwest::Client`.

#![cfg_attr(docsrs, feature(doc_cfg))]
// Without the client, the links to it lead nowhere.
#![cfg_attr(not(feature = "client"), allow(rustdoc::broken_intra_doc_links))]

/// What `cargo xtask generate` writes. Nothing in it is written by hand.
#[rustfmt::skip]
mod generated {
    #[allow(clippy::uninlined_format_args, reason = "progenitor's style")]
    pub(crate) mod client;
    pub mod constants;
}

pub use generated::client::types;
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub use generated::client::{ByteStream, Client, ClientInfo, Error, ResponseValue, builder, prelude};
pub use generated::constants;
