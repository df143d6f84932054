//! The application's roles, and what each comes to in SignalWire's terms.

use std::fmt;

use serde::{Deserialize, Serialize};
use signalwire_room_tokens::{JoinAs, PermissionSet};

/// What somebody is in a room. Ordered: a higher role may do all that a lower one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Watches.
    Audience,
    /// Takes part.
    Participant,
    /// Takes part, and keeps order.
    Moderator,
}

impl Role {
    /// The most that the role may be granted.
    pub(crate) fn ceiling(self) -> PermissionSet {
        match self {
            Self::Audience => PermissionSet::AUDIENCE,
            Self::Participant => PermissionSet::PARTICIPANT,
            Self::Moderator => PermissionSet::MODERATOR,
        }
    }

    /// How SignalWire shall treat whoever has the role.
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
