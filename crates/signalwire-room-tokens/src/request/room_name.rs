//! Room names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use signalwire_room_tokens_api::constants::create_room_token::room_name::MAX_LENGTH;

use super::validate::Violation;
use crate::generated::rules;

/// The number of characters in the hash of a slug, with 5 bits each.
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
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
        match found.into_iter().next() {
            Some(violation) => Err(violation),
            None => Ok(Self(name)),
        }
    }

    /// Creates a room name from any text: its ASCII letters, digits and underscores, then `-` and a hash of the whole
    /// text.
    ///
    /// The same text always produces the same name, in every version of this crate. Different texts produce different
    /// names; the hash is the first 65 bits of SHA-256. To separate the rooms of different tenants, include a tenant ID
    /// in the text. The text cannot be recovered from the name.
    #[must_use]
    pub fn slug(text: &str) -> Self {
        let mut name = readable_part(text, MAX_LENGTH - HASH_LENGTH - 1);
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&hash(text));
        Self(name)
    }

    /// Returns the name as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the ASCII letters, digits and underscores of a text, with each run of other characters replaced by `-`.
fn readable_part(text: &str, max: usize) -> String {
    let words = text
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        let separator = if name.is_empty() { "" } else { "-" };
        let room = max - name.len();
        if room <= separator.len() {
            break;
        }
        name.push_str(separator);
        name.extend(word.chars().take(room - separator.len()));
    }
    name
}

fn hash(text: &str) -> String {
    const ALPHABET: [char; 32] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k',
        'm', 'n', 'p', 'q', 'r', 's', 't', 'v', 'w', 'x', 'y', 'z',
    ];
    let digest = hmac_sha256::Hash::hash(text.as_bytes());
    let mut bits = digest
        .first_chunk()
        .map_or(0, |first: &[u8; 16]| u128::from_be_bytes(*first));
    let mut hash = String::with_capacity(HASH_LENGTH);
    for _ in 0..HASH_LENGTH {
        bits = bits.rotate_left(5);
        hash.extend(ALPHABET.get((bits & 31) as usize));
    }
    hash
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

impl<'de> Deserialize<'de> for RoomName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
