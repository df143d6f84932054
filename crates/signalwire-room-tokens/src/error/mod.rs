//! The error type of both clients.

mod api_error;
mod display;
pub(crate) mod redact;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};

pub use self::api_error::ApiError;

use crate::client::credentials::Credentials;
use crate::client::response::{BodyEnd, Response};
use crate::request::Violation;
use crate::token::{ClaimsError, Mismatch};

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// SignalWire rejected the credentials (status 401).
    Unauthorized,
    /// The credentials do not have the required permission (status 403).
    Forbidden,
    /// SignalWire rejected the request (any other 4xx status).
    Rejected,
    /// SignalWire received too many requests (status 429).
    RateLimited,
    /// SignalWire returned a server error (status 5xx).
    Server,
    /// The timeout expired before the response was complete, or SignalWire reported a timeout (status 408).
    Timeout,
    /// The connection failed, or closed before a response arrived.
    Connect,
    /// The response is not one that the API documents: a redirect, a success without a token, a truncated body, or
    /// invalid HTTP. If tokens are compared, also a token that is not a JSON Web Token.
    UnexpectedResponse,
    /// The token does not match the request.
    Mismatch,
    /// The request was not sent, because an earlier request of the same batch
    /// ([`Client::create_many`](crate::Client::create_many)) got status 401 or 403.
    NotSent,
    /// The request is invalid and was not sent.
    InvalidRequest,
    /// The client cannot be built or used with the current settings or runtime. Nothing was sent.
    Configuration,
}

impl ErrorKind {
    /// Returns a stable name, such as `rate-limited`, which is suitable for metric labels.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::Rejected => "rejected",
            Self::RateLimited => "rate-limited",
            Self::Server => "server",
            Self::Timeout => "timeout",
            Self::Connect => "connect",
            Self::UnexpectedResponse => "unexpected-response",
            Self::Mismatch => "mismatch",
            Self::NotSent => "not-sent",
            Self::InvalidRequest => "invalid-request",
            Self::Configuration => "configuration",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

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
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    detail: Option<String>,
    host: Option<String>,
    status: Option<u16>,
    api_errors: Vec<ApiError>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    server_time: Option<DateTime<Utc>>,
    body_excerpt: Option<String>,
    violations: Vec<Violation>,
    mismatches: Vec<Mismatch>,
    retryable: bool,
    attempts: u32,
    elapsed: Duration,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// Returns the kind of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the HTTP status of the last response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Returns the errors in SignalWire's response, at most 20.
    #[must_use]
    pub fn api_errors(&self) -> &[ApiError] {
        &self.0.api_errors
    }

    /// Returns the request ID that SignalWire assigned. Include it in support requests to SignalWire.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns the delay that SignalWire requested in the `Retry-After` header, either in seconds or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the server's time from the `Date` header of the response. If the local clock differs from it, join
    /// windows start and end at the wrong times.
    #[must_use]
    pub fn server_time(&self) -> Option<DateTime<Utc>> {
        self.0.server_time
    }

    /// Returns the number of attempts, including those that failed before the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the duration of the call, including retries and the waits between them.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// Returns the start of the response body: at most 256 characters, with everything that looks like a secret
    /// redacted.
    ///
    /// Returns `None` for a 2xx response, because its body may contain a token.
    #[must_use]
    pub fn body_excerpt(&self) -> Option<&str> {
        self.0.body_excerpt.as_deref()
    }

    /// Returns the violations of a request that was not sent because it is invalid.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// Returns the differences between the token and the request, for an error of the kind [`ErrorKind::Mismatch`].
    #[must_use]
    pub fn mismatches(&self) -> &[Mismatch] {
        &self.0.mismatches
    }

