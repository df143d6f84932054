//! Permissions of participants, and sets of permissions.

mod clamp;
mod presets;
mod set;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

pub use self::clamp::Clamped;
pub use self::set::{Iter, PermissionSet};
pub use crate::generated::permissions::Permission;

/// The scope of a permission: the participant, any member, or the whole room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scope {
    /// The participant's own devices, position and data (`room.self.*`).
    OwnSelf,
    /// Any member of the room (`room.member.*`).
    Member,
    /// The room as a whole (all other names).
    Room,
}

impl Scope {
    /// Returns the name of the scope: `self`, `member` or `room`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OwnSelf => "self",
            Self::Member => "member",
            Self::Room => "room",
        }
    }

    /// Returns the scope of the permission with this name.
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

/// An unrecognized permission name.
///
/// Created by [`Permission::unchecked`] and by deserialization. It is never equal to the name of a known permission.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownPermission(Cow<'static, str>);

impl UnknownPermission {
    /// Returns the name.
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

/// The maximum length of a name that is compared with the known names, in bytes. The longest known name has half of it.
const MAX_COMPARED_LENGTH: usize = 64;

impl Permission {
    /// Creates a permission from any name, including unrecognized ones.
    ///
    /// Use this to send a permission that SignalWire has added since this version was released. Parse user input with
    /// [`FromStr`] instead, which rejects misspelled names.
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

    /// Returns `true` if this version of the crate recognizes the permission.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    /// Returns the known permission with this name, if there is one.
    fn known(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|known| known.as_str() == name).cloned()
    }

    /// Returns `true` if SignalWire grants the permission to requests without a list of permissions.
    ///
    /// These permissions are in [`PermissionSet::DEFAULT`].
    #[must_use]
    pub fn is_default(&self) -> bool {
        PermissionSet::DEFAULT.contains(self)
    }

    /// Returns the scope of the permission.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope::of_name(self.as_str())
    }

    /// Returns the known permission with the most similar name, if any is similar enough.
    pub(crate) fn nearest(name: &str) -> Option<&'static Self> {
        // The cost of a comparison grows with the length, and a much longer name is not similar to any known name.
        if name.len() > MAX_COMPARED_LENGTH {
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

/// An error returned when parsing a [`Permission`] from an unrecognized name.
///
/// [`Permission::unchecked`] accepts any name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsePermissionError {
    name: String,
    nearest: Option<&'static Permission>,
}

impl ParsePermissionError {
    /// Returns the known permission with the most similar name, if any is similar enough.
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
            None => f.write_str("; expected a name such as `room.self.audio_mute`"),
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
