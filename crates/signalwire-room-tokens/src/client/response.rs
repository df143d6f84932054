//! A received HTTP response: status, headers, and a body of bounded size.

use std::pin::Pin;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use reqwest::header::{DATE, HeaderMap, LOCATION, RETRY_AFTER};
use signalwire_room_tokens_api::builder::CreateRoomToken;
use tokio::time::Sleep;

use super::attempt::or_timeout;
use super::credentials::Credentials;
use crate::error::redact::redact;
use crate::token::RoomToken;

/// The maximum size of a response body, in bytes. A token has about 1 KiB.
pub(crate) const MAX_BODY: usize = 64 * 1024;

/// The headers that may contain the request ID, from SignalWire's Python SDK.
const REQUEST_ID_HEADERS: [&str; 4] = [
    "x-request-id",
    "x-signalwire-request-id",
    "request-id",
    "x-amzn-requestid",
];

/// The state of the body after reading it.
pub(crate) enum BodyEnd {
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
pub(crate) struct Response {
    /// `true` if the response came from the requested URL. A custom HTTP client may follow redirects.
    pub(crate) is_from_endpoint: bool,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) end: BodyEnd,
}

impl Response {
    /// Reads the body of a response, up to [`MAX_BODY`] bytes and until the timer fires.
    pub(crate) async fn read(
        response: &mut reqwest::Response,
        endpoint: &reqwest::Url,
        mut timer: Pin<&mut Sleep>,
    ) -> Self {
        let mut body = Vec::new();
        let end = loop {
            match or_timeout(timer.as_mut(), response.chunk()).await {
                Some(Ok(Some(chunk))) => {
                    let room = MAX_BODY - body.len();
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    if chunk.len() > room {
                        break BodyEnd::TooLarge;
                    }
                }
                Some(Ok(None)) => break BodyEnd::Complete,
                // A custom HTTP client may have its own timeout.
                Some(Err(error)) if error.is_timeout() => break BodyEnd::TimedOut,
                // The cause is dropped because the status is more useful to the caller.
                Some(Err(_)) => break BodyEnd::Truncated,
                None => break BodyEnd::TimedOut,
            }
        };
        Self {
            is_from_endpoint: response.url() == endpoint,
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body,
            end,
        }
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Returns the token of a successful response, with any 2xx status and content type.
    pub(crate) fn token(&self) -> Option<RoomToken> {
        if !self.is_success() || !self.is_from_endpoint {
            return None;
        }
        let response = CreateRoomToken::decode_response(&self.body).ok()?;
        RoomToken::from_response(response.token)
    }

    /// Returns the delay in `Retry-After`: `None` if it is missing or invalid, zero for a date in the past.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let value = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        // `u64::from_str` accepts a sign, which HTTP does not allow. A number that overflows is a valid delay.
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
        }
        let date = httpdate::parse_http_date(value).ok()?;
        Some(date.duration_since(SystemTime::now()).unwrap_or(Duration::ZERO))
    }

    /// Returns the time in the `Date` header.
    pub(crate) fn server_time(&self) -> Option<DateTime<Utc>> {
        let value = self.headers.get(DATE)?.to_str().ok()?;
        httpdate::parse_http_date(value).ok().map(DateTime::from)
    }

    /// Returns the request ID that the server assigned, at most 100 characters long and without secrets.
    pub(crate) fn request_id(&self, credentials: &Credentials) -> Option<String> {
        let id = REQUEST_ID_HEADERS
            .iter()
            .filter_map(|name| self.headers.get(*name)?.to_str().ok())
            .find(|id| !id.is_empty())?;
        // Request IDs look random, so only those with a known secret or the start of a token are redacted.
        let hidden = credentials.secrets().iter().any(|secret| id.contains(secret)) || id.contains("eyJ");
        let id = if hidden {
            redact(id, &credentials.secrets(), 100)
        } else {
            // `HeaderValue::to_str` only succeeds for ASCII, so byte 100 is a character boundary.
            id.get(..100).unwrap_or(id).to_owned()
        };
        (!id.is_empty()).then_some(id)
    }

    /// Returns the host that a redirect leads to. The rest of the URL is dropped because it may contain secrets.
    pub(crate) fn redirect_host(&self) -> Option<String> {
        if !(300..400).contains(&self.status) {
            return None;
        }
        let location = self.headers.get(LOCATION)?.to_str().ok()?;
        let url = reqwest::Url::parse(location).ok();
        let host = url
            .as_ref()
            .and_then(reqwest::Url::host_str)
            .unwrap_or("another path");
        Some(host.chars().take(253).collect())
    }
}
