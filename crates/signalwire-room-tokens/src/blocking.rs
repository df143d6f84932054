//! A blocking client for programs without an async runtime. Requires the `blocking` feature.
//!
//! It has the same API as the async [`Client`](crate::Client) and gives the same guarantees:
//!
//! ```
//! use std::time::Duration;
//!
//! use signalwire_room_tokens::blocking::Client;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let mock = signalwire_room_tokens_mock::blocking::MockServer::start()?;
//! # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
//! // let client = Client::from_env()?;
//! let call = client.room_token("standup").user_name("Alice");
//! let token = call.valid_for(Duration::from_secs(60 * 60)).create()?;
//! # let _ = token;
//! # for sent in mock.requests() {
//! #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
//! #     assert_eq!(sent.lint(), []);
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! Inside an async runtime, every call fails with [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), even
//! in `spawn_blocking`. Use the async client there.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;

use futures_util::{Stream, StreamExt as _};
use secrecy::SecretString;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::client::{ClientBuilder, Space};
use crate::error::Error;
use crate::request::RoomTokenRequest;
use crate::token::RoomToken;

/// A blocking client that creates room tokens.
///
/// Cloning is cheap. All clones share one connection pool and one background thread.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Arc<Background>,
}

/// The runtime that executes calls.
///
/// It is shut down in the background when dropped, because tokio panics if a runtime is dropped in an async context.
#[derive(Debug)]
struct Background(Option<Runtime>);

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Client {
    /// Creates a client with default settings. Use [`builder`](Self::builder) and [`ClientBuilder::build_blocking`] to
    /// change them.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`ClientBuilder::build_blocking`].
    pub fn new(
        space: impl Into<String>,
        project_id: impl Into<String>,
        api_token: impl Into<SecretString>,
    ) -> Result<Self, Error> {
        crate::Client::builder()
            .space(space)
            .project_id(project_id)
            .api_token(api_token)
            .build_blocking()
    }

    /// Creates a client from the environment variables `SIGNALWIRE_SPACE`, `SIGNALWIRE_PROJECT_ID` and
    /// `SIGNALWIRE_API_TOKEN`.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`ClientBuilder::from_env`] and [`ClientBuilder::build_blocking`].
    pub fn from_env() -> Result<Self, Error> {
        crate::Client::builder().from_env()?.build_blocking()
    }

    /// Returns a builder with default settings. Call [`ClientBuilder::build_blocking`] to build the client.
    pub fn builder() -> ClientBuilder {
        crate::Client::builder()
    }

    /// Returns the space in which the client creates tokens.
    #[must_use]
    pub fn space(&self) -> &Space {
        self.client.space()
    }

    /// Starts a call that creates a token for the given room. Nothing is sent until [`Call::create`].
    pub fn room_token(&self, room_name: impl Into<String>) -> Call {
        self.call(RoomTokenRequest::new(room_name))
    }

    /// Starts a call from an existing request.
    pub fn call(&self, request: RoomTokenRequest) -> Call {
        Call::new(self.clone(), request, self.client.options())
    }

    /// Starts a batch that creates many tokens concurrently; see [`CreateMany`].
    pub fn create_many<I>(&self, requests: I) -> CreateMany<I::IntoIter>
    where
        I: IntoIterator<Item = RoomTokenRequest>,
    {
        self.client.create_many(requests).with_client(self.clone())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}

impl ClientBuilder {
    /// Builds a blocking client. This sends no requests. Requires the `blocking` feature.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`build`](Self::build), or if called from an async runtime.
    pub fn build_blocking(self) -> Result<Client, Error> {
        not_within_a_runtime()?;
        // The worker thread keeps the connections alive while no call is in flight.
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("signalwire-room-tokens")
            .enable_all()
            .build()
            .map_err(|error| {
                Error::configuration("failed to create the runtime for the blocking client")
                    .with_source(error)
            })?;
        Ok(Client {
            client: self.build()?,
            runtime: Arc::new(Background(Some(runtime))),
        })
    }
}

fn not_within_a_runtime() -> Result<(), Error> {
    match Handle::try_current() {
        Ok(_) => Err(Error::configuration(
            "the blocking client cannot be used within an async runtime; use `signalwire_room_tokens::Client` there",
        )),
        Err(_) => Ok(()),
    }
}

impl Background {
    fn block_on<T>(&self, run: impl Future<Output = T>) -> Result<T, Error> {
        not_within_a_runtime()?;
        match &self.0 {
            Some(runtime) => Ok(runtime.block_on(run)),
            None => Err(Error::configuration("the blocking client has been shut down")),
        }
    }

    /// Calls `take` with each item in a stream. `take` runs outside of the runtime, so it can block or make other
    /// calls.
    fn for_each<T>(&self, items: impl Stream<Item = T>, mut take: impl FnMut(T)) -> Result<(), Error> {
        let mut items = pin!(items);
        while let Some(item) = self.block_on(items.next())? {
            take(item);
        }
        Ok(())
    }
}

/// A call that creates a room token. Returned by [`Client::room_token`] and [`Client::call`].
pub type Call = crate::Call<Client>;

impl Call {
    /// Validates the request, sends it, and returns the token.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as the async client's method, or if called in an async runtime.
    pub fn create(self) -> Result<RoomToken, Error> {
        let Client { client, runtime } = self.client;
        runtime.block_on(client.send(self.request, self.options))?
    }
}

/// A batch that creates many tokens concurrently. Returned by [`Client::create_many`].
pub type CreateMany<I> = crate::CreateMany<I, Client>;

impl<I: Iterator<Item = RoomTokenRequest>> CreateMany<I> {
    /// Returns all results, in the order of the requests.
    ///
    /// # Errors
    ///
    /// Returns an error if called in an async runtime. The errors of individual requests are in the returned `Vec`.
    pub fn collect(self) -> Result<Vec<Result<RoomToken, Error>>, Error> {
        let Client { client, runtime } = self.client.clone();
        runtime.block_on(self.with_client(client).collect())
    }

    /// Calls `take` with each result, in the order of the requests; see [`stream`](crate::CreateMany::stream) on the
    /// async client. While `take` runs, responses to requests that are in flight are still received, but no new
    /// requests are sent.
    ///
    /// # Errors
    ///
    /// Returns an error if called in an async runtime.
    pub fn for_each(self, take: impl FnMut(Result<RoomToken, Error>)) -> Result<(), Error> {
        let Client { client, runtime } = self.client.clone();
        runtime.for_each(self.with_client(client).stream(), take)
    }

    /// Calls `take` with the zero-based index of a request and its result as soon as the result is available; see
    /// [`stream_unordered`](crate::CreateMany::stream_unordered) on the async client.
    ///
    /// # Errors
    ///
    /// Returns an error if called in an async runtime.
    pub fn for_each_unordered(
        self,
        mut take: impl FnMut(usize, Result<RoomToken, Error>),
    ) -> Result<(), Error> {
        let Client { client, runtime } = self.client.clone();
        let results = self.with_client(client).stream_unordered();
        runtime.for_each(results, |(index, result)| take(index, result))
    }
}
