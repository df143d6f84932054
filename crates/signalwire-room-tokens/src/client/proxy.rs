//! The proxy from the builder or the environment.
//!
//! reqwest also reads the environment, but it connects directly if it can't use the proxy. This module returns an error
//! instead.

use std::error::Error;
use std::ffi::OsString;

use reqwest::{NoProxy, Proxy, Url};

/// The variables that may contain the proxy for `https`, in order of precedence.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// Returns the proxy from the environment, if there is one. It does not apply to hosts listed in `NO_PROXY`.
///
/// # Errors
///
/// Returns an error if the proxy cannot be used. The error names the variable but does not contain its value, which may
/// include a password.
pub(super) fn from_environment(variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<Proxy>, String> {
    let set = |name| Some((name, variable(name).filter(|value| !value.is_empty())?));
    let Some((name, value)) = VARIABLES.into_iter().find_map(set) else {
        return Ok(None);
    };
    // A value that is not Unicode fails to parse as a URL.
    let proxy = parse(&value.to_string_lossy()).map_err(|error| format!("the proxy in `{name}` {error}"))?;
    Ok(Some(proxy.no_proxy(NoProxy::from_env())))
}

/// Parses the URL of a proxy. The default scheme is `http`.
///
/// # Errors
///
/// Returns an error if the URL is not a supported proxy URL. The error does not contain the URL.
pub(super) fn parse(url: &str) -> Result<Proxy, String> {
    const EXPECTED: &str =
        "expected `http://HOST:PORT`, `https://HOST:PORT` or `http://USER:PASSWORD@HOST:PORT`";
    let scheme = if url.contains("://") { "" } else { "http://" };
    let not_a_url = || format!("is not a URL; {EXPECTED}");
    let url = Url::parse(&format!("{scheme}{url}")).map_err(|_| not_a_url())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("has a scheme other than `http` or `https`; {EXPECTED}"));
    }
    // reqwest parses the URL again as a `hyper::Uri` and silently ignores the URL if parsing fails.
    url.as_str().parse::<hyper::Uri>().map_err(|_| not_a_url())?;
    Proxy::all(url).map_err(|_| not_a_url())
}

/// If any of the errors is about a proxy, returns whether a retry may help, and a description.
pub(super) fn failure<'a>(
    mut causes: impl Iterator<Item = &'a (dyn Error + 'static)>,
) -> Option<(bool, &'static str)> {
    // The type of tunnel errors is private, so they are recognized by the prefix of their message.
    let tunnel =
        causes.find_map(|cause| Some(cause.to_string().strip_prefix("tunnel error: ")?.to_owned()))?;
    Some(match tunnel.as_str() {
        "proxy authorization required" => (
            false,
            "the proxy requires authentication (407); include valid credentials (`USER:PASSWORD@`) in its URL",
        ),
        "failed to create underlying connection" => (true, "the proxy cannot be reached"),
        _ => (true, "the proxy did not open a connection to the host"),
    })
}
