//! The permissions by name: the one table that ties ours to the generated enum.

use signalwire_room_tokens_api::types::RoomTokenPermission;

use super::UnknownPermission;

/// Writes `Permission` and all that must list every name, from one table.
///
/// Both `match`es over the generated enum are exhaustive, so a permission that is added to (or taken from) the
/// OpenAPI document stops the build here until somebody names it.
macro_rules! permissions {
    ($($variant:ident = $generated:ident, $name:literal, $description:literal;)+) => {
        /// What a participant may do in a room.
        ///
        /// Variants are named by scope: `Self…` concerns the participant, `Member…` any member, `Room…` the room as
        /// a whole. [`as_str`](Self::as_str) is the name on the wire, `room.self.audio_mute` and so on.
        ///
        /// A list of permissions given in a request *replaces* SignalWire's default list
        /// ([`PermissionSet::DEFAULT`](crate::PermissionSet::DEFAULT)).
        ///
        /// ```
        /// use signalwire_room_tokens::Permission;
        ///
        /// let permission: Permission = "room.member.remove".parse()?;
        /// assert_eq!(permission, Permission::MemberRemove);
        ///
        /// let error = "room.member.remov".parse::<Permission>().unwrap_err();
        /// assert_eq!(error.nearest(), Some(&Permission::MemberRemove));
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Permission {
            $(#[doc = concat!("`", $name, "`: ", $description)] $variant,)+
            /// A name that this version does not know; made by [`Permission::unchecked`].
            Unknown(UnknownPermission),
        }

        impl Permission {
            /// Every permission that this version knows, in the order of the OpenAPI document.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name on the wire, such as `room.self.audio_mute`.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)+
                    Self::Unknown(unknown) => unknown.as_str(),
                }
            }

            /// What the permission allows, in one sentence; nothing for a name that this version does not know.
            #[must_use]
            pub const fn description(&self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => Some($description),)+
                    Self::Unknown(_) => None,
                }
            }

            /// The place of a known permission in [`Permission::ALL`].
            pub(super) const fn index(&self) -> Option<u32> {
                match self.generated() {
                    Some(generated) => Some(generated as u32),
                    None => None,
                }
            }

            pub(super) const fn generated(&self) -> Option<RoomTokenPermission> {
                match self {
                    $(Self::$variant => Some(RoomTokenPermission::$generated),)+
                    Self::Unknown(_) => None,
                }
            }
        }

        impl Permission {
            pub(super) const fn from_generated(generated: RoomTokenPermission) -> Self {
                match generated {
                    $(RoomTokenPermission::$generated => Self::$variant,)+
                }
            }
        }
    };
}

