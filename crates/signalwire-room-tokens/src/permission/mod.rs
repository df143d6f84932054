//! The permissions of participants, and sets of permissions.

mod presets;
mod set;
pub(crate) mod unknown;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

pub use self::set::{Clamped, Iter, PermissionSet};
pub use self::unknown::UnknownPermission;
pub use crate::generated::permissions::Permission;

use crate::named_enum::named_enum;

named_enum! {
    /// The scope of a permission: the participant, any member, or the whole room.
    pub enum Scope {
        /// The participant's own devices, position and data (`room.self.*`).
        OwnSelf = "self",
        /// Any member of the room (`room.member.*`).
        Member = "member",
        /// The room as a whole (all other names).
        Room = "room",
    }
}

/// The maximum length, in bytes, of a name to compare with the known names. The longest known name is half that.
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

    /// Returns `true` if SignalWire grants the permission when a request omits the list of permissions.
    ///
    /// These permissions are in [`PermissionSet::DEFAULT`].
    #[must_use]
    pub fn is_default(&self) -> bool {
        PermissionSet::DEFAULT.contains(self)
    }

    /// Returns the scope of the permission.
    #[must_use]
    pub fn scope(&self) -> Scope {
        if self.as_str().starts_with("room.self.") {
            Scope::OwnSelf
        } else if self.as_str().starts_with("room.member.") {
            Scope::Member
        } else {
            Scope::Room
        }
    }

    /// Returns the known permission with the most similar name, if any is similar enough.
    pub(crate) fn nearest(name: &str) -> Option<&'static Self> {
        // The cost of a comparison grows with the length, and a much longer name can't be similar to a known one.
        if name.len() > MAX_COMPARED_LENGTH {
            return None;
        }
        let name = name.trim().to_ascii_lowercase();
        let likeness = |known: &Self| strsim::normalized_damerau_levenshtein(known.as_str(), &name);
        let nearest = Self::ALL
            .iter()
            .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        (likeness(nearest) >= 0.6).then_some(nearest)
    }
}

/// The error returned when parsing a [`Permission`] from an unrecognized name.
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
