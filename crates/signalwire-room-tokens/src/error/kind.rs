//! The kinds of errors.

use crate::named_enum::named_enum;

named_enum! {
    /// The kind of an [`Error`](crate::Error).
    ///
    /// Its [name](Self::as_str), such as `rate-limited`, is suitable for metric labels.
    pub enum ErrorKind {
        /// SignalWire rejected the credentials (status 401).
        Unauthorized = "unauthorized",
        /// The credentials do not have the required permission (status 403).
        Forbidden = "forbidden",
        /// SignalWire rejected the request (any other 4xx status).
        Rejected = "rejected",
        /// SignalWire received too many requests (status 429).
        RateLimited = "rate-limited",
        /// SignalWire returned a server error (status 5xx).
        Server = "server",
        /// The timeout expired before the response was complete, or SignalWire reported a timeout (status 408).
        Timeout = "timeout",
        /// The connection failed, or closed before a response arrived.
        Connect = "connect",
        /// The response is undocumented: a redirect, a successful status without a token, a truncated body, or invalid
        /// HTTP. If `fail_on_mismatch` is set, a token that is not a JSON Web Token also causes this error.
        UnexpectedResponse = "unexpected-response",
        /// The token does not match the request.
        Mismatch = "mismatch",
        /// The request was not sent, because an earlier request in the same batch
        /// ([`Client::create_many`](crate::Client::create_many)) failed with status 401 or 403.
        NotSent = "not-sent",
        /// The request is invalid and was not sent.
        InvalidRequest = "invalid-request",
        /// The client can't be built or used with the current settings or runtime. Nothing was sent.
        Configuration = "configuration",
    }
}

impl ErrorKind {
    /// Returns the kind of error that corresponds to the status of an API response.
    pub(crate) const fn of_status(status: u16) -> Self {
        match status {
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            408 => Self::Timeout,
            429 => Self::RateLimited,
            400..=499 => Self::Rejected,
            500..=599 => Self::Server,
            _ => Self::UnexpectedResponse,
        }
    }

    /// Returns the most common status for this kind, if its errors have a status.
    pub(super) const fn typical_status(self) -> Option<u16> {
        match self {
            Self::Unauthorized => Some(401),
            Self::Forbidden => Some(403),
            Self::Rejected => Some(422),
            Self::RateLimited => Some(429),
            Self::Server => Some(503),
            Self::UnexpectedResponse | Self::Mismatch => Some(200),
            _ => None,
        }
    }

    /// Returns `true` if errors of this kind are detected before anything is sent.
    pub(super) const fn is_before_sending(self) -> bool {
        matches!(self, Self::NotSent | Self::InvalidRequest | Self::Configuration)
    }
}

/// Returns `true` if a later attempt may succeed, for example after an overload or a restart.
pub(crate) const fn is_retryable_status(status: u16) -> bool {
    matches!(status, 408 | 429 | 502 | 503 | 504)
}
