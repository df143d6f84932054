//! A call: a request with options that apply to this call only.

use std::time::Duration;

use super::Client;
use crate::error::Error;
use crate::request::{Lint, RoomTokenRequest, Violation, request_setters};
use crate::token::RoomToken;

/// The options of one call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) skip_validation: bool,
    pub(crate) fail_on_mismatch: bool,
}

/// Defines the option setters that single calls and batches share. The argument is the path to the [`CallOptions`]
/// field.
macro_rules! option_setters {
    ($($field:ident).+) => {
        /// Sets the timeout of each attempt. Defaults to the client's setting, which defaults to 10 seconds.
        pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.$($field).+.attempt_timeout = Some(timeout);
            self
        }

        /// Sets the maximum number of retries of a request; 0 disables retries. Defaults to the client's setting, which
        /// defaults to 3.
        pub fn max_retries(mut self, retries: u32) -> Self {
            self.$($field).+.max_retries = Some(retries);
            self
        }

        /// Sends the request without validating it first.
        ///
        /// Values that a setter could not store still cause an error: metadata that is not a JSON object, and fields
        /// that `extra` rejects.
        pub fn skip_validation(mut self) -> Self {
            self.$($field).+.skip_validation = true;
            self
        }

        /// Returns an error if [`RoomToken::compare`](crate::RoomToken::compare) finds that the token differs from the
        /// request.
        ///
        /// Disabled by default, because SignalWire does not document the claims of its tokens.
        pub fn fail_on_mismatch(mut self) -> Self {
            self.$($field).+.fail_on_mismatch = true;
            self
        }
    };
}

pub(crate) use option_setters;

/// A call that creates a room token. Returned by [`Client::room_token`] and [`Client::call`].
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
pub struct Call {
    client: Client,
    request: RoomTokenRequest,
    options: CallOptions,
}

impl Call {
    pub(super) fn new(client: Client, request: RoomTokenRequest) -> Self {
        Self {
            client,
            request,
            options: CallOptions::default(),
        }
    }

    request_setters!();

    option_setters!(options);

    /// Sets the timeout of the whole call, including retries and the waits between them. Defaults to the client's
    /// setting, which defaults to 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
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

    /// Validates the request, sends it, and returns the token.
    ///
    /// The future can be dropped at any time; the client stays usable.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is invalid (in this case, nothing is sent), if there is no response before the
    /// timeout, or if the response contains no token. See [`Error`].
    pub async fn create(self) -> Result<RoomToken, Error> {
        self.send().await
    }

    /// Not an `async fn`, so that the future stores only the request that is sent and not `self` as well.
    fn send(self) -> impl Future<Output = Result<RoomToken, Error>> {
        self.client.send(self.request, self.options)
    }
}
