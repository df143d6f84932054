//! The async client.

mod attempt;
mod builder;
mod call;
pub(crate) mod credentials;
mod http;
mod many;
mod observe;
mod prepared_request;
mod proxy;
pub(crate) mod response;
mod retry;
mod runtime;
mod space;
mod tls;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::time::Instant;

pub use self::builder::ClientBuilder;
pub use self::call::Call;
pub(crate) use self::call::CallOptions;
#[cfg(feature = "blocking")]
pub(crate) use self::call::option_setters;
pub use self::many::CreateMany;
pub use self::space::{ParseSpaceError, Space};

use self::attempt::Endpoint;
use self::prepared_request::PreparedRequest;
use self::retry::CallLimits;
use crate::error::Error;
use crate::request::RoomTokenRequest;
use crate::token::RoomToken;

/// An async client that creates room tokens for one project in one space.
///
/// Cloning is cheap, and all clones share one connection pool.
///
/// ```
/// use std::time::Duration;
///
/// use signalwire_room_tokens::{Client, PermissionSet};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
/// # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
/// // let client = Client::from_env()?;
/// let token = client
///     .room_token("standup")
///     .user_name("Alice")
///     .permissions(PermissionSet::MODERATOR)
///     .valid_for(Duration::from_secs(60 * 60))
///     .create()
///     .await?;
/// # let _ = token;
/// # for sent in mock.requests() {
/// #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
/// #     assert_eq!(sent.lint(), []);
/// # }
/// # Ok(())
/// # }
/// ```
///
/// # Runtime
///
/// Calls must run in a tokio runtime with its time and I/O drivers enabled, such as the one of `#[tokio::main]` or
/// axum. Without a runtime, calls return an error; use the [`blocking`](crate::blocking) client in such programs. In a
/// runtime that was built without `enable_all`, calls also return an error, because the client catches tokio's panic.
/// (Programs built with `panic = "abort"` abort in this case.)
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// The state that all clones of a client share.
struct Shared {
    endpoint: Endpoint,
    space: Space,
    timeout: Duration,
    limits: CallLimits,
}

impl Client {
    /// Creates a client with default settings. Use [`builder`](Self::builder) to change them.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`ClientBuilder::build`].
    pub fn new(
        space: impl Into<String>,
        project_id: impl Into<String>,
        api_token: impl Into<SecretString>,
    ) -> Result<Self, Error> {
        Self::builder()
            .space(space)
            .project_id(project_id)
            .api_token(api_token)
            .build()
    }

    /// Creates a client from the environment variables `SIGNALWIRE_SPACE`, `SIGNALWIRE_PROJECT_ID` and
    /// `SIGNALWIRE_API_TOKEN`.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`ClientBuilder::from_env`] and [`ClientBuilder::build`].
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().from_env()?.build()
    }

    /// Returns a builder with default settings.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Returns the space in which the client creates tokens.
    #[must_use]
    pub fn space(&self) -> &Space {
        &self.shared.space
    }

    /// Starts a call that creates a token for the given room. Nothing is sent until [`Call::create`].
    pub fn room_token(&self, room_name: impl Into<String>) -> Call {
        self.call(RoomTokenRequest::new(room_name))
    }

    /// Starts a call from an existing request.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use signalwire_room_tokens::{Client, RoomTokenRequest};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
    /// # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
    /// let template = RoomTokenRequest::new("math-101").valid_for(Duration::from_secs(90 * 60));
    /// let token = client.call(template.clone()).user_name("Ada").create().await?;
    /// # let _ = token;
    /// # for sent in mock.requests() {
    /// #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
    /// #     assert_eq!(sent.lint(), []);
    /// # }
    /// # Ok(())
    /// # }
    /// ```
    pub fn call(&self, request: RoomTokenRequest) -> Call {
        Call::new(self.clone(), request)
    }

    /// Starts a batch that creates many tokens concurrently; see [`CreateMany`].
    pub fn create_many<I>(&self, requests: I) -> CreateMany<I::IntoIter>
    where
        I: IntoIterator<Item = RoomTokenRequest>,
    {
        CreateMany::new(self.clone(), requests.into_iter())
    }

    /// Validates a request and returns the future that sends it.
    ///
    /// The request is validated and boxed before the future is created, which keeps the future small.
    pub(crate) fn send(
        self,
        request: RoomTokenRequest,
        options: CallOptions,
    ) -> impl Future<Output = Result<RoomToken, Error>> {
        let time = Time::of(options.timeout.unwrap_or(self.shared.timeout));
        let limits = self.limits(options);
        self.send_within(PreparedRequest::new(request, options), limits, time)
    }

    /// Returns the limits of a call: its options, with the client's settings as defaults.
    fn limits(&self, options: CallOptions) -> CallLimits {
        let defaults = &self.shared.limits;
        CallLimits {
            attempt_timeout: options.attempt_timeout.unwrap_or(defaults.attempt_timeout),
            max_retries: options.max_retries.unwrap_or(defaults.max_retries),
            batch: None,
        }
    }

    async fn send_within(
        self,
        prepared: Result<PreparedRequest, Error>,
        limits: CallLimits,
        time: Time,
    ) -> Result<RoomToken, Error> {
        let endpoint = &self.shared.endpoint;
        let call = async {
            let prepared = prepared?;
            let minted = runtime::with(retry::run(endpoint, &prepared.request, &limits, time)).await?;
            prepared
                .verify(minted)
                .map_err(|error| error.with_host(&endpoint.host))
        };
        Ok(observe::call(call).await?.into_token())
    }
}

/// The start and the deadline of a call.
///
/// Both come from one clock reading, so the elapsed time of a call that reaches its deadline is not less than its
/// timeout.
#[derive(Debug, Clone, Copy)]
struct Time {
    started: Instant,
    deadline: Instant,
}

impl Time {
    /// Creates a deadline that is `timeout` from now, or about 34 years if `timeout` is longer.
    fn of(timeout: Duration) -> Self {
        const MAX_TIMEOUT: Duration = Duration::from_secs(1 << 30);
        let started = Instant::now();
        Self {
            started,
            deadline: started.checked_add(timeout.min(MAX_TIMEOUT)).unwrap_or(started),
        }
    }

    /// Returns this time with the earlier of both deadlines.
    fn within(self, other: Self) -> Self {
        Self {
            deadline: self.deadline.min(other.deadline),
            ..self
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("space", &self.shared.space.base_url())
            .field("credentials", &self.shared.endpoint.credentials)
            .field("timeout", &self.shared.timeout)
            .field("limits", &self.shared.limits)
            .finish_non_exhaustive()
    }
}
