//! The error type of both clients.

pub(crate) mod api_error;
mod details;
mod kind;
pub(crate) mod redact;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};

pub use self::kind::ErrorKind;
pub(crate) use self::kind::is_retryable_status;
pub use crate::generated::api_error::ApiError;

use self::details::Details;
use crate::request::Violation;
use crate::token::Mismatch;

const OUR_FAULT: &str = "The room cannot be joined because of a problem on our side.";

/// The maximum length of the `Display` output, in bytes.
const MAX_LENGTH: usize = 1000;

/// An error from building a client or from creating a token.
///
/// - [`kind`](Self::kind): the kind of error
/// - [`status`](Self::status), [`api_errors`](Self::api_errors), [`body_excerpt`](Self::body_excerpt),
///   [`request_id`](Self::request_id): details of SignalWire's response
/// - [`violations`](Self::violations), [`mismatches`](Self::mismatches): problems that the client found in the request
///   or the token
/// - [`is_retryable`](Self::is_retryable), [`retry_after`](Self::retry_after), [`attempts`](Self::attempts),
///   [`elapsed`](Self::elapsed): details of the attempts
/// - [`public_message`](Self::public_message): a message for end users
///
/// | [kind](Self::kind) | [status](Self::status) | retried | what to do |
/// |---|---|---|---|
/// | [`Unauthorized`](ErrorKind::Unauthorized) | 401 | no | Check the project ID, API token and space. |
/// | [`Forbidden`](ErrorKind::Forbidden) | 403 | no | Give the API token the Video scope. |
/// | [`Rejected`](ErrorKind::Rejected) | other 4xx | no | Read [`api_errors`](Self::api_errors). 402, 404, 405 and 407 indicate a problem with the account, the space or a proxy. |
/// | [`RateLimited`](ErrorKind::RateLimited) | 429 | yes | Wait for [`retry_after`](Self::retry_after); request fewer tokens. |
/// | [`Server`](ErrorKind::Server) | 5xx | 502, 503 and 504 | Try again later. |
/// | [`Timeout`](ErrorKind::Timeout) | none, 408, or 2xx with an incomplete body | yes | Try again later, or set a longer timeout. |
/// | [`Connect`](ErrorKind::Connect) | none | yes, but not after a rejected certificate or a proxy's 407 | Check the network, DNS, proxy and certificates. |
/// | [`UnexpectedResponse`](ErrorKind::UnexpectedResponse) | any | only a truncated body | Check that the space is a SignalWire host. |
/// | [`Mismatch`](ErrorKind::Mismatch) | 2xx | no | Read [`mismatches`](Self::mismatches); only with [`fail_on_mismatch`](crate::Call::fail_on_mismatch). |
/// | [`NotSent`](ErrorKind::NotSent) | none | no | Fix the credentials, then send the rest of the batch. |
/// | [`InvalidRequest`](ErrorKind::InvalidRequest) | none | no | Read [`violations`](Self::violations). |
/// | [`Configuration`](ErrorKind::Configuration) | none | no | Fix the settings. |
///
/// The `Display` output suggests a fix where possible and is shorter than 1 KiB. Neither `Display` nor `Debug` contains
/// secrets.
///
/// ```
/// # use std::time::Duration;
/// use signalwire_room_tokens::{Client, ErrorKind};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
/// # let client = Client::new(mock.base_url(), mock.project_id(), "wrong")?;
/// let call = client.room_token("standup").valid_for(Duration::from_secs(3600));
/// let error = call.create().await.unwrap_err();
///
/// assert_eq!(error.kind(), ErrorKind::Unauthorized);
/// assert_eq!(error.status(), Some(401));
/// assert_eq!(error.api_errors()[0].message(), Some("Unauthorized"));
/// # for sent in mock.requests() {
/// #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
/// #     assert_eq!(sent.lint(), []);
/// # }
/// # Ok(())
/// # }
/// ```
///
/// The `Debug` output starts with the `Display` output, so a `main` function that returns an error prints a readable
/// message.
///
/// Tests can create an error from its kind, without a server:
///
/// ```
/// use std::time::Duration;
/// use signalwire_room_tokens::{Error, ErrorKind};
///
/// let error = Error::from(ErrorKind::RateLimited).with_retry_after(Duration::from_secs(7));
/// assert_eq!((error.status(), error.is_retryable()), (Some(429), true));
/// ```
pub struct Error {
    kind: ErrorKind,
    details: Box<Details>,
}

