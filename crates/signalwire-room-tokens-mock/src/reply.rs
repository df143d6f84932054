//! What a script can make the server answer, well or badly.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::http::Response;

/// One scripted answer: what is said, after which delay, and how it goes wrong on its way.
///
/// Start with what is said, [`Reply::real`] or [`Reply::status`], and add to it:
///
/// ```
/// use std::time::Duration;
/// use signalwire_room_tokens_mock::{Reply, Stage};
///
/// let busy = Reply::status(429).header("retry-after", "1").body("slow down");
/// let slow = Reply::real().delay(Duration::from_secs(2));
/// let cut_short = Reply::real().close_at(Stage::Body);
/// let elsewhere = Reply::redirect(307, "http://127.0.0.1:9/");
/// ```
///
/// Nothing is checked or tidied up: a 204 with a body, two `content-length` headers or a status of 1000 leave
/// the server as written. `content-length`, `date` and `x-request-id` are added unless the reply has its own.
#[derive(Clone)]
pub struct Reply {
    pub(crate) base: Base,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    pub(crate) delay: Duration,
    pub(crate) delivery: Delivery,
}

/// What is said, before anything is added to it.
#[derive(Clone)]
pub(crate) enum Base {
    /// What the endpoint answers by itself.
    Real,
    Status(u16),
    Raw(Vec<u8>),
}

/// How it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// Completely; the connection stays open if the client wants it.
    Complete,
    /// Completely; the connection is closed when the next request has arrived on it.
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

/// How a delivery stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Break {
    Close,
    Reset,
    Hang,
}

/// The point of an exchange at which something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// The client has begun to send, nothing of it has been read. Such a request is not recorded.
    Request,
    /// The request has been read, nothing has been answered.
    Answer,
    /// Half of the status line and headers has been sent.
    Headers,
    /// The headers and half of the body have been sent.
    Body,
    /// The whole answer has been sent.
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

    /// What the endpoint answers by itself.
    #[must_use]
    pub fn real() -> Self {
        Self::new(Base::Real)
    }

    /// A response with this status, without a body.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::new(Base::Status(status))
    }

    /// A redirect to `location`.
    #[must_use]
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::status(status).header("location", location)
    }

    /// Exactly these bytes in place of an HTTP response, then the connection is closed; or what
    /// [`reset_at`](Self::reset_at) or [`hang_at`](Self::hang_at) say. No header or body can be added to it.
    #[must_use]
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(Base::Raw(bytes.into()))
    }

    /// Informational responses of this status (100, 102, 103) without end; the answer itself never comes.
    #[must_use]
    pub fn endless_informational(status: u16) -> Self {
        Self {
            delivery: Delivery::EndlessInformational(status),
            ..Self::real()
        }
    }

    /// Adds a header; a name may be given several times. It takes the place of the real answer's own.
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

    /// Sets the body to this JSON, and the `content-type` to match if there is none yet.
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

    /// Puts what was set on this reply in place of what `response` has.
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

    /// Waits this long after the request has been read.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Closes the connection in an orderly way (FIN) at this stage.
    #[must_use]
    pub fn close_at(self, stage: Stage) -> Self {
        self.deliver(Delivery::Broken(Break::Close, stage))
    }

    /// Resets the connection (RST) at this stage.
    #[must_use]
    pub fn reset_at(self, stage: Stage) -> Self {
        self.deliver(Delivery::Broken(Break::Reset, stage))
    }

    /// Falls silent at this stage and holds the connection open until the client leaves.
    #[must_use]
    pub fn hang_at(self, stage: Stage) -> Self {
        self.deliver(Delivery::Broken(Break::Hang, stage))
    }

    /// Answers and keeps the connection, but closes it without an answer when the next request has arrived on
    /// it: a pooled connection that has gone stale. That next request is recorded and takes nothing from the
    /// script.
    #[must_use]
    pub fn close_on_next_request(self) -> Self {
        self.deliver(Delivery::CompleteThenStale)
    }

    /// Sends the whole answer this many bytes at a time, with this pause in between.
    #[must_use]
    pub fn drip(self, bytes: usize, interval: Duration) -> Self {
        self.deliver(Delivery::Drip {
            bytes,
            interval,
            body_only: false,
        })
    }

    /// Sends the headers at once, the body this many bytes at a time, with this pause in between.
    #[must_use]
    pub fn drip_body(self, bytes: usize, interval: Duration) -> Self {
        self.deliver(Delivery::Drip {
            bytes,
            interval,
            body_only: true,
        })
    }

    /// Lets spaces without end follow the body, whose length is not declared.
    #[must_use]
    pub fn endless_body(self) -> Self {
        self.deliver(Delivery::EndlessBody)
    }

    /// Lets chunks of spaces without end follow the body, itself a chunk.
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
    // By hand: a scripted body or header may hold a token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = match &self.base {
            Base::Real => "the real answer".to_owned(),
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
