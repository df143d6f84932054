//! Where requests go: a SignalWire space, or a host that stands in for one.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A SignalWire space: the one host that credentials are sent to.
///
/// Taken are a space's name, its host, or an address, for other hosts too:
///
/// ```
/// use signalwire_room_tokens::Space;
///
/// let address = "https://myspace.signalwire.com";
/// for text in ["myspace", "myspace.signalwire.com", address] {
///     assert_eq!(text.parse::<Space>()?.base_url(), address);
/// }
/// let other: Space = "https://video.example.org:8443".parse()?;
/// assert_eq!(other.host(), "video.example.org:8443");
/// # Ok::<(), signalwire_room_tokens::ParseSpaceError>(())
/// ```
///
/// Plain `http` is for loopback hosts only, and assumed for a loopback host without a scheme, as SignalWire's own
/// SDKs do. Whatever could lead credentials astray is refused: user info, a path, a query, other characters than
/// those of host names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Space(Url);

impl Space {
    /// The address that requests start with, such as `https://myspace.signalwire.com`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// The host, with its port if that is not the usual one.
    #[must_use]
    pub fn host(&self) -> &str {
        self.base_url()
            .split_once("://")
            .map_or_else(|| self.base_url(), |(_, host)| host)
    }

    /// Whether the host is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// Whether requests are encrypted.
    pub(crate) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }
}

/// Why a text is no [`Space`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseSpaceError {
    /// It is empty.
    Empty,
    /// It is longer than 300 characters.
    TooLong,
    /// It has something beside a host: user info, a path, a query or a fragment.
    NotOnlyAHost,
    /// It has characters that host names do not have.
    Characters,
    /// It has a scheme other than `https` and `http`.
    Scheme,
    /// It is plain `http` to a host that is not this machine.
    PlainHttp,
    /// Its host or port is malformed.
    Host,
    /// It is an address with a host of one label, which a local name server may lead anywhere.
    OneLabel,
}

impl fmt::Display for ParseSpaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty",
            Self::TooLong => "is longer than 300 characters",
            Self::NotOnlyAHost => "has something beside a host (user info, a path, a query or a fragment)",
            Self::Characters => "has characters that host names do not have",
            Self::Scheme => "has a scheme other than https",
            Self::PlainHttp => "is plain http; that is for loopback hosts only",
            Self::Host => "has a malformed host or port",
            Self::OneLabel => "is an address whose host is one word only",
        })?;
        f.write_str("; write `myspace`, `myspace.signalwire.com` or `https://myspace.signalwire.com`")
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
        check_characters(authority)?;
        let url = match scheme.as_deref() {
            Some("https") => parse("https", authority)?,
            Some("http") => parse("http", authority)?,
            Some(_) => return Err(ParseSpaceError::Scheme),
            None => without_scheme(authority)?,
        };
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(ParseSpaceError::PlainHttp);
        }
        // With a search domain, `https://myspace` is whatever host of that name is near.
        if !is_loopback(&url) && !url.host_str().is_some_and(|host| host.contains(['.', ':'])) {
            return Err(ParseSpaceError::OneLabel);
        }
        Ok(Self(url))
    }
}

/// Lets nothing through that a URL parser could take for more than a host and a port.
fn check_characters(authority: &str) -> Result<(), ParseSpaceError> {
    if authority.contains(['@', '/', '\\', '?', '#']) {
        return Err(ParseSpaceError::NotOnlyAHost);
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':' | '[' | ']');
    if authority.chars().all(allowed) {
        Ok(())
    } else {
        Err(ParseSpaceError::Characters)
    }
}

/// A name of a space has neither dot nor colon; anything else is a host.
fn without_scheme(authority: &str) -> Result<Url, ParseSpaceError> {
    if !authority.contains(['.', ':', '[']) && !authority.eq_ignore_ascii_case("localhost") {
        return parse("https", &format!("{authority}.signalwire.com"));
    }
    let url = parse("https", authority)?;
    if is_loopback(&url) {
        parse("http", authority)
    } else {
        Ok(url)
    }
}

fn parse(scheme: &str, authority: &str) -> Result<Url, ParseSpaceError> {
    let url = Url::parse(&format!("{scheme}://{authority}")).map_err(|_| ParseSpaceError::Host)?;
    let host = url.host_str().ok_or(ParseSpaceError::Host)?;
    let labels_are_sound = host.starts_with('[')
        || host
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    // To a URL parser, `127.1` and `0x7f.1` are addresses too; nobody who means one writes it so.
    let is_written_otherwise = host.parse::<IpAddr>().is_ok() && !authority.starts_with(host);
    // `https://host:` and a port of 0 are legal to a URL parser, and always a mistake.
    if !labels_are_sound || is_written_otherwise || url.port() == Some(0) || authority.ends_with(':') {
        return Err(ParseSpaceError::Host);
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<IpAddr>();
    address.map_or(host == "localhost", |address| address.is_loopback())
}

impl fmt::Display for Space {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.base_url())
    }
}

/// Reads what [`FromStr`] takes.
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
