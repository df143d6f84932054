//! Recorded requests.

use std::fmt;

use serde_json::Value;

use crate::http::Head;

/// Headers with secret values.
const SECRET_HEADERS: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

/// A request read by the server, even if it was rejected.
#[derive(Clone)]
pub struct ReceivedRequest {
    head: Head,
    body: Vec<u8>,
}

impl ReceivedRequest {
    pub(crate) fn new(head: Head, body: Vec<u8>) -> Self {
        Self { head, body }
    }

    /// Returns the method as sent, such as `POST`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.head.method
    }

    /// Returns the request target as sent: a path and query, or an absolute URL if the client treated the
    /// server as a proxy.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.head.target
    }

    /// Returns the path of the request target, such as `/api/video/room_tokens`.
    #[must_use]
    pub fn path(&self) -> &str {
        let target = self.target();
        let path = match target.strip_prefix("http://") {
            Some(url) => url.find('/').and_then(|start| url.get(start..)).unwrap_or("/"),
            None => target,
        };
        path.split(['?', '#']).next().unwrap_or_default()
    }

    /// Returns all headers in the order received. Names are lowercase.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.head
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the first value of the header `name`, ignoring case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.header_values(name).next()
    }

    /// Returns all values of the header `name`, ignoring case.
    pub fn header_values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers()
            .filter(move |(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Returns the body. It is empty if the request was rejected before the body was read.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the body parsed as JSON, or `None` if it is invalid.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl fmt::Debug for ReceivedRequest {
    // Implemented manually so that failing tests don't print credentials.
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
