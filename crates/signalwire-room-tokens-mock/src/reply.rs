//! Scripted replies.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::http::Response;

/// A scripted reply: a response with an optional delay and an optional delivery fault.
///
/// Start with [`Reply::real`] or [`Reply::status`], then customize it:
///
/// ```
/// use std::time::Duration;
/// use signalwire_room_tokens_mock::{Reply, Stage};
///
/// let busy = Reply::status(429).header("retry-after", "1").body("slow down");
/// let slow = Reply::real().delay(Duration::from_secs(2));
/// let truncated = Reply::real().close_at(Stage::Body);
/// let elsewhere = Reply::redirect(307, "http://127.0.0.1:9/");
/// ```
///
/// Replies are not validated: a 204 response with a body, duplicate `content-length` headers or a status of
/// 1000 is sent as given. The server adds `content-length`, `date` and `x-request-id` unless the reply sets
/// them.
#[derive(Clone)]
pub struct Reply {
    pub(crate) base: Base,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    pub(crate) delay: Duration,
    pub(crate) delivery: Delivery,
}

/// The response that a reply is based on.
#[derive(Clone)]
pub(crate) enum Base {
    /// The endpoint's normal response.
    Real,
    Status(u16),
    Raw(Vec<u8>),
}

/// The delivery mode of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// Send the whole response. Keep the connection open if the client allows it.
    Complete,
    /// Send the whole response. Close the connection when the next request arrives.
    CompleteThenStale,
    Broken(Break, Stage),
    Drip {
        bytes: usize,
        interval: Duration,
        body_only: bool,
    },
    EndlessBody,
    EndlessChunks,
    EndlessInformational(u16),
}

/// A way to end a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Break {
    Close,
    Reset,
    Hang,
}

/// A point in an HTTP exchange where a fault can occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// The client has started sending, but the server hasn't read anything. The request is not recorded.
    Request,
    /// The request has been read, but no part of the response has been sent.
    Answer,
    /// Half of the status line and headers has been sent.
    Headers,
    /// The headers and half of the body have been sent.
    Body,
    /// The whole response has been sent.
    End,
}

impl Reply {
    fn new(base: Base) -> Self {
        Self {
            base,
            headers: Vec::new(),
            body: None,
            delay: Duration::ZERO,
            delivery: Delivery::Complete,
        }
    }

    /// Creates a reply that sends the endpoint's normal response.
    #[must_use]
    pub fn real() -> Self {
        Self::new(Base::Real)
    }

    /// Creates a reply with the given status and no body.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::new(Base::Status(status))
    }

    /// Creates a redirect to `location`.
    #[must_use]
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::status(status).header("location", location)
    }

    /// Creates a reply that sends exactly these bytes instead of an HTTP response, then closes the
    /// connection. Use [`reset_at`](Self::reset_at) or [`hang_at`](Self::hang_at) to end it differently.
    /// Headers and body settings are ignored.
    #[must_use]
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(Base::Raw(bytes.into()))
    }

    /// Creates a reply that sends informational responses (100, 102 or 103) endlessly. The final response is
    /// never sent.
    #[must_use]
    pub fn endless_informational(status: u16) -> Self {
        Self {
            delivery: Delivery::EndlessInformational(status),
            ..Self::real()
        }
    }

    /// Adds a header. The same name can be added more than once. Replaces any headers of that name in the
    /// normal response.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sets the body to `body`, encoded as JSON. Also sets `content-type` if it is unset.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        let typed = self
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let reply = if typed {
            self
        } else {
            self.header("content-type", "application/json")
        };
        reply.body(body.to_string())
    }

    /// Overrides the headers and body of `response` with those set on this reply.
    pub(crate) fn apply_to(&self, mut response: Response) -> Response {
        response
            .headers
            .retain(|(name, _)| !self.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name)));
        response.headers.extend(self.headers.iter().cloned());
        if let Some(body) = &self.body {
            response.body.clone_from(body);
        }
        response
    }

    /// Delays the response by `delay` after the request has been read.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Closes the connection gracefully (FIN) at this stage.
    #[must_use]
    pub fn close_at(self, stage: Stage) -> Self {
        self.deliver(Delivery::Broken(Break::Close, stage))
    }

    /// Resets the connection (RST) at this stage.
    #[must_use]
    pub fn reset_at(self, stage: Stage) -> Self {
        self.deliver(Delivery::Broken(Break::Reset, stage))
    }

    /// Stops sending at this stage and keeps the connection open until the client disconnects.
    #[must_use]
    pub fn hang_at(self, stage: Stage) -> Self {
        self.deliver(Delivery::Broken(Break::Hang, stage))
    }

    /// Sends the response and keeps the connection open, but closes it when the next request arrives, like a
    /// stale pooled connection. That request is recorded but gets no response and doesn't consume a scripted
    /// reply.
    #[must_use]
    pub fn close_on_next_request(self) -> Self {
        self.deliver(Delivery::CompleteThenStale)
    }

    /// Sends the whole response in pieces of `bytes` bytes, pausing for `interval` before each piece.
    #[must_use]
    pub fn drip(self, bytes: usize, interval: Duration) -> Self {
        self.deliver(Delivery::Drip {
            bytes,
            interval,
            body_only: false,
        })
    }

    /// Sends the headers immediately, then the body in pieces of `bytes` bytes, pausing for `interval` before
    /// each piece.
    #[must_use]
    pub fn drip_body(self, bytes: usize, interval: Duration) -> Self {
        self.deliver(Delivery::Drip {
            bytes,
            interval,
            body_only: true,
        })
    }

    /// Appends an endless stream of spaces to the body and omits `content-length`.
    #[must_use]
    pub fn endless_body(self) -> Self {
        self.deliver(Delivery::EndlessBody)
    }

    /// Sends the body as one chunk, followed by an endless stream of chunks of spaces.
    #[must_use]
    pub fn endless_chunks(self) -> Self {
        self.deliver(Delivery::EndlessChunks)
    }

    fn deliver(mut self, delivery: Delivery) -> Self {
        self.delivery = delivery;
        self
    }
}

impl fmt::Debug for Reply {
    // Implemented manually because scripted bodies and headers may contain a token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = match &self.base {
            Base::Real => "real response".to_owned(),
            Base::Status(status) => format!("status {status}"),
            Base::Raw(bytes) => format!("{} raw bytes", bytes.len()),
        };
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Reply")
            .field("base", &base)
            .field("headers", &headers)
            .field("body_length", &self.body.as_ref().map(Vec::len))
            .field("delay", &self.delay)
            .field("delivery", &self.delivery)
            .finish()
    }
}
