//! Room names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::violation::Violation;
use crate::generated::rules;

/// The maximum length of a slug. It must not change, because the same text must always produce the same slug.
const MAX_LENGTH: usize = 100;

/// The number of characters in a slug's hash. Each of them encodes 5 bits.
const HASH_LENGTH: usize = 13;

/// A valid room name: 1 to 100 of the characters `A-Z a-z 0-9 _ -`.
///
/// ```
/// use signalwire_room_tokens::RoomName;
///
/// assert!(RoomName::new("standup_2026-03-01").is_ok());
/// assert!(RoomName::new("stand up").is_err());
///
/// let room = RoomName::slug("Équipe A: point du lundi");
/// assert!(room.as_str().starts_with("quipe-A-point-du-lundi-"));
/// assert_ne!(room, RoomName::slug("Équipe A, point du lundi"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoomName(String);

impl RoomName {
    /// Creates a room name from a valid string.
    ///
    /// # Errors
    ///
    /// Returns an error if the string is empty, is longer than 100 characters, or contains characters other than
    /// `A-Z a-z 0-9 _ -`.
    pub fn new(name: impl Into<String>) -> Result<Self, Violation> {
        let name = name.into();
        let mut found = Vec::new();
        rules::ROOM_NAME.check(Some(&name), &mut found);
        found.into_iter().next().map_or(Ok(Self(name)), Err)
    }

    /// Creates a room name from any text: its ASCII letters, digits and underscores, then `-` and a hash of the whole
    /// text.
    ///
    /// The same text always produces the same name, in every version of this crate. Different texts produce different
    /// names; the hash is the first 65 bits of SHA-256. To separate the rooms of different tenants, include a tenant ID
    /// in the text. The text cannot be recovered from the name.
    #[must_use]
    pub fn slug(text: &str) -> Self {
        let words = text
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty());
        let mut name = Vec::from_iter(words).join("-");
        name.truncate(MAX_LENGTH - HASH_LENGTH - 1);
        let readable = name.trim_end_matches('-');
        let separator = if readable.is_empty() { "" } else { "-" };
        Self(format!("{readable}{separator}{}", hash(text)))
    }

    /// Returns the name as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn hash(text: &str) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let digest = hmac_sha256::Hash::hash(text.as_bytes());
    let bits = digest
        .first_chunk()
        .map_or(0, |first| u128::from_be_bytes(*first));
    (1..=HASH_LENGTH)
        .filter_map(|number| ALPHABET.get((bits >> (128 - 5 * number)) as usize % 32))
        .map(|letter| char::from(*letter))
        .collect()
}

impl fmt::Display for RoomName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for RoomName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for RoomName {
    type Err = Violation;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::new(name)
    }
}

impl TryFrom<String> for RoomName {
    type Error = Violation;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::new(name)
    }
}

impl From<RoomName> for String {
    fn from(name: RoomName) -> Self {
        name.0
    }
}

impl From<&RoomName> for String {
    fn from(name: &RoomName) -> Self {
        name.0.clone()
    }
}
