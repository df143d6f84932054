//! Why there is nothing to give: what the browser is told, and what only the log is.

use std::time::Duration;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use signalwire_room_tokens::{Error, ErrorKind};

use crate::roles::Role;

/// What can go wrong.
#[derive(Debug)]
pub(crate) enum Problem {
    Malformed(JsonRejection),
    /// The body did not arrive in time.
    BodyTooSlow,
    /// The whole request took too long.
    TooSlow,
    /// This part of the request names another machine, and the demo sign-in is local.
    NotLocal(&'static str),
    UnknownUser,
    NotSignedIn,
    NotYourRoom,
    /// No page of this address, or none for this method.
    NotHere(StatusCode),
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
            Self::NotYourRoom => StatusCode::NOT_FOUND,
            Self::NotHere(status) => *status,
            Self::NotLocal(_) | Self::RoleTooHigh { .. } => StatusCode::FORBIDDEN,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::NoRandomness(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::NoToken(error) => status_of(error.kind()),
        }
    }

    /// What the browser is told, in words for people.
    fn message(&self) -> String {
        match self {
            Self::Malformed(rejection) => rejection.body_text(),
            Self::BodyTooSlow => "Your request took too long to arrive.".to_owned(),
            Self::TooSlow => "This took too long. Please try again in a moment.".to_owned(),
            Self::NotLocal(part) => format!(
                "The demo sign-in works only in a browser on this machine, at 127.0.0.1 or localhost and without a \
                 proxy; `{part}` says otherwise."
            ),
            Self::UnknownUser => "We do not know anybody of this name.".to_owned(),
            Self::NotSignedIn => "Please sign in first.".to_owned(),
            Self::NotYourRoom => "There is no such room for you.".to_owned(),
            Self::NotHere(_) => "There is nothing here.".to_owned(),
            Self::RoleTooHigh { highest } => format!("The highest role that you may take here is {highest}."),
            Self::TooManyRequests { .. } => "You are asking too often. Please wait a moment.".to_owned(),
            Self::NoRandomness(_) => "Nobody can sign in because of a problem on our side.".to_owned(),
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

    fn log(&self) {
        match self {
            Self::NoToken(error) => tracing::error!(
                // Fit for a log: no secret is in it.
                %error,
                status = error.status(),
                request_id = error.request_id(),
                attempts = error.attempts(),
                elapsed = ?error.elapsed(),
                "no room token"
            ),
            Self::NoRandomness(error) => tracing::error!(%error, "no session"),
            // The message for a malformed request repeats parts of the request.
            _ => tracing::debug!(status = %self.status(), reason = %short(&self.message()), "rejected"),
        }
    }
}

/// The statuses of SignalWire's answers speak of this service's request, so they are not handed on.
fn status_of(kind: ErrorKind) -> StatusCode {
    match kind {
        // What this service has put together itself is its own fault, and falls through.
        ErrorKind::Rejected => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::RateLimited => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorKind::Connect | ErrorKind::Server | ErrorKind::UnexpectedResponse => StatusCode::BAD_GATEWAY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The beginning of a text.
fn short(text: &str) -> &str {
    const MOST: usize = 200;
    text.char_indices()
        .nth(MOST)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(text)
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.log();
        let mut response = (self.status(), Json(json!({ "message": self.message() }))).into_response();
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
