//! DNS, connection, TLS, credential and clock checks.

use std::net::SocketAddr;
use std::time::Duration;

use chrono::{DateTime, Utc};
use hyper_util::client::proxy::matcher::Matcher;
use signalwire_room_tokens::{Client, Error, ErrorKind, RoomTokenRequest, Space, defaults};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::report::{Check, Report};
use crate::exit::{Exit, with_cause};

/// Proxy variables in order of precedence, each in uppercase and lowercase. The first one that is set wins.
const PROXY_VARIABLES: [[&str; 2]; 2] = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]];

/// Maximum tolerated difference between the local clock and the server's clock.
const CLOCK_SKEW_TOLERANCE: Duration = Duration::from_secs(30);

/// The route that requests take to the service.
#[derive(Clone, Copy)]
pub(super) enum Route {
    Direct,
    /// Through the proxy set in this environment variable.
    Proxy(&'static str),
}

/// Resolves the host and connects to it. Returns the route, or `None` if a check failed.
pub(super) async fn connect(space: &Space, report: &mut Report) -> Option<Route> {
    if let Some(proxy) = proxy(space) {
        report.add(Check::skipped(
            "dns",
            format!("the proxy in `{proxy}` resolves the host"),
        ));
        return Some(Route::Proxy(proxy));
    }
    let addresses = resolve(space, report).await?;
    connect_to(&addresses, report).await.then_some(Route::Direct)
}

/// Returns the environment variable that sets the client's proxy, or `None` if no proxy is used.
fn proxy(space: &Space) -> Option<&'static str> {
    // The client bypasses proxies for localhost. `Space` allows plain HTTP only for localhost.
    let is_localhost = format!("http://{}", space.host()).parse::<Space>().is_ok();
    let address = space.base_url().parse().ok()?;
    // The client's HTTP library uses the same matcher, which also respects `NO_PROXY`.
    if is_localhost || Matcher::from_env().intercept(&address).is_none() {
        return None;
    }
    PROXY_VARIABLES
        .into_iter()
        .filter_map(|spellings| {
            spellings
                .into_iter()
                .find_map(|name| Some((name, std::env::var_os(name)?)))
        })
        .find(|(_, value)| !value.is_empty())
        .map(|(name, _)| name)
}

