//! The proxy that requests go through: the builder's own, or that of the environment.
//!
//! reqwest reads the environment by itself, and connects directly where it cannot use what it finds. Here that is an
//! error.

use std::borrow::Cow;
use std::error::Error;
use std::ffi::OsString;

use reqwest::{NoProxy, Proxy, Url};

/// The variables that name the proxy for `https`, in the order in which they are read.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// The proxy of the environment, if it names one. `NO_PROXY` is heeded.
///
/// # Errors
///
/// Returns the name of the variable and what is wrong; the value may hold a password and is not repeated.
pub(super) fn from_environment(variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<Proxy>, String> {
    let set = |name: &'static str| {
        variable(name)
            .filter(|value| !value.is_empty())
            .map(|value| (name, value))
    };
    let Some((name, value)) = VARIABLES.into_iter().find_map(set) else {
        return Ok(None);
    };
    // What is not Unicode is not a URL either.
    let proxy = parse(&value.to_string_lossy()).map_err(|error| format!("the proxy in `{name}` {error}"))?;
    Ok(Some(proxy.no_proxy(NoProxy::from_env())))
}

/// Reads the URL of a proxy; without a scheme it is `http`.
///
/// # Errors
///
/// Returns what is wrong, without repeating the URL.
pub(super) fn parse(url: &str) -> Result<Proxy, String> {
    const EXPECTED: &str =
        "expected `http://HOST:PORT` or `https://HOST:PORT`, or `http://USER:PASSWORD@HOST:PORT`";
    let with_scheme = match url.contains("://") {
        true => Cow::Borrowed(url),
        false => Cow::Owned(format!("http://{url}")),
    };
    let not_a_url = || format!("is not a URL; {EXPECTED}");
    let url = Url::parse(&with_scheme).map_err(|_| not_a_url())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("is neither `http` nor `https`; {EXPECTED}"));
    }
    // reqwest reads it again by another grammar, and would ignore what that does not take.
    url.as_str().parse::<hyper::Uri>().map_err(|_| not_a_url())?;
    Proxy::all(url).map_err(|_| not_a_url())
}

/// Returns what went wrong on the way through a proxy, if these errors came from there, and whether a retry may help.
pub(super) fn failure<'a>(
    mut causes: impl Iterator<Item = &'a (dyn Error + 'static)>,
) -> Option<(bool, &'static str)> {
    // The type of the tunnel's errors is not public; this is how all of them begin.
    let tunnel = causes.find_map(|cause| {
        cause
            .to_string()
            .strip_prefix("tunnel error: ")
            .map(str::to_owned)
    })?;
    Some(match tunnel.as_str() {
        "proxy authorization required" => (
            false,
            "the proxy requires authentication (407): its URL needs the right `USER:PASSWORD@`",
        ),
        "failed to create underlying connection" => (true, "the proxy cannot be reached"),
        _ => (true, "the proxy did not open a connection to the host"),
    })
}
