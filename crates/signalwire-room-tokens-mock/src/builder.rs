//! How a server is set up.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::sync::Mutex;
use std::time::SystemTime;

use crate::clock::Clock;
use crate::endpoint::{Credentials, Endpoint, Minter};
use crate::random::Random;
use crate::script::Script;
use crate::server::{MockServer, Shared};
use crate::{DEFAULT_API_TOKEN, DEFAULT_PROJECT_ID};

/// This many requests are kept for inspection unless it is set otherwise.
const DEFAULT_KEEP_REQUESTS: usize = 100_000;

/// Sets up a [`MockServer`].
pub struct Builder {
    port: u16,
    project_id: String,
    api_token: String,
    space: Option<String>,
    plain_text_unauthorized: bool,
    accept_unknown: bool,
    clock: Clock,
    seed: Option<u64>,
    max_recorded_requests: usize,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            port: 0,
            project_id: DEFAULT_PROJECT_ID.to_owned(),
            api_token: DEFAULT_API_TOKEN.to_owned(),
            space: None,
            plain_text_unauthorized: false,
            accept_unknown: false,
            clock: Clock::System,
            seed: None,
            max_recorded_requests: DEFAULT_KEEP_REQUESTS,
        }
    }

    /// The loopback port to listen on; 0, the default, is any free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The project id to accept in place of [`DEFAULT_PROJECT_ID`].
    #[must_use]
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = project_id.into();
        self
    }

    /// The API token to accept in place of [`DEFAULT_API_TOKEN`].
    #[must_use]
    pub fn api_token(mut self, api_token: impl Into<String>) -> Self {
        self.api_token = api_token.into();
        self
    }

    /// The space that the credentials belong to: a request whose `Host` is neither `NAME.signalwire.com` nor
    /// loopback is then unauthorized. By default every host is taken.
    #[must_use]
    pub fn space(mut self, name: impl Into<String>) -> Self {
        self.space = Some(name.into());
        self
    }

    /// Answers 401 with the plain text `Unauthorized`, as the real service is believed to, and not with the
    /// documented JSON.
    #[must_use]
    pub fn plain_text_unauthorized(mut self) -> Self {
        self.plain_text_unauthorized = true;
        self
    }

    /// Accepts fields and permissions that the published document does not have, as a newer service would. Such
    /// permissions are granted; such fields appear in no claim. All other rules still hold.
    #[must_use]
    pub fn accept_unknown(mut self) -> Self {
        self.accept_unknown = true;
        self
    }

    /// Stops the server's clock at `time`: each token has it as `iat`.
    ///
    /// A client has its own clock, so a `join_until` that it counts from now does not follow this one. Where a test
    /// needs both, let the request set `join_from` to the same time, from which the client counts instead, or compare
    /// `ju` with the real time.
    #[must_use]
    pub fn fixed_time(mut self, time: SystemTime) -> Self {
        self.clock = Clock::Fixed(time);
        self
    }

    /// Makes identifiers and the signing key repeatable.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// How many of the newest requests are kept for [`MockServer::requests`]: 100,000 unless set.
    #[must_use]
    pub fn max_recorded_requests(mut self, count: usize) -> Self {
        self.max_recorded_requests = count;
        self
    }

    /// Starts the server on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// When the port cannot be bound.
    pub async fn start(self) -> io::Result<MockServer> {
        let (server, serving) = MockServer::bind(self.port, self.shared()?)?;
        tokio::spawn(serving);
        Ok(server)
    }

    /// Starts the server on a thread of its own, for tests that are not async.
    ///
    /// # Errors
    ///
    /// When the thread cannot be started or the port cannot be bound.
    pub fn start_blocking(self) -> io::Result<crate::blocking::MockServer> {
        crate::blocking::MockServer::launch(self.port, self.shared()?)
    }

    fn shared(self) -> io::Result<Shared> {
        let random = Random::new(self.seed);
        let credentials = Credentials {
            project_id: self.project_id,
            api_token: self.api_token,
            space: self.space,
        };
        let endpoint = Endpoint::new(
            credentials,
            self.plain_text_unauthorized,
            self.accept_unknown,
            Minter::new(&random),
        )
        .map_err(io::Error::other)?;
        Ok(Shared {
            endpoint,
            clock: self.clock,
            random,
            script: Script::default(),
            received: Mutex::new(VecDeque::new()),
            max_recorded_requests: self.max_recorded_requests,
        })
    }
}

impl fmt::Debug for Builder {
    // By hand: the API token is a secret, in a test's output as well.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("port", &self.port)
            .field("project_id", &self.project_id)
            .field("space", &self.space)
            .field("plain_text_unauthorized", &self.plain_text_unauthorized)
            .field("accept_unknown", &self.accept_unknown)
            .field("clock", &self.clock)
            .field("seed", &self.seed)
            .field("max_recorded_requests", &self.max_recorded_requests)
            .finish_non_exhaustive()
    }
}
