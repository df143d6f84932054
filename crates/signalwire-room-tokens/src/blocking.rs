//! A client that blocks the calling thread, for programs without an async runtime. Requires the feature `blocking`.
//!
//! The same surface as [`Client`](crate::Client), and the same guarantees:
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
//! Within an async runtime every call fails with [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), in
//! `spawn_blocking` too: there the async client is at hand.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{Stream, StreamExt as _};
use secrecy::SecretString;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::client::{CallOptions, ClientBuilder, Space, option_setters};
use crate::error::Error;
use crate::request::{Lint, RoomTokenRequest, Violation, request_setters};
use crate::token::RoomToken;

/// Mints room tokens, and blocks while it does.
///
/// Cheap to clone; all clones share one pool of connections, and one thread that sees to them.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Arc<Background>,
}

/// The runtime that calls run on. Taken out when it is dropped, since a runtime must not be dropped the usual way
/// within another one.
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
    /// A client with default settings; more can be set by the [`builder`](Self::builder) and [`ClientBuilder::build_blocking`].
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::build_blocking`].
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

    /// A client from `SIGNALWIRE_SPACE`, `SIGNALWIRE_PROJECT_ID` and `SIGNALWIRE_API_TOKEN`.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::from_env`] and [`ClientBuilder::build_blocking`].
    pub fn from_env() -> Result<Self, Error> {
        crate::Client::builder().from_env()?.build_blocking()
    }

    /// Sets up a client; end with [`ClientBuilder::build_blocking`].
    pub fn builder() -> ClientBuilder {
        crate::Client::builder()
    }

    /// The space that tokens are for.
    #[must_use]
    pub fn space(&self) -> &Space {
        self.client.space()
    }

    /// Begins a call for a token for this room.
    pub fn room_token(&self, room_name: impl Into<String>) -> Call {
        self.call(RoomTokenRequest::new(room_name))
    }

    /// Begins a call from a request that was made before.
    pub fn call(&self, request: RoomTokenRequest) -> Call {
        Call {
            client: self.clone(),
            request,
            options: CallOptions::default(),
        }
    }

    /// Asks for many tokens, several at a time.
    pub fn create_many<I>(&self, requests: I) -> CreateMany<I::IntoIter>
    where
        I: IntoIterator<Item = RoomTokenRequest>,
    {
        CreateMany {
            many: self.client.create_many(requests),
            runtime: self.runtime.clone(),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}

impl ClientBuilder {
    /// Makes a blocking client. Nothing is sent. Requires the feature `blocking`.
    ///
    /// # Errors
    ///
    /// As for [`build`](Self::build), and if this is called within an async runtime.
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    pub fn build_blocking(self) -> Result<Client, Error> {
        not_within_a_runtime()?;
        // A thread of its own sees to the connections, also while nobody waits for a call.
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("signalwire-room-tokens")
            .enable_all()
            .build()
            .map_err(|error| Error::configuration("no runtime for the blocking client").with_source(error))?;
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

    /// Runs the stream for one item at a time, so that `take` runs outside of the runtime and may block, or ask for
    /// more tokens.
    fn for_each<T>(&self, items: impl Stream<Item = T>, mut take: impl FnMut(T)) -> Result<(), Error> {
        let mut items = pin!(items);
        while let Some(item) = self.block_on(items.next())? {
            take(item);
        }
        Ok(())
    }
}

/// A room token about to be asked for; made by [`Client::room_token`].
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `create`"]
pub struct Call {
    client: Client,
    request: RoomTokenRequest,
    options: CallOptions,
}

impl Call {
    request_setters!();

    option_setters!(options);

    /// Sets how long the call may take in all, retries and waiting included. Defaults to the client's setting, which
    /// defaults to 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    fn request_mut(&mut self) -> &mut RoomTokenRequest {
        &mut self.request
    }

    /// Checks the request; see [`RoomTokenRequest::validate`].
    ///
    /// # Errors
    ///
    /// Every broken rule.
    pub fn validate(&self) -> Result<(), Vec<Violation>> {
        self.request.validate()
    }

    /// Finds what is legal and yet surprises people; see [`RoomTokenRequest::lint`].
    #[must_use]
    pub fn lint(&self) -> Vec<Lint> {
        self.request.lint()
    }

    /// Checks the request, sends it, and gives the token.
    ///
    /// # Errors
    ///
    /// As for [`create`](crate::Call::create) of the async client, and if this is called within an async runtime.
    pub fn create(self) -> Result<RoomToken, Error> {
        let Client { client, runtime } = self.client;
        runtime.block_on(client.send(self.request, self.options))?
    }
}

/// Many tokens about to be asked for; made by [`Client::create_many`].
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `collect`, `for_each` or `for_each_unordered`"]
pub struct CreateMany<I> {
    many: crate::CreateMany<I>,
    runtime: Arc<Background>,
}

impl<I: Iterator<Item = RoomTokenRequest>> CreateMany<I> {
    option_setters!(many.options);

    /// Sets the number of requests in flight. Defaults to 16; see [`concurrency`](crate::CreateMany::concurrency) of the
    /// async client.
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.many = self.many.concurrency(concurrency);
        self
    }

    /// Sets the time for the whole batch. Defaults to 2 minutes; see [`timeout`](crate::CreateMany::timeout) of the async
    /// client.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.many = self.many.timeout(timeout);
        self
    }

    /// Sets the number of retries that all requests share. Defaults to 50; see
    /// [`retry_budget`](crate::CreateMany::retry_budget) of the async client.
    pub fn retry_budget(mut self, retries: usize) -> Self {
        self.many = self.many.retry_budget(retries);
        self
    }

    /// All results, in the order of the requests.
    ///
    /// # Errors
    ///
    /// If this is called within an async runtime. Each result is its own.
    pub fn collect(self) -> Result<Vec<Result<RoomToken, Error>>, Error> {
        self.runtime.block_on(self.many.collect())
    }

    /// Calls `take` with each result in the order of the requests, when it and all before it are there; see
    /// [`stream`](crate::CreateMany::stream) of the async client. While `take` runs, responses to requests in flight
    /// still come in, and no other request is started.
    ///
    /// # Errors
    ///
    /// Returns an error if this is called within an async runtime.
    pub fn for_each(self, take: impl FnMut(Result<RoomToken, Error>)) -> Result<(), Error> {
        self.runtime.for_each(self.many.stream(), take)
    }

    /// Calls `take` with each result as soon as it is there, and the index of its request, counted from 0; see
    /// [`stream_unordered`](crate::CreateMany::stream_unordered) of the async client.
    ///
    /// # Errors
    ///
    /// Returns an error if this is called within an async runtime.
    pub fn for_each_unordered(
        self,
        mut take: impl FnMut(usize, Result<RoomToken, Error>),
    ) -> Result<(), Error> {
        let results = self.many.stream_unordered();
        self.runtime
            .for_each(results, |(index, result)| take(index, result))
    }
}
