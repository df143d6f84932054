//! A client for minting [SignalWire] video room tokens, which browsers need to join video rooms.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use signalwire_room_tokens::{Client, PermissionSet};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::from_env()?;
//!     let token = client
//!         .room_token("standup")
//!         .user_name("Alice")
//!         .permissions(PermissionSet::PARTICIPANT)
//!         .valid_for(Duration::from_secs(60 * 60))
//!         .create()
//!         .await?;
//!     println!("{}", token.expose());
//!     Ok(())
//! }
//! ```
//!
//! - **Typed requests:** fields are validated before sending, and [lints](RoomTokenRequest::lint) report valid but
//!   risky requests.
//! - **Retries within a deadline:** a call takes at most 30 seconds by default, including all retries.
//! - **One [`Error`] type:** it always keeps the HTTP status, and its message suggests what to do.
//! - **No leaked secrets:** tokens and credentials never appear in `Debug` output, errors or logs.
//!
//! # Start here
//!
//! | type | purpose |
//! |---|---|
//! | [`Client`] | Holds the credentials, connections and settings, and sends requests. Cheap to clone. |
//! | [`RoomTokenRequest`] | The fields of a request, such as room, user, permissions and lifetime. |
//! | [`PermissionSet`] | The permissions of a participant, with presets and set operations. |
//! | [`Error`] | Why a call failed, and what to do about it. |
//!
//! The example above reads `SIGNALWIRE_SPACE`, `SIGNALWIRE_PROJECT_ID` and `SIGNALWIRE_API_TOKEN` from the environment.
//! It needs tokio with the features `macros` and `rt-multi-thread`. The API token needs the Video scope. Without an
//! account, use the [mock server](#testing-your-application); SignalWire doesn't accept its tokens.
//!
//! This crate is for servers. A server mints a token with `POST https://<space>.signalwire.com/api/video/room_tokens`
//! and passes it to a browser, which joins the room with SignalWire's browser SDK v3.
//!
//! # Permissions
//!
//! The name of each [`Permission`] starts with its scope: `Self…`, `Member…` or `Room…`. The list in a request
//! *replaces* SignalWire's default list, [`PermissionSet::DEFAULT`]. A request without a list gets the default, and an
//! empty list grants nothing. The documentation of [`Permission`] has a table of all permissions, their meanings and
//! the presets that contain them. [`PermissionSet`] has the presets and set operations, and a set can be a constant:
//!
//! ```
//! # use std::time::Duration;
//! use signalwire_room_tokens::{Permission, PermissionSet, RoomTokenRequest};
//!
//! const PRESENTER: PermissionSet =
//!     PermissionSet::of(&[Permission::RoomSetLayout, Permission::RoomPlayback]);
//!
//! let request = RoomTokenRequest::new("all-hands")
//!     .permissions(PermissionSet::PARTICIPANT | PRESENTER)
//!     .valid_for(Duration::from_secs(60 * 60));
//! # assert!(request.validate().is_ok());
//! # assert_eq!(request.lint(), []);
//! ```
//!
//! Parsing an unknown name returns an error that suggests the nearest known name. [`Permission::unchecked`] creates
//! permissions that are newer than this version of the crate. [`PermissionSet::clamp_to`] limits a list that comes from
//! a browser to the permissions that the server allows.
//!
//! # Lifetime
//!
//! By default, a token does not expire: without [`join_until`](RoomTokenRequest::join_until), it works forever, and it
//! can't be revoked. [`valid_for`](RoomTokenRequest::valid_for) sets a lifetime that starts at `join_from` or, if that
//! is unset, at the time of the call. [`remove_after`](RoomTokenRequest::remove_after) limits how long the participant
//! may stay in the room:
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
//! # assert_eq!(lesson.lint(), []);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Requests are [validated](RoomTokenRequest::validate) before they are sent. [`lint`](RoomTokenRequest::lint) reports
//! requests that are valid but risky.
//!
//! [`RoomToken::claims`] reads the claims of a token without verifying its signature. Anyone who has the token can read
//! them, so don't put secrets in `user_name` or `meta`.
//!
//! # Errors
//!
//! All calls return the same [`Error`] type. Its message suggests what to do, its [`kind`](Error::kind) lets a program
//! choose how to react, and its [`status`](Error::status) is the HTTP status, which is kept even if the body is
//! malformed:
//!
//! ```
//! # use std::time::Duration;
//! use signalwire_room_tokens::{Client, ErrorKind};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
//! # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
//! let call = client.room_token("stand up").valid_for(Duration::from_secs(3600));
//! match call.create().await {
//!     Ok(token) => println!("{}", token.expose()),
//!     Err(error) if error.kind() == ErrorKind::InvalidRequest => {
//!         for violation in error.violations() {
//!             eprintln!("{}: {}", violation.field(), violation.expected());
//!         }
//!     }
//!     Err(error) => {
//!         eprintln!("{error}"); // for the log
//!         println!("{}", error.public_message()); // for the participant
//!     }
//! }
//! # for sent in mock.requests() {
//! #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
//! #     assert_eq!(sent.lint(), []);
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! The documentation of [`Error`] lists all kinds and what to do about each. The recipe for a [web
//! service](#web-service) maps each kind to a status and uses [`public_message`](Error::public_message) as the body.
//! Don't pass on SignalWire's status, because it refers to the request that the service sent.
//!
//! # Timeouts and retries
//!
//! A call takes at most 30 seconds, including retries and delays. An attempt takes at most 10 seconds, and connecting
//! at most 5. These [`defaults`] can be changed for a client and, except for the connect timeout, for a single call.
//!
//! Failed connections, attempts that time out, truncated responses, and the statuses 408, 429, 502, 503 and 504 are
//! retried up to 3 times, with increasing, randomized delays. `Retry-After` is honored. If a delay would leave the next
//! attempt less than 100 milliseconds before the deadline, the call returns the error instead of retrying. Untrusted
//! certificates and all other statuses are never retried.
//!
//! A retry can mint a second token if the response containing the first one was lost. According to SignalWire's
//! documentation, this is harmless: a room is created when somebody joins it, not when a token is minted, and nobody
//! has seen the first token.
//!
//! [`Client::create_many`] mints many tokens, 16 at a time, with one deadline of 2 minutes and a budget of 50 retries
//! for the whole batch. It stops when the credentials are rejected.
//!
//! # Testing your application
//!
//! ## Mock server
//!
//! The crate `signalwire-room-tokens-mock` provides a mock of the endpoint on a free localhost port. It validates
//! requests against SignalWire's documentation, mints tokens whose claims can be read, and fails on demand:
//!
//! ```
//! # use std::time::Duration;
//! use signalwire_room_tokens::{Client, ErrorKind};
//! use signalwire_room_tokens_mock::{MockServer, Reply};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = MockServer::start().await?;
//! let (project_id, api_token) = (mock.project_id(), mock.api_token());
//! let client = Client::new(mock.base_url(), project_id, api_token)?;
//! let call = client
//!     .room_token("standup")
//!     .user_name("Alice")
//!     .valid_for(Duration::from_secs(3600));
//!
//! call.clone().create().await?;
//! assert_eq!(mock.requests()[0].json().unwrap()["user_name"], "Alice");
//!
//! mock.script([Reply::status(403)]);
//! let error = call.create().await.unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Forbidden);
//! # for sent in mock.requests() {
//! #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
//! #     assert_eq!(sent.lint(), []);
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! ## Fixed time and new fields
//!
//! By default, the mock rejects fields and permissions that the published document doesn't contain. `accept_unknown`
//! makes it accept them. `fixed_time` stops its clock. The lifetime of a token starts at the client's current time or
//! at `join_from`, so a test can set `join_from` to the mock's time:
//!
//! ```
//! use std::time::{Duration, SystemTime};
//! use signalwire_room_tokens::{Client, Permission, PermissionSet};
//! use signalwire_room_tokens_mock::MockServer;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_017_600);
//! let mock = MockServer::builder().fixed_time(noon).accept_unknown().start().await?;
//! # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
//! let confetti = Permission::unchecked("room.confetti");
//! let token = client
//!     .room_token("standup")
//!     .permissions(PermissionSet::PARTICIPANT | PermissionSet::from([confetti]))
//!     .extra("room_theme", "dark")
//!     .join_from(noon)
//!     .valid_for(Duration::from_secs(3600))
//!     .create()
//!     .await?;
//!
//! let claims = token.claims()?;
//! assert_eq!(claims.issued_at, Some(noon.into()));
//! assert_eq!(claims.join_until, Some((noon + Duration::from_secs(3600)).into()));
//! assert!(claims.permissions.unwrap().iter().any(|permission| !permission.is_known()));
//! assert_eq!(mock.requests()[0].json().unwrap()["room_theme"], "dark");
//! # for sent in mock.requests() {
//! #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
//! #     assert_eq!(sent.lint(), []);
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! ## Fake without a server
//!
//! Code that mints tokens through its own trait can be tested without a server. A fake can create tokens from strings
//! and errors from an [`ErrorKind`]:
//!
//! ```
//! use std::time::Duration;
//! use signalwire_room_tokens::{Client, Error, ErrorKind, RoomToken};
//!
//! trait Tokens {
//!     fn mint(&self, user: &str) -> impl Future<Output = Result<RoomToken, Error>> + Send;
//! }
//!
//! impl Tokens for Client {
//!     async fn mint(&self, user: &str) -> Result<RoomToken, Error> {
//!         let call = self.room_token("standup").user_name(user);
//!         call.valid_for(Duration::from_secs(3600)).create().await
//!     }
//! }
//!
//! /// Returns the response for a participant. This is the code under test.
//! async fn reply(tokens: &impl Tokens, user: &str) -> String {
//!     match tokens.mint(user).await {
//!         Ok(token) => token.into_string(),
//!         Err(error) => match error.retry_after() {
//!             Some(wait) => format!("{} ({} s)", error.public_message(), wait.as_secs()),
//!             None => error.public_message().to_owned(),
//!         },
//!     }
//! }
//!
//! /// A fake that returns a token for Alice and a rate-limit error for everyone else.
//! struct Fake;
//!
//! impl Tokens for Fake {
//!     async fn mint(&self, user: &str) -> Result<RoomToken, Error> {
//!         match user {
//!             "Alice" => Ok(RoomToken::from("e30.e30.c2ln".to_owned())),
//!             _ => Err(Error::from(ErrorKind::RateLimited).with_retry_after(Duration::from_secs(7))),
//!         }
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! assert_eq!(reply(&Fake, "Alice").await, "e30.e30.c2ln");
//! assert!(reply(&Fake, "Bob").await.ends_with("(7 s)"));
//! # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
//! # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
//! # assert!(mock.verify(&reply(&client, "Alice").await).is_some());
//! # for sent in mock.requests() {
//! #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
//! #     assert_eq!(sent.lint(), []);
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! # Recipes
//!
//! ## Web service
//!
//! An [axum] handler that limits the requested permissions and returns only public error messages:
//!
//! ```
//! use std::time::Duration;
//!
//! use axum::Json;
//! use axum::extract::{Path, State};
//! use axum::http::StatusCode;
//! use axum::routing::post;
//! use serde::{Deserialize, Serialize};
//! use signalwire_room_tokens::{Client, Error, ErrorKind, PermissionSet, RoomName, RoomToken};
//!
//! #[derive(Deserialize)]
//! struct TokenRequest {
//!     name: String,
//!     permissions: PermissionSet,
//! }
//!
//! #[derive(Serialize)]
//! struct TokenResponse {
//!     #[serde(with = "signalwire_room_tokens::serde_exposed")]
//!     token: RoomToken,
//! }
//!
//! async fn join(
//!     State(client): State<Client>,
//!     Path(topic): Path<String>,
//!     Json(body): Json<TokenRequest>,
//! ) -> Result<Json<TokenResponse>, (StatusCode, &'static str)> {
//!     let clamped = body.permissions.clamp_to(&PermissionSet::PARTICIPANT);
//!     let token = client
//!         .room_token(RoomName::slug(&topic))
//!         .user_name(body.name)
//!         .permissions(clamped.granted)
//!         .valid_for(Duration::from_secs(5 * 60))
//!         .create()
//!         .await
//!         .map_err(error_response)?;
//!     Ok(Json(TokenResponse { token }))
//! }
//!
//! fn error_response(error: Error) -> (StatusCode, &'static str) {
//!     let status = match error.kind() {
//!         ErrorKind::InvalidRequest | ErrorKind::Rejected => StatusCode::UNPROCESSABLE_ENTITY,
//!         ErrorKind::RateLimited => StatusCode::SERVICE_UNAVAILABLE,
//!         ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
//!         ErrorKind::Connect | ErrorKind::Server | ErrorKind::UnexpectedResponse => StatusCode::BAD_GATEWAY,
//!         _ => StatusCode::INTERNAL_SERVER_ERROR,
//!     };
//!     eprintln!("{error}"); // for the log
//!     (status, error.public_message())
//! }
//!
//! fn app(client: Client) -> axum::Router {
//!     axum::Router::new().route("/rooms/{topic}/tokens", post(join)).with_state(client)
//! }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
//! # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
//! # let _ = app(client);
//! # let settings = Client::builder().space(mock.base_url()).project_id(mock.project_id());
//! # let client = settings.api_token(mock.api_token()).max_retries(0).build()?;
//! # let body = |name: &str| TokenRequest { name: name.to_owned(), permissions: PermissionSet::MODERATOR };
//! # let call = |name: &str| join(State(client.clone()), Path("Stand up!".to_owned()), Json(body(name)));
//! # let Json(response) = call("Alice").await.unwrap();
//! # let permissions: PermissionSet = response.token.claims()?.permissions.iter().flatten().collect();
//! # assert_eq!(permissions, PermissionSet::PARTICIPANT);
//! # assert_eq!(call(&"x".repeat(101)).await.err().unwrap().0, 422);
//! # for (status, own) in [(401, 500), (403, 500), (422, 422), (429, 503), (500, 502), (503, 502), (302, 502)] {
//! #     mock.script([signalwire_room_tokens_mock::Reply::status(status)]);
//! #     assert_eq!(call("Alice").await.err().unwrap().0, own);
//! # }
//! # for sent in mock.requests() {
//! #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
//! #     assert_eq!(sent.lint(), []);
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! ## Many tokens
//!
//! Mints tokens for a class of 500 and handles each result as soon as it is available:
//!
//! ```
//! use std::pin::pin;
//! use std::time::Duration;
//!
//! use futures_util::StreamExt;
//! use signalwire_room_tokens::{Client, RoomTokenRequest};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
//! # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
//! # let pupils: Vec<String> = (1..=500).map(|number| format!("Pupil {number}")).collect();
//! let lesson = RoomTokenRequest::new("math-101")
//!     .join_audio_muted(true)
//!     .valid_for(Duration::from_secs(90 * 60));
//! let requests = pupils.iter().map(|name| lesson.clone().user_name(name));
//!
//! let mut results = pin!(client.create_many(requests).stream_unordered());
//! while let Some((index, result)) = results.next().await {
//!     match result {
//!         Ok(token) => println!("{}: {}", pupils[index], token.expose()),
//!         Err(error) => eprintln!("{}: {error}", pupils[index]),
//!     }
//! }
//! # assert_eq!(mock.requests().len(), 500);
//! # for sent in mock.requests() {
//! #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
//! #     assert_eq!(sent.lint(), []);
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! ## Blocking script
//!
//! Mints a token without async code. This requires the `blocking` feature:
//!
#![cfg_attr(feature = "blocking", doc = "```")]
#![cfg_attr(not(feature = "blocking"), doc = "```text")]
//! use std::time::Duration;
//!
//! use signalwire_room_tokens::blocking::Client;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let mock = signalwire_room_tokens_mock::blocking::MockServer::start()?;
//! # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
//! // let client = Client::from_env()?;
//! let call = client.room_token("standup").valid_for(Duration::from_secs(15 * 60));
//! println!("{}", call.create()?.expose());
//! # for sent in mock.requests() {
//! #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
//! #     assert_eq!(sent.lint(), []);
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! ## Configuration file
//!
//! Reads all settings from a configuration file, including a proxy and a custom certificate authority:
//!
//! ```
//! use serde::Deserialize;
//! use signalwire_room_tokens::{Client, RoomTokenRequest, SecretString, Space};
//!
//! #[derive(Deserialize)]
//! struct Settings {
//!     space: Space,
//!     project_id: String,
//!     api_token: SecretString,
//!     proxy: Option<SecretString>,
//!     ca_file: Option<std::path::PathBuf>,
//!     meeting: RoomTokenRequest,
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let settings: Settings = serde_json::from_str(
//!     r#"{
//!         "space": "myspace",
//!         "project_id": "0c97f635-1c13-4fc1-86f7-bb2be859d8b9",
//!         "api_token": "PT0123456789abcdef",
//!         "proxy": "http://proxy.example.org:8080",
//!         "meeting": { "room_name": "standup", "valid_for": 3600, "join_audio_muted": true }
//!     }"#,
//! )?;
//! let mut builder = Client::builder()
//!     .space(settings.space)
//!     .project_id(settings.project_id)
//!     .api_token(settings.api_token);
//! if let Some(proxy) = settings.proxy {
//!     builder = builder.proxy(proxy);
//! }
//! if let Some(file) = settings.ca_file {
//!     builder = builder.root_certificates_pem(std::fs::read(file)?);
//! }
//! let client = builder.build()?;
//! let call = client.call(settings.meeting).user_name("Alice");
//! # assert_eq!(call.lint(), []);
//! # Ok(())
//! # }
//! ```
//!
//! # Tracing
//!
//! [`RoomToken::call_info`] and the methods of [`Error`] return a call's request ID, number of attempts and elapsed
//! time. With the `tracing` feature, each call is also a span, and each retry an event within it. Their names, levels,
//! target and fields are part of this crate's public API, so incompatible changes need the same version bump as for
//! types:
//!
//! | | span for a call | event for a retry |
//! |---|---|---|
//! | name | `create_room_token` | message `retrying` |
//! | level | `INFO` | `WARN` |
//! | target | `signalwire_room_tokens` | `signalwire_room_tokens` |
//! | `http.response.status_code` | of the last response, if any | of the failed attempt's response, if any |
//! | `error.kind` | [`ErrorKind::as_str`], if the call failed | [`ErrorKind::as_str`] of the failed attempt |
//! | `attempts` | number of attempts | number of attempts so far |
//! | `duration_ms` | duration of the call, in milliseconds | – |
//! | `delay_ms` | – | delay before the next attempt, in milliseconds |
//! | `request_id` | of the last response, if it has one | – |
//!
//! Neither contains user names, room names, bodies or secrets.
//!
//! # Guarantees
//!
//! - **Every response produces a token or an error of the correct kind.** The HTTP status is kept regardless of the
//!   body. Error messages are shorter than 1 KiB, contain no control characters, and escape invisible characters.
//! - **TLS failures and malformed HTTP produce an `Error`.** Bytes after the end of a response are never treated as
//!   the next response.
//! - **Calls end by their deadline.** The deadline covers DNS, TLS, retries and delays, regardless of when
//!   the server stops responding. There is one exception: a server that sends an endless HTTP/1 chunk-size
//!   line without pausing can make a call overrun its deadline by several seconds.
//! - **Memory use is bounded.** The client keeps at most 64 KiB of a response body and never decompresses it.
//! - **Redirects are never followed.** Credentials and requests are sent to a single host, and only over `https`
//!   unless the host is localhost. Tokens from any other host are rejected.
//! - **Secrets never appear in output.** API tokens and room tokens never appear in `Debug` or `Display` output,
//!   errors or their causes, panics, spans, or the logs of underlying libraries. The copies held by clients and
//!   tokens are zeroized when the last clone is dropped.
//! - **Input cannot escape its field.** Text that is invalid in a header or host name is rejected with an error that
//!   names the field but doesn't repeat the text. All other text is sent unchanged as the value of its field.
//! - **Retries are limited.** Delays between attempts increase and are randomized, and `Retry-After` is honored.
//!   Requests that fail with an invalid certificate or another permanent error are never retried. All calls in a batch
//!   share one retry budget.
//! - **Calls are independent.** A call can be dropped at any time. Even with ten thousand calls in flight, each call
//!   receives the response to its own request.
//! - **Requests are validated as the published document specifies.** Every case in which the library is stricter or
//!   more lenient is documented with a reason.
//! - **Unset fields are omitted.** A request contains only the headers that it needs.
//!
//! `SECURITY.md` lists the tests for each guarantee.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `rustls-ring` (default) | TLS by rustls with ring; the platform verifies certificates, and the process-wide crypto provider is not changed |
//! | `rustls-aws-lc` | TLS by rustls with aws-lc-rs; takes precedence over `rustls-ring` |
//! | `native-tls` | TLS by the operating system's library; takes precedence over both |
//! | `http2` | HTTP/2, if the server supports it |
//! | `blocking` | [`blocking::Client`](crate::blocking) |
//! | `tracing` | a [`tracing`](https://docs.rs/tracing) span per call and an event per retry; see [Tracing](#tracing) |
//! | `reqwest` | `ClientBuilder::http_client`, which accepts a custom `reqwest::Client`; makes reqwest's version part of this crate's API |
//!
//! All features are additive, and every combination builds. Proxies come from [`ClientBuilder::proxy`] or from the
//! usual environment variables, which don't apply to loopback hosts.
//!
//! # Minimum supported Rust version
//!
//! Rust 1.88. A minor release may raise it.
//!
//! # Generated code
//!
//! The underlying types, constants and low-level client are generated from SignalWire's OpenAPI document. They are in
//! the crate `signalwire-room-tokens-api`, which isn't part of this crate's public API.
//!
//! [SignalWire]: https://signalwire.com/docs/apis
//! [axum]: https://docs.rs/axum

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "blocking"),
    allow(
        rustdoc::broken_intra_doc_links,
        reason = "the crate documentation links to items that require this feature"
    )
)]

#[cfg(target_family = "wasm")]
compile_error!("this crate must run on a server; WebAssembly in a browser would expose the API token");

#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
pub mod defaults;
pub mod env;
mod error;
#[rustfmt::skip]
mod generated;
mod named_enum;
mod permission;
mod request;
mod text;
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
pub use secrecy::SecretString;
pub use token::{CallInfo, ClaimsError, Mismatch, RoomToken, TokenHeader, UnverifiedClaims, serde_exposed};
