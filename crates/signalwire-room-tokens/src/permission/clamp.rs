//! What may be granted of a list that somebody else wrote.

use super::PermissionSet;

/// The outcome of [`PermissionSet::clamp_to`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use = "the permissions to grant are in `granted`"]
pub struct Clamped {
    /// What was asked for and may be granted; a subset of the ceiling.
    pub granted: PermissionSet,
    /// What was asked for and may not be granted, to be logged or answered.
    pub refused: PermissionSet,
}

impl PermissionSet {
    /// Holds a list that came from outside, such as a browser, under a ceiling that the server has set.
    ///
    /// Names that this version does not know are refused, unless the ceiling has them too.
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
