//! Middleware for the demo sign-in. It accepts requests only from a browser on localhost that doesn't use a
//! proxy.
//!
//! Listening on a loopback address is not enough: a website can resolve its own name to a loopback address
//! (DNS rebinding), and a local reverse proxy may forward requests from other machines.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header::{FORWARDED, HOST, HeaderMap, ORIGIN, VIA};
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::Response;

use crate::problem::Problem;

/// Rejects requests that have a header indicating another machine or a proxy.
pub(crate) async fn local_only(request: Request, next: Next) -> Result<Response, Problem> {
    match foreign_header(&request) {
        Some(header) => Err(Problem::NotLocal(header)),
        None => Ok(next.run(request).await),
    }
}

/// Returns the name of a header that indicates another machine or a proxy, if any.
fn foreign_header(request: &Request) -> Option<&'static str> {
    let headers = request.headers();
    let target = request.uri().authority().map(Authority::as_str);
    if !is_loopback_host(headers) || !target.is_none_or(is_loopback) {
        return Some("Host");
    }
    if !headers.get_all(ORIGIN).iter().all(|origin| {
        let origin = origin.to_str().unwrap_or_default();
        let authority = origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"));
        authority.is_some_and(is_loopback)
    }) {
        return Some("Origin");
    }
    headers.keys().find_map(|name| match name.as_str() {
        name if name == FORWARDED => Some("Forwarded"),
        name if name == VIA => Some("Via"),
        "x-real-ip" => Some("X-Real-IP"),
        name if name.starts_with("x-forwarded-") => Some("X-Forwarded-*"),
        _ => None,
    })
}

/// Returns `true` if there is exactly one `Host` header and it names a loopback host.
fn is_loopback_host(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(is_loopback),
        _ => false,
    }
}

/// Returns `true` if `HOST` or `HOST:PORT` is `localhost` or a loopback address.
fn is_loopback(authority: &str) -> bool {
    let Ok(authority) = authority.parse::<Authority>() else {
        return false;
    };
    let host = authority.host();
    // Reject authorities with user information or a non-numeric port.
    let is_plain = match authority.as_str().strip_prefix(host) {
        Some("") => true,
        Some(_) => authority.port_u16().is_some(),
        None => false,
    };
    let address = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let is_address = || {
        address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.to_canonical().is_loopback())
    };
    is_plain && (host.eq_ignore_ascii_case("localhost") || is_address())
}
