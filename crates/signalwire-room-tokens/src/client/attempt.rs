//! One attempt: the request goes out, an answer or a failure comes back.

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

use super::answer::Answer;
use super::credentials::Credentials;
use super::proxy;
use super::space::Space;
use crate::error::{Error, ErrorKind};
use crate::request::RoomTokenRequest;
use crate::token::{CallInfo, RoomToken};

/// What all attempts of a client have in common.
pub(super) struct Endpoint {
    api: Api,
    /// The request of every call, but for the body.
    request: Request,
    pub(super) credentials: Credentials,
    pub(super) host: String,
}

/// A token, and what is to be told of the call that brought it.
pub(super) struct Minted {
    pub(super) token: RoomToken,
    pub(super) status: u16,
    pub(super) request_id: Option<String>,
    pub(super) attempts: u32,
    pub(super) elapsed: Duration,
}

impl Minted {
    /// The token, with the details of its call.
    pub(super) fn into_token(self) -> RoomToken {
        let info = CallInfo::new(self.status, self.request_id, self.attempts, self.elapsed);
        self.token.with_call_info(info)
    }
}

impl Endpoint {
    /// Builds the request that is copied for every attempt.
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

    /// Sends the request once, and waits for the whole response no longer than `limit`.
    pub(super) async fn attempt(&self, request: &RoomTokenRequest, limit: Duration) -> Result<Minted, Error> {
        self.answer(request, limit)
            .await
            .and_then(|answer| self.minted(&answer))
            .map_err(|error| error.with_host(&self.host))
    }

    async fn answer(&self, request: &RoomTokenRequest, limit: Duration) -> Result<Answer, Error> {
        if limit.is_zero() {
            return Err(Error::transport(
                ErrorKind::Timeout,
                false,
                "no time was left to send it",
            ));
        }
        let request = self.request(request)?;
        let mut timer = pin!(tokio::time::sleep(limit));
        let mut response = before(timer.as_mut(), self.api.client().execute(request))
            .await
            .map_or_else(|| Err(gave_up(limit)), |sent| sent.map_err(failure))?;
        Ok(Answer::read(&mut response, self.request.url(), timer).await)
    }

    fn minted(&self, answer: &Answer) -> Result<Minted, Error> {
        let minted = |token| Minted {
            token,
            status: answer.status,
            request_id: answer.request_id(&self.credentials),
            attempts: 1,
            elapsed: Duration::ZERO,
        };
        answer
            .token()
            .map(minted)
            .ok_or_else(|| Error::answer(answer, &self.credentials))
    }

    fn request(&self, body: &RoomTokenRequest) -> Result<Request, Error> {
        // `Request::try_clone` would allocate for a timeout that is not set.
        let mut request = Request::new(self.request.method().clone(), self.request.url().clone());
        *request.headers_mut() = self.request.headers().clone();
        CreateRoomToken::with_body(&self.api, request, body)
            .map_err(|error| Error::configuration("the request cannot be built").with_source(error))
    }
}

/// What a future gives, unless the timer goes off before. One timer serves several futures, one after another.
pub(super) async fn before<F: Future>(mut timer: Pin<&mut Sleep>, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}

fn gave_up(limit: Duration) -> Error {
    Error::transport(ErrorKind::Timeout, true, &format!("gave up after {limit:?}"))
}

/// What a failure without an answer means, and whether another attempt may mend it.
fn failure(error: reqwest::Error) -> Error {
    let (kind, retryable, detail) = if is_about_certificates(&error) {
        (
            ErrorKind::Connect,
            false,
            "the TLS certificate is not trusted, or not valid for this host",
        )
    } else if error.is_timeout() && error.is_connect() {
        (ErrorKind::Timeout, true, "connecting took too long")
    } else if error.is_timeout() {
        let detail = "the time-out of the HTTP client that was brought along was shorter";
        (ErrorKind::Timeout, true, detail)
    } else if let Some((retryable, detail)) = proxy::failure(causes(&error)) {
        (ErrorKind::Connect, retryable, detail)
    } else if error.is_connect() {
        (ErrorKind::Connect, true, no_connection(&error))
    } else if error.is_builder() {
        (ErrorKind::Configuration, false, "the request cannot be built")
    } else if is_broken_http(&error) {
        (ErrorKind::UnexpectedResponse, false, "the answer is not HTTP")
    } else {
        // A pooled connection that the server has closed in the meantime ends here.
        (ErrorKind::Connect, true, "the connection ended before an answer")
    };
    Error::transport(kind, retryable, detail).with_source(error.without_url())
}

/// Why there is no connection, as far as it tells what to do about it.
fn no_connection(error: &reqwest::Error) -> &'static str {
    let refused = |cause: &&(dyn StdError + 'static)| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::ConnectionRefused)
    };
    // The connector's error has no public type; this is all that it says of itself.
    if causes(error).any(|cause| cause.to_string() == "dns error") {
        "the host's name is not found; the space may be misspelt"
    } else if causes(error).any(|cause| refused(&cause)) {
        "the connection was refused"
    } else {
        "no connection"
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
    // The operating system's libraries have no common type; all of them say the word.
    cfg!(feature = "native-tls")
        && error.is_connect()
        && causes(error).any(|cause| cause.to_string().to_ascii_lowercase().contains("certificate"))
}

/// What an I/O error was made of: `source` passes it over. I/O errors may be made of I/O errors.
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

/// An error and all that caused it.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(
        Some(error as &(dyn StdError + 'static)),
        |error: &&'_ (dyn StdError + 'static)| (*error).source(),
    )
}
