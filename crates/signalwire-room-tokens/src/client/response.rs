//! A received HTTP response: status, headers, and a body of bounded size.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use reqwest::Url;
use reqwest::header::{DATE, HeaderMap, LOCATION, RETRY_AFTER};
use signalwire_room_tokens_api::builder::CreateRoomToken;
use tokio::time::{Instant, timeout_at};

use super::credentials::Credentials;
use crate::error::api_error;
use crate::error::redact::redact;
use crate::error::{Error, ErrorKind, is_retryable_status};
use crate::text::truncated;
use crate::token::RoomToken;

/// The maximum size of a response body, in bytes. A token takes up about 1 KiB.
const MAX_BODY: usize = 64 * 1024;

/// The maximum length of a body excerpt, in characters.
const MAX_EXCERPT: usize = 256;

/// The error description for a complete response without a valid token.
const NO_TOKEN: &str =
    "the body is not a JSON object with a valid `token` (allowed characters: A-Z a-z 0-9 - . _ ~ + / =)";

/// The headers that may contain the request ID, according to SignalWire's Python SDK.
const REQUEST_ID_HEADERS: [&str; 4] = [
    "x-request-id",
    "x-signalwire-request-id",
    "request-id",
    "x-amzn-requestid",
];

/// The outcome of reading the body.
enum BodyEnd {
    /// The whole body was read.
    Complete,
    /// The connection closed before the end of the body.
    Truncated,
    /// The timeout expired before the end of the body.
    TimedOut,
    /// The body is larger than [`MAX_BODY`].
    TooLarge,
}

/// A received HTTP response.
pub(super) struct Response<'a> {
    endpoint: &'a Url,
    /// `true` if the response came from the requested URL. A custom HTTP client may follow redirects.
    is_from_endpoint: bool,
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
    end: BodyEnd,
}

