//! Mint [SignalWire] video room tokens: the token with which a participant joins a video room.
//!
//! A server asks `POST https://<space>.signalwire.com/api/video/room_tokens` for a token and hands it to a browser,
//! which gives it to SignalWire's browser SDK v3. This crate is for the server.
//!
//! - [First token](#first-token)
//! - [Permissions](#permissions)
//! - [Windows and lifetime](#windows-and-lifetime)
//! - [Errors](#errors)
//! - [Timeouts and retries](#timeouts-and-retries)
//! - [Tracing](#tracing)
//! - [Testing your application](#testing-your-application)
//! - [Recipes](#recipes)
//! - [Guarantees](#guarantees)
//! - [Features](#features)
//! - [Minimum supported Rust version](#minimum-supported-rust-version)
//!
//! # First token
//!
//! With `SIGNALWIRE_SPACE`, `SIGNALWIRE_PROJECT_ID` and `SIGNALWIRE_API_TOKEN` in the environment, and tokio with its
//! features `macros` and `rt-multi-thread`. The API token needs the Video scope.
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
//! Without an account, a [mock](#testing-your-application) mints tokens that open nothing.
//!
//! # Permissions
//!
//! [`Permission`] names what a participant may do, by scope: `Self…`, `Member…`, `Room…`. A list in the request
//! *replaces* SignalWire's default list, [`PermissionSet::DEFAULT`]; no list leaves the default, and an empty list
//! grants nothing. [`PermissionSet`] has presets and set algebra, and a set of listed permissions can be a constant:
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
//! Names that come from users are parsed, and a misspelt one is answered with the nearest that exists; a name newer
//! than this version goes through [`Permission::unchecked`]. Lists that come from a browser are held under a ceiling
//! by [`PermissionSet::clamp_to`].
//!
//! # Windows and lifetime
//!
//! A token has no built-in expiry. Without [`join_until`](RoomTokenRequest::join_until) it works forever, and there is
//! no way to revoke it. [`valid_for`](RoomTokenRequest::valid_for) sets a limit that is counted from `join_from` or,
//! without one, from the moment of the call. [`remove_after`](RoomTokenRequest::remove_after) limits the stay in the room:
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
//! In the last column is the status with which a web service may respond to its own client; SignalWire's statuses are about
//! the service's request, so they are not passed on. The body of such a response is
//! [`public_message`](Error::public_message).
//!
//! | [`ErrorKind`] | SignalWire's status | retried | what to do | own status |
//! |---|---|---|---|---|
//! | `Unauthorized` | 401 | no | Check project id, API token and space. | 500 |
//! | `Forbidden` | 403 | no | Give the API token the Video scope. | 500 |
//! | `Rejected` | other 4xx | no | Read [`api_errors`](Error::api_errors). 402, 404, 405 and 407 are about the account, the space or a proxy. | 422 |
//! | `RateLimited` | 429 | yes | Wait for [`retry_after`](Error::retry_after); ask for fewer tokens. | 503 |
//! | `Server` | 5xx | 502, 503 and 504 | Try again later. | 502 |
//! | `Timeout` | none, 408, or 2xx with a body that did not end | yes | Try again later, or set a longer timeout. | 504 |
//! | `Connect` | none | yes, but not after a rejected certificate or a proxy's 407 | Check network, DNS, proxy and certificates. | 502 |
//! | `UnexpectedResponse` | any | only a truncated body | Check that the space leads to SignalWire. | 502 |
//! | `Mismatch` | 2xx | no | Read [`mismatches`](Error::mismatches); only with [`fail_on_mismatch`](Call::fail_on_mismatch). | 500 |
//! | `NotSent` | none | no | Fix the credentials, then send the rest of the batch. | 500 |
//! | `InvalidRequest` | none | no | Read [`violations`](Error::violations). | 422 |
//! | `Configuration` | none | no | Fix the settings. | 500 |
//!
//! # Timeouts and retries
//!
//! A call takes 30 seconds at most, retries and waiting included; an attempt takes 10, connecting 5
//! ([`defaults`]; all can be set for the client and for a call). Up to 3 retries follow failed connections, attempts
//! that took too long, truncated responses, and the statuses 408, 429, 502, 503 and 504, with growing, random pauses.
//! `Retry-After` is honored. If a pause would leave the next attempt less than 100 milliseconds before the deadline, the
//! error comes back without it. An untrusted certificate and all other statuses are never retried.
//!
//! A retry can mint a second token when the response with the first one was lost. That is harmless as far as SignalWire
//! documents it: the room is made when somebody joins, not when a token is minted, and nobody has seen the first token.
//!
//! [`Client::create_many`] mints many tokens, 16 at a time, with one deadline of 2 minutes and one budget of 50 retries
//! for all. It stops once the credentials have been rejected.
//!
//! # Tracing
//!
//! The result of a call has its details: [`RoomToken::call_info`] and the methods of [`Error`] have request id, attempts
//! and elapsed time. With the feature `tracing`, each call is also a span, and each retry an event within it. Names,
//! levels, target and fields are part of this crate's interface, and change only as its types do:
//!
//! | | span of a call | event of a retry |
//! |---|---|---|
//! | name | `create_room_token` | message `retrying` |
//! | level | `INFO` | `WARN` |
//! | target | `signalwire_room_tokens` | `signalwire_room_tokens` |
//! | `http.response.status_code` | of the last response, if there was one | of the failed attempt, if it got a response |
//! | `error.kind` | [`ErrorKind::as_str`], if the call failed | [`ErrorKind::as_str`] of the failed attempt |
//! | `attempts` | number of attempts | number of attempts so far |
//! | `duration_ms` | the whole call, in milliseconds | – |
//! | `delay_ms` | – | the pause before the next attempt, in milliseconds |
//! | `request_id` | of the last response, if it names one | – |
//!
//! Names, bodies and secrets are in neither.
//!
//! # Testing your application
//!
//! The crate `signalwire-room-tokens-mock` is a mock of the endpoint, on a free port of localhost. It checks requests as
//! SignalWire documents them, mints tokens that can be read, and fails on demand:
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
//! The mock rejects fields and permissions that the published document does not have, unless it is told to accept them.
//! Its clock can be stopped; a lifetime is counted from the client's clock, or from `join_from`, which a test can set to
//! the same time:
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
//! Code that asks for tokens through its own trait needs no server in its tests. A fake gives tokens from strings
//! and errors from their [`ErrorKind`]:
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
//! /// The code to test: what a participant is told.
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
//! /// Gives Alice a token, and is too busy for everybody else.
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
//! A handler for [axum] that grants no more than the server allows, and tells the browser no more than it should know:
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
//! struct Ask {
//!     name: String,
//!     permissions: PermissionSet,
//! }
//!
//! #[derive(Serialize)]
//! struct Granted {
//!     #[serde(with = "signalwire_room_tokens::serde_exposed")]
//!     token: RoomToken,
//! }
//!
//! async fn join(
//!     State(client): State<Client>,
//!     Path(topic): Path<String>,
//!     Json(ask): Json<Ask>,
//! ) -> Result<Json<Granted>, (StatusCode, &'static str)> {
//!     let clamped = ask.permissions.clamp_to(&PermissionSet::PARTICIPANT);
//!     let token = client
//!         .room_token(RoomName::slug(&topic))
//!         .user_name(ask.name)
//!         .permissions(clamped.granted)
//!         .valid_for(Duration::from_secs(5 * 60))
//!         .create()
//!         .await
//!         .map_err(failed)?;
//!     Ok(Json(Granted { token }))
//! }
//!
//! fn failed(error: Error) -> (StatusCode, &'static str) {
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
//! # let ask = |name: &str| Ask { name: name.to_owned(), permissions: PermissionSet::MODERATOR };
//! # let asked = |name: &str| join(State(client.clone()), Path("Stand up!".to_owned()), Json(ask(name)));
//! # let Json(granted) = asked("Alice").await.unwrap();
//! # let permissions: PermissionSet = granted.token.claims()?.permissions.iter().flatten().collect();
//! # assert_eq!(permissions, PermissionSet::PARTICIPANT);
//! # assert_eq!(asked(&"x".repeat(101)).await.err().unwrap().0, 422);
//! # for (status, own) in [(401, 500), (403, 500), (422, 422), (429, 503), (500, 502), (503, 502), (302, 502)] {
//! #     mock.script([signalwire_room_tokens_mock::Reply::status(status)]);
//! #     assert_eq!(asked("Alice").await.err().unwrap().0, own);
//! # }
//! # for sent in mock.requests() {
//! #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
//! #     assert_eq!(sent.lint(), []);
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! Tokens for a class of 500, each as soon as it is there:
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
//! A script without async, with the feature `blocking`:
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
//! Settings from a configuration file, a proxy and the company's own certificate authority among them:
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
//! # Guarantees
//!
//! - **Every answer becomes a token or one `Error` of the right kind.** The HTTP status survives whatever the body
//!   is. The text of an error is shorter than 1 KiB, without control characters, and with invisible characters escaped.
//! - **Broken HTTP and broken TLS end in an `Error`.** What follows an answer is never taken for the next one.
//! - **A call ends within its deadline.** That includes DNS, TLS, retries and waiting, wherever the other side
//!   falls silent. There is one exception: a server that sends an endless HTTP/1 chunk-size line without a pause can
//!   delay the end by seconds.
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
//! | `tracing` | a [`tracing`](https://docs.rs/tracing) span per call and an event per retry: [Tracing](#tracing) |
//! | `reqwest` | `ClientBuilder::http_client`, to bring an HTTP client of reqwest's; makes reqwest's version part of this crate's API |
//!
//! Features only add; any combination builds. Proxies come from the usual environment variables, except for loopback
//! hosts, or from [`ClientBuilder::proxy`].
//!
//! # Minimum supported Rust version
//!
//! 1.88; raising it is a minor release.
//!
//! The underlying types, constants and low-level client are generated from SignalWire's OpenAPI document. They are in
//! the crate `signalwire-room-tokens-api`, which is not part of this crate's API.
//!
//! [SignalWire]: https://signalwire.com/docs/apis
//! [axum]: https://docs.rs/axum

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "blocking"),
    allow(
        rustdoc::broken_intra_doc_links,
        reason = "the crate documentation links to items of this feature"
    )
)]

#[cfg(target_family = "wasm")]
compile_error!("this crate must run on a server; WebAssembly in a browser would expose the API token");

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
pub use secrecy::SecretString;
pub use token::{CallInfo, ClaimsError, Mismatch, RoomToken, TokenHeader, UnverifiedClaims, serde_exposed};
