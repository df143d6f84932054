//! Room tokens.

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::call_info::CallInfo;
use super::claims::ClaimsError;
use super::compare::{Mismatch, mismatches};
use crate::generated::claims::UnverifiedClaims;
use crate::request::RoomTokenRequest;

/// A room token. It is a secret, because anyone who has it can join the room.
///
/// Send it only to the participant's browser. `Debug` does not print the token, there is no `Display` implementation,
/// serialization requires an explicit opt-in ([`serde_exposed`](super::serde_exposed)), and the memory is zeroized when
/// the token is dropped.
///
/// ```
/// use signalwire_room_tokens::RoomToken;
///
/// let token = RoomToken::from("eyJ0eXAiOiJWUlQifQ.e30.c2ln".to_owned());
/// assert_eq!(format!("{token:?}"), "RoomToken([redacted])");
/// assert_eq!(token.expose(), "eyJ0eXAiOiJWUlQifQ.e30.c2ln");
/// ```
#[derive(Clone)]
pub struct RoomToken {
    token: SecretString,
    call_info: Option<CallInfo>,
}

impl RoomToken {
    /// Returns the token in a response, or `None` if it is not a valid bearer token according to RFC 6750.
    pub(crate) fn from_response(token: String) -> Option<Self> {
        let token = Self::from(token);
        is_bearer_token(token.expose()).then_some(token)
    }

    pub(crate) fn with_call(self, status: u16, request_id: Option<String>) -> Self {
        let call_info = Some(CallInfo {
            status,
            request_id,
            attempts: 1,
            elapsed: Duration::ZERO,
        });
        Self { call_info, ..self }
    }

    /// Sets the number of attempts and the duration of the call.
    pub(crate) fn after(mut self, attempts: u32, elapsed: Duration) -> Self {
        if let Some(call) = &mut self.call_info {
            (call.attempts, call.elapsed) = (attempts, elapsed);
        }
        self
    }

    /// Returns the token as a string slice, to be sent to the participant.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.token.expose_secret()
    }

    /// Returns the details of the call that returned the token, such as its request ID and number of attempts.
    ///
    /// Returns `None` if the token was created from a string or deserialized.
    #[must_use]
    pub fn call_info(&self) -> Option<&CallInfo> {
        self.call_info.as_ref()
    }

    /// Converts the token to a `String`, which is not zeroized when it is dropped.
    #[must_use]
    pub fn into_string(self) -> String {
        self.expose().to_owned()
    }

    /// Returns the claims of the token. Its signature is **not verified**, because only SignalWire has the signing key.
    ///
    /// Use the claims to display or log the content of a token, but never to authorize anything.
    ///
    /// ```
    /// # let text = "eyJ0eXAiOiJWUlQiLCJhbGciOiJIUzUxMiJ9.eyJyIjoic3RhbmR1cCIsInUiOiJBZGEifQ.c2ln".to_owned();
    /// use signalwire_room_tokens::RoomToken;
    ///
    /// let claims = RoomToken::from(text).claims()?;
    /// assert_eq!(claims.room_name.as_deref(), Some("standup"));
    /// assert_eq!(claims.header.alg.as_deref(), Some("HS512"));
    /// # Ok::<(), signalwire_room_tokens::ClaimsError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the token is not a JSON Web Token or is longer than 64 KiB. Claims that are missing or have
    /// an unexpected type do not cause an error.
    pub fn claims(&self) -> Result<UnverifiedClaims, ClaimsError> {
        UnverifiedClaims::of(self.expose())
    }

    /// Compares the claims of the token with a request, field by field, and returns the differences.
    ///
    /// Only fields that are set in the request are compared. If the request omits the list of permissions, granted
    /// permissions that are not in [`PermissionSet::DEFAULT`](crate::PermissionSet::DEFAULT) count as a difference. If
    /// `join_until` is computed by [`valid_for`](RoomTokenRequest::valid_for) from the time of the request, it may
    /// differ by up to two minutes, or by the lifetime itself if that is shorter. An empty list means that the claims
    /// match the request.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use signalwire_room_tokens::{Client, PermissionSet, RoomTokenRequest};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
    /// # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
    /// let request = RoomTokenRequest::new("standup")
    ///     .permissions(PermissionSet::PARTICIPANT)
    ///     .valid_for(Duration::from_secs(3600));
    /// let token = client.call(request.clone()).create().await?;
    /// assert!(token.compare(&request)?.is_empty());
    ///
    /// let more = request.permissions(PermissionSet::MODERATOR);
    /// assert_eq!(token.compare(&more)?[0].field(), "permissions");
    /// # for sent in mock.requests() {
    /// #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
    /// #     assert_eq!(sent.lint(), []);
    /// # }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`claims`](Self::claims).
    pub fn compare(&self, request: &RoomTokenRequest) -> Result<Vec<Mismatch>, ClaimsError> {
        Ok(mismatches(&self.claims()?, request))
    }
}

/// Returns `true` if a string contains only characters that RFC 6750 allows in a `b64token`, and at least one that is
/// not `=`.
///
/// `=` is allowed anywhere, because each part of a JSON Web Token may end with padding.
fn is_bearer_token(token: &str) -> bool {
    // The range from `-` to `9` contains `-`, `.`, `/` and the digits.
    let is_allowed = |byte: u8| {
        byte.is_ascii_alphabetic()
            | matches!(byte, b'-'..=b'9')
            | (byte == b'_')
            | (byte == b'~')
            | (byte == b'+')
            | (byte == b'=')
    };
    // Without a branch per byte, the compiler can vectorize the loop, which then executes a sixth as many instructions.
    let all_allowed = token.bytes().fold(true, |all, byte| all & is_allowed(byte));
    all_allowed && token.bytes().any(|byte| byte != b'=')
}

impl From<String> for RoomToken {
    fn from(token: String) -> Self {
        Self {
            token: token.into(),
            call_info: None,
        }
    }
}

// Implemented manually, so that the token stays hidden even if the type of its field changes.
impl fmt::Debug for RoomToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoomToken([redacted])")
    }
}