impl<'a> Response<'a> {
    /// Reads the body of a response, up to [`MAX_BODY`] bytes and until the given time.
    pub(super) async fn read(response: &mut reqwest::Response, endpoint: &'a Url, until: Instant) -> Self {
        let mut body = Vec::new();
        let end = loop {
            match timeout_at(until, response.chunk()).await {
                Ok(Ok(Some(chunk))) => {
                    let room = MAX_BODY - body.len();
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    if chunk.len() > room {
                        break BodyEnd::TooLarge;
                    }
                }
                Ok(Ok(None)) => break BodyEnd::Complete,
                // A custom HTTP client may have its own timeout.
                Ok(Err(error)) if error.is_timeout() => break BodyEnd::TimedOut,
                // The cause is dropped because the status is more useful to the caller.
                Ok(Err(_)) => break BodyEnd::Truncated,
                Err(_) => break BodyEnd::TimedOut,
            }
        };
        Self {
            endpoint,
            is_from_endpoint: response.url() == endpoint,
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body,
            end,
        }
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Returns the token from a successful response (any 2xx status, any content type), or an error that includes the
    /// status.
    pub(super) fn into_token(self, credentials: &Credentials) -> Result<RoomToken, Error> {
        let request_id = self.request_id(credentials);
        match self.token() {
            Some(token) => Ok(token.with_call(self.status, request_id)),
            None => Err(self.error(request_id, &credentials.secrets())),
        }
    }

    fn token(&self) -> Option<RoomToken> {
        if !self.is_success() || !self.is_from_endpoint {
            return None;
        }
        let response = CreateRoomToken::decode_response(&self.body).ok()?;
        RoomToken::from_response(response.token)
    }

    /// Returns the error for a response without a token.
    fn error(&self, request_id: Option<String>, secrets: &[&str]) -> Error {
        let (kind, is_retryable, detail) = self.problem(secrets);
        Error::new(kind).with(|details| {
            details.detail = detail;
            details.is_retryable = is_retryable;
            details.status = Some(self.status);
            details.request_id = request_id;
            details.retry_after = self.retry_after();
            details.server_time = self.server_time();
            // The body of a successful response may contain a token, so it is not stored.
            if !self.is_success() {
                details.api_errors = api_error::parse(&self.body, secrets);
                let excerpt = redact(&String::from_utf8_lossy(&self.body), secrets, MAX_EXCERPT);
                details.body_excerpt = Some(excerpt).filter(|excerpt| !excerpt.trim().is_empty());
            }
        })
    }

    /// Returns the kind of error, whether a retry may succeed, and a description.
    fn problem(&self, secrets: &[&str]) -> (ErrorKind, bool, Option<String>) {
        if !self.is_from_endpoint {
            let detail = "the HTTP client followed a redirect, which is not allowed".to_owned();
            return (ErrorKind::UnexpectedResponse, false, Some(detail));
        }
        if !self.is_success() {
            let kind = ErrorKind::of_status(self.status);
            return (kind, is_retryable_status(self.status), self.redirect(secrets));
        }
        let (is_retryable, problem) = match self.end {
            BodyEnd::Complete => (false, NO_TOKEN),
            BodyEnd::Truncated => (true, "the body was truncated"),
            BodyEnd::TimedOut => (true, "the body did not arrive in time"),
            BodyEnd::TooLarge => (false, "the body is larger than 64 KiB"),
        };
        let kind = match self.end {
            BodyEnd::TimedOut => ErrorKind::Timeout,
            _ => ErrorKind::UnexpectedResponse,
        };
        let detail = format!("{problem} ({} bytes read)", self.body.len());
        (kind, is_retryable, Some(detail))
    }

    /// Describes a redirect. Only the host of its URL is shown, because the rest may contain secrets.
    fn redirect(&self, secrets: &[&str]) -> Option<String> {
        if !(300..400).contains(&self.status) {
            return None;
        }
        let location = self.headers.get(LOCATION)?.to_str().ok()?;
        // `Url::origin` recurses into `blob:` URLs, and the parser converts hosts to lowercase only for special schemes
        // such as `http`.
        let url = self.endpoint.join(location).ok();
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
        let is_secret = |host: &str| {
            secrets
                .iter()
                .any(|secret| host.contains(&secret.to_ascii_lowercase()))
        };
        let target = match url.as_ref().and_then(|url| Some((url, url.host_str()?))) {
            Some((url, _)) if url.origin() == self.endpoint.origin() => "another path".to_owned(),
            Some((_, host)) if !is_secret(host) => truncated(host, 253),
            _ => "another URL".to_owned(),
        };
        Some(format!("a redirect to {target}; redirects are not followed"))
    }

    /// Returns the delay in `Retry-After`: `None` if it is missing or invalid, zero for a date in the past.
    fn retry_after(&self) -> Option<Duration> {
        let value = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        // `u64::from_str` accepts a sign, which HTTP does not allow. A number that overflows is a valid delay.
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
        }
        let date = httpdate::parse_http_date(value).ok()?;
        Some(date.duration_since(SystemTime::now()).unwrap_or(Duration::ZERO))
    }

    /// Returns the time in the `Date` header.
    fn server_time(&self) -> Option<DateTime<Utc>> {
        let value = self.headers.get(DATE)?.to_str().ok()?;
        httpdate::parse_http_date(value).ok().map(DateTime::from)
    }

    /// Returns the request ID that the server assigned, at most 100 characters long and without secrets.
    fn request_id(&self, credentials: &Credentials) -> Option<String> {
        let id = REQUEST_ID_HEADERS
            .iter()
            .filter_map(|name| self.headers.get(*name)?.to_str().ok())
            .find(|id| !id.is_empty() && !id.contains('\t'))?;
        // Request IDs look random, so only those that contain a known secret or the start of a token are redacted.
        let hidden = credentials.secrets().iter().any(|secret| id.contains(secret)) || id.contains("eyJ");
        Some(if hidden {
            redact(id, &credentials.secrets(), 100)
        } else {
            // `HeaderValue::to_str` only succeeds for ASCII, so byte 100 is a character boundary.
            id.get(..100).unwrap_or(id).to_owned()
        })
    }
}
