//! A response and its bytes.

use serde::Serialize;

/// How the receiver is told where the body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    Length,
    Chunked,
    UntilClose,
}

/// A response as it will be written: nothing in it is checked, so that it may also be wrong.
#[derive(Clone, Default)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn new(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    /// A response with `body` as JSON.
    pub(crate) fn json(status: u16, body: &impl Serialize) -> Self {
        // What the server says by itself always serializes.
        let body = serde_json::to_vec(body).unwrap_or_default();
        let response = Self::new(status).with("content-type", "application/json; charset=utf-8");
        Self { body, ..response }
    }

    pub(crate) fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds the header unless the response has one of that name.
    pub(crate) fn or_with(self, name: &str, value: impl Into<String>) -> Self {
        if self.has(name) {
            self
        } else {
            self.with(name, value)
        }
    }

    fn has(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    /// All values of the header `name`.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(move |(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Status line and headers with their final empty line. What the response itself says about its length is
    /// left alone, so that a script can lie.
    pub(crate) fn head(&self, framing: Framing) -> Vec<u8> {
        // The reason phrase is optional and nobody may rely on it.
        let mut head = format!("HTTP/1.1 {} \r\n", self.status);
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        if !self.has("content-length") && !self.has("transfer-encoding") {
            match framing {
                Framing::Length => head.push_str(&self.length_header()),
                Framing::Chunked => head.push_str("transfer-encoding: chunked\r\n"),
                Framing::UntilClose => head.push_str("connection: close\r\n"),
            }
        }
        head.push_str("\r\n");
        head.into_bytes()
    }

    /// A 204 or 304 has no length (RFC 9110, section 8.6), unless somebody wants to see what a body does
    /// there.
    fn length_header(&self) -> String {
        match self.status {
            204 | 304 => String::new(),
            _ => format!("content-length: {}\r\n", self.body.len()),
        }
    }
}