    /// Returns `true` if the same call may succeed later. The client has already done its own retries.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// Returns a message that is safe to show to end users. It contains no details about the server, the account or the
    /// request.
    #[must_use]
    pub fn public_message(&self) -> &'static str {
        const OUR_FAULT: &str = "The room cannot be joined because of a problem on our side.";
        match self.kind() {
            // These statuses are about the account, the URL or a proxy, not about the settings of the request.
            ErrorKind::Rejected if matches!(self.status(), Some(402 | 404 | 405 | 407)) => OUR_FAULT,
            ErrorKind::InvalidRequest | ErrorKind::Rejected => {
                "The room cannot be joined with these settings."
            }
            ErrorKind::RateLimited => "Too many people are joining right now. Please try again in a moment.",
            ErrorKind::Timeout | ErrorKind::Connect | ErrorKind::Server => {
                "The video service cannot be reached right now. Please try again in a moment."
            }
            ErrorKind::Unauthorized
            | ErrorKind::Forbidden
            | ErrorKind::UnexpectedResponse
            | ErrorKind::Mismatch
            | ErrorKind::NotSent
            | ErrorKind::Configuration => OUR_FAULT,
        }
    }

    /// Sets the HTTP status, for errors in tests. This also sets [`is_retryable`](Self::is_retryable).
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self.0.retryable = is_retryable_status(status);
        self
    }

    /// Sets the requested delay ([`retry_after`](Self::retry_after)), for errors in tests.
    #[must_use]
    pub fn with_retry_after(mut self, retry_after: Duration) -> Self {
        self.0.retry_after = Some(retry_after);
        self
    }

    fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner {
            kind,
            detail: None,
            host: None,
            status: None,
            api_errors: Vec::new(),
            request_id: None,
            retry_after: None,
            server_time: None,
            body_excerpt: None,
            violations: Vec::new(),
            mismatches: Vec::new(),
            retryable: false,
            attempts: 0,
            elapsed: Duration::ZERO,
            source: None,
        }))
    }

    pub(crate) fn configuration(detail: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Configuration);
        error.0.detail = Some(detail.into());
        error
    }

    /// Creates the error for a request that is not sent because the batch got this status.
    pub(crate) fn not_sent(status: u16) -> Self {
        let mut error = Self::new(ErrorKind::NotSent);
        error.0.detail = Some(format!("an earlier request of the batch got {status}"));
        error
    }

    pub(crate) fn invalid_request(violations: Vec<Violation>) -> Self {
        let mut error = Self::new(ErrorKind::InvalidRequest);
        error.0.violations = violations;
        error
    }

    pub(crate) fn mismatch(mismatches: Vec<Mismatch>) -> Self {
        let mut error = Self::new(ErrorKind::Mismatch);
        error.0.mismatches = mismatches;
        error
    }

    /// Creates the error for a token whose claims must be compared but cannot be read.
    pub(crate) fn unreadable(cause: ClaimsError) -> Self {
        let mut error = Self::new(ErrorKind::UnexpectedResponse);
        error.0.detail = Some(cause.to_string());
        error
    }

    /// Creates the error for a failure without a response.
    pub(crate) fn transport(kind: ErrorKind, retryable: bool, detail: &str) -> Self {
        let mut error = Self::new(kind);
        error.0.detail = Some(detail.to_owned());
        error.0.retryable = retryable;
        error
    }

    /// Creates the error for a response without a token.
    pub(crate) fn response(response: &Response, credentials: &Credentials) -> Self {
        let mut error = Self::new(kind_of(response));
        let inner = &mut *error.0;
        inner.status = Some(response.status);
        inner.request_id = response.request_id(credentials);
        inner.retry_after = response.retry_after();
        inner.server_time = response.server_time();
        inner.retryable = is_retryable(response);
        inner.detail = detail_of(response, &credentials.secrets());
        // The body of a successful response may contain a token, so it is not stored.
        if !response.is_success() {
            let secrets = credentials.secrets();
            inner.api_errors = api_error::parse(&response.body, &secrets);
            let text = String::from_utf8_lossy(&response.body);
            let excerpt = redact::redact(&text, &secrets, 256);
            inner.body_excerpt = (!excerpt.trim().is_empty()).then_some(excerpt);
        }
        error
    }

    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    pub(crate) fn with_response(mut self, status: u16, request_id: Option<String>) -> Self {
        self.0.status = Some(status);
        self.0.request_id = request_id;
        self
    }

    pub(crate) fn with_host(mut self, host: &str) -> Self {
        self.0.host = Some(host.to_owned());
        self
    }

    pub(crate) fn after(mut self, attempts: u32, elapsed: Duration) -> Self {
        self.0.attempts = attempts;
        self.0.elapsed = elapsed;
        self
    }
}

