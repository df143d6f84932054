//! The servers of an operation, and the path prefixes in their URLs.

use serde_json::Value;

use crate::document::Fields as _;

/// Returns the URL template of a Server Object.
pub(crate) fn url(server: &Value) -> &str {
    server.text("url").unwrap_or_default()
}

/// Returns a server URL without its path prefix.
///
/// The host is converted to lowercase, and the scheme's default port is removed.
#[must_use]
pub fn origin(server: &Value) -> String {
    let url = url(server).trim_end_matches('/');
    let url = url.strip_suffix(path_prefix(url)).unwrap_or(url);
    let rest = without_scheme(url);
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let scheme = url.strip_suffix(rest).unwrap_or_default().to_ascii_lowercase();
    let port = match &*scheme {
        "https://" => ":443",
        "http://" => ":80",
        _ => "",
    };
    let host = in_lower_case(host);
    format!("{scheme}{}{path}", host.strip_suffix(port).unwrap_or(&host))
}

/// Returns the part of a URL after `https://`, or after `//` if the URL has no scheme.
fn without_scheme(url: &str) -> &str {
    match url.split_once("://") {
        Some((_, rest)) => rest,
        None => url.strip_prefix("//").unwrap_or(url),
    }
}

/// Converts a host to lowercase, except for variable names.
fn in_lower_case(host: &str) -> String {
    let mut is_in_name = false;
    let mut lower = |c: char| {
        is_in_name = (is_in_name || c == '{') && c != '}';
        if is_in_name { c } else { c.to_ascii_lowercase() }
    };
    host.chars().map(&mut lower).collect()
}

/// Returns the path in a server URL, without a trailing slash.
///
/// Returns an empty string if the path contains variables, because a server variable is not an operation parameter.
pub(crate) fn path_prefix(url: &str) -> &str {
    let path = without_scheme(url);
    let path = path
        .find('/')
        .and_then(|at| path.get(at..))
        .unwrap_or_default()
        .trim_end_matches('/');
    if path.contains(['{', '}', '?', '#']) {
        ""
    } else {
        path
    }
}

/// Returns the full paths of an operation, one for each distinct prefix among its servers.
pub(crate) fn effective_paths(servers: &[Value], path: &str) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    for server in servers {
        let called = format!("{}{path}", path_prefix(url(server)));
        if !paths.contains(&called) {
            paths.push(called);
        }
    }
    if paths.is_empty() {
        paths.push(path.to_owned());
    }
    paths
}
