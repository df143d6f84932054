//! What all requests share.

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

/// How long somebody stays signed in.
const SESSION_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// The state of the service; cheap to clone.
#[derive(Clone, Debug)]
pub struct App(Arc<Shared>);

#[derive(Debug)]
/// What the clones of an [`App`] share.
pub struct Shared {
    pub(crate) client: Client,
    pub(crate) directory: Directory,
    pub(crate) sessions: Sessions,
    /// The limit on token requests for each user. Only users in the directory have a session.
    pub(crate) rate_limit: RateLimit<String>,
    /// The limit on attempts to sign in for each client. A limit for each user would let strangers lock users out.
    pub(crate) sign_in_limit: RateLimit<IpAddr>,
    pub(crate) page: Page,
    pub(crate) has_demo_sign_in: bool,
    /// True if requests from other machines are rejected.
    pub(crate) is_local_only: bool,
    pub(crate) limits: Limits,
    /// How long a token can be used to join.
    pub(crate) join_within: Duration,
    /// How long its holder may stay.
    pub(crate) stay_at_most: Duration,
}

impl App {
    /// The state of a service with these settings.
    ///
    /// # Errors
    ///
    /// If the file with the rooms cannot be read or is not as it should be.
    pub fn new(client: Client, settings: &Settings) -> anyhow::Result<Self> {
        let directory = match &settings.rooms {
            Some(path) => std::fs::read_to_string(path)
                .map_err(anyhow::Error::from)
                .and_then(|json| Ok(json.parse()?))
                .with_context(|| format!("the rooms in {}", path.display()))?,
            None => Directory::demo()?,
        };
        Ok(Self(Arc::new(Shared {
            client,
            directory,
            sessions: Sessions::new(SESSION_LIFETIME),
            rate_limit: RateLimit::per_minute(settings.requests_per_minute),
            sign_in_limit: RateLimit::per_minute(settings.sign_ins_per_minute),
            page: Page::new(settings),
            has_demo_sign_in: settings.has_demo_sign_in(),
            is_local_only: settings.is_local_only(),
            limits: settings.limits,
            join_within: settings.join_within(),
            stay_at_most: settings.stay_at_most(),
        })))
    }
}

impl std::ops::Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