/// Creates an error for tests, as after one attempt, with a typical status for its kind: 422 for
/// [`Rejected`](ErrorKind::Rejected), 503 for [`Server`](ErrorKind::Server), and 200 for
/// [`UnexpectedResponse`](ErrorKind::UnexpectedResponse) and [`Mismatch`](ErrorKind::Mismatch). The client does not use
/// this conversion.
impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        let error = Self::new(kind);
        let status = match kind {
            ErrorKind::Unauthorized => 401,
            ErrorKind::Forbidden => 403,
            ErrorKind::Rejected => 422,
            ErrorKind::RateLimited => 429,
            ErrorKind::Server => 503,
            ErrorKind::UnexpectedResponse | ErrorKind::Mismatch => 200,
            ErrorKind::Timeout | ErrorKind::Connect => {
                let mut error = error.after(1, Duration::ZERO);
                error.0.retryable = true;
                return error;
            }
            ErrorKind::NotSent | ErrorKind::InvalidRequest | ErrorKind::Configuration => return error,
        };
        error.after(1, Duration::ZERO).with_status(status)
    }
}

fn kind_of(response: &Response) -> ErrorKind {
    if !response.is_from_endpoint {
        return ErrorKind::UnexpectedResponse;
    }
    match response.status {
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden,
        408 => ErrorKind::Timeout,
        429 => ErrorKind::RateLimited,
        400..=499 => ErrorKind::Rejected,
        500..=599 => ErrorKind::Server,
        200..=299 if matches!(response.end, BodyEnd::TimedOut) => ErrorKind::Timeout,
        _ => ErrorKind::UnexpectedResponse,
    }
}

/// Returns `true` if a later attempt may succeed, for example after an overload, a restart or a truncated body.
fn is_retryable(response: &Response) -> bool {
    let is_incomplete =
        response.is_success() && matches!(response.end, BodyEnd::Truncated | BodyEnd::TimedOut);
    response.is_from_endpoint && (is_retryable_status(response.status) || is_incomplete)
}

fn is_retryable_status(status: u16) -> bool {
    matches!(status, 408 | 429 | 502 | 503 | 504)
}

fn detail_of(response: &Response, secrets: &[&str]) -> Option<String> {
    if !response.is_from_endpoint {
        return Some("the HTTP client followed a redirect, which is not allowed".to_owned());
    }
    if response.is_success() {
        let detail = match response.end {
            BodyEnd::Complete => {
                "the body is not a JSON object whose `token` consists of A-Z a-z 0-9 - . _ ~ + / ="
            }
            BodyEnd::Truncated => "the body was truncated",
            BodyEnd::TimedOut => "the body did not arrive in time",
            BodyEnd::TooLarge => "the body is larger than 64 KiB",
        };
        return Some(format!("{detail} ({} bytes read)", response.body.len()));
    }
    // The URL parser converts hosts to lowercase.
    let is_secret = |host: &String| {
        secrets
            .iter()
            .any(|secret| host.contains(&secret.to_ascii_lowercase()))
    };
    let redirect = response.redirect_host()?;
    let redirect = Some(redirect).filter(|host| !is_secret(host));
    let redirect = redirect.as_deref().unwrap_or("another host");
    Some(format!("a redirect to {redirect}, which is never followed"))
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
