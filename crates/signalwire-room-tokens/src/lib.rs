//! Mint [SignalWire] video room tokens: the token with which a participant joins a video room.
//!
//! A server asks `POST https://<space>.signalwire.com/api/video/room_tokens` for a token and hands it to a browser,
//! which gives it to SignalWire's browser SDK v3. This crate is for the server.
//!
//! - [First token](#first-token)
//! - [Permissions](#permissions)
//! - [Windows and lifetime](#windows-and-lifetime)
//! - [Errors](#errors)
//! - [Time-outs and retries](#time-outs-and-retries)
//! - [Testing your application](#testing-your-application)
//! - [Recipes](#recipes)
//! - [Guarantees](#guarantees)
//! - [Features](#features)
//! - [Minimum supported Rust version](#minimum-supported-rust-version)
//!
//! # First token
//!
//! With `SIGNALWIRE_SPACE`, `SIGNALWIRE_PROJECT_ID` and `SIGNALWIRE_API_TOKEN` in the environment; the API token needs
//! the Video scope:
//!
//! ```no_run
//! use signalwire_room_tokens::{Client, Permission};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::from_env()?;
//!     let token = client
//!         .room_token("standup")
//!         .user_name("Alice")
//!         .permissions([Permission::SelfAudioMute, Permission::SelfAudioUnmute])
//!         .create()
//!         .await?;
//!     println!("{}", token.expose());
//!     Ok(())
//! }
//! ```
//!
//! Without an account, a [mock](#testing-your-application) mints tokens that open nothing.
//!
//! # Permissions
//!
//! [`Permission`] names what a participant may do, by scope: `Self…`, `Member…`, `Room…`. A list in the request
//! *replaces* SignalWire's default list, [`PermissionSet::DEFAULT`]; no list leaves the default, and an empty list
//! grants nothing. [`PermissionSet`] has presets and set algebra, and a set of listed permissions can be a constant:
//!
//! ```
//! use signalwire_room_tokens::{Permission, PermissionSet, RoomTokenRequest};
//!
//! const PRESENTER: PermissionSet =
//!     PermissionSet::of(&[Permission::RoomSetLayout, Permission::RoomPlayback]);
//!
//! let request = RoomTokenRequest::new("all-hands")
//!     .permissions(PermissionSet::PARTICIPANT | PRESENTER);
//! # assert!(request.validate().is_ok());
//! ```
//!
//! Names that come from users are parsed, and a misspelt one is answered with the nearest that exists; a name newer
//! than this version goes through [`Permission::unchecked`]. Lists that come from a browser are held under a ceiling
//! by [`PermissionSet::clamp_to`].
//!
//! # Windows and lifetime
//!
//! A token carries no expiry of its own. Without [`join_until`](RoomTokenRequest::join_until) it can be used for
//! ever, and there is no way to revoke it. [`valid_for`](RoomTokenRequest::valid_for) sets a limit that is counted
//! from `join_from` or, without one, from the moment of asking; [`remove_after`](RoomTokenRequest::remove_after) sets one
//! for the stay in the room:
//!
//! ```
//! use std::time::Duration;
//! use signalwire_room_tokens::{RoomTokenRequest, Timestamp};
//!
//! let lesson = RoomTokenRequest::new("math-101")
//!     .join_from("2031-09-01T08:00:00+02:00".parse::<Timestamp>()?)
//!     .valid_for(Duration::from_secs(90 * 60))
//!     .remove_after(Duration::from_secs(2 * 60 * 60));
//! # assert!(lesson.validate().is_ok());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Requests are checked before anything is sent ([`validate`](RoomTokenRequest::validate)), and
//! [`lint`](RoomTokenRequest::lint) finds what is legal and yet surprises people.
//!
//! What a token says of itself can be read, not verified: [`RoomToken::claims`]. Everybody who holds the token can do
//! that, so `user_name` and `meta` are no place for secrets.
//!
//! # Errors
//!
//! There is one [`Error`]. Its text says what to do; its [`kind`](Error::kind) lets a program decide, and the HTTP
//! [`status`](Error::status) survives whatever the body was:
//!
//! ```
//! use signalwire_room_tokens::{Client, ErrorKind};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
//! # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
//! match client.room_token("stand up").create().await {
//!     Ok(token) => println!("{}", token.expose()),
//!     Err(error) if error.kind() == ErrorKind::InvalidRequest => {
//!         for violation in error.violations() {
//!             eprintln!("{}: {}", violation.field(), violation.allowed());
//!         }
//!     }
//!     Err(error) => {
//!         eprintln!("{error}"); // for the log
//!         println!("{}", error.public_message()); // for the participant
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Time-outs and retries
//!
//! A call takes 30 seconds at most, retries and waiting included; an attempt takes 10, connecting 5
//! ([`defaults`]; all can be set for the client and for a call). Up to 3 retries follow failed connections, attempts
//! that took too long, answers that broke off, and the statuses 408, 429, 502, 503 and 504, with growing, random
//! pauses. `Retry-After` is honoured. If a pause would leave the next attempt less than 100 milliseconds before the
//! deadline, the error comes back at once. A certificate that is not trusted and all other statuses are never retried.
//!
//! A retry can mint a second token when the answer with the first one was lost. That is harmless as far as SignalWire
//! documents it: the room is made when somebody joins, not when a token is minted, and nobody has seen the first token.
//!
//! [`Client::create_many`] mints many tokens, a few at a time, with one deadline and one budget of retries for all.
//!
//! # Testing your application
//!
//! The crate `signalwire-room-tokens-mock` stands in for the endpoint on a free port of this machine. It checks
//! requests as SignalWire documents them, mints tokens that can be read, and fails on demand:
//!
//! ```
//! use signalwire_room_tokens::{Client, ErrorKind};
//! use signalwire_room_tokens_mock::{MockServer, Reply};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = MockServer::start().await?;
//! let (project_id, api_token) = (mock.project_id(), mock.api_token());
//! let client = Client::new(mock.base_url(), project_id, api_token)?;
//!
//! client.room_token("standup").user_name("Alice").create().await?;
//! assert_eq!(mock.requests()[0].json().unwrap()["user_name"], "Alice");
//!
//! mock.script([Reply::status(403)]);
//! let error = client.room_token("standup").create().await.unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Forbidden);
//! # Ok(())
//! # }
//! ```
//!
//! # Recipes
//!
//! A handler for [axum] that grants no more than the server allows, and tells the browser no more than it should know:
//!
//! ```
//! use axum::Json;
//! use axum::extract::{Path, State};
//! use axum::http::StatusCode;
//! use axum::routing::post;
//! use serde::{Deserialize, Serialize};
//! use signalwire_room_tokens::{Client, Error, PermissionSet, RoomName, RoomToken};
//!
//! #[derive(Deserialize)]
//! struct Ask {
//!     name: String,
//!     permissions: PermissionSet,
//! }
//!
//! #[derive(Serialize)]
//! struct Answer {
//!     #[serde(with = "signalwire_room_tokens::serde_exposed")]
//!     token: RoomToken,
//! }
//!
//! async fn join(
//!     State(client): State<Client>,
//!     Path(topic): Path<String>,
//!     Json(ask): Json<Ask>,
//! ) -> Result<Json<Answer>, (StatusCode, &'static str)> {
//!     let failed = |error: Error| (StatusCode::BAD_GATEWAY, error.public_message());
//!     let clamped = ask.permissions.clamp_to(&PermissionSet::PARTICIPANT);
//!     let token = client
//!         .room_token(RoomName::slug(&topic))
//!         .user_name(ask.name)
//!         .permissions(clamped.granted)
//!         .create()
//!         .await
//!         .map_err(failed)?;
//!     Ok(Json(Answer { token }))
//! }
//!
//! # fn app(client: Client) -> axum::Router {
//! axum::Router::new().route("/rooms/{topic}/tokens", post(join)).with_state(client)
//! # }
//! ```
//!
//! A template for a class of 30:
//!
//! ```
//! use std::time::Duration;
//! use signalwire_room_tokens::{Client, RoomTokenRequest};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
//! # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
//! # let pupils: Vec<String> = (1..=30).map(|number| format!("Pupil {number}")).collect();
//! let lesson = RoomTokenRequest::new("math-101")
//!     .join_audio_muted(true)
//!     .valid_for(Duration::from_secs(90 * 60));
//! let requests = pupils.iter().map(|name| lesson.clone().user_name(name));
//! let tokens = client.create_many(requests).collect().await;
//!
//! for (name, token) in pupils.iter().zip(tokens) {
//!     println!("{name}: {}", token?.expose());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A script without async, with the feature `blocking`:
//!
#![cfg_attr(feature = "blocking", doc = "```")]
#![cfg_attr(not(feature = "blocking"), doc = "```text")]
//! use signalwire_room_tokens::blocking::Client;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let mock = signalwire_room_tokens_mock::blocking::MockServer::start()?;
//! # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
//! // let client = Client::from_env()?;
//! let token = client.room_token("standup").create()?;
//! println!("{}", token.expose());
//! # Ok(())
//! # }
//! ```
//!
//! # Guarantees
//!
//! - **Every answer becomes a token or one `Error` of the right kind.** The HTTP status survives whatever the body
//!   is, and the text of an error is shorter than 1 KiB.
//! - **Broken HTTP and broken TLS end in an `Error`.** What follows an answer is never taken for the next one.
//! - **A call ends within its deadline.** That includes DNS, TLS, retries and waiting, wherever the other side
//!   falls silent.
//! - **Memory stays flat.** At most 64 KiB of an answer's body is kept, and nothing is unpacked.
//! - **No redirect is followed.** Credentials and requests go to one host, over `https` unless it is this machine;
//!   no token is taken from elsewhere.
//! - **No secret appears in any text.** No API token and no room token is in `Debug`, `Display`, an error, its
//!   causes, a panic, a span, or the logs of the libraries beneath. What a client and a token hold of them is wiped when
//!   the last clone is dropped.
//! - **Input stays in its place.** Text that no header or host name can carry is refused by the name of its field,
//!   and not repeated; all other text is sent as the value of its field, whatever it holds.
//! - **Retries are tame.** Pauses grow and are random, `Retry-After` is heeded, a certificate that is not right and
//!   an answer that is final are never tried again, and many calls share one budget.
//! - **Calls do not disturb each other.** A call may be dropped at any time, and of ten thousand at a time each
//!   gets the answer to its own request.
//! - **Requests are judged as the published document judges them.** Where the library is stricter or milder, that
//!   is in a list of reasons, and nowhere else.
//! - **What is not set is not sent.** A request carries the headers that it needs, and no others.
//!
//! The file `SECURITY.md` names the tests of each.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `rustls-ring` (default) | TLS by rustls with ring, certificates checked by the platform; the process-wide provider is left alone |
//! | `rustls-aws-lc` | TLS by rustls with aws-lc-rs; wins over `rustls-ring` |
//! | `native-tls` | TLS by the operating system's library; wins over both |
//! | `http2` | HTTP/2, where the server offers it |
//! | `blocking` | [`blocking::Client`](crate::blocking) |
//! | `tracing` | a [`tracing`](https://docs.rs/tracing) span per call: status, attempts, duration, request id; never names, bodies or secrets |
//! | `reqwest` | `ClientBuilder::http_client`, to bring an HTTP client of your own; makes reqwest's version part of this crate's API |
//!
//! Features only add; any combination builds. Proxies are taken from the usual environment variables, except for
//! loopback hosts.
//!
//! # Minimum supported Rust version
//!
//! 1.88; raising it is a minor release.
//!
//! The types and constants beneath are generated from SignalWire's OpenAPI document; they are in the crate
//! `signalwire-room-tokens-api`, which is no part of this crate's API.
//!
//! [SignalWire]: https://signalwire.com/docs/apis
//! [axum]: https://docs.rs/axum

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "blocking"),
    allow(
        rustdoc::broken_intra_doc_links,
        reason = "the guide links to what this feature adds"
    )
)]

#[cfg(target_family = "wasm")]
compile_error!("room tokens are minted on a server: a browser would have to hold the API token");

#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking;
mod client;
pub mod defaults;
pub mod env;
mod error;
#[rustfmt::skip]
mod generated;
mod permission;
mod request;
mod token;

pub use client::{Call, Client, ClientBuilder, CreateMany, ParseSpaceError, Space};
pub use error::{ApiError, Error, ErrorKind};
pub use generated::choices::*;
pub use generated::field::{Field, FieldKind};
pub use permission::{
    Clamped, Iter as PermissionIter, ParsePermissionError, Permission, PermissionSet, Scope,
    UnknownPermission,
};
pub use request::{
    Lint, LintId, ParseLintIdError, ParseTimestampError, RoomName, RoomTokenRequest, Rule, Timestamp,
    Violation,
};
pub use token::{ClaimsError, Mismatch, RoomToken, TokenHeader, UnverifiedClaims, serde_exposed};
