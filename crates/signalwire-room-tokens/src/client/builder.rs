//! Setting a client up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

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
    connect_timeout: Option<Duration>,
    attempt_timeout: Duration,
    timeout: Duration,
    max_retries: u32,
    root_certificates_pem: Vec<Vec<u8>>,
    /// It may hold a password.
    proxy: Option<SecretString>,
    http: Option<reqwest::Client>,
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self {
            space: None,
            project_id: None,
            api_token: None,
            user_agent: None,
            connect_timeout: None,
            attempt_timeout: defaults::ATTEMPT_TIMEOUT,
            timeout: defaults::TIMEOUT,
            max_retries: defaults::MAX_RETRIES,
            root_certificates_pem: Vec::new(),
            proxy: None,
            http: None,
        }
    }

    /// Sets the space: what [`Space`] takes.
    pub fn space(mut self, space: impl Into<String>) -> Self {
        self.space = Some(space.into());
        self
    }

    /// Sets the project's id.
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    /// Sets the API token; it needs the Video scope.
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
    /// Returns an error if any is missing; it names each, and the similar one that is set in its place.
    pub fn from_env(self) -> Result<Self, Error> {
        // What is not Unicode is refused as what it is for, and not said to be missing.
        self.read("environment variables", |name| {
            Some(std::env::var_os(name)?.to_string_lossy().into_owned())
        })
    }

    /// Takes the same variables from elsewhere, such as a configuration file.
    ///
    /// # Errors
    ///
    /// As for [`from_env`](Self::from_env).
    pub fn from_env_with(self, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        self.read("variables", lookup)
    }

    /// Reads variables; an error calls them by what they are.
    fn read(self, what: &str, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let mut variables = env::Reader::new(lookup);
        let builder = Self {
            space: self.space.or_else(|| variables.read(env::SPACE)),
            project_id: self.project_id.or_else(|| variables.read(env::PROJECT_ID)),
            api_token: self
                .api_token
                .or_else(|| variables.read(env::API_TOKEN).map(SecretString::from)),
            ..self
        };
        variables.finish(what).map_err(Error::configuration)?;
        Ok(builder)
    }

    /// Sets the application's own name and version, put in front of this crate's in `User-Agent`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sets how long connecting may take, per attempt. Defaults to 5 seconds ([`defaults::CONNECT_TIMEOUT`]).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets how long one attempt may take, connecting and reading included. Defaults to 10 seconds
    /// ([`defaults::ATTEMPT_TIMEOUT`]).
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Sets how long a call may take in all, retries and waiting included. Defaults to 30 seconds
    /// ([`defaults::TIMEOUT`]).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how often a call may be retried, 0 for never. Defaults to 3 ([`defaults::MAX_RETRIES`]).
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// Trusts additional certificate authorities, PEM encoded, with those of the platform.
    pub fn root_certificates_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates_pem.push(pem.into());
        self
    }

    /// Sends all requests through this HTTP proxy: `http://HOST:PORT`, `https://HOST:PORT`, or with credentials
    /// `http://USER:PASSWORD@HOST:PORT`, in which special characters are percent-encoded.
    ///
    /// Defaults to the proxy of the environment: the first of `HTTPS_PROXY`, `https_proxy`, `ALL_PROXY` and `all_proxy`
    /// that is set, except for loopback hosts and hosts that `NO_PROXY` lists. A proxy that cannot be used, such as one
    /// for SOCKS, is an error of [`build`](Self::build): requests are never sent directly in its place.
    pub fn proxy(mut self, url: impl Into<SecretString>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Sends through an HTTP client of reqwest's, to share its connections or to set what this builder cannot.
    ///
    /// Its own TLS settings, proxies and connect timeout apply, so [`build`](Self::build) rejects those of this builder
    /// together with it. It must not follow redirects (`reqwest::redirect::Policy::none()`): a token that comes from another
    /// URL is rejected, but by then the request has been sent there.
    ///
    /// Making one takes a TLS feature of reqwest's own, or a TLS configuration given to its builder: this crate
    /// leaves the choice to the application.
    ///
    /// Requires the feature `reqwest`.
    #[cfg(feature = "reqwest")]
    #[cfg_attr(docsrs, doc(cfg(feature = "reqwest")))]
    pub fn http_client(mut self, reqwest_client: reqwest::Client) -> Self {
        self.http = Some(reqwest_client);
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Returns an error if space, project id or API token is missing or malformed, if the proxy cannot be used, if TLS
    /// cannot be set up, or if settings exclude each other. The error names the setting and does not repeat its value;
    /// if several are missing, it names all of them.
    pub fn build(self) -> Result<Client, Error> {
        self.shared()
            .map(|shared| Client {
                shared: Arc::new(shared),
            })
            .map_err(Error::configuration)
    }

    fn shared(self) -> Result<Shared, String> {
        self.check_http_settings()?;
        let (Some(space), Some(project_id), Some(api_token)) =
            (&self.space, &self.project_id, &self.api_token)
        else {
            return Err(self.missing());
        };
        let space: Space = space.parse().map_err(|error| format!("the space {error}"))?;
        let credentials = Credentials::new(project_id, api_token)?;
        let user_agent = user_agent(self.user_agent.as_deref())?;
        let http = match self.http {
            Some(http) => http,
            None => http::client(&HttpSettings {
                space: &space,
                connect_timeout: self.connect_timeout.unwrap_or(defaults::CONNECT_TIMEOUT),
                root_certificates_pem: &self.root_certificates_pem,
                proxy: self.proxy.as_ref().map(ExposeSecret::expose_secret),
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

    /// All settings that are missing.
    fn missing(&self) -> String {
        let settings = [
            ("space", self.space.is_none()),
            ("project id", self.project_id.is_none()),
            ("API token", self.api_token.is_none()),
        ];
        let missing = settings.iter().filter(|(_, is_missing)| *is_missing);
        let missing: Vec<_> = missing
            .map(|(name, _)| format!("the {name} is missing"))
            .collect();
        missing.join("; ")
    }

    /// Rejects settings that an HTTP client of the application's would silently ignore.
    fn check_http_settings(&self) -> Result<(), String> {
        let settings = [
            ("connect_timeout", self.connect_timeout.is_some()),
            ("root_certificates_pem", !self.root_certificates_pem.is_empty()),
            ("proxy", self.proxy.is_some()),
        ];
        let ignored = settings
            .iter()
            .filter(|(_, is_set)| *is_set && self.http.is_some());
        let ignored: Vec<_> = ignored.map(|(name, _)| format!("`{name}`")).collect();
        if ignored.is_empty() {
            return Ok(());
        }
        Err(format!(
            "{} has no effect on the client given to `http_client`; set it on that client",
            ignored.join(", ")
        ))
    }
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
            .field("has_proxy", &self.proxy.is_some())
            .finish_non_exhaustive()
    }
}
