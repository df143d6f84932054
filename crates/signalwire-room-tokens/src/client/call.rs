//! A call: a request with options that apply only to this call.

use std::time::Duration;

use super::handle::Client;
use super::options::{CallOptions, option_setters};
use crate::error::Error;
use crate::request::{Lint, RoomTokenRequest, Violation, request_setters};
use crate::token::RoomToken;

/// A call that creates a room token. Returned by [`Client::room_token`] and [`Client::call`].
///
/// `C` is the client type, either async or [blocking](crate::blocking).
///
/// Configure the token with the setters, then call [`create`](Self::create). A call owns a clone of the client, so it
/// can be moved into a task:
///
/// ```
/// # use std::time::Duration;
/// # use signalwire_room_tokens::Client;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
/// # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
/// let call = client.room_token("standup").valid_for(Duration::from_secs(3600));
/// let token = tokio::spawn(call.create()).await??;
/// # let _ = token;
/// # for sent in mock.requests() {
/// #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
/// #     assert_eq!(sent.lint(), []);
/// # }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is sent until `create` is called"]
pub struct Call<C = Client> {
    pub(crate) client: C,
    pub(crate) request: RoomTokenRequest,
    pub(crate) options: CallOptions,
}

impl<C> Call<C> {
    pub(crate) fn new(client: C, request: RoomTokenRequest, options: CallOptions) -> Self {
        Self {
            client,
            request,
            options,
        }
    }

    request_setters!();

    option_setters!();

    /// Sets the timeout of the whole call, including retries and the waits between them. Defaults to the client's
    /// setting, which defaults to 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self
    }

    fn request_mut(&mut self) -> &mut RoomTokenRequest {
        &mut self.request
    }

    /// Validates the request; see [`RoomTokenRequest::validate`].
    ///
    /// # Errors
    ///
    /// Returns all violations if the request is invalid.
    pub fn validate(&self) -> Result<(), Vec<Violation>> {
        self.request.validate()
    }

    /// Returns warnings about valid but risky settings; see [`RoomTokenRequest::lint`].
    #[must_use]
    pub fn lint(&self) -> Vec<Lint> {
        self.request.lint()
    }
}

impl Call {
    /// Validates the request, sends it, and returns the token.
    ///
    /// The future can be dropped at any time; the client remains usable.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is invalid (in this case, nothing is sent), if there is no response before the
    /// timeout, or if the response contains no token. See [`Error`].
    pub async fn create(self) -> Result<RoomToken, Error> {
        self.send().await
    }

    /// This is not an `async fn`, because its future would store `self` in addition to the request to send.
    fn send(self) -> impl Future<Output = Result<RoomToken, Error>> {
        self.client.send(self.request, self.options)
    }
}

impl Client {
    /// Starts a call that creates a token for the given room. Nothing is sent until [`Call::create`].
    pub fn room_token(&self, room_name: impl Into<String>) -> Call {
        self.call(RoomTokenRequest::new(room_name))
    }

    /// Starts a call from an existing request.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use signalwire_room_tokens::{Client, RoomTokenRequest};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
    /// # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
    /// let template = RoomTokenRequest::new("math-101").valid_for(Duration::from_secs(90 * 60));
    /// let token = client.call(template.clone()).user_name("Ada").create().await?;
    /// # let _ = token;
    /// # for sent in mock.requests() {
    /// #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
    /// #     assert_eq!(sent.lint(), []);
    /// # }
    /// # Ok(())
    /// # }
    /// ```
    pub fn call(&self, request: RoomTokenRequest) -> Call {
        Call::new(self.clone(), request, self.options())
    }
}