impl Error {
    /// Returns the kind of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the HTTP status of the last response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.details.status
    }

    /// Returns the errors in SignalWire's response, at most 20.
    #[must_use]
    pub fn api_errors(&self) -> &[ApiError] {
        &self.details.api_errors
    }

    /// Returns the request ID that SignalWire assigned. Include it in support requests to SignalWire.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.details.request_id.as_deref()
    }

    /// Returns the delay that SignalWire requested in the `Retry-After` header, either in seconds or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.details.retry_after
    }

    /// Returns the server's time from the `Date` header of the response. If the local clock differs from it, join
    /// windows start and end at the wrong times.
    #[must_use]
    pub fn server_time(&self) -> Option<DateTime<Utc>> {
        self.details.server_time
    }

    /// Returns the number of attempts, including those that failed before the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.details.attempts
    }

    /// Returns the duration of the call, including retries and the waits between them.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.details.elapsed
    }

    /// Returns the start of the response body: at most 256 characters, with everything that looks like a secret
    /// redacted.
    ///
    /// Returns `None` for a 2xx response, because its body may contain a token.
    #[must_use]
    pub fn body_excerpt(&self) -> Option<&str> {
        self.details.body_excerpt.as_deref()
    }

    /// Returns the violations of a request that was not sent because it is invalid.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.details.violations
    }

    /// Returns the differences between the token and the request, for an error of the kind [`ErrorKind::Mismatch`].
    #[must_use]
    pub fn mismatches(&self) -> &[Mismatch] {
        &self.details.mismatches
    }

    /// Returns `true` if the same call may succeed later. The client has already made its own retries.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.details.is_retryable
    }

    /// Returns a message that is safe to show to end users. It contains no details about the server, the account or the
    /// request.
    #[must_use]
    pub fn public_message(&self) -> &'static str {
        match (self.kind, self.status()) {
            (ErrorKind::RateLimited, _) => {
                "Too many people are joining right now. Please try again in a moment."
            }
            (ErrorKind::Timeout | ErrorKind::Connect | ErrorKind::Server, _) => {
                "The video service cannot be reached right now. Please try again in a moment."
            }
            // These statuses concern the account, the URL or a proxy, not the settings in the request.
            (ErrorKind::Rejected, Some(402 | 404 | 405 | 407)) => OUR_FAULT,
            (ErrorKind::InvalidRequest | ErrorKind::Rejected, _) => {
                "The room cannot be joined with these settings."
            }
            _ => OUR_FAULT,
        }
    }

    /// Sets the HTTP status, for errors in tests. This also sets [`is_retryable`](Self::is_retryable).
    #[must_use]
    pub fn with_status(self, status: u16) -> Self {
        self.with(|details| {
            details.status = Some(status);
            details.is_retryable = is_retryable_status(status);
        })
    }

    /// Sets the requested delay ([`retry_after`](Self::retry_after)), for errors in tests.
    #[must_use]
    pub fn with_retry_after(self, retry_after: Duration) -> Self {
        self.with(|details| details.retry_after = Some(retry_after))
    }

    pub(crate) fn new(kind: ErrorKind) -> Self {
        let mut details = Box::<Details>::default();
        // Most errors of these kinds are temporary.
        details.is_retryable = matches!(kind, ErrorKind::Timeout | ErrorKind::Connect);
        Self { kind, details }
    }

    /// Creates an error whose only detail is a description.
    pub(crate) fn because(kind: ErrorKind, detail: impl Into<String>) -> Self {
        Self::new(kind).with(|details| details.detail = Some(detail.into()))
    }

    pub(crate) fn configuration(detail: impl Into<String>) -> Self {
        Self::because(ErrorKind::Configuration, detail)
    }

    /// Modifies the details.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Details)) -> Self {
        change(&mut self.details);
        self
    }

    pub(crate) fn with_host(self, host: &str) -> Self {
        self.with(|details| details.host = Some(host.to_owned()))
    }

    pub(crate) fn after(self, attempts: u32, elapsed: Duration) -> Self {
        self.with(|details| (details.attempts, details.elapsed) = (attempts, elapsed))
    }

    pub(crate) fn with_source(self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.with(|details| details.source = Some(Box::new(source)))
    }
}

/// Creates an error for tests, as if a single attempt had failed. The status is typical for the kind: for example, 422
/// for [`Rejected`](ErrorKind::Rejected), 503 for [`Server`](ErrorKind::Server), and 200 for
/// [`UnexpectedResponse`](ErrorKind::UnexpectedResponse) and [`Mismatch`](ErrorKind::Mismatch). The client does not use
/// this conversion.
impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        let status = kind.typical_status();
        Self::new(kind).with(|details| {
            details.status = status;
            details.is_retryable |= status.is_some_and(is_retryable_status);
            details.attempts = u32::from(!kind.is_before_sending());
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.details.describe(self.kind);
        if text.len() <= MAX_LENGTH {
            return f.write_str(&text);
        }
        let boundary = (0..=MAX_LENGTH).rev().find_map(|end| text.get(..end));
        write!(f, "{}…", boundary.unwrap_or_default())
    }
}

/// Writes the `Display` output, followed by the details that it omits or may have truncated.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        // If the name is empty, `debug_struct` writes just the braces and the fields.
        let mut fields = f.debug_struct("");
        fields.field("kind", &self.kind);
        self.details.debug(&mut fields);
        fields.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.details.source.as_deref().map(|source| source as _)
    }
}
