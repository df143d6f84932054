//! What a participant may do in a room: single permissions, and sets of them.

mod clamp;
mod presets;
mod set;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

pub use self::clamp::Clamped;
pub use self::set::{Iter, PermissionSet};
pub use crate::generated::permissions::Permission;

/// Whom a permission concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scope {
    /// The participant's own devices, place and data (`room.self.*`).
    OwnSelf,
    /// Any member of the room (`room.member.*`).
    Member,
    /// The room as a whole (every other `room.*`).
    Room,
}

impl Scope {
    /// The scope's name: `self`, `member` or `room`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OwnSelf => "self",
            Self::Member => "member",
            Self::Room => "room",
        }
    }

    /// The scope that a permission's name says it has.
    fn of_name(name: &str) -> Self {
        if name.starts_with("room.self.") {
            Self::OwnSelf
        } else if name.starts_with("room.member.") {
            Self::Member
        } else {
            Self::Room
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A permission name that this version of the crate does not know.
///
/// Made by [`Permission::unchecked`] and by deserializing; never equal to a name that is known.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownPermission(Cow<'static, str>);

impl UnknownPermission {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownPermission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// How long a name may be to be compared with those that are known, in bytes: twice the longest of them.
const LONGEST_MISSPELT: usize = 64;

impl Permission {
    /// A permission by name, known to this version or not.
    ///
    /// This is the explicit way to send a name that SignalWire has added since this version was
    /// released. Text from users belongs through [`FromStr`], which catches misspelt names.
    ///
    /// ```
    /// use signalwire_room_tokens::Permission;
    ///
    /// assert_eq!(Permission::unchecked("room.lock"), Permission::RoomLock);
    /// let newer = Permission::unchecked("room.from_the_future");
    /// assert_eq!(newer.as_str(), "room.from_the_future");
    /// assert!(!newer.is_known());
    /// ```
    #[must_use]
    pub fn unchecked(name: impl Into<Cow<'static, str>>) -> Self {
        let name = name.into();
        Self::known(&name).unwrap_or(Self::Unknown(UnknownPermission(name)))
    }

    /// Whether this version knows the permission.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    /// The permission of this name, if this version knows it.
    fn known(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|known| known.as_str() == name).cloned()
    }

    /// Whether SignalWire grants the permission when a request has no list of permissions.
    ///
    /// The list is [`PermissionSet::DEFAULT`].
    #[must_use]
    pub fn is_default(&self) -> bool {
        PermissionSet::DEFAULT.contains(self)
    }

    /// Whom the permission concerns.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope::of_name(self.as_str())
    }

    /// The known permission whose name is most like `name`, if one is.
    pub(crate) fn nearest(name: &str) -> Option<&'static Self> {
        // A comparison costs memory and time with the length of both, and what is far longer is not like any.
        if name.len() > LONGEST_MISSPELT {
            return None;
        }
        let name = name.trim().to_ascii_lowercase();
        Self::ALL
            .iter()
            .map(|known| {
                (
                    strsim::normalized_damerau_levenshtein(known.as_str(), &name),
                    known,
                )
            })
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .filter(|(likeness, _)| *likeness >= 0.6)
            .map(|(_, known)| known)
    }
}

/// No permission has this name in this version of the crate.
///
/// [`Permission::unchecked`] takes any name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsePermissionError {
    name: String,
    nearest: Option<&'static Permission>,
}

impl ParsePermissionError {
    /// The known permission that was probably meant.
    #[must_use]
    pub fn nearest(&self) -> Option<&Permission> {
        self.nearest
    }
}

impl fmt::Display for ParsePermissionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown permission {:?}", self.name)?;
        match self.nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => f.write_str("; permissions are named like `room.self.audio_mute`"),
        }
    }
}

impl std::error::Error for ParsePermissionError {}

impl FromStr for Permission {
    type Err = ParsePermissionError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::known(name).ok_or_else(|| ParsePermissionError {
            name: name.chars().take(100).collect(),
            nearest: Self::nearest(name),
        })
    }
}
