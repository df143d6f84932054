//! The client for the service that mints tokens: SignalWire or a mock server in this process.

use std::fmt;
use std::time::Duration;

use signalwire_room_tokens::{Client, ClientBuilder};
use signalwire_room_tokens_mock::MockServer;

use crate::settings::Settings;

/// Deadline for a token request, including retries.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A client, together with its mock server in mock mode. Dropping it stops the mock server.
pub struct Upstream {
    client: Client,
    _mock: Option<MockServer>,
}

impl Upstream {
    /// Creates a client from `SIGNALWIRE_SPACE`, `SIGNALWIRE_PROJECT_ID` and `SIGNALWIRE_API_TOKEN`. In mock
    /// mode, starts a mock server and creates a client for it instead.
    ///
    /// # Errors
    ///
    /// Returns an error if a variable is missing or invalid, or if the mock server cannot be started.
    pub async fn connect(settings: &Settings) -> anyhow::Result<Self> {
        if !settings.mock {
            let client = client(Client::builder().from_env()?)?;
            return Ok(Self { client, _mock: None });
        }
        let mock = MockServer::start().await?;
        let account = Client::builder()
            .space(mock.base_url())
            .project_id(mock.project_id())
            .api_token(mock.api_token());
        Ok(Self {
            client: client(account)?,
            _mock: Some(mock),
        })
    }

    /// Returns the client. All clones share its connection pool.
    #[must_use]
    pub fn client(&self) -> Client {
        self.client.clone()
    }
}

fn client(account: ClientBuilder) -> Result<Client, signalwire_room_tokens::Error> {
    account
        .user_agent(concat!("token-service/", env!("CARGO_PKG_VERSION")))
        .timeout(TIMEOUT)
        .build()
}

impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Upstream").field(&self.client).finish()
    }
}