permissions! {
    MemberAudioMute = RoomMemberAudioMute, "room.member.audio_mute",
        "Mute the microphone of any member.";
    MemberAudioUnmute = RoomMemberAudioUnmute, "room.member.audio_unmute",
        "Unmute the microphone of any member.";
    MemberVideoMute = RoomMemberVideoMute, "room.member.video_mute",
        "Turn off the camera of any member.";
    MemberVideoUnmute = RoomMemberVideoUnmute, "room.member.video_unmute",
        "Turn the camera of any member back on.";
    MemberDeaf = RoomMemberDeaf, "room.member.deaf",
        "Stop any member from hearing the room.";
    MemberUndeaf = RoomMemberUndeaf, "room.member.undeaf",
        "Let any member hear the room again.";
    MemberSetInputVolume = RoomMemberSetInputVolume, "room.member.set_input_volume",
        "Set the microphone volume of any member.";
    MemberSetOutputVolume = RoomMemberSetOutputVolume, "room.member.set_output_volume",
        "Set the speaker volume of any member.";
    MemberSetInputSensitivity = RoomMemberSetInputSensitivity, "room.member.set_input_sensitivity",
        "Set how loud any member must speak to be heard.";
    MemberSetPosition = RoomMemberSetPosition, "room.member.set_position",
        "Place any member in the layout.";
    MemberSetMeta = RoomMemberSetMeta, "room.member.set_meta",
        "Change the metadata of any member.";
    MemberRaisehand = RoomMemberRaisehand, "room.member.raisehand",
        "Raise the hand of any member.";
    MemberLowerhand = RoomMemberLowerhand, "room.member.lowerhand",
        "Lower the hand of any member.";
    MemberRemove = RoomMemberRemove, "room.member.remove",
        "Remove members from the room, one or all.";
    MemberPromote = RoomMemberPromote, "room.member.promote",
        "Turn an audience participant into a member.";
    MemberDemote = RoomMemberDemote, "room.member.demote",
        "Turn a member into an audience participant.";
    RoomHideVideoMuted = RoomHideVideoMuted, "room.hide_video_muted",
        "Hide members whose camera is off.";
    RoomListAvailableLayouts = RoomListAvailableLayouts, "room.list_available_layouts",
        "List the layouts that the room can have.";
    RoomLock = RoomLock, "room.lock",
        "Lock the room.";
    RoomPlayback = RoomPlayback, "room.playback",
        "Play media into the room, and control and list playbacks.";
    RoomPlaybackSeek = RoomPlaybackSeek, "room.playback_seek",
        "Jump to another position of a playback.";
    RoomPrioritizeHandraise = RoomPrioritizeHandraise, "room.prioritize_handraise",
        "Give members with a raised hand precedence in the layout.";
    RoomRecording = RoomRecording, "room.recording",
        "Record the room, and control and list recordings.";
    RoomSetLayout = RoomSetLayout, "room.set_layout",
        "Change the layout of the room.";
    RoomSetPosition = RoomSetPosition, "room.set_position",
        "Place several members in the layout at once.";
    RoomSetMeta = RoomSetMeta, "room.set_meta",
        "Change the metadata of the room.";
    RoomShowVideoMuted = RoomShowVideoMuted, "room.show_video_muted",
        "Show members whose camera is off.";
    RoomStream = RoomStream, "room.stream",
        "Stream the room to other services: start, stop and list streams.";
    RoomUnlock = RoomUnlock, "room.unlock",
        "Unlock the room.";
    SelfAudioMute = RoomSelfAudioMute, "room.self.audio_mute",
        "Mute one's own microphone.";
    SelfAudioUnmute = RoomSelfAudioUnmute, "room.self.audio_unmute",
        "Unmute one's own microphone.";
    SelfVideoMute = RoomSelfVideoMute, "room.self.video_mute",
        "Turn off one's own camera.";
    SelfVideoUnmute = RoomSelfVideoUnmute, "room.self.video_unmute",
        "Turn one's own camera back on.";
    SelfDeaf = RoomSelfDeaf, "room.self.deaf",
        "Stop hearing the room.";
    SelfUndeaf = RoomSelfUndeaf, "room.self.undeaf",
        "Hear the room again.";
    SelfSetInputVolume = RoomSelfSetInputVolume, "room.self.set_input_volume",
        "Set one's own microphone volume.";
    SelfSetOutputVolume = RoomSelfSetOutputVolume, "room.self.set_output_volume",
        "Set one's own speaker volume.";
    SelfSetInputSensitivity = RoomSelfSetInputSensitivity, "room.self.set_input_sensitivity",
        "Set how loud one must speak to be heard.";
    SelfSetPosition = RoomSelfSetPosition, "room.self.set_position",
        "Choose one's own place in the layout.";
    SelfSetMeta = RoomSelfSetMeta, "room.self.set_meta",
        "Change one's own metadata.";
    SelfRaisehand = RoomSelfRaisehand, "room.self.raisehand",
        "Raise one's own hand.";
    SelfLowerhand = RoomSelfLowerhand, "room.self.lowerhand",
        "Lower one's own hand.";
    SelfScreenshare = RoomSelfScreenshare, "room.self.screenshare",
        "Share one's own screen.";
    SelfAdditionalSource = RoomSelfAdditionalSource, "room.self.additional_source",
        "Send from a further camera, microphone or other device.";
    RoomStreamStart = RoomStreamStart, "room.stream.start",
        "Start streams of the room, but neither stop nor list them. Stands in SignalWire's documentation, not in its published list.";
}
