//! Mock server configuration.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::sync::Mutex;
use std::time::SystemTime;

use crate::clock::Clock;
use crate::endpoint::{Credentials, Endpoint, Minter};
use crate::random::Random;
use crate::script::Script;
use crate::server::MockServer;
use crate::shared::Shared;

/// The fictional project ID that a server accepts by default.
pub const DEFAULT_PROJECT_ID: &str = "5f3c2a10-7b1e-4c55-9a0d-2f6e8d4b1c37";

/// The fictional API token that a server accepts by default. It is not valid for any real service.
pub const DEFAULT_API_TOKEN: &str = "PTmock-room-tokens-opens-nothing";

/// The default limit on recorded requests.
const DEFAULT_MAX_RECORDED_REQUESTS: usize = 100_000;

/// A builder for [`MockServer`].
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

impl MockServer {
    /// Starts a server with the default credentials on a free port.
    ///
    /// # Errors
    ///
    /// Returns an error if no loopback port can be bound.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Returns a builder to configure a server.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::new()
    }
}

impl Builder {
    fn new() -> Self {
        Self {
            port: 0,
            project_id: DEFAULT_PROJECT_ID.to_owned(),
            api_token: DEFAULT_API_TOKEN.to_owned(),
            space: None,
            plain_text_unauthorized: false,
            accept_unknown: false,
            clock: Clock::System,
            seed: None,
            max_recorded_requests: DEFAULT_MAX_RECORDED_REQUESTS,
        }
    }

    /// Sets the loopback port. Defaults to 0, which picks a free port.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the accepted project ID. Defaults to [`DEFAULT_PROJECT_ID`].
    #[must_use]
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = project_id.into();
        self
    }

    /// Sets the accepted API token. Defaults to [`DEFAULT_API_TOKEN`].
    #[must_use]
    pub fn api_token(mut self, api_token: impl Into<String>) -> Self {
        self.api_token = api_token.into();
        self
    }

    /// Sets the space that the credentials belong to. The server responds with 401 unless the `Host` header
    /// is `NAME.signalwire.com` or a loopback host. By default, any host is accepted.
    #[must_use]
    pub fn space(mut self, name: impl Into<String>) -> Self {
        self.space = Some(name.into());
        self
    }

    /// Makes 401 responses contain the plain text `Unauthorized` instead of the documented JSON. The real
    /// service is believed to send plain text.
    #[must_use]
    pub fn plain_text_unauthorized(mut self) -> Self {
        self.plain_text_unauthorized = true;
        self
    }

    /// Accepts fields and permissions that are missing from the published OpenAPI document, as a newer version of the
    /// service would. Unknown permissions are granted, and unknown fields don't appear in any claim. All other rules
    /// still apply.
    #[must_use]
    pub fn accept_unknown(mut self) -> Self {
        self.accept_unknown = true;
        self
    }

    /// Freezes the server's clock at `time`, which becomes the `iat` claim of every token.
    ///
    /// This doesn't affect the client's clock, so a `join_until` that the client computes from the current time is
    /// unrelated to `time`. A test that needs both can set the request's `join_from` to `time`, or compare the `ju`
    /// claim with the current time.
    #[must_use]
    pub fn fixed_time(mut self, time: SystemTime) -> Self {
        self.clock = Clock::Fixed(time);
        self
    }

    /// Seeds the random number generator so that identifiers and the signing key are reproducible.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Sets the maximum number of requests kept for [`MockServer::requests`]. Older requests are discarded.
    /// Defaults to 100,000.
    #[must_use]
    pub fn max_recorded_requests(mut self, count: usize) -> Self {
        self.max_recorded_requests = count;
        self
    }

    /// Starts the server on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// Returns an error if the port cannot be bound.
    pub async fn start(self) -> io::Result<MockServer> {
        let (server, serving) = self.bind()?;
        tokio::spawn(serving);
        Ok(server)
    }

    /// Binds the port. The returned future serves requests until the server is stopped. Must be called within a
    /// Tokio runtime.
    pub(crate) fn bind(self) -> io::Result<(MockServer, impl Future<Output = ()> + Send + 'static)> {
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
        let shared = Shared {
            endpoint,
            clock: self.clock,
            random,
            script: Script::default(),
            received: Mutex::new(VecDeque::new()),
            max_recorded_requests: self.max_recorded_requests,
        };
        MockServer::bind(self.port, shared)
    }
}

impl fmt::Debug for Builder {
    // Implemented manually so that the API token doesn't appear in test output.
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
