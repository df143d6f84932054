//! State shared by all requests.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use signalwire_room_tokens::Client;

use crate::directory::Directory;
use crate::limits::Limits;
use crate::page::Page;
use crate::rate_limit::RateLimit;
use crate::sessions::Sessions;
use crate::settings::Settings;

/// The lifetime of a session.
const SESSION_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// The state of the service. Cloning is cheap, and all clones share the same state.
#[derive(Clone, Debug)]
pub struct App(Arc<Shared>);

/// The state behind an [`App`].
#[derive(Debug)]
pub struct Shared {
    pub(crate) client: Client,
    pub(crate) directory: Directory,
    pub(crate) sessions: Sessions,
    /// Limits token requests per user. Only users in the directory can have sessions, so the number of keys
    /// is bounded.
    pub(crate) rate_limit: RateLimit<String>,
    /// Limits sign-in attempts per client. With a limit per user, strangers could lock users out.
    pub(crate) sign_in_limit: RateLimit<IpAddr>,
    pub(crate) page: Arc<Page>,
    pub(crate) has_demo_sign_in: bool,
    /// If `true`, requests from other machines are rejected.
    pub(crate) is_local_only: bool,
    pub(crate) limits: Limits,
    /// Maximum time between creating a token and joining with it.
    pub(crate) join_within: Duration,
    /// Maximum time that a user may stay in a room after joining.
    pub(crate) max_stay: Duration,
}

impl App {
    /// Creates the state of the service.
    ///
    /// # Errors
    ///
    /// Returns an error if the rooms file cannot be read or is invalid.
    pub fn new(client: Client, settings: &Settings) -> anyhow::Result<Self> {
        let directory = match &settings.rooms {
            Some(path) => std::fs::read_to_string(path)
                .map_err(anyhow::Error::from)
                .and_then(|json| Ok(json.parse()?))
                .with_context(|| format!("failed to load the rooms file {}", path.display()))?,
            None => Directory::demo()?,
        };
        Ok(Self(Arc::new(Shared {
            client,
            page: Arc::new(Page::new(settings, &directory)),
            directory,
            sessions: Sessions::new(SESSION_LIFETIME),
            rate_limit: RateLimit::per_minute(settings.requests_per_minute),
            sign_in_limit: RateLimit::per_minute(settings.sign_ins_per_minute),
            has_demo_sign_in: settings.has_demo_sign_in(),
            is_local_only: settings.is_local_only(),
            limits: settings.limits,
            join_within: settings.join_within(),
            max_stay: settings.max_stay(),
        })))
    }
}

impl std::ops::Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
