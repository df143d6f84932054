//! The way to the service: name, connection, TLS, credentials, clock.

use std::net::SocketAddr;
use std::time::Duration;

use chrono::{DateTime, Utc};
use hyper_util::client::proxy::matcher::Matcher;
use signalwire_room_tokens::{Client, Error, ErrorKind, RoomTokenRequest, Space, defaults};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::report::{Check, Report};
use crate::exit::{Exit, with_causes};

/// The variables that send requests to a proxy: of two spellings, the first that is set.
const PROXIES: [[&str; 2]; 2] = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]];

/// Clocks that differ by less do no harm.
const CLOCKS_DIFFER: Duration = Duration::from_secs(30);

/// How requests get to the service.
#[derive(Clone, Copy)]
pub(super) enum Way {
    Direct,
    /// Through the proxy that this variable names.
    Proxy(&'static str),
}

/// Looks the host's name up and connects to it; the way there, if it is worth going on.
pub(super) async fn reach(space: &Space, report: &mut Report) -> Option<Way> {
    if let Some(proxy) = proxy(space) {
        report.add(Check::skipped(
            "dns",
            format!("`{proxy}` is set; the proxy looks the name up"),
        ));
        return Some(Way::Proxy(proxy));
    }
    let addresses = look_up(space, report).await?;
    connect(&addresses, report).await.then_some(Way::Direct)
}

/// The variable that names the proxy which the client uses, if it uses one.
fn proxy(space: &Space) -> Option<&'static str> {
    // The client uses none to this machine, and plain http to no other.
    let is_this_machine = format!("http://{}", space.host()).parse::<Space>().is_ok();
    let address = space.base_url().parse().ok()?;
    // What decides in the client, too, inside of reqwest: it knows `NO_PROXY`.
    if is_this_machine || Matcher::from_env().intercept(&address).is_none() {
        return None;
    }
    PROXIES
        .into_iter()
        .filter_map(|spellings| {
            spellings
                .into_iter()
                .find_map(|name| Some((name, std::env::var_os(name)?)))
        })
        .find(|(_, value)| !value.is_empty())
        .map(|(name, _)| name)
}

async fn look_up(space: &Space, report: &mut Report) -> Option<Vec<SocketAddr>> {
    let host = space.host();
    // With brackets around it, the last colon of an IPv6 address is none before a port.
    let has_port = host
        .rsplit_once(':')
        .is_some_and(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let port = if is_https(space) { 443 } else { 80 };
    let target = if has_port {
        host.to_owned()
    } else {
        format!("{host}:{port}")
    };
    let failed = |reason: String| Check::failed("dns", Exit::Unavailable, reason);
    let (check, addresses) = match timeout(defaults::CONNECT_TIMEOUT, tokio::net::lookup_host(target)).await {
        Ok(Ok(addresses)) => {
            let addresses: Vec<_> = addresses.collect();
            (Check::ok("dns", format!("{host} is found")), Some(addresses))
        }
        Ok(Err(error)) => (
            failed(format!("{host} is not found: {error}; the space may be misspelt")),
            None,
        ),
        Err(_) => (
            failed(format!(
                "no answer about {host} in {:?}",
                defaults::CONNECT_TIMEOUT
            )),
            None,
        ),
    };
    report.add(check);
    addresses
}

async fn connect(addresses: &[SocketAddr], report: &mut Report) -> bool {
    let failed = |reason: String| Check::failed("connection", Exit::Unavailable, reason);
    let check = match timeout(defaults::CONNECT_TIMEOUT, TcpStream::connect(addresses)).await {
        Ok(Ok(_)) => Check::ok("connection", "the host takes connections"),
        Ok(Err(error)) => failed(error.to_string()),
        Err(_) => failed(format!(
            "none in {:?}; a firewall may be in between",
            defaults::CONNECT_TIMEOUT
        )),
    };
    let is_reached = check.is_ok();
    report.add(check);
    is_reached
}

/// Sends a request that no service may grant: good credentials are told from bad ones by how it is refused.
pub(super) async fn probe(client: &Client, way: Way, max_retries: u32, report: &mut Report) {
    let nameless = RoomTokenRequest::new("");
    let asked = client
        .call(nameless)
        .skip_validation()
        .max_retries(max_retries)
        .create()
        .await;
    let now = Utc::now();
    let error = asked.as_ref().err();
    if let Way::Proxy(proxy) = way {
        report.add(connection_through(proxy, error));
    }
    report.add(tls(client.space(), way, error));
    let Some(error) = error else {
        report.add(Check::warning(
            "credentials",
            "accepted, and so was a request that is invalid on purpose",
        ));
        return;
    };
    report.add(credentials(error));
    if error.status().is_some() {
        report.add(clock(error.server_time(), now));
    }
}

/// Whether the proxy was reached, and let the connection through.
fn connection_through(proxy: &str, error: Option<&Error>) -> Check {
    match error {
        Some(error) if has_no_connection(error) => {
            let text = format!("through the proxy that `{proxy}` names: {}", with_causes(error));
            Check::failed("connection", Exit::Unavailable, text)
        }
        _ => Check::ok("connection", format!("`{proxy}` is set; the proxy connects")),
    }
}

fn tls(space: &Space, way: Way, error: Option<&Error>) -> Check {
    match (error, way) {
        _ if !is_https(space) => Check::skipped("tls", "plain http to this machine"),
        // Behind a proxy this says nothing of the service.
        (Some(error), Way::Proxy(_)) if has_no_connection(error) => {
            Check::skipped("tls", "there was no connection")
        }
        (Some(error), _) if error.status().is_none() && error.kind() == ErrorKind::Connect => {
            Check::failed("tls", Exit::Unavailable, with_causes(error))
        }
        (Some(error), _) if error.status().is_none() => Check::skipped("tls", "there was no answer"),
        _ => Check::ok("tls", "the certificate is trusted"),
    }
}

/// Whether there was no connection, for another reason than a certificate, which no retry mends.
fn has_no_connection(error: &Error) -> bool {
    error.status().is_none() && error.kind() == ErrorKind::Connect && error.is_retryable()
}

fn credentials(error: &Error) -> Check {
    match (error.kind(), error.status()) {
        // Whoever reads the request has let its sender in.
        (ErrorKind::Rejected, Some(400 | 422)) => Check::ok("credentials", "accepted"),
        _ => Check::failed("credentials", Exit::from(error), with_causes(error)),
    }
}

fn clock(server: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Check {
    let Some(server) = server else {
        return Check::skipped("clock", "the answer has no `Date`");
    };
    let seconds = (now - server).num_seconds();
    let side = if seconds < 0 { "behind" } else { "ahead of" };
    let text = format!("this clock is {} s {side} the server's", seconds.unsigned_abs());
    if seconds.unsigned_abs() <= CLOCKS_DIFFER.as_secs() {
        Check::ok("clock", text)
    } else {
        Check::warning(
            "clock",
            format!("{text}; windows for joining open and close at other times than meant"),
        )
    }
}

fn is_https(space: &Space) -> bool {
    space.base_url().starts_with("https://")
}
