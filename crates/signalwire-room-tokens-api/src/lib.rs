//! Types, constants and a low-level client for SignalWire's `POST /api/video/room_tokens`, generated from the
//! OpenAPI document in `spec/` with [progenitor](https://docs.rs/progenitor).
//!
//! Most applications should use the `signalwire-room-tokens` crate instead. It builds on this crate,
//! validates requests, retries failed calls, and keeps tokens out of logs and errors. This crate contains:
//!
//! - [`types`]: request and response bodies, with builders. Unset fields are not sent.
//! - [`constants`]: limits and defaults. This crate does not enforce the limits.
//! - [`Client`]: an HTTP client with one method for each operation. Requires the `client` feature.
//!
//! ```no_run
//! use reqwest::header::{AUTHORIZATION, HeaderValue};
//! use signalwire_room_tokens_api::Client;
//! use signalwire_room_tokens_api::types::RoomTokenPermission;
//!
//! /// Creates a token. `authorization` should be marked as sensitive.
//! async fn create(base_url: &str, authorization: HeaderValue) -> Result<String, Box<dyn std::error::Error>> {
//!     let headers = [(AUTHORIZATION, authorization)];
//!     let http = reqwest::Client::builder()
//!         .redirect(reqwest::redirect::Policy::none())
//!         .no_proxy() // ignores proxy environment variables
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
//! Callers can also send the request and read the response body themselves, for example to limit the response size or
//! to retry. For this purpose, each operation has the methods
//! [`build_request`](builder::CreateRoomToken::build_request) and
//! [`decode_response`](builder::CreateRoomToken::decode_response), which `send` also calls.
//!
//! ```no_run
//! use signalwire_room_tokens_api::ClientInfo as _;
//! use signalwire_room_tokens_api::builder::CreateRoomToken;
//! use signalwire_room_tokens_api::types::CreateRoomTokenRequest;
//!
//! /// Creates a token. Limits the response body to 64 KiB.
//! async fn create_bounded(
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
//! A response with a status other than 2xx is an [`Error::UnexpectedResponse`], which contains the whole response. The
//! error bodies that the OpenAPI document describes are in [`types`].
//!
//! # Secrets
//!
//! The `Debug` output of a response does not contain the token. [`Error`], however, is defined by progenitor.
//! If the body of a successful response cannot be decoded, [`Error::InvalidResponsePayload`] contains the
//! body and prints it, so do not log this error.
//!
//! # Features
//!
//! - `client` (enabled by default): adds the HTTP client. Without it, this crate only contains types and constants.
//! - `schemars`: implements [`schemars::JsonSchema`](https://docs.rs/schemars/1/schemars/trait.JsonSchema.html) for the
//!   types.
//!
//! This crate does not select a TLS backend. Configure TLS on the `reqwest::Client` that you pass to [`Client`].

#![cfg_attr(docsrs, feature(doc_cfg))]
// Without the `client` feature, the links to the client are broken.
#![cfg_attr(not(feature = "client"), allow(rustdoc::broken_intra_doc_links))]

/// The output of `cargo xtask generate`. Do not edit it manually.
#[rustfmt::skip]
mod generated {
    #[allow(clippy::uninlined_format_args, reason = "progenitor's style")]
    pub(crate) mod client;
    pub mod constants;
}

pub use generated::client::types;
#[cfg(feature = "client")]
pub use generated::client::{ByteStream, Client, ClientInfo, Error, ResponseValue, builder, prelude};
pub use generated::constants;
