//! Limiting untrusted permissions to an allowed set.

use super::PermissionSet;

/// The result of [`PermissionSet::clamp_to`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use = "the permissions to grant are in `granted`"]
pub struct Clamped {
    /// The requested permissions that are in the ceiling.
    pub granted: PermissionSet,
    /// The requested permissions that are not in the ceiling.
    pub refused: PermissionSet,
}

impl PermissionSet {
    /// Limits a set from an untrusted source, such as a browser, to the permissions in `ceiling`.
    ///
    /// Unrecognized names are also in [`Clamped::refused`], unless the ceiling contains them.
    ///
    /// ```
    /// use signalwire_room_tokens::{Permission, PermissionSet};
    ///
    /// let list = r#"["room.self.audio_mute", "room.member.remove"]"#;
    /// let asked: PermissionSet = serde_json::from_str(list)?;
    /// let clamped = asked.clamp_to(&PermissionSet::PARTICIPANT);
    ///
    /// assert_eq!(clamped.granted, [Permission::SelfAudioMute].into());
    /// assert_eq!(clamped.refused, [Permission::MemberRemove].into());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn clamp_to(&self, ceiling: &Self) -> Clamped {
        Clamped {
            granted: self.intersection(ceiling),
            refused: self.difference(ceiling),
        }
    }
}
