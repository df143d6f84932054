//! Room members and their roles. Replace this with a query to your database.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use signalwire_room_tokens::RoomName;

use crate::roles::Role;

/// The members of each room, with their roles.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Directory(BTreeMap<RoomName, BTreeMap<String, Role>>);

impl Directory {
    /// Returns the demo rooms from `rooms.json`.
    ///
    /// # Errors
    ///
    /// Returns an error if `rooms.json` is invalid.
    pub fn demo() -> Result<Self, serde_json::Error> {
        include_str!("../rooms.json").parse()
    }

    /// Returns `true` if the user is a member of any room.
    pub(crate) fn contains_user(&self, user: &str) -> bool {
        self.0.values().any(|members| members.contains_key(user))
    }

    /// Returns the highest role that the user can have in the room, or `None` if the user is not a member.
    pub(crate) fn role(&self, room: &RoomName, user: &str) -> Option<Role> {
        self.0.get(room)?.get(user).copied()
    }
}

/// Parses a JSON object that maps each room name to an object of user names and roles.
impl FromStr for Directory {
    type Err = serde_json::Error;

    fn from_str(json: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(json)
    }
}
