//! SignalWire spaces and how they are parsed.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A SignalWire space, stored as its base URL. The client sends credentials only to this host.
///
/// A space is parsed from its name, its host, or a base URL. The host does not have to be a SignalWire host:
///
/// ```
/// use signalwire_room_tokens::Space;
///
/// let url = "https://myspace.signalwire.com";
/// for text in ["myspace", "myspace.signalwire.com", url] {
///     assert_eq!(text.parse::<Space>()?.base_url(), url);
/// }
/// let other: Space = "https://video.example.org:8443".parse()?;
/// assert_eq!(other.host(), "video.example.org:8443");
/// # Ok::<(), signalwire_room_tokens::ParseSpaceError>(())
/// ```
///
/// Plain `http` is only allowed for loopback hosts. It is the default scheme for a loopback host, as in SignalWire's
/// SDKs. The parser rejects everything that could cause credentials to be sent to the wrong host: user info, paths,
/// queries, and characters that are not valid in host names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Space(Url);

impl Space {
    /// Returns the base URL, such as `https://myspace.signalwire.com`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Returns the host, followed by `:` and the port if it is not the default port of the scheme.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.authority()
    }

    /// Returns `true` if the host is a loopback host.
    pub(super) fn is_loopback(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        address.map_or(host == "localhost", |address| address.is_loopback())
    }

    /// Returns `true` if the scheme is `https`.
    pub(super) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    fn of(scheme: &str, authority: &str) -> Result<Self, ParseSpaceError> {
        let url = Url::parse(&format!("{scheme}://{authority}")).map_err(|_| ParseSpaceError::Host)?;
        let host = url.host_str().ok_or(ParseSpaceError::Host)?;
        let is_valid = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
        let has_valid_labels = host.starts_with('[') || host.split('.').all(is_valid);
        // The URL parser also accepts unusual forms of IP addresses, such as `127.1` and `0x7f.1`, but they are
        // rejected here.
        let is_unusual_ip = host.parse::<IpAddr>().is_ok() && !authority.starts_with(host);
        // The URL parser accepts `https://host:` and port 0, but both are mistakes.
        if !has_valid_labels || is_unusual_ip || url.port() == Some(0) || authority.ends_with(':') {
            return Err(ParseSpaceError::Host);
        }
        Ok(Self(url))
    }
}

/// The error returned when parsing a [`Space`] from a string fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseSpaceError {
    /// The string is empty.
    Empty,
    /// The string is longer than 300 characters.
    TooLong,
    /// The string contains more than a host: user info, a path, a query or a fragment.
    NotOnlyAHost,
    /// The string contains characters that are not allowed in host names.
    Characters,
    /// The scheme is neither `https` nor `http`.
    Scheme,
    /// The scheme is `http`, but the host is not a loopback host.
    PlainHttp,
    /// The host or port is malformed.
    Host,
    /// The host in a URL is a single label, which might resolve to any host on the local network.
    OneLabel,
}

impl fmt::Display for ParseSpaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty",
            Self::TooLong => "is longer than 300 characters",
            Self::NotOnlyAHost => "contains more than a host (user info, a path, a query or a fragment)",
            Self::Characters => "contains characters that are not allowed in host names",
            Self::Scheme => "has a scheme other than https",
            Self::PlainHttp => "uses plain http, which is only allowed for loopback hosts",
            Self::Host => "has a malformed host or port",
            Self::OneLabel => "is a URL whose host has only one label",
        })?;
        f.write_str("; expected `myspace`, `myspace.signalwire.com` or `https://myspace.signalwire.com`")
    }
}

impl std::error::Error for ParseSpaceError {}

impl FromStr for Space {
    type Err = ParseSpaceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Err(ParseSpaceError::Empty);
        }
        if text.len() > 300 {
            return Err(ParseSpaceError::TooLong);
        }
        let (scheme, authority) = match text.split_once("://") {
            Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
            None => (None, text),
        };
        let authority = authority.strip_suffix('/').unwrap_or(authority);
        // Reject all characters that a URL parser could interpret as something other than a host and a port.
        if authority.contains(['@', '/', '\\', '?', '#']) {
            return Err(ParseSpaceError::NotOnlyAHost);
        }
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':' | '[' | ']');
        if !authority.chars().all(is_allowed) {
            return Err(ParseSpaceError::Characters);
        }
        let is_host = authority.contains(['.', ':', '[']) || authority.eq_ignore_ascii_case("localhost");
        let space = match scheme.as_deref() {
            Some(scheme @ ("https" | "http")) => Self::of(scheme, authority)?,
            Some(_) => return Err(ParseSpaceError::Scheme),
            None if is_host && Self::of("https", authority)?.is_loopback() => Self::of("http", authority)?,
            None if is_host => Self::of("https", authority)?,
            None => Self::of("https", &format!("{authority}.signalwire.com"))?,
        };
        if space.is_loopback() {
            return Ok(space);
        }
        if !space.is_https() {
            return Err(ParseSpaceError::PlainHttp);
        }
        // With a DNS search domain, `https://myspace` might resolve to any host on the local network.
        match space.0.host_str() {
            Some(host) if host.contains(['.', ':']) => Ok(space),
            _ => Err(ParseSpaceError::OneLabel),
        }
    }
}

impl fmt::Display for Space {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.base_url())
    }
}

/// Deserializes a space from a string in any form that [`FromStr`] accepts.
impl<'de> Deserialize<'de> for Space {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|error| D::Error::custom(format_args!("the space {error}")))
    }
}

impl From<Space> for String {
    fn from(space: Space) -> Self {
        space.base_url().to_owned()
    }
}
