//! The requests that arrived, as they arrived.

use std::fmt;

use serde_json::Value;

use crate::http::Head;

/// Headers whose values are secret.
const SECRET_HEADERS: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

/// A request that the server has read, whatever it answered.
#[derive(Clone)]
pub struct ReceivedRequest {
    head: Head,
    body: Vec<u8>,
}

impl ReceivedRequest {
    pub(crate) fn new(head: Head, body: Vec<u8>) -> Self {
        Self { head, body }
    }

    /// The method, as sent: `POST`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.head.method
    }

    /// The request target, as sent: path and query, or a whole URL when it was sent as to a proxy.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.head.target
    }

    /// The path of the target: `/api/video/room_tokens`.
    #[must_use]
    pub fn path(&self) -> &str {
        let target = self.target();
        let path = match target.strip_prefix("http://") {
            Some(url) => url.find('/').and_then(|start| url.get(start..)).unwrap_or("/"),
            None => target,
        };
        path.split(['?', '#']).next().unwrap_or_default()
    }

    /// All headers in the order of arrival, names in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.head
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first value of the header `name`, in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.header_values(name).next()
    }

    /// All values of the header `name`, in any case.
    pub fn header_values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers()
            .filter(move |(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The body's bytes; empty when the request was refused before its body was read.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON, if it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl fmt::Debug for ReceivedRequest {
    // By hand: what a failing test prints must not hold credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers().map(redacted).collect();
        f.debug_struct("ReceivedRequest")
            .field("method", &self.method())
            .field("target", &self.target())
            .field("headers", &headers)
            .field("body", &String::from_utf8_lossy(&self.body))
            .finish()
    }
}

fn redacted<'a>((name, value): (&'a str, &'a str)) -> (&'a str, &'a str) {
    if SECRET_HEADERS.contains(&name) {
        (name, "[redacted]")
    } else {
        (name, value)
    }
}
