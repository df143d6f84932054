//! HTTP Basic authentication, and the space that the credentials belong to.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::received::ReceivedRequest;

/// The credentials accepted by the server.
pub(crate) struct Credentials {
    pub(crate) project_id: String,
    pub(crate) api_token: String,
    pub(crate) space: Option<String>,
}

impl Credentials {
    /// Returns `true` if `request` has exactly these credentials and targets their space.
    pub(crate) fn accept(&self, request: &ReceivedRequest) -> bool {
        let mut authorizations = request.header_values("authorization");
        let (Some(authorization), None) = (authorizations.next(), authorizations.next()) else {
            return false;
        };
        let expected = format!("{}:{}", self.project_id, self.api_token);
        basic(authorization).is_some_and(|given| given == expected.as_bytes())
            && self.is_for_space(request.header("host").unwrap_or_default())
    }

    /// Returns `true` if `host` is the configured space or a loopback host, or if no space is configured.
    fn is_for_space(&self, host: &str) -> bool {
        let Some(space) = &self.space else { return true };
        // In a bracketed IPv6 address, the last colon may be part of the address.
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
    // Implemented manually so that the API token doesn't appear in test output.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("project_id", &self.project_id)
            .field("space", &self.space)
            .finish_non_exhaustive()
    }
}

/// Decodes `user:password` from a Basic `Authorization` header value.
fn basic(authorization: &str) -> Option<Vec<u8>> {
    let (scheme, encoded) = authorization.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    BASE64_STANDARD.decode(encoded.trim_start()).ok()
}
