//! What can go wrong: one error type that keeps the status, whatever the body was.

mod api_error;
mod display;
pub(crate) mod redact;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};

pub use self::api_error::ApiError;

use crate::client::answer::{Answer, BodyEnd};
use crate::client::credentials::Credentials;
use crate::request::Violation;
use crate::token::{ClaimsError, Mismatch};

/// What kind of failure an [`Error`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// SignalWire does not accept the credentials (401).
    Unauthorized,
    /// The credentials do not allow this (403).
    Forbidden,
    /// SignalWire rejected the request (any other 4xx).
    Rejected,
    /// Too many requests (429).
    RateLimited,
    /// SignalWire failed (5xx).
    Server,
    /// No complete answer in time, or SignalWire said so itself (408).
    Timeout,
    /// No connection, or it ended before an answer had begun.
    Connect,
    /// A response that is not what the API documents: a redirect, a success without a token, a truncated body,
    /// broken HTTP, or, if tokens are compared, a token that is not a JSON Web Token.
    UnexpectedResponse,
    /// The token grants something else than what was asked for.
    Mismatch,
    /// An earlier request of the same batch ([`Client::create_many`](crate::Client::create_many)) got 401 or 403, so
    /// this one was not sent.
    NotSent,
    /// The request breaks rules of the API; nothing was sent.
    InvalidRequest,
    /// The client cannot be made from these settings; nothing was sent.
    Configuration,
}

impl ErrorKind {
    /// A stable name, fit for a metric's label, such as `rate-limited`.
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

/// Why there is no token.
///
/// - [`kind`](Self::kind): what to do about it
/// - [`status`](Self::status), [`api_errors`](Self::api_errors), [`body_excerpt`](Self::body_excerpt),
///   [`request_id`](Self::request_id): what SignalWire answered
/// - [`violations`](Self::violations), [`mismatches`](Self::mismatches): what was found on this side
/// - [`is_retryable`](Self::is_retryable), [`retry_after`](Self::retry_after), [`attempts`](Self::attempts),
///   [`elapsed`](Self::elapsed)
/// - [`public_message`](Self::public_message): what may be shown to an end user
///
/// `Display` says what to do and is shorter than 1 KiB; neither it nor `Debug` holds a secret.
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
/// `Debug` begins with the text of `Display`, so a `main` that returns an error prints what to do.
///
/// Tests make an error from its kind, and need no server for it:
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
    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status of the last answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// What SignalWire says is wrong, at most 20 errors.
    #[must_use]
    pub fn api_errors(&self) -> &[ApiError] {
        &self.0.api_errors
    }

    /// The id under which SignalWire knows the request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long SignalWire asks to wait, from `Retry-After` in seconds or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The server's clock when it answered, from the `Date` header. A clock that differs much from it makes join
    /// windows open and close at other times than meant.
    #[must_use]
    pub fn server_time(&self) -> Option<DateTime<Utc>> {
        self.0.server_time
    }

    /// How often the request was sent, or was tried to be.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call took, retries and waiting included.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// The beginning of the answer's body: at most 256 characters, and without what looks like a secret.
    ///
    /// Nothing of the body of a 2xx answer is ever kept, since that is where tokens are.
    #[must_use]
    pub fn body_excerpt(&self) -> Option<&str> {
        self.0.body_excerpt.as_deref()
    }

    /// The rules that the request breaks, if it was not sent for that.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// What the token grants otherwise than asked for, if that was to be an error.
    #[must_use]
    pub fn mismatches(&self) -> &[Mismatch] {
        &self.0.mismatches
    }

    /// Whether the same call may succeed later. The client has done its own retries already.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// A sentence that is safe to show to an end user: it tells nothing of the server, the account or the request.
    #[must_use]
    pub fn public_message(&self) -> &'static str {
        const OUR_FAULT: &str = "The room cannot be joined because of a problem on our side.";
        match self.kind() {
            // What is wrong then is the account, the URL or a proxy, not what the participant has chosen.
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

    /// Sets the HTTP status of an error that a test makes. [`is_retryable`](Self::is_retryable) follows from it.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self.0.retryable = is_retryable_status(status);
        self
    }

