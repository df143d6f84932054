//! Tests for conversions between permissions and names, including unknown names.

use std::collections::HashSet;
use std::time::Instant;

use signalwire_room_tokens::{Permission, PermissionSet, Scope};

use crate::support::HANG_TIMEOUT;

/// All permissions in the OpenAPI document published in August 2026, in the order listed there, plus one that
/// is mentioned only in SignalWire's prose documentation. Permissions added later may be missing.
const NAMES: [(Permission, &str); 45] = [
    (Permission::MemberAudioMute, "room.member.audio_mute"),
    (Permission::MemberAudioUnmute, "room.member.audio_unmute"),
    (Permission::MemberVideoMute, "room.member.video_mute"),
    (Permission::MemberVideoUnmute, "room.member.video_unmute"),
    (Permission::MemberDeaf, "room.member.deaf"),
    (Permission::MemberUndeaf, "room.member.undeaf"),
    (Permission::MemberSetInputVolume, "room.member.set_input_volume"),
    (Permission::MemberSetOutputVolume, "room.member.set_output_volume"),
    (
        Permission::MemberSetInputSensitivity,
        "room.member.set_input_sensitivity",
    ),
    (Permission::MemberSetPosition, "room.member.set_position"),
    (Permission::MemberSetMeta, "room.member.set_meta"),
    (Permission::MemberRaisehand, "room.member.raisehand"),
    (Permission::MemberLowerhand, "room.member.lowerhand"),
    (Permission::MemberRemove, "room.member.remove"),
    (Permission::MemberPromote, "room.member.promote"),
    (Permission::MemberDemote, "room.member.demote"),
    (Permission::RoomHideVideoMuted, "room.hide_video_muted"),
    (
        Permission::RoomListAvailableLayouts,
        "room.list_available_layouts",
    ),
    (Permission::RoomLock, "room.lock"),
    (Permission::RoomPlayback, "room.playback"),
    (Permission::RoomPlaybackSeek, "room.playback_seek"),
    (Permission::RoomPrioritizeHandraise, "room.prioritize_handraise"),
    (Permission::RoomRecording, "room.recording"),
    (Permission::RoomSetLayout, "room.set_layout"),
    (Permission::RoomSetPosition, "room.set_position"),
    (Permission::RoomSetMeta, "room.set_meta"),
    (Permission::RoomShowVideoMuted, "room.show_video_muted"),
    (Permission::RoomStream, "room.stream"),
    (Permission::RoomUnlock, "room.unlock"),
    (Permission::SelfAudioMute, "room.self.audio_mute"),
    (Permission::SelfAudioUnmute, "room.self.audio_unmute"),
    (Permission::SelfVideoMute, "room.self.video_mute"),
    (Permission::SelfVideoUnmute, "room.self.video_unmute"),
    (Permission::SelfDeaf, "room.self.deaf"),
    (Permission::SelfUndeaf, "room.self.undeaf"),
    (Permission::SelfSetInputVolume, "room.self.set_input_volume"),
    (Permission::SelfSetOutputVolume, "room.self.set_output_volume"),
    (
        Permission::SelfSetInputSensitivity,
        "room.self.set_input_sensitivity",
    ),
    (Permission::SelfSetPosition, "room.self.set_position"),
    (Permission::SelfSetMeta, "room.self.set_meta"),
    (Permission::SelfRaisehand, "room.self.raisehand"),
    (Permission::SelfLowerhand, "room.self.lowerhand"),
    (Permission::SelfScreenshare, "room.self.screenshare"),
    (Permission::SelfAdditionalSource, "room.self.additional_source"),
    (Permission::RoomStreamStart, "room.stream.start"),
];

#[test]
fn names_and_permissions_round_trip() {
    let listed: Vec<_> = Permission::ALL
        .iter()
        .filter(|permission| NAMES.iter().any(|(known, _)| known == *permission))
        .collect();
    assert_eq!(
        listed,
        NAMES.iter().map(|(permission, _)| permission).collect::<Vec<_>>()
    );
    for (permission, name) in NAMES {
        assert_eq!(permission.as_str(), name);
        assert_eq!(permission.to_string(), name);
        assert_eq!(name.parse(), Ok(permission.clone()));
        assert_eq!(Permission::unchecked(name), permission);
        assert!(permission.is_known());
        let json = format!("{name:?}");
        assert_eq!(serde_json::to_string(&permission).unwrap(), json);
        assert_eq!(serde_json::from_str::<Permission>(&json).unwrap(), permission);
    }
}

