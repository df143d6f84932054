//! The client builder.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::attempt::Endpoint;
use super::credentials::Credentials;
use super::http::{self, HttpSettings};
use super::retry::CallLimits;
use super::space::Space;
use super::{Client, Shared};
use crate::defaults;
use crate::env;
use crate::error::Error;

/// A builder that configures a client. Returned by [`Client::builder`].
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
#[must_use = "no client is created until `build` is called"]
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
    /// A proxy URL, which may contain a password.
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

    /// Sets the space: a name, a host or a base URL, as parsed by [`Space`].
    pub fn space(mut self, space: impl Into<String>) -> Self {
        self.space = Some(space.into());
        self
    }

    /// Sets the project ID.
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    /// Sets the API token, which needs the Video scope.
    pub fn api_token(mut self, api_token: impl Into<SecretString>) -> Self {
        self.api_token = Some(api_token.into());
        self
    }

    /// Reads the space, project ID and API token from the environment variables in [`env`](mod@env).
    ///
    /// Settings that are already set are kept, and their variables are not required.
    ///
    /// # Errors
    ///
    /// Returns an error if a variable is missing or empty. The error lists all missing variables, each with a similar
    /// variable that is set, if any.
    pub fn from_env(self) -> Result<Self, Error> {
        // A value that is not Unicode is not reported as missing. `build` rejects it as malformed.
        self.read("environment variables", |name| {
            Some(std::env::var_os(name)?.to_string_lossy().into_owned())
        })
    }

    /// Reads the same variables with a lookup function, for example from a configuration file.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`from_env`](Self::from_env).
    pub fn from_env_with(self, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        self.read("variables", lookup)
    }

    /// Reads the variables that are not set yet. `what` is the noun for them in error messages.
    fn read(self, what: &str, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let mut variables = env::VariableReader::new(lookup);
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

    /// Sets the application's name and version, which precede those of this crate in the `User-Agent` header.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sets the connect timeout of each attempt. Defaults to 5 seconds ([`defaults::CONNECT_TIMEOUT`]).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets the timeout of each attempt, including connecting and reading the response. Defaults to 10 seconds
    /// ([`defaults::ATTEMPT_TIMEOUT`]).
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Sets the timeout of each call, including retries and the waits between them. Defaults to 30 seconds
    /// ([`defaults::TIMEOUT`]).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the maximum number of retries of each call; 0 disables retries. Defaults to 3 ([`defaults::MAX_RETRIES`]).
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// Adds PEM-encoded root certificates, which are trusted in addition to those of the platform.
    pub fn root_certificates_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates_pem.push(pem.into());
        self
    }

    /// Sends all requests through this HTTP proxy: `http://HOST:PORT`, `https://HOST:PORT`, or with credentials
    /// `http://USER:PASSWORD@HOST:PORT`. Special characters in credentials must be percent-encoded.
    ///
    /// Defaults to the proxy in the first of the environment variables `HTTPS_PROXY`, `https_proxy`, `ALL_PROXY` and
    /// `all_proxy` that is set. This default does not apply to loopback hosts and to hosts in `NO_PROXY`. If the proxy
    /// is not supported, such as a SOCKS proxy, [`build`](Self::build) returns an error; requests never bypass the
    /// proxy.
    pub fn proxy(mut self, url: impl Into<SecretString>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Sends requests with a custom reqwest client, for example to share its connection pool or to use settings that
    /// this builder does not have.
    ///
    /// The TLS settings, proxies and connect timeout of the custom client apply. [`build`](Self::build) returns an
    /// error if they are also set on this builder. The custom client must not follow redirects
    /// (`reqwest::redirect::Policy::none()`): a response from a different URL is rejected, but only after the request
    /// has been sent there.
    ///
    /// To create an HTTPS client with reqwest, enable one of reqwest's TLS features, or pass a TLS configuration to its
    /// builder. This crate does not enable any of these features.
    ///
    /// Requires the feature `reqwest`.
    #[cfg(feature = "reqwest")]
    #[cfg_attr(docsrs, doc(cfg(feature = "reqwest")))]
    pub fn http_client(mut self, reqwest_client: reqwest::Client) -> Self {
        self.http = Some(reqwest_client);
        self
    }

    /// Builds the client. This sends no requests.
    ///
    /// # Errors
    ///
    /// Returns an error if the space, project ID or API token is missing or malformed, if the proxy cannot be used, if
    /// TLS cannot be set up, or if settings conflict. The error names the setting but does not contain its value. It
    /// lists all missing settings.
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
        let limits = CallLimits {
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

    /// Describes all missing settings.
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

    /// Rejects settings that have no effect on a custom HTTP client.
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

/// Returns the value of the `User-Agent` header.
fn user_agent(app: Option<&str>) -> Result<HeaderValue, String> {
    const OURS: &str = concat!("signalwire-room-tokens/", env!("CARGO_PKG_VERSION"));
    let agent = app.map_or_else(|| OURS.to_owned(), |app| format!("{app} {OURS}"));
    let visible = |byte| byte == b' ' || u8::is_ascii_graphic(&byte);
    let agent = HeaderValue::try_from(agent)
        .ok()
        .filter(|agent| agent.len() <= 1000 && agent.as_bytes().first() != Some(&b' '))
        .filter(|agent| agent.as_bytes().iter().copied().all(visible));
    agent
        .ok_or_else(|| "the user agent is invalid; expected at most 1000 visible ASCII characters".to_owned())
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The space is hidden because it may contain user info. Only `build` rejects such a value.
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
