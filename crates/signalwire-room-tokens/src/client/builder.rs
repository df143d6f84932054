//! The client builder.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::credentials::Credentials;
use super::endpoint::Endpoint;
use super::handle::Client;
use super::http;
use super::options::CallOptions;
use super::space::Space;
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
#[derive(Clone, Default)]
#[must_use = "no client is created until `build` is called"]
pub struct ClientBuilder {
    space: Option<String>,
    project_id: Option<String>,
    api_token: Option<SecretString>,
    user_agent: Option<String>,
    connect_timeout: Option<Duration>,
    options: CallOptions,
    root_certificates_pem: Vec<Vec<u8>>,
    /// A proxy URL, which may contain a password.
    proxy: Option<SecretString>,
    http: Option<reqwest::Client>,
}

impl Client {
    /// Creates a client with default settings. Use [`builder`](Self::builder) to change them.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`ClientBuilder::build`].
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
    /// Returns an error under the same conditions as [`ClientBuilder::from_env`] and [`ClientBuilder::build`].
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().from_env()?.build()
    }

    /// Returns a builder with default settings.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}

impl ClientBuilder {
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
    /// Returns an error if a variable is missing or empty. The error lists all missing variables, each with a similarly
    /// named variable that is set, if any.
    pub fn from_env(self) -> Result<Self, Error> {
        // A value that is not valid Unicode doesn't count as missing. `build` rejects it as malformed.
        self.read("environment variables", |name| {
            Some(std::env::var_os(name)?.to_string_lossy().into_owned())
        })
    }

    /// Reads the same variables with a lookup function, for example from a configuration file.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`from_env`](Self::from_env).
    pub fn from_env_with(self, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        self.read("variables", lookup)
    }

    /// Reads the settings that are not set yet. `what` describes the variables in error messages.
    fn read(mut self, what: &str, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let mut missing = Vec::new();
        let mut read = |variable| {
            let value = lookup(variable).filter(|value| !value.is_empty());
            if value.is_none() {
                missing.push(env::describe_missing(variable, &lookup));
            }
            value
        };
        self.space = self.space.or_else(|| read(env::SPACE));
        self.project_id = self.project_id.or_else(|| read(env::PROJECT_ID));
        self.api_token = self
            .api_token
            .or_else(|| read(env::API_TOKEN).map(SecretString::from));
        if missing.is_empty() {
            return Ok(self);
        }
        let missing = missing.join(", ");
        Err(Error::configuration(format!("{what} are missing: {missing}")))
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
        self.options.attempt_timeout = timeout;
        self
    }

    /// Sets the timeout of each call, including retries and the waits between them. Defaults to 30 seconds
    /// ([`defaults::TIMEOUT`]).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self
    }

    /// Sets the maximum number of retries of each call; 0 disables retries. Defaults to 3 ([`defaults::MAX_RETRIES`]).
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.options.max_retries = retries;
        self
    }

    /// Adds PEM-encoded root certificates, which are trusted in addition to the platform's root certificates.
    pub fn root_certificates_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates_pem.push(pem.into());
        self
    }

    /// Sends all requests through this HTTP proxy: `http://HOST:PORT`, `https://HOST:PORT`, or with credentials
    /// `http://USER:PASSWORD@HOST:PORT`. Special characters in credentials must be percent-encoded.
    ///
    /// Defaults to the proxy in the first of the environment variables `HTTPS_PROXY`, `https_proxy`, `ALL_PROXY` and
    /// `all_proxy` that is set. This default does not apply to loopback hosts or to hosts listed in `NO_PROXY`. If the
    /// proxy is not supported, such as a SOCKS proxy, [`build`](Self::build) returns an error; requests never bypass
    /// the proxy.
    pub fn proxy(mut self, url: impl Into<SecretString>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Sends requests with a custom reqwest client, for example to share its connection pool or to use settings that
    /// this builder doesn't offer.
    ///
    /// The TLS settings, proxies and connect timeout of the custom client apply. [`build`](Self::build) returns an
    /// error if they are also set on this builder. The custom client must not follow redirects
    /// (`reqwest::redirect::Policy::none()`): a response from a different URL is rejected, but only after the request
    /// has been sent there.
    ///
    /// To create an HTTPS client with reqwest, enable one of reqwest's TLS features, or pass a TLS configuration to its
    /// builder. This crate does not enable any of these features.
    ///
    /// Requires the `reqwest` feature.
    #[cfg(feature = "reqwest")]
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
        let options = self.options.clone();
        let endpoint = Arc::new(self.endpoint().map_err(Error::configuration)?);
        Ok(Client { endpoint, options })
    }

    fn endpoint(self) -> Result<Endpoint, String> {
        let unused = set_names([
            ("`connect_timeout`", self.connect_timeout.is_some()),
            ("`root_certificates_pem`", !self.root_certificates_pem.is_empty()),
            ("`proxy`", self.proxy.is_some()),
        ]);
        if self.http.is_some() && !unused.is_empty() {
            let unused = unused.join(", ");
            return Err(format!(
                "the client passed to `http_client` ignores {unused}; configure that client instead"
            ));
        }
        let (Some(space), Some(project_id), Some(api_token)) =
            (&self.space, &self.project_id, &self.api_token)
        else {
            let missing = set_names([
                ("the space is missing", self.space.is_none()),
                ("the project ID is missing", self.project_id.is_none()),
                ("the API token is missing", self.api_token.is_none()),
            ]);
            return Err(missing.join("; "));
        };
        let space: Space = space.parse().map_err(|error| format!("the space {error}"))?;
        let credentials = Credentials::new(project_id, api_token)?;
        let user_agent = user_agent(self.user_agent.as_deref())?;
        let connect_timeout = self.connect_timeout.unwrap_or(defaults::CONNECT_TIMEOUT);
        let proxy = self.proxy.as_ref().map(ExposeSecret::expose_secret);
        let http = match self.http {
            Some(http) => http,
            None => http::client(&space, connect_timeout, &self.root_certificates_pem, proxy)?,
        };
        Endpoint::new(space, http, credentials, user_agent)
    }
}

/// Returns the names whose flags are set.
fn set_names<const N: usize>(names: [(&str, bool); N]) -> Vec<&str> {
    let set = names.into_iter().filter(|(_, is_set)| *is_set);
    set.map(|(name, _)| name).collect()
}

/// Returns the value of the `User-Agent` header.
fn user_agent(app: Option<&str>) -> Result<HeaderValue, String> {
    const OURS: &str = concat!("signalwire-room-tokens/", env!("CARGO_PKG_VERSION"));
    let agent = app.map_or_else(|| OURS.to_owned(), |app| format!("{app} {OURS}"));
    let is_visible = |byte| byte == b' ' || u8::is_ascii_graphic(&byte);
    let is_valid = agent.len() <= 1000 && !agent.starts_with(' ') && agent.bytes().all(is_visible);
    HeaderValue::try_from(agent)
        .ok()
        .filter(|_| is_valid)
        .ok_or_else(|| "the user agent is invalid; expected at most 1000 visible ASCII characters".to_owned())
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The space is hidden because it may contain user info. Such a value is not rejected until `build`.
        f.debug_struct("ClientBuilder")
            .field("has_space", &self.space.is_some())
            .field("project_id", &self.project_id)
            .field("has_api_token", &self.api_token.is_some())
            .field("user_agent", &self.user_agent)
            .field("connect_timeout", &self.connect_timeout)
            .field("options", &self.options)
            .field("has_proxy", &self.proxy.is_some())
            .finish_non_exhaustive()
    }
}
