//! The minted token, and what can be read from it.

mod call_info;
mod claims;
mod compare;
pub mod serde_exposed;

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

pub use self::call_info::CallInfo;
pub use self::claims::{ClaimsError, TokenHeader, UnverifiedClaims};
pub use self::compare::Mismatch;

use crate::request::RoomTokenRequest;

/// A minted room token: whoever has it can join the room.
///
/// It is for one participant's browser and nobody else. `Debug` hides it, there is no `Display`, it is serialized only
/// by explicit choice ([`serde_exposed`]), and its memory is wiped when it is dropped.
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
    /// The token of a response, or `None` if it is not a bearer token as RFC 6750 defines it.
    pub(crate) fn from_response(token: String) -> Option<Self> {
        let token = Self::from(token);
        is_bearer_token(token.expose()).then_some(token)
    }

    pub(crate) fn with_call_info(mut self, call_info: CallInfo) -> Self {
        self.call_info = Some(call_info);
        self
    }

    /// The token, to be sent to the participant.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.token.expose_secret()
    }

    /// Returns the details of the call that returned the token: request id, attempts, elapsed time.
    ///
    /// `None` if the token does not come from a client's call, but was made from a string or deserialized.
    #[must_use]
    pub fn call_info(&self) -> Option<&CallInfo> {
        self.call_info.as_ref()
    }

    /// The token as a string, which is not wiped when it is dropped.
    #[must_use]
    pub fn into_string(self) -> String {
        self.expose().to_owned()
    }

    /// What the token says of itself, **not verified**: only SignalWire has the key that signs tokens.
    ///
    /// Good for showing and logging what was granted; never for deciding what somebody may do.
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
    /// If the text is no JSON Web Token, or longer than 64 KiB. Claims that are missing, or of another type than
    /// expected, are no error.
    pub fn claims(&self) -> Result<UnverifiedClaims, ClaimsError> {
        UnverifiedClaims::of(self.expose())
    }

    /// Compares what the token grants with what was asked for, field by field.
    ///
    /// Only what the request sets is compared, and of a request without a list of permissions, that the token has none
    /// beyond [`PermissionSet::DEFAULT`](crate::PermissionSet::DEFAULT). An end that is counted from the moment of asking
    /// ([`valid_for`](RoomTokenRequest::valid_for)) may be off by two minutes, or by its own length if that is less. An
    /// empty list means that nothing differs, as far as claims can tell.
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
    /// As for [`claims`](Self::claims).
    pub fn compare(&self, request: &RoomTokenRequest) -> Result<Vec<Mismatch>, ClaimsError> {
        Ok(compare::mismatches(&self.claims()?, request))
    }
}

/// Returns `true` if a string has only the characters of RFC 6750's `b64token`, and at least one that is not padding.
///
/// Padding may be anywhere, since the parts of a JSON Web Token may each have it.
fn is_bearer_token(token: &str) -> bool {
    // From `-` to `9` are `-`, `.`, `/` and the digits.
    let is_allowed = |byte: u8| {
        byte.is_ascii_alphabetic()
            | matches!(byte, b'-'..=b'9')
            | (byte == b'_')
            | (byte == b'~')
            | (byte == b'+')
            | (byte == b'=')
    };
    // Without a branch for each byte, many bytes are checked at a time: a sixth of the instructions.
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

// Implemented manually, since a derived one would be right only as long as the field stays a `SecretString`.
impl fmt::Debug for RoomToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoomToken([redacted])")
    }
}
