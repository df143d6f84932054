//! Details of a successful call.

use std::time::Duration;

/// Details of the call that returned a token. Returned by [`RoomToken::call_info`](super::RoomToken::call_info).
///
/// [`Error`](crate::Error) has methods with the same names. These details contain no secrets.
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
    pub(super) status: u16,
    pub(super) request_id: Option<String>,
    pub(super) attempts: u32,
    pub(super) elapsed: Duration,
}

impl CallInfo {
    /// Returns the HTTP status of the response, such as 200.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the request ID that SignalWire assigned, truncated to 100 characters. Include it in support requests to
    /// SignalWire.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the number of attempts, including the successful one.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the duration of the call, including retries and the waits between them.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}
