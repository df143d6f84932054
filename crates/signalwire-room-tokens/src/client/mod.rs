//! The client: one endpoint, one connection pool, shared by all clones.

pub(crate) mod answer;
mod attempt;
mod builder;
mod call;
pub(crate) mod credentials;
mod http;
mod many;
mod observe;
mod outgoing;
mod proxy;
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
use self::outgoing::Outgoing;
use self::retry::Limits;
use crate::error::Error;
use crate::request::RoomTokenRequest;
use crate::token::RoomToken;

/// Mints room tokens in one space, for one project.
///
/// Cheap to clone: all clones share one pool of connections. Needs a tokio runtime; without one, calls end in an error,
/// and the [`blocking`](crate::blocking) client is there for that. The runtime must have time and I/O, as
/// `#[tokio::main]` and axum have; in one that was built without `enable_all`, calls end in an error too, after tokio's
/// own panic has been caught. (A program that is built to abort on panics does abort there.)
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
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What all clones of a client share.
struct Shared {
    endpoint: Endpoint,
    space: Space,
    timeout: Duration,
    limits: Limits,
}

impl Client {
    /// A client with default settings; more can be set by the [`builder`](Self::builder).
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::build`].
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

    /// A client from `SIGNALWIRE_SPACE`, `SIGNALWIRE_PROJECT_ID` and `SIGNALWIRE_API_TOKEN`.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::from_env`] and [`ClientBuilder::build`].
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().from_env()?.build()
    }

    /// Sets up a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// The space that tokens are for.
    #[must_use]
    pub fn space(&self) -> &Space {
        &self.shared.space
    }

    /// Begins a call for a token for this room.
    pub fn room_token(&self, room_name: impl Into<String>) -> Call {
        self.call(RoomTokenRequest::new(room_name))
    }

    /// Begins a call from a request that was made before.
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

    /// Asks for many tokens, several at a time; see [`CreateMany`].
    pub fn create_many<I>(&self, requests: I) -> CreateMany<I::IntoIter>
    where
        I: IntoIterator<Item = RoomTokenRequest>,
    {
        CreateMany::new(self.clone(), requests.into_iter())
    }

    /// Checks a request and sends it.
    ///
    /// The request is checked and boxed when this returns, so that the future, which is moved and kept in great numbers,
    /// stays small.
    pub(crate) fn send(
        self,
        request: RoomTokenRequest,
        options: CallOptions,
    ) -> impl Future<Output = Result<RoomToken, Error>> {
        let time = Time::of(options.timeout.unwrap_or(self.shared.timeout));
        let limits = self.limits(options);
        self.send_within(Outgoing::new(request, options), limits, time)
    }

    /// How far a call with these options may go.
    fn limits(&self, options: CallOptions) -> Limits {
        let usual = &self.shared.limits;
        Limits {
            attempt_timeout: options.attempt_timeout.unwrap_or(usual.attempt_timeout),
            max_retries: options.max_retries.unwrap_or(usual.max_retries),
            batch: None,
        }
    }

    async fn send_within(
        self,
        outgoing: Result<Outgoing, Error>,
        limits: Limits,
        time: Time,
    ) -> Result<RoomToken, Error> {
        let endpoint = &self.shared.endpoint;
        let call = async {
            let outgoing = outgoing?;
            let minted = runtime::with(retry::run(endpoint, &outgoing.request, &limits, time)).await?;
            outgoing
                .granted(minted)
                .map_err(|error| error.with_host(&endpoint.host))
        };
        Ok(observe::call(call).await?.into_token())
    }
}

/// The time that a call has. What it took is measured from where its deadline is, so that one that ran into it took all.
#[derive(Debug, Clone, Copy)]
struct Time {
    started: Instant,
    deadline: Instant,
}

impl Time {
    /// So much from now on, or so much that it never ends.
    fn of(timeout: Duration) -> Self {
        const THIRTY_YEARS: Duration = Duration::from_secs(1 << 30);
        let started = Instant::now();
        Self {
            started,
            deadline: started.checked_add(timeout.min(THIRTY_YEARS)).unwrap_or(started),
        }
    }

    /// The same, and no longer than another time.
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
