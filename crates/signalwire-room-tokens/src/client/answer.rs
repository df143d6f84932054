//! One answer as it came: status, headers, and a bounded piece of the body.

use std::pin::Pin;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use reqwest::header::{DATE, HeaderMap, LOCATION, RETRY_AFTER};
use signalwire_room_tokens_api::builder::CreateRoomToken;
use tokio::time::Sleep;

use super::attempt::before;
use super::credentials::Credentials;
use crate::error::redact::redact;
use crate::token::RoomToken;

/// How much of a body is kept, in bytes. A token has about 1 KiB.
pub(crate) const MAX_BODY: usize = 64 * 1024;

/// The headers in which servers name a request, as SignalWire's Python SDK looks for them.
const REQUEST_ID_HEADERS: [&str; 4] = [
    "x-request-id",
    "x-signalwire-request-id",
    "request-id",
    "x-amzn-requestid",
];

/// How the body ended.
pub(crate) enum BodyEnd {
    /// As the server meant it.
    Complete,
    /// The connection ended before the body did.
    CutShort,
    /// The time allowed ended before the body did.
    TimedOut,
    /// The client stopped at [`MAX_BODY`].
    TooLarge,
}

/// One answer.
pub(crate) struct Answer {
    /// Whether it came from where the request was sent: a client brought along may follow redirects.
    pub(crate) is_from_endpoint: bool,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) end: BodyEnd,
}

impl Answer {
    /// Reads the body of a response, up to [`MAX_BODY`] and until the timer goes off.
    pub(crate) async fn read(
        response: &mut reqwest::Response,
        endpoint: &reqwest::Url,
        mut timer: Pin<&mut Sleep>,
    ) -> Self {
        let mut body = Vec::new();
        let end = loop {
            match before(timer.as_mut(), response.chunk()).await {
                Some(Ok(Some(chunk))) => {
                    let room = MAX_BODY - body.len();
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    if chunk.len() > room {
                        break BodyEnd::TooLarge;
                    }
                }
                Some(Ok(None)) => break BodyEnd::Complete,
                // An HTTP client that was brought along may have a time-out of its own.
                Some(Err(error)) if error.is_timeout() => break BodyEnd::TimedOut,
                // The status is worth more than why the rest of the body is missing.
                Some(Err(_)) => break BodyEnd::CutShort,
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

    /// The token of a successful response, whatever its status and content type.
    pub(crate) fn token(&self) -> Option<RoomToken> {
        if !self.is_success() || !self.is_from_endpoint {
            return None;
        }
        let response = CreateRoomToken::decode_response(&self.body).ok()?;
        RoomToken::from_response(response.token)
    }

    /// How long the server asks to wait. Unreadable values are none; dates in the past mean not at all.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let value = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        // A number may have a sign in front for Rust, not for HTTP; and for HTTP it may have any length.
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
        }
        let date = httpdate::parse_http_date(value).ok()?;
        Some(date.duration_since(SystemTime::now()).unwrap_or(Duration::ZERO))
    }

    /// The server's clock when it answered.
    pub(crate) fn server_time(&self) -> Option<DateTime<Utc>> {
        let value = self.headers.get(DATE)?.to_str().ok()?;
        httpdate::parse_http_date(value).ok().map(DateTime::from)
    }

    /// The id that the server gave the request.
    pub(crate) fn request_id(&self, credentials: &Credentials) -> Option<String> {
        let id = REQUEST_ID_HEADERS
            .iter()
            .filter_map(|name| self.headers.get(*name)?.to_str().ok())
            .find(|id| !id.is_empty())?;
        // Ids are long and random by nature, so only what is known to be secret is taken out.
        let hidden = credentials.secrets().iter().any(|secret| id.contains(secret)) || id.contains("eyJ");
        let id = if hidden {
            redact(id, &credentials.secrets(), 100)
        } else {
            // A header that is text is ASCII.
            id.get(..100).unwrap_or(id).to_owned()
        };
        (!id.is_empty()).then_some(id)
    }

    /// The host that a redirect leads to; nothing else of the address, since that may hold anything.
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
