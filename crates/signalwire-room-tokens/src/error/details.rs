//! The details of an error and how they are described.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::kind::ErrorKind;
use crate::generated::api_error::ApiError;
use crate::request::Violation;
use crate::token::Mismatch;

/// The details of an error. Most of them are documented on the methods of [`Error`](crate::Error) with the same names.
#[derive(Default)]
pub(crate) struct Details {
    /// A description of the problem, in addition to the kind.
    pub(crate) detail: Option<String>,
    pub(crate) host: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) api_errors: Vec<ApiError>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) server_time: Option<DateTime<Utc>>,
    pub(crate) body_excerpt: Option<String>,
    pub(crate) violations: Vec<Violation>,
    pub(crate) mismatches: Vec<Mismatch>,
    pub(crate) is_retryable: bool,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Details {
    /// Describes an error on one line.
    pub(super) fn describe(&self, kind: ErrorKind) -> String {
        let mut details = Vec::from_iter(self.detail.clone());
        details.extend(self.violations.iter().map(ToString::to_string));
        details.extend(self.mismatches.iter().map(ToString::to_string));
        details.extend(self.api_errors.iter().map(ToString::to_string));
        let mut text = self.headline(kind);
        if !details.is_empty() {
            text = format!("{text}: {}", details.join("; "));
        }
        let mut parts = vec![text];
        if let Some(wait) = self.retry_after {
            parts.push(format!("wait {} s before retrying", wait.as_secs()));
        }
        if self.attempts > 1 {
            let elapsed = self.elapsed.as_secs_f32();
            parts.push(format!("{} attempts in {elapsed:.1} s", self.attempts));
        }
        parts.extend(self.request_id.iter().map(|id| format!("request ID {id}")));
        parts.join("; ")
    }

    fn headline(&self, kind: ErrorKind) -> String {
        let host = self.host.as_deref().unwrap_or("SignalWire");
        let status = self.status.map(|status| format!(" ({status})"));
        let status = status.unwrap_or_default();
        match (kind, self.status) {
            (ErrorKind::Unauthorized, _) => format!(
                "{host} rejected the credentials (401): the project ID, the API token or the space may be wrong, \
                 or the API token may lack the Video scope"
            ),
            (ErrorKind::Forbidden, _) => {
                format!("{host} denied access (403): the API token probably lacks the Video scope")
            }
            (ErrorKind::Rejected, Some(404)) => {
                format!("{host} has no room token API (404): the space is probably misspelled")
            }
            (ErrorKind::Rejected, Some(407)) => {
                format!("a proxy on the way to {host} requires authentication (407)")
            }
            (ErrorKind::Rejected, _) => format!("{host} rejected the request{status}"),
            (ErrorKind::RateLimited, _) => format!("{host} received too many requests (429)"),
            (ErrorKind::Server, _) => format!("{host} failed with a server error{status}"),
            (ErrorKind::Timeout, Some(408)) => format!("{host} timed out (408)"),
            (ErrorKind::Timeout, Some(_)) => format!("no complete response from {host} in time"),
            (ErrorKind::Timeout, None) => format!("no response from {host} in time"),
            (ErrorKind::Connect, _) => format!("cannot reach {host}"),
            (ErrorKind::UnexpectedResponse, _) => format!("{host} sent an unexpected response{status}"),
            (ErrorKind::Mismatch, _) => "the token does not match the request".to_owned(),
            (ErrorKind::NotSent, _) => "the request was not sent".to_owned(),
            (ErrorKind::InvalidRequest, _) => "the request is invalid and was not sent".to_owned(),
            (ErrorKind::Configuration, _) => "the client is misconfigured".to_owned(),
        }
    }

    /// Adds the details to `Debug` output, except those that are missing or that `describe` already shows in full.
    pub(super) fn debug(&self, output: &mut fmt::DebugStruct<'_, '_>) {
        let was_sent = self.attempts > 0;
        let fields: [(&str, bool, &dyn fmt::Debug); 10] = [
            ("attempts", was_sent, &self.attempts),
            ("elapsed", was_sent, &self.elapsed),
            ("is_retryable", was_sent, &self.is_retryable),
            ("status", self.status.is_some(), &self.status),
            ("server_time", self.server_time.is_some(), &self.server_time),
            ("api_errors", !self.api_errors.is_empty(), &self.api_errors),
            ("body_excerpt", self.body_excerpt.is_some(), &self.body_excerpt),
            ("violations", !self.violations.is_empty(), &self.violations),
            ("mismatches", !self.mismatches.is_empty(), &self.mismatches),
            ("source", self.source.is_some(), &self.source),
        ];
        for (name, _, value) in fields.into_iter().filter(|(_, is_present, _)| *is_present) {
            output.field(name, value);
        }
    }
}
