//! Permission sets for common roles, and SignalWire's default set.

use super::PermissionSet;
use crate::generated::permissions::{DEFAULT, MODERATOR, PARTICIPANT};

impl PermissionSet {
    /// The permissions that SignalWire grants if a request omits the list of permissions.
    ///
    /// SignalWire documents these eleven permissions as the default for the `permissions` field:
    /// `room.self.audio_mute`, `room.self.audio_unmute`, `room.self.video_mute`, `room.self.video_unmute`,
    /// `room.self.deaf`, `room.self.undeaf`, `room.self.set_input_volume`, `room.self.set_output_volume`,
    /// `room.self.set_input_sensitivity`, `room.self.screenshare` and `room.self.additional_source`.
    pub const DEFAULT: Self = Self::of(DEFAULT);

    /// A preset for participants, who can control their own devices and list the available layouts.
    ///
    /// It contains the default permissions and one more. None of them affects other participants. The choice is based
    /// on 24 lists of participant permissions in public applications:
    ///
    /// - `room.self.audio_mute`, `room.self.audio_unmute`, `room.self.video_mute`, `room.self.video_unmute`: each in at
    ///   least 20 of the 24 lists, and granted by default
    /// - `room.self.deaf`, `room.self.undeaf`, `room.self.set_input_volume`, `room.self.set_output_volume`,
    ///   `room.self.set_input_sensitivity`: in a third of the lists, and granted by default
    /// - `room.self.screenshare`, `room.self.additional_source`: granted by default
    /// - `room.list_available_layouts`: in a third of the lists; read-only
    ///
    /// `room.set_layout` is in 7 of the 24 lists, but not in this preset, because it changes the layout for everybody.
    pub const PARTICIPANT: Self = Self::of(PARTICIPANT);

    /// A preset for moderators: [`PARTICIPANT`](Self::PARTICIPANT) and control over other members.
    ///
    /// The additional permissions are in at least four of seven lists of moderator permissions in public applications:
    ///
    /// - `room.member.audio_mute`, `room.member.video_mute`, `room.member.remove` (six lists)
    /// - `room.member.audio_unmute`, `room.member.video_unmute`, `room.set_layout` (five lists)
    /// - `room.member.deaf`, `room.member.undeaf`, `room.member.set_input_volume`,
    ///   `room.member.set_output_volume`, `room.member.set_input_sensitivity`, `room.hide_video_muted`,
    ///   `room.show_video_muted` (four lists)
    ///
    /// `room.recording` is also in four lists but not in this preset, because permission to record people should be
    /// granted explicitly.
    pub const MODERATOR: Self = Self::of(MODERATOR);

    /// A preset for participants who only watch: the empty set.
    ///
    /// In public applications, the audience's list of permissions is always empty or missing, and SignalWire ignores
    /// the permissions of participants who join as [`JoinAs::Audience`](crate::JoinAs::Audience).
    pub const AUDIENCE: Self = Self::EMPTY;
}
