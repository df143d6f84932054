//! One call: a request being built, with options for this call alone.

use std::time::Duration;

use super::Client;
use crate::error::Error;
use crate::request::{Lint, RoomTokenRequest, Violation, request_setters};
use crate::token::RoomToken;

/// Options of one call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) skip_validation: bool,
    pub(crate) fail_on_mismatch: bool,
}

/// Writes the setters of the options that a call and many calls have in common, for a type that has them in this field.
macro_rules! option_setters {
    ($($field:ident).+) => {
        /// Sets how long each attempt may take. Defaults to the client's setting, which defaults to 10 seconds.
        pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.$($field).+.attempt_timeout = Some(timeout);
            self
        }

        /// Sets how often a request may be retried, 0 for never. Defaults to the client's setting, which defaults to 3.
        pub fn max_retries(mut self, retries: u32) -> Self {
            self.$($field).+.max_retries = Some(retries);
            self
        }

        /// Sends what breaks rules that this version knows, too, for those who know better.
        ///
        /// What a setter could not take over is an error all the same: metadata that is no JSON object, and what
        /// `extra` refuses.
        pub fn skip_validation(mut self) -> Self {
            self.$($field).+.skip_validation = true;
            self
        }

        /// Makes it an error if a token grants something else than what is asked for
        /// ([`RoomToken::compare`](crate::RoomToken::compare)).
        ///
        /// Off by default, since SignalWire does not document the claims of its tokens.
        pub fn fail_on_mismatch(mut self) -> Self {
            self.$($field).+.fail_on_mismatch = true;
            self
        }
    };
}

pub(crate) use option_setters;

/// A room token about to be asked for; made by [`Client::room_token`].
///
/// Set what the token grants, then [`create`](Self::create) it. A call owns its clone of the client, so it may be
/// moved into a task:
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
#[must_use = "nothing is sent before `create`"]
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

    /// Sets how long the call may take in all, retries and waiting included. Defaults to the client's setting, which
    /// defaults to 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    fn request_mut(&mut self) -> &mut RoomTokenRequest {
        &mut self.request
    }

    /// Checks the request; see [`RoomTokenRequest::validate`].
    ///
    /// # Errors
    ///
    /// Every broken rule.
    pub fn validate(&self) -> Result<(), Vec<Violation>> {
        self.request.validate()
    }

    /// Finds what is legal and yet surprises people; see [`RoomTokenRequest::lint`].
    #[must_use]
    pub fn lint(&self) -> Vec<Lint> {
        self.request.lint()
    }

    /// Checks the request, sends it, and gives the token.
    ///
    /// The future may be dropped at any time; the client stays usable.
    ///
    /// # Errors
    ///
    /// If the request breaks a rule (nothing is sent then), if no answer comes within the time allowed, or if the
    /// answer has no token. See [`Error`].
    pub async fn create(self) -> Result<RoomToken, Error> {
        self.send().await
    }

    /// Not `async`: the future shall hold what is sent, and not the call beside it.
    fn send(self) -> impl Future<Output = Result<RoomToken, Error>> {
        self.client.send(self.request, self.options)
    }
}
