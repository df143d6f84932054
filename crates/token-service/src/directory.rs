//! Who may enter which room, in which role. In an application of your own this is a query of your database.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Deserialize;
use signalwire_room_tokens::RoomName;

use crate::roles::Role;

/// The rooms, and the people of each.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Directory(BTreeMap<RoomName, BTreeMap<String, Role>>);

impl Directory {
    /// The rooms of the demonstration, from `rooms.json`.
    ///
    /// # Errors
    ///
    /// If somebody has edited the file and broken it.
    pub fn demo() -> Result<Self, serde_json::Error> {
        include_str!("../rooms.json").parse()
    }

    /// Whether anybody of this name belongs to any room.
    pub(crate) fn knows(&self, user: &str) -> bool {
        self.0.values().any(|people| people.contains_key(user))
    }

    /// The highest role that somebody may take in a room; none if it is not theirs to enter.
    pub(crate) fn role(&self, room: &RoomName, user: &str) -> Option<Role> {
        self.0.get(room)?.get(user).copied()
    }
}

/// Reads JSON: for each room, for each name, the role.
impl FromStr for Directory {
    type Err = serde_json::Error;

    fn from_str(json: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(json)
    }
}
