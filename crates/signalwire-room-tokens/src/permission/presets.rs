//! Sets for the usual roles, and SignalWire's default.

use super::{Permission, PermissionSet};
use crate::generated::permissions::DEFAULT;

/// Control over the participant's devices: SignalWire's default list when the presets were chosen.
const SELF_CONTROLS: &[Permission] = &[
    Permission::SelfAudioMute,
    Permission::SelfAudioUnmute,
    Permission::SelfVideoMute,
    Permission::SelfVideoUnmute,
    Permission::SelfDeaf,
    Permission::SelfUndeaf,
    Permission::SelfSetInputVolume,
    Permission::SelfSetOutputVolume,
    Permission::SelfSetInputSensitivity,
    Permission::SelfScreenshare,
    Permission::SelfAdditionalSource,
];

/// What a participant may do beside the default.
const SHOWING: &[Permission] = &[Permission::RoomListAvailableLayouts];

/// What a moderator may do beside a participant.
const CONTROL_OF_OTHERS: &[Permission] = &[
    Permission::MemberAudioMute,
    Permission::MemberAudioUnmute,
    Permission::MemberVideoMute,
    Permission::MemberVideoUnmute,
    Permission::MemberDeaf,
    Permission::MemberUndeaf,
    Permission::MemberSetInputVolume,
    Permission::MemberSetOutputVolume,
    Permission::MemberSetInputSensitivity,
    Permission::MemberRemove,
    Permission::RoomHideVideoMuted,
    Permission::RoomShowVideoMuted,
    Permission::RoomSetLayout,
];

impl PermissionSet {
    /// What SignalWire grants when a request has no list of permissions.
    ///
    /// Eleven permissions, as published for the field `permissions`: `room.self.audio_mute`,
    /// `room.self.audio_unmute`, `room.self.video_mute`, `room.self.video_unmute`, `room.self.deaf`,
    /// `room.self.undeaf`, `room.self.set_input_volume`, `room.self.set_output_volume`,
    /// `room.self.set_input_sensitivity`, `room.self.screenshare` and `room.self.additional_source`.
    pub const DEFAULT: Self = Self::of(DEFAULT);

    /// A preset for somebody who takes part: controls their own devices and sees which layouts there are.
    ///
    /// The default list and one more name, all harmless to others:
    ///
    /// - `room.self.audio_mute`, `room.self.audio_unmute`, `room.self.video_mute`, `room.self.video_unmute`: the four
    ///   that at least 20 of 24 participant lists in public applications grant;
    /// - `room.self.deaf`, `room.self.undeaf`, `room.self.set_input_volume`, `room.self.set_output_volume`,
    ///   `room.self.set_input_sensitivity`: in a third of those lists, and granted by default;
    /// - `room.self.screenshare`, `room.self.additional_source`: granted by default;
    /// - `room.list_available_layouts`: in a third of those lists; it only reads.
    ///
    /// `room.set_layout` is in 7 of the 24 lists and left out here, since it changes what everybody sees.
    pub const PARTICIPANT: Self = Self::of_known(&[SELF_CONTROLS, SHOWING]);

    /// A preset for somebody who keeps order: [`PARTICIPANT`](Self::PARTICIPANT) and control over the others.
    ///
    /// Added is what at least four of seven moderator lists in public applications grant:
    ///
    /// - `room.member.audio_mute`, `room.member.video_mute`, `room.member.remove` (six of seven);
    /// - `room.member.audio_unmute`, `room.member.video_unmute`, `room.set_layout` (five);
    /// - `room.member.deaf`, `room.member.undeaf`, `room.member.set_input_volume`,
    ///   `room.member.set_output_volume`, `room.member.set_input_sensitivity`, `room.hide_video_muted`,
    ///   `room.show_video_muted` (four).
    ///
    /// `room.recording` is in four as well and left out: who may record people should be decided one by one.
    pub const MODERATOR: Self = Self::of_known(&[SELF_CONTROLS, SHOWING, CONTROL_OF_OTHERS]);

    /// A preset for somebody who only watches: the empty set.
    ///
    /// Every audience list found in public applications is empty or absent, and SignalWire empties the list of
    /// whoever joins as [`JoinAs::Audience`](crate::JoinAs::Audience) in any case.
    pub const AUDIENCE: Self = Self::EMPTY;
}
