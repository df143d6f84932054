//! Setting a client up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use secrecy::SecretString;

use super::attempt::Endpoint;
use super::credentials::Credentials;
use super::http::{self, HttpSettings};
use super::retry::Limits;
use super::space::Space;
use super::{Client, Shared};
use crate::defaults;
use crate::env;
use crate::error::Error;

/// What a client is set up from; made by [`Client::builder`].
///
/// ```
/// use std::time::Duration;
/// use signalwire_room_tokens::Client;
///
/// let client = Client::builder()
///     .space("myspace")
///     .project_id("0c97f635-1c13-4fc1-86f7-bb2be859d8b9")
///     .api_token("PT0123456789abcdef")
///     .user_agent("front-desk/2.1")
///     .timeout(Duration::from_secs(10))
///     .build()?;
/// # Ok::<(), signalwire_room_tokens::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "there is no client before `build`"]
pub struct ClientBuilder {
    space: Option<String>,
    project_id: Option<String>,
    api_token: Option<SecretString>,
    user_agent: Option<String>,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    timeout: Duration,
    max_retries: u32,
    root_certificates_pem: Vec<Vec<u8>>,
    http: Option<reqwest::Client>,
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self {
            space: None,
            project_id: None,
            api_token: None,
            user_agent: None,
            connect_timeout: defaults::CONNECT_TIMEOUT,
            attempt_timeout: defaults::ATTEMPT_TIMEOUT,
            timeout: defaults::TIMEOUT,
            max_retries: defaults::MAX_RETRIES,
            root_certificates_pem: Vec::new(),
            http: None,
        }
    }

    /// The space: what [`Space`] takes.
    pub fn space(mut self, space: impl Into<String>) -> Self {
        self.space = Some(space.into());
        self
    }

    /// The project's id.
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    /// The API token; it needs the Video scope.
    pub fn api_token(mut self, api_token: impl Into<SecretString>) -> Self {
        self.api_token = Some(api_token.into());
        self
    }

    /// Takes space, project id and API token from the environment: the variables in [`env`](mod@env).
    ///
    /// What has been set before stays as it is, and its variable need not be there.
    ///
    /// # Errors
    ///
    /// If any is missing; the error names each, and the similar one that is set in its place.
    pub fn from_env(self) -> Result<Self, Error> {
        // What is not Unicode is refused as what it is for, and not said to be missing.
        self.from_variables(|name| Some(std::env::var_os(name)?.to_string_lossy().into_owned()))
    }

    /// Takes the same variables from elsewhere, such as a configuration file.
    ///
    /// # Errors
    ///
    /// As for [`from_env`](Self::from_env).
    pub fn from_variables(self, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let mut variables = env::Reader::new(lookup);
        let builder = Self {
            space: self.space.or_else(|| variables.read(env::SPACE)),
            project_id: self.project_id.or_else(|| variables.read(env::PROJECT_ID)),
            api_token: self
                .api_token
                .or_else(|| variables.read(env::API_TOKEN).map(SecretString::from)),
            ..self
        };
        variables.finish().map_err(Error::configuration)?;
        Ok(builder)
    }

    /// The application's own name and version, put in front of this crate's in `User-Agent`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// How long connecting may take, per attempt; [`defaults::CONNECT_TIMEOUT`].
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long one attempt may take, connecting and reading included; [`defaults::ATTEMPT_TIMEOUT`].
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How long a call may take in all, retries and waiting included; [`defaults::TIMEOUT`].
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How often a call may be retried, 0 for never; [`defaults::MAX_RETRIES`].
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// Trusts further certificate authorities, PEM encoded, beside those of the platform.
    pub fn root_certificates_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates_pem.push(pem.into());
        self
    }

    /// Sends through an HTTP client of yours, to share its connections or to set what this builder cannot.
    ///
    /// Its TLS settings, proxies and connect time-out rule. It must not follow redirects
    /// (`reqwest::redirect::Policy::none()`): a token that comes from another address is refused, but by then the
    /// request has been sent there.
    ///
    /// Making one takes a TLS feature of reqwest's own, or a TLS configuration given to its builder: this crate
    /// leaves the choice to the application.
    #[cfg(feature = "reqwest")]
    #[cfg_attr(docsrs, doc(cfg(feature = "reqwest")))]
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// If space, project id or API token is missing or malformed, or TLS cannot be set up. The error names the field
    /// and does not repeat its value.
    pub fn build(self) -> Result<Client, Error> {
        self.shared()
            .map(|shared| Client {
                shared: Arc::new(shared),
            })
            .map_err(Error::configuration)
    }

    fn shared(self) -> Result<Shared, String> {
        let space = required("space", self.space)?;
        let space: Space = space.parse().map_err(|error| format!("the space {error}"))?;
        let project_id = required("project id", self.project_id)?;
        let api_token = required("API token", self.api_token)?;
        let credentials = Credentials::new(&project_id, &api_token)?;
        let user_agent = user_agent(self.user_agent.as_deref())?;
        let http = match self.http {
            Some(http) => http,
            None => http::client(&HttpSettings {
                space: &space,
                connect_timeout: self.connect_timeout,
                root_certificates_pem: &self.root_certificates_pem,
            })?,
        };
        let endpoint = Endpoint::new(&space, http, credentials, user_agent)?;
        let limits = Limits {
            attempt_timeout: self.attempt_timeout,
            max_retries: self.max_retries,
            batch: None,
        };
        Ok(Shared {
            endpoint,
            space,
            timeout: self.timeout,
            limits,
        })
    }
}

fn required<T>(name: &str, value: Option<T>) -> Result<T, String> {
    value.ok_or_else(|| format!("the {name} is missing"))
}

/// The value of the header `User-Agent`.
fn user_agent(app: Option<&str>) -> Result<HeaderValue, String> {
    const OURS: &str = concat!("signalwire-room-tokens/", env!("CARGO_PKG_VERSION"));
    let agent = app.map_or_else(|| OURS.to_owned(), |app| format!("{app} {OURS}"));
    let visible = |byte| byte == b' ' || u8::is_ascii_graphic(&byte);
    let agent = HeaderValue::try_from(agent)
        .ok()
        .filter(|agent| agent.len() <= 1000 && agent.as_bytes().first() != Some(&b' '))
        .filter(|agent| agent.as_bytes().iter().copied().all(visible));
    agent.ok_or_else(|| {
        "the user agent does not fit into a header: visible ASCII, at most 1000 characters".to_owned()
    })
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A space that holds user info is refused by `build`; until then it is not shown.
        f.debug_struct("ClientBuilder")
            .field("has_space", &self.space.is_some())
            .field("project_id", &self.project_id)
            .field("has_api_token", &self.api_token.is_some())
            .field("user_agent", &self.user_agent)
            .field("connect_timeout", &self.connect_timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("timeout", &self.timeout)
            .field("max_retries", &self.max_retries)
            .finish_non_exhaustive()
    }
}
