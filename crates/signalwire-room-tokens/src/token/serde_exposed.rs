//! Serializes a [`RoomToken`] in clear, where a program says that it wants that.
//!
//! ```
//! use serde::Serialize;
//! use signalwire_room_tokens::RoomToken;
//!
//! #[derive(Serialize)]
//! struct Answer {
//!     #[serde(with = "signalwire_room_tokens::serde_exposed")]
//!     token: RoomToken,
//! }
//!
//! let answer = Answer { token: RoomToken::from("eyJ0.e30.c2ln".to_owned()) };
//! assert_eq!(serde_json::to_string(&answer)?, r#"{"token":"eyJ0.e30.c2ln"}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```

use serde::{Deserialize, Deserializer, Serializer};

use super::RoomToken;

/// Writes the token in clear.
///
/// # Errors
///
/// If the serializer fails.
pub fn serialize<S: Serializer>(token: &RoomToken, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(token.expose())
}

/// Reads a token.
///
/// # Errors
///
/// If the value is no string.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RoomToken, D::Error> {
    String::deserialize(deserializer).map(RoomToken::from)
}
