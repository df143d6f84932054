//! A single attempt to send a request and read the response.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use reqwest::Request;
use reqwest::header::{AUTHORIZATION, HeaderValue, USER_AGENT};
use signalwire_room_tokens_api::builder::CreateRoomToken;
use signalwire_room_tokens_api::{Client as Api, ClientInfo as _};
use tokio::time::Sleep;

use super::credentials::Credentials;
use super::proxy;
use super::response::Response;
use super::space::Space;
use crate::error::{Error, ErrorKind};
use crate::request::RoomTokenRequest;
use crate::token::{CallInfo, RoomToken};

/// The parts that all attempts of a client share.
pub(super) struct Endpoint {
    api: Api,
    /// The request without its body. Each attempt copies it.
    request: Request,
    pub(super) credentials: Credentials,
    pub(super) host: String,
}

/// A token with the details of the call that created it.
pub(super) struct Minted {
    pub(super) token: RoomToken,
    pub(super) status: u16,
    pub(super) request_id: Option<String>,
    pub(super) attempts: u32,
    pub(super) elapsed: Duration,
}

impl Minted {
    /// Returns the token with its call details attached.
    pub(super) fn into_token(self) -> RoomToken {
        let info = CallInfo::new(self.status, self.request_id, self.attempts, self.elapsed);
        self.token.with_call_info(info)
    }
}

impl Endpoint {
    /// Builds the request that each attempt copies.
    pub(super) fn new(
        space: &Space,
        http: reqwest::Client,
        credentials: Credentials,
        user_agent: HeaderValue,
    ) -> Result<Self, String> {
        let api = Api::new_with_client(space.base_url(), http);
        let mut request = CreateRoomToken::build_request(&api, &()).map_err(|error| error.to_string())?;
        request.headers_mut().insert(AUTHORIZATION, credentials.header()?);
        request.headers_mut().insert(USER_AGENT, user_agent);
        Ok(Self {
            api,
            request,
            credentials,
            host: space.host().to_owned(),
        })
    }

    /// Sends the request once and reads the whole response, for at most `limit`.
    pub(super) async fn attempt(&self, request: &RoomTokenRequest, limit: Duration) -> Result<Minted, Error> {
        self.response(request, limit)
            .await
            .and_then(|response| self.minted(&response))
            .map_err(|error| error.with_host(&self.host))
    }

    async fn response(&self, request: &RoomTokenRequest, limit: Duration) -> Result<Response, Error> {
        if limit.is_zero() {
            return Err(Error::transport(
                ErrorKind::Timeout,
                false,
                "no time was left to send the request",
            ));
        }
        let request = self.request(request)?;
        let mut timer = pin!(tokio::time::sleep(limit));
        let mut response = or_timeout(timer.as_mut(), self.api.client().execute(request))
            .await
            .map_or_else(|| Err(timed_out(limit)), |sent| sent.map_err(failure))?;
        Ok(Response::read(&mut response, self.request.url(), timer).await)
    }

    fn minted(&self, response: &Response) -> Result<Minted, Error> {
        let minted = |token| Minted {
            token,
            status: response.status,
            request_id: response.request_id(&self.credentials),
            attempts: 1,
            elapsed: Duration::ZERO,
        };
        response
            .token()
            .map(minted)
            .ok_or_else(|| Error::response(response, &self.credentials))
    }

    fn request(&self, body: &RoomTokenRequest) -> Result<Request, Error> {
        // `Request::try_clone` allocates even if the request has no timeout.
        let mut request = Request::new(self.request.method().clone(), self.request.url().clone());
        *request.headers_mut() = self.request.headers().clone();
        CreateRoomToken::with_body(&self.api, request, body)
            .map_err(|error| Error::configuration("the request cannot be built").with_source(error))
    }
}

/// Returns the output of a future, or `None` if the timer fires first. Several futures in a row can share one timer.
pub(super) async fn or_timeout<F: Future>(mut timer: Pin<&mut Sleep>, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}

fn timed_out(limit: Duration) -> Error {
    Error::transport(ErrorKind::Timeout, true, &format!("timed out after {limit:?}"))
}

/// Converts a failure without a response, and decides whether it can be retried.
fn failure(error: reqwest::Error) -> Error {
    let (kind, retryable, detail) = if is_about_certificates(&error) {
        (
            ErrorKind::Connect,
            false,
            "the TLS certificate is not trusted or not valid for this host",
        )
    } else if error.is_timeout() && error.is_connect() {
        (ErrorKind::Timeout, true, "connecting took too long")
    } else if error.is_timeout() {
        let detail = "the timeout of the custom HTTP client expired";
        (ErrorKind::Timeout, true, detail)
    } else if let Some((retryable, detail)) = proxy::failure(causes(&error)) {
        (ErrorKind::Connect, retryable, detail)
    } else if error.is_connect() {
        (ErrorKind::Connect, true, no_connection(&error))
    } else if error.is_builder() {
        (ErrorKind::Configuration, false, "the request cannot be built")
    } else if is_broken_http(&error) {
        (ErrorKind::UnexpectedResponse, false, "the response is not HTTP")
    } else {
        // For example, the server closed a pooled connection before it was reused.
        (
            ErrorKind::Connect,
            true,
            "the connection closed before a response arrived",
        )
    };
    Error::transport(kind, retryable, detail).with_source(error.without_url())
}

/// Describes why the connection failed.
fn no_connection(error: &reqwest::Error) -> &'static str {
    let refused = |cause: &&(dyn StdError + 'static)| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::ConnectionRefused)
    };
    // The connector's DNS error has no public type, so it is recognized by its message.
    if causes(error).any(|cause| cause.to_string() == "dns error") {
        "the host name was not found; the space may be misspelled"
    } else if causes(error).any(|cause| refused(&cause)) {
        "the connection was refused"
    } else {
        "the connection failed"
    }
}

fn is_about_certificates(error: &reqwest::Error) -> bool {
    #[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
    if causes(error).any(|cause| {
        matches!(
            innermost(cause).downcast_ref::<rustls::Error>(),
            Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented)
        )
    }) {
        return true;
    }
    // Native TLS errors have no common type, but all their messages contain this word.
    cfg!(feature = "native-tls")
        && error.is_connect()
        && causes(error).any(|cause| cause.to_string().to_ascii_lowercase().contains("certificate"))
}

/// Returns the innermost error that an I/O error wraps, also through several layers. `source` skips this error.
#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
fn innermost<'a>(mut error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    while let Some(inner) = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref)
    {
        error = inner;
    }
    error
}

fn is_broken_http(error: &reqwest::Error) -> bool {
    causes(error)
        .filter_map(|cause| cause.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse)
}

/// Iterates over an error and its sources.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(
        Some(error as &(dyn StdError + 'static)),
        |error: &&'_ (dyn StdError + 'static)| (*error).source(),
    )
}
