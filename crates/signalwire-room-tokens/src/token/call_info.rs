//! Details of a call that succeeded.

use std::time::Duration;

/// Details of the call that returned a token; from [`RoomToken::call_info`](super::RoomToken::call_info).
///
/// An [`Error`](crate::Error) has methods of the same names. Nothing here is secret.
///
/// ```
/// # use std::time::Duration;
/// # use signalwire_room_tokens::Client;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
/// # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
/// let call = client.room_token("standup").valid_for(Duration::from_secs(3600));
/// let token = call.create().await?;
///
/// let info = token.call_info().expect("it comes from a call");
/// println!("{:?} after {} attempts in {:?}", info.request_id(), info.attempts(), info.elapsed());
/// # assert_eq!((info.status(), info.attempts()), (200, 1));
/// # for sent in mock.requests() {
/// #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
/// #     assert_eq!(sent.lint(), []);
/// # }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallInfo {
    status: u16,
    request_id: Option<String>,
    attempts: u32,
    elapsed: Duration,
}

impl CallInfo {
    pub(crate) fn new(status: u16, request_id: Option<String>, attempts: u32, elapsed: Duration) -> Self {
        Self {
            status,
            request_id,
            attempts,
            elapsed,
        }
    }

    /// The HTTP status of the response, such as 200.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The id that SignalWire gave the request, for its support; at most 100 characters.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The number of attempts, the successful one included.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The time that the call took, retries and waiting included.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}