async fn resolve(space: &Space, report: &mut Report) -> Option<Vec<SocketAddr>> {
    let host = space.host();
    // An IPv6 address without a port ends in a bracket, which doesn't parse as a port.
    let has_port = host
        .rsplit_once(':')
        .is_some_and(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let port = if is_https(space) { 443 } else { 80 };
    let target = if has_port {
        host.to_owned()
    } else {
        format!("{host}:{port}")
    };
    let failed = |reason: String| {
        Check::failed("dns", Exit::Unavailable, reason)
            .fix("check the space for typos, and check this computer's network and DNS settings")
    };
    let (check, addresses) = match timeout(defaults::CONNECT_TIMEOUT, tokio::net::lookup_host(target)).await {
        Ok(Ok(addresses)) => {
            let addresses: Vec<_> = addresses.collect();
            (Check::ok("dns", format!("{host} resolves")), Some(addresses))
        }
        Ok(Err(error)) => (failed(format!("failed to resolve {host}: {error}")), None),
        Err(_) => (
            failed(format!(
                "no DNS response for {host} within {:?}",
                defaults::CONNECT_TIMEOUT
            )),
            None,
        ),
    };
    report.add(check);
    addresses
}

async fn connect_to(addresses: &[SocketAddr], report: &mut Report) -> bool {
    let failed = |reason: String| {
        Check::failed("connection", Exit::Unavailable, reason)
            .fix("check the host and port, firewalls, and whether a proxy is required (HTTPS_PROXY)")
    };
    let check = match timeout(defaults::CONNECT_TIMEOUT, TcpStream::connect(addresses)).await {
        Ok(Ok(_)) => Check::ok("connection", "the host accepts connections"),
        Ok(Err(error)) => failed(error.to_string()),
        Err(_) => failed(format!("no connection within {:?}", defaults::CONNECT_TIMEOUT)),
    };
    let is_connected = check.is_ok();
    report.add(check);
    is_connected
}

/// Sends an invalid request. The response status shows whether the service accepted the credentials.
pub(super) async fn probe(client: &Client, route: Route, max_retries: u32, report: &mut Report) {
    let invalid = RoomTokenRequest::new("");
    let result = client
        .call(invalid)
        .skip_validation()
        .max_retries(max_retries)
        .create()
        .await;
    let now = Utc::now();
    let error = result.as_ref().err();
    if let Route::Proxy(proxy) = route {
        report.add(proxy_connection(proxy, error));
    }
    report.add(tls(client.space(), route, error));
    let Some(error) = error else {
        report.add(
            Check::warning(
                "credentials",
                "the service accepted an intentionally invalid request",
            )
            .fix("check that SIGNALWIRE_SPACE is the space of your SignalWire account"),
        );
        return;
    };
    report.add(credentials(error));
    if error.status().is_some() {
        report.add(clock(error.server_time(), now));
    }
}

/// Reports whether a connection through the proxy succeeded.
fn proxy_connection(proxy: &str, error: Option<&Error>) -> Check {
    match error {
        Some(error) if is_unconnected(error) => {
            let text = format!("through the proxy in `{proxy}`: {}", with_cause(error));
            Check::failed("connection", Exit::Unavailable, text).fix(format!(
                "correct the proxy in `{proxy}`, or add the host to NO_PROXY to connect directly"
            ))
        }
        _ => Check::ok("connection", format!("connected through the proxy in `{proxy}`")),
    }
}

fn tls(space: &Space, route: Route, error: Option<&Error>) -> Check {
    match (error, route) {
        _ if !is_https(space) => Check::skipped("tls", "plain HTTP to localhost"),
        // The proxy connection failed, so TLS to the service was never attempted.
        (Some(error), Route::Proxy(_)) if is_unconnected(error) => Check::skipped("tls", "no connection"),
        (Some(error), _) if error.status().is_none() && error.kind() == ErrorKind::Connect => {
            Check::failed("tls", Exit::Unavailable, with_cause(error)).fix(
                "check that the host serves HTTPS and that this computer trusts its certificate authority",
            )
        }
        (Some(error), _) if error.status().is_none() => Check::skipped("tls", "no response"),
        _ => Check::ok("tls", "the certificate is trusted"),
    }
}

/// Returns `true` if no connection was established. Certificate errors are excluded because they are not retryable.
fn is_unconnected(error: &Error) -> bool {
    error.status().is_none() && error.kind() == ErrorKind::Connect && error.is_retryable()
}

fn credentials(error: &Error) -> Check {
    match (error.kind(), error.status()) {
        // The service validates the request body only after accepting the credentials.
        (ErrorKind::Rejected, Some(400 | 422)) => Check::ok("credentials", "accepted"),
        _ => Check::failed("credentials", Exit::from(error), with_cause(error)).fix(credentials_fix(error)),
    }
}

fn credentials_fix(error: &Error) -> &'static str {
    match Exit::from(error) {
        Exit::Credentials => {
            "copy the project ID and API token from the API page of your SignalWire dashboard; the token needs the Video scope"
        }
        Exit::Rejected | Exit::InvalidResponse => {
            "check that SIGNALWIRE_SPACE is the space of your SignalWire account"
        }
        _ => "try again later, or raise --timeout",
    }
}

fn clock(server: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Check {
    let Some(server) = server else {
        return Check::skipped("clock", "the response has no `Date` header");
    };
    let seconds = (now - server).num_seconds();
    let side = if seconds < 0 { "behind" } else { "ahead of" };
    let text = format!(
        "the local clock is {} s {side} the server's",
        seconds.unsigned_abs()
    );
    if seconds.unsigned_abs() <= CLOCK_SKEW_TOLERANCE.as_secs() {
        Check::ok("clock", text)
    } else {
        Check::warning("clock", format!("{text}, which shifts the join window of tokens"))
            .fix("synchronize this computer's clock, for example with NTP")
    }
}

fn is_https(space: &Space) -> bool {
    space.base_url().starts_with("https://")
}