#[test]
fn variant_names_follow_the_naming_rule() {
    for permission in Permission::ALL {
        let name = permission.as_str();
        let scoped = ["room.self.", "room.member."]
            .iter()
            .any(|scope| name.starts_with(scope));
        let words = if scoped {
            name.trim_start_matches("room.")
        } else {
            name
        };
        let variant: String = words
            .split(['.', '_'])
            .map(|word| word[..1].to_uppercase() + &word[1..])
            .collect();
        assert_eq!(format!("{permission:?}"), variant);
    }
}

#[test]
fn display_supports_width() {
    assert_eq!(format!("{:<10}|", Permission::RoomLock), "room.lock |");
}

#[test]
fn scopes_are_derived_from_names() {
    let count = |scope| NAMES.iter().filter(|(p, _)| p.scope() == scope).count();
    assert_eq!(count(Scope::OwnSelf), 15);
    assert_eq!(count(Scope::Member), 16);
    assert_eq!(count(Scope::Room), 14);
    let cases = [
        (Permission::SelfDeaf, "self"),
        (Permission::MemberRemove, "member"),
        (Permission::RoomLock, "room"),
        (Permission::RoomStreamStart, "room"),
        (Permission::unchecked("room.member.confetti"), "member"),
        (Permission::unchecked("confetti"), "room"),
    ];
    for (permission, scope) in cases {
        assert_eq!(permission.scope().as_str(), scope, "{permission}");
        assert_eq!(permission.scope().to_string(), scope);
    }
}

#[test]
fn every_permission_has_a_unique_description() {
    let sentences: HashSet<_> = Permission::ALL.iter().map(|p| p.description().unwrap()).collect();
    assert_eq!(sentences.len(), Permission::ALL.len());
    assert!(
        sentences
            .iter()
            .all(|text| text.ends_with('.') && text.len() > 10)
    );
    assert_eq!(Permission::unchecked("room.from_the_future").description(), None);
}

#[test]
fn default_permissions_match_the_default_set() {
    let granted: PermissionSet = Permission::ALL.iter().filter(|p| p.is_default()).collect();
    assert_eq!(granted, PermissionSet::DEFAULT);
    assert_eq!(granted.len(), 11);
    assert!(!Permission::unchecked("room.from_the_future").is_default());
}

#[test]
fn misspelled_names_suggest_the_nearest_permission() {
    let cases = [
        ("room.self.audio_mut", Some("room.self.audio_mute")),
        ("room.self.audiomute", Some("room.self.audio_mute")),
        ("room.slef.audio_mute", Some("room.self.audio_mute")),
        ("ROOM.SELF.AUDIO_MUTE", Some("room.self.audio_mute")),
        (" room.lock ", Some("room.lock")),
        ("room.members.remove", Some("room.member.remove")),
        ("room.playback.seek", Some("room.playback_seek")),
        ("banana", None),
        ("", None),
        ("🦀🦀🦀🦀", None),
    ];
    for (name, nearest) in cases {
        let error = name.parse::<Permission>().unwrap_err();
        assert_eq!(error.nearest().map(Permission::as_str), nearest, "{name:?}");
        let text = error.to_string();
        assert!(text.contains(&format!("{name:?}")), "{text}");
        assert_eq!(text.contains("did you mean"), nearest.is_some(), "{text}");
    }
}

#[test]
fn huge_names_are_rejected_quickly_and_not_repeated() {
    let started = Instant::now();
    let name = "room.self.".repeat(1 << 17);
    let error = name.parse::<Permission>().unwrap_err();
    assert_eq!(error.nearest(), None);
    assert!(error.to_string().len() < 300);
    assert!(started.elapsed() < HANG_TIMEOUT);
}

#[test]
fn unknown_names_are_kept_unchanged() {
    for name in ["room.from_the_future", "", "ROOM.LOCK", "room.lock "] {
        let permission = Permission::unchecked(name);
        assert!(!permission.is_known(), "{name:?}");
        assert_eq!(permission.as_str(), name);
        assert!(matches!(&permission, Permission::Unknown(unknown) if unknown.as_str() == name));
        assert_eq!(format!("{permission:?}"), format!("Unknown({name:?})"));
        let json = serde_json::to_string(&permission).unwrap();
        assert_eq!(serde_json::from_str::<Permission>(&json).unwrap(), permission);
    }
}

#[test]
fn permissions_are_only_deserialized_from_strings() {
    for json in ["1", "null", "true", "[]", "{}"] {
        assert!(serde_json::from_str::<Permission>(json).is_err(), "{json}");
    }
}

#[test]
fn permissions_implement_as_ref_str() {
    let name = |permission: &dyn AsRef<str>| permission.as_ref().to_owned();
    assert_eq!(name(&Permission::RoomLock), "room.lock");
    assert_eq!(
        name(&Permission::unchecked("room.from_the_future")),
        "room.from_the_future"
    );
}