    /// Sets how long SignalWire asks to wait, of an error that a test makes.
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

    /// The rest of a batch whose credentials were rejected with this status.
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

    /// A token whose claims cannot be read, although they are to be compared.
    pub(crate) fn unreadable(cause: ClaimsError) -> Self {
        let mut error = Self::new(ErrorKind::UnexpectedResponse);
        error.0.detail = Some(cause.to_string());
        error
    }

    /// No answer: what the transport says about it.
    pub(crate) fn transport(kind: ErrorKind, retryable: bool, detail: &str) -> Self {
        let mut error = Self::new(kind);
        error.0.detail = Some(detail.to_owned());
        error.0.retryable = retryable;
        error
    }

    /// An answer that holds no token.
    pub(crate) fn answer(answer: &Answer, credentials: &Credentials) -> Self {
        let mut error = Self::new(kind_of(answer));
        let inner = &mut *error.0;
        inner.status = Some(answer.status);
        inner.request_id = answer.request_id(credentials);
        inner.retry_after = answer.retry_after();
        inner.server_time = answer.server_time();
        inner.retryable = is_retryable(answer);
        inner.detail = detail_of(answer, &credentials.secrets());
        // A body of success is where tokens are: nothing of it is kept.
        if !answer.is_success() {
            let secrets = credentials.secrets();
            inner.api_errors = api_error::parse(&answer.body, &secrets);
            let text = String::from_utf8_lossy(&answer.body);
            let excerpt = redact::redact(&text, &secrets, 256);
            inner.body_excerpt = (!excerpt.trim().is_empty()).then_some(excerpt);
        }
        error
    }

    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    pub(crate) fn with_answer(mut self, status: u16, request_id: Option<String>) -> Self {
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

/// Makes an error as a test needs it: as after one attempt, with the status that the kind usually has, which is 422 for
/// [`Rejected`](ErrorKind::Rejected), 503 for [`Server`](ErrorKind::Server), and 200 where a response was not as
/// expected. The client itself makes errors from what happened.
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

fn kind_of(answer: &Answer) -> ErrorKind {
    if !answer.is_from_endpoint {
        return ErrorKind::UnexpectedResponse;
    }
    match answer.status {
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden,
        408 => ErrorKind::Timeout,
        429 => ErrorKind::RateLimited,
        400..=499 => ErrorKind::Rejected,
        500..=599 => ErrorKind::Server,
        200..=299 if matches!(answer.end, BodyEnd::TimedOut) => ErrorKind::Timeout,
        _ => ErrorKind::UnexpectedResponse,
    }
}

/// Returns `true` if a later attempt may succeed: after too much load, a restart, or a truncated body.
fn is_retryable(answer: &Answer) -> bool {
    let has_broken_off = answer.is_success() && matches!(answer.end, BodyEnd::CutShort | BodyEnd::TimedOut);
    answer.is_from_endpoint && (is_retryable_status(answer.status) || has_broken_off)
}

fn is_retryable_status(status: u16) -> bool {
    matches!(status, 408 | 429 | 502 | 503 | 504)
}

fn detail_of(answer: &Answer, secrets: &[&str]) -> Option<String> {
    if !answer.is_from_endpoint {
        return Some("the HTTP client followed a redirect; its answer is not accepted".to_owned());
    }
    if answer.is_success() {
        let detail = match answer.end {
            BodyEnd::Complete => {
                "the body is not a JSON object whose `token` consists of A-Z a-z 0-9 - . _ ~ + / ="
            }
            BodyEnd::CutShort => "the body broke off",
            BodyEnd::TimedOut => "the body did not end in time",
            BodyEnd::TooLarge => "the body is larger than 64 KiB",
        };
        return Some(format!("{detail} ({} bytes read)", answer.body.len()));
    }
    // Hosts are in lower case, whatever the server has written.
    let is_secret = |host: &String| {
        secrets
            .iter()
            .any(|secret| host.contains(&secret.to_ascii_lowercase()))
    };
    let redirect = answer.redirect_host()?;
    let redirect = Some(redirect).filter(|host| !is_secret(host));
    let redirect = redirect.as_deref().unwrap_or("another host");
    Some(format!("a redirect to {redirect}, which is never followed"))
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
