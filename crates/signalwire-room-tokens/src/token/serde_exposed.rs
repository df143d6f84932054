//! Opt-in serialization of a [`RoomToken`] in plain text.
//!
//! ```
//! use serde::Serialize;
//! use signalwire_room_tokens::RoomToken;
//!
//! #[derive(Serialize)]
//! struct Response {
//!     #[serde(with = "signalwire_room_tokens::serde_exposed")]
//!     token: RoomToken,
//! }
//!
//! let response = Response { token: RoomToken::from("eyJ0.e30.c2ln".to_owned()) };
//! assert_eq!(serde_json::to_string(&response)?, r#"{"token":"eyJ0.e30.c2ln"}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```

use serde::{Deserialize, Deserializer, Serializer};

use super::RoomToken;

/// Serializes the token in plain text.
///
/// # Errors
///
/// Returns an error if the serializer fails.
pub fn serialize<S: Serializer>(token: &RoomToken, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(token.expose())
}

/// Deserializes a token from a string.
///
/// # Errors
///
/// Returns an error if the value is not a string.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RoomToken, D::Error> {
    String::deserialize(deserializer).map(RoomToken::from)
}
