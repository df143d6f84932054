//! Errors returned to the browser. Details are logged but not returned.

use std::time::Duration;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use signalwire_room_tokens::{Error, ErrorKind};

use crate::roles::Role;

/// The reason for an error response.
#[derive(Debug)]
pub(crate) enum Problem {
    Malformed(JsonRejection),
    /// The body did not arrive in time.
    BodyTooSlow,
    /// The request as a whole took too long.
    TooSlow,
    /// This header indicates another machine or a proxy, but the demo sign-in accepts only local requests.
    NotLocal(&'static str),
    UnknownUser,
    NotSignedIn,
    /// The room does not exist, or the user is not a member.
    RoomNotFound,
    /// No route matches the path.
    NoSuchRoute,
    MethodNotAllowed,
    RoleTooHigh {
        highest: Role,
    },
    TooManyRequests {
        retry_after: Duration,
    },
    NoRandomness(getrandom::Error),
    NoToken(Error),
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::Malformed(rejection) => rejection.status(),
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
            Self::UnknownUser | Self::NotSignedIn => StatusCode::UNAUTHORIZED,
            Self::RoomNotFound | Self::NoSuchRoute => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotLocal(_) | Self::RoleTooHigh { .. } => StatusCode::FORBIDDEN,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::NoRandomness(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::NoToken(error) => status_of(error.kind()),
        }
    }

    /// Returns the message shown to the user.
    fn message(&self) -> String {
        match self {
            Self::Malformed(rejection) => rejection.body_text(),
            Self::BodyTooSlow => "Your request took too long to arrive.".to_owned(),
            Self::TooSlow => "The request took too long. Please try again in a moment.".to_owned(),
            Self::NotLocal(header) => format!(
                "The demo sign-in requires a browser on the same machine, at 127.0.0.1 or localhost and without a \
                 proxy. This request was rejected because of its `{header}` header."
            ),
            Self::UnknownUser => "There is no user with this name.".to_owned(),
            Self::NotSignedIn => "Please sign in first.".to_owned(),
            Self::RoomNotFound => "This room does not exist, or you are not a member of it.".to_owned(),
            Self::NoSuchRoute => "Page not found.".to_owned(),
            Self::MethodNotAllowed => "This method is not allowed here.".to_owned(),
            Self::RoleTooHigh { highest } => format!("You can join as {highest} at most."),
            Self::TooManyRequests { .. } => "Too many requests. Please wait a moment.".to_owned(),
            Self::NoRandomness(_) => "Signing in failed because of a problem on our side.".to_owned(),
            Self::NoToken(error) => error.public_message().to_owned(),
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooManyRequests { retry_after } => Some(*retry_after),
            Self::NoToken(error) => error.retry_after(),
            _ => None,
        }
    }

    fn highest_role(&self) -> Option<Role> {
        match self {
            Self::RoleTooHigh { highest } => Some(*highest),
            _ => None,
        }
    }

    fn log(&self) {
        match self {
            Self::NoToken(error) => tracing::error!(
                // Errors from the client contain no secrets.
                %error,
                status = error.status(),
                request_id = error.request_id(),
                attempts = error.attempts(),
                elapsed = ?error.elapsed(),
                "failed to create a room token"
            ),
            Self::NoRandomness(error) => tracing::error!(%error, "failed to create a session key"),
            // The message for a malformed request quotes the request, which can be long.
            _ => tracing::debug!(status = %self.status(), reason = %truncate(&self.message()), "rejected"),
        }
    }
}

/// Returns the response status for an error from the SignalWire client. SignalWire's status isn't forwarded because it
/// applies to this service's request, not the browser's.
fn status_of(kind: ErrorKind) -> StatusCode {
    match kind {
        // All other errors, such as an invalid request built by this service, are internal.
        ErrorKind::Rejected => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::RateLimited => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorKind::Connect | ErrorKind::Server | ErrorKind::UnexpectedResponse => StatusCode::BAD_GATEWAY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Returns at most the first 200 characters of a string.
fn truncate(text: &str) -> &str {
    const MAX_CHARS: usize = 200;
    text.char_indices()
        .nth(MAX_CHARS)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(text)
}

/// The body of an error response.
#[derive(Serialize)]
struct Body {
    message: String,
    /// The highest role that the user can request instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    highest_role: Option<Role>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.log();
        let body = Body {
            message: self.message(),
            highest_role: self.highest_role(),
        };
        let mut response = (self.status(), Json(body)).into_response();
        if let Some(wait) = self.retry_after() {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        Self::Malformed(rejection)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::NoToken(error)
    }
}
