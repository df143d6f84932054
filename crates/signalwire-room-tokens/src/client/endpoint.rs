//! The API endpoint, and a single attempt to send a request and read the response.

use std::time::Duration;

use reqwest::Request;
use reqwest::header::{AUTHORIZATION, HeaderValue, USER_AGENT};
use signalwire_room_tokens_api::builder::CreateRoomToken;
use signalwire_room_tokens_api::{Client as Api, ClientInfo as _};
use tokio::time::{Instant, timeout_at};

use super::credentials::Credentials;
use super::failure;
use super::response::Response;
use super::space::Space;
use crate::error::{Error, ErrorKind};
use crate::generated::call;
use crate::request::RoomTokenRequest;
use crate::token::RoomToken;

/// The state shared by all of a client's attempts.
pub(super) struct Endpoint {
    api: Api,
    /// The request without its body. Each attempt copies it.
    request: Request,
    pub(super) credentials: Credentials,
    pub(super) space: Space,
}

impl Endpoint {
    /// Builds the request that each attempt copies.
    pub(super) fn new(
        space: Space,
        http: reqwest::Client,
        credentials: Credentials,
        user_agent: HeaderValue,
    ) -> Result<Self, String> {
        let api = Api::new_with_client(space.base_url(), http);
        let mut request = call::request(&api)?;
        request.headers_mut().insert(AUTHORIZATION, credentials.header()?);
        request.headers_mut().insert(USER_AGENT, user_agent);
        Ok(Self {
            api,
            request,
            credentials,
            space,
        })
    }

    /// Sends the request once and reads the whole response, taking at most `limit`.
    pub(super) async fn attempt(
        &self,
        request: &RoomTokenRequest,
        limit: Duration,
    ) -> Result<RoomToken, Error> {
        self.response(request, limit)
            .await
            .and_then(|response| response.into_token(&self.credentials))
            .map_err(|error| error.with_host(self.space.host()))
    }

    async fn response(&self, request: &RoomTokenRequest, limit: Duration) -> Result<Response<'_>, Error> {
        if limit.is_zero() {
            let detail = "no time was left to send the request";
            return Err(Error::because(ErrorKind::Timeout, detail));
        }
        let request = self.request(request)?;
        let until = Instant::now() + limit;
        let sent = timeout_at(until, self.api.client().execute(request)).await;
        let mut response = sent
            .map_err(|_| failure::timed_out(limit))?
            .map_err(failure::without_response)?;
        Ok(Response::read(&mut response, self.request.url(), until).await)
    }

    fn request(&self, body: &RoomTokenRequest) -> Result<Request, Error> {
        // `Request::try_clone` is not used, because it allocates storage for a timeout even if none is set.
        let mut request = Request::new(self.request.method().clone(), self.request.url().clone());
        *request.headers_mut() = self.request.headers().clone();
        CreateRoomToken::with_body(&self.api, request, body)
            .map_err(|error| Error::configuration("failed to build the request").with_source(error))
    }
}
