//! Responses and their encoding.

use serde::Serialize;

/// The framing of a response body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    Length,
    Chunked,
    UntilClose,
}

/// A response to send. It is not validated, so tests can send invalid ones.
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

    /// Creates a response with a JSON body.
    pub(crate) fn json(status: u16, body: &impl Serialize) -> Self {
        // Serializing the server's own bodies can't fail.
        let body = serde_json::to_vec(body).unwrap_or_default();
        let response = Self::new(status).with("content-type", "application/json; charset=utf-8");
        Self { body, ..response }
    }

    pub(crate) fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a header unless the response already contains one with the same name.
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

    /// Returns all values of the header `name`.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(move |(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Encodes the status line and headers, including the final empty line. Keeps existing length headers
    /// even if they are wrong.
    pub(crate) fn head(&self, framing: Framing) -> Vec<u8> {
        // The reason phrase is optional.
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

    /// Returns the `content-length` header, or an empty string for 204 and 304 responses (RFC 9110, section
    /// 8.6).
    fn length_header(&self) -> String {
        match self.status {
            204 | 304 => String::new(),
            _ => format!("content-length: {}\r\n", self.body.len()),
        }
    }
}
