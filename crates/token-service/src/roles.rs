//! The application's roles and their SignalWire permissions.

use std::fmt;

use serde::{Deserialize, Serialize};
use signalwire_room_tokens::{JoinAs, PermissionSet};

/// A user's role in a room. Roles are ordered: each role includes the permissions of all lower roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Can watch and listen.
    Audience,
    /// Can also speak and be seen.
    Participant,
    /// Can also control the room and its other members.
    Moderator,
}

impl Role {
    pub(crate) const ALL: [Self; 3] = [Self::Audience, Self::Participant, Self::Moderator];

    /// Returns the maximum set of permissions for the role.
    pub(crate) fn ceiling(self) -> PermissionSet {
        match self {
            Self::Audience => PermissionSet::AUDIENCE,
            Self::Participant => PermissionSet::PARTICIPANT,
            Self::Moderator => PermissionSet::MODERATOR,
        }
    }

    /// Returns whether users with this role join as members or as audience.
    pub(crate) fn join_as(self) -> JoinAs {
        match self {
            Self::Audience => JoinAs::Audience,
            Self::Participant | Self::Moderator => JoinAs::Member,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Audience => "audience",
            Self::Participant => "participant",
            Self::Moderator => "moderator",
        })
    }
}
