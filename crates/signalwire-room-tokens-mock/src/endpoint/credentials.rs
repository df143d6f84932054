//! HTTP Basic authentication with project id and API token, and the space that they belong to.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::received::ReceivedRequest;

/// The one account that the server knows.
pub(crate) struct Credentials {
    pub(crate) project_id: String,
    pub(crate) api_token: String,
    pub(crate) space: Option<String>,
}

impl Credentials {
    /// Whether `request` carries exactly these credentials to the space that they are for.
    pub(crate) fn admit(&self, request: &ReceivedRequest) -> bool {
        let mut authorizations = request.header_values("authorization");
        let (Some(authorization), None) = (authorizations.next(), authorizations.next()) else {
            return false;
        };
        let expected = format!("{}:{}", self.project_id, self.api_token);
        basic(authorization).is_some_and(|given| given == expected.as_bytes())
            && self.is_for_space(request.header("host").unwrap_or_default())
    }

    /// A space that was named refuses other hosts, as a token of one space opens no other. Loopback hosts
    /// stand for the server itself.
    fn is_for_space(&self, host: &str) -> bool {
        let Some(space) = &self.space else { return true };
        // With brackets around it, the last colon of an IPv6 address is none before a port.
        let name = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => name,
            _ => host,
        };
        let name = name.strip_suffix('.').unwrap_or(name);
        let own = format!("{space}.signalwire.com");
        ["127.0.0.1", "[::1]", "localhost", &own]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    }
}

impl fmt::Debug for Credentials {
    // By hand: the API token is a secret, in a test's output as well.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("project_id", &self.project_id)
            .field("space", &self.space)
            .finish_non_exhaustive()
    }
}

/// `user:password` out of a header value of the scheme `Basic`.
fn basic(authorization: &str) -> Option<Vec<u8>> {
    let (scheme, encoded) = authorization.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    BASE64_STANDARD.decode(encoded.trim_start()).ok()
}
