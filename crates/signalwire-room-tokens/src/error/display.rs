//! The `Display` and `Debug` implementations of errors.

use std::fmt::{self, Write as _};

use super::{Error, ErrorKind, Inner};

/// The maximum length of the `Display` output, in bytes.
const MAX_LENGTH: usize = 1000;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.0.describe(&mut text)?;
        if text.len() <= MAX_LENGTH {
            return f.write_str(&text);
        }
        let end = text
            .char_indices()
            .map(|(at, _)| at)
            .take_while(|at| *at <= MAX_LENGTH)
            .last()
            .unwrap_or(0);
        write!(f, "{}…", text.get(..end).unwrap_or_default())
    }
}

/// Writes the `Display` output, followed by the details that it omits or may have truncated.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "{self}")?;
        // With an empty name, `debug_struct` writes only the fields in braces.
        let mut fields = f.debug_struct("");
        fields.field("kind", &inner.kind);
        if inner.attempts > 0 {
            fields
                .field("attempts", &inner.attempts)
                .field("elapsed", &inner.elapsed)
                .field("is_retryable", &inner.retryable);
        }
        if let Some(status) = inner.status {
            fields.field("status", &status);
        }
        if let Some(time) = inner.server_time {
            fields.field("server_time", &time);
        }
        if !inner.api_errors.is_empty() {
            fields.field("api_errors", &inner.api_errors);
        }
        if let Some(excerpt) = &inner.body_excerpt {
            fields.field("body_excerpt", excerpt);
        }
        if !inner.violations.is_empty() {
            fields.field("violations", &inner.violations);
        }
        if !inner.mismatches.is_empty() {
            fields.field("mismatches", &inner.mismatches);
        }
        if let Some(source) = &inner.source {
            fields.field("source", source);
        }
        fields.finish()
    }
}

impl Inner {
    fn describe(&self, text: &mut String) -> fmt::Result {
        let host = self.host.as_deref().unwrap_or("SignalWire");
        match (self.kind, self.status) {
            (ErrorKind::Unauthorized, _) => write!(
                text,
                "{host} rejected the credentials (401): the project id, the API token or the space may be wrong, \
                 or the API token may lack the Video scope"
            )?,
            (ErrorKind::Forbidden, _) => {
                write!(
                    text,
                    "{host} denied access (403): the API token probably lacks the Video scope"
                )?;
            }
            (ErrorKind::Rejected, Some(404)) => {
                write!(
                    text,
                    "{host} has no room token API (404): the space is probably misspelled"
                )?;
            }
            (ErrorKind::Rejected, Some(407)) => {
                write!(text, "a proxy on the way to {host} requires authentication (407)")?;
            }
            (ErrorKind::Rejected, status) => write!(text, "{host} rejected the request{}", Status(status))?,
            (ErrorKind::RateLimited, _) => write!(text, "{host} received too many requests (429)")?,
            (ErrorKind::Server, status) => {
                write!(text, "{host} failed with a server error{}", Status(status))?;
            }
            (ErrorKind::Timeout, Some(408)) => write!(text, "{host} timed out (408)")?,
            (ErrorKind::Timeout, Some(_)) => write!(text, "no complete response from {host} in time")?,
            (ErrorKind::Timeout, None) => write!(text, "no response from {host} in time")?,
            (ErrorKind::Connect, _) => write!(text, "cannot reach {host}")?,
            (ErrorKind::UnexpectedResponse, status) => {
                write!(text, "{host} sent an unexpected response{}", Status(status))?;
            }
            (ErrorKind::Mismatch, _) => text.push_str("the token does not match the request"),
            (ErrorKind::NotSent, _) => text.push_str("the request was not sent"),
            (ErrorKind::InvalidRequest, _) => text.push_str("the request is invalid and was not sent"),
            (ErrorKind::Configuration, _) => text.push_str("the client cannot be set up"),
        }
        self.describe_details(text)
    }

    fn describe_details(&self, text: &mut String) -> fmt::Result {
        let mut separator = ": ";
        let violations = self.violations.iter().map(ToString::to_string);
        let mismatches = self.mismatches.iter().map(ToString::to_string);
        let api_errors = self.api_errors.iter().map(ToString::to_string);
        for detail in self
            .detail
            .iter()
            .cloned()
            .chain(violations)
            .chain(mismatches)
            .chain(api_errors)
        {
            write!(text, "{separator}{detail}")?;
            separator = "; ";
        }
        if let Some(wait) = self.retry_after {
            write!(text, "; wait {} s before retrying", wait.as_secs())?;
        }
        if self.attempts > 1 {
            write!(
                text,
                "; {} attempts in {:.1} s",
                self.attempts,
                self.elapsed.as_secs_f32()
            )?;
        }
        if let Some(id) = &self.request_id {
            write!(text, "; request id {id}")?;
        }
        Ok(())
    }
}

/// An optional status in parentheses.
struct Status(Option<u16>);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(status) => write!(f, " ({status})"),
            None => Ok(()),
        }
    }
}
