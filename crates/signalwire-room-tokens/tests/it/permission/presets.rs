//! Tests for the permissions in each preset.

use signalwire_room_tokens::PermissionSet;

const DEFAULT: [&str; 11] = [
    "room.self.audio_mute",
    "room.self.audio_unmute",
    "room.self.video_mute",
    "room.self.video_unmute",
    "room.self.deaf",
    "room.self.undeaf",
    "room.self.set_input_volume",
    "room.self.set_output_volume",
    "room.self.set_input_sensitivity",
    "room.self.screenshare",
    "room.self.additional_source",
];

const FOR_PARTICIPANTS: [&str; 1] = ["room.list_available_layouts"];

const FOR_MODERATORS: [&str; 13] = [
    "room.member.audio_mute",
    "room.member.audio_unmute",
    "room.member.video_mute",
    "room.member.video_unmute",
    "room.member.deaf",
    "room.member.undeaf",
    "room.member.set_input_volume",
    "room.member.set_output_volume",
    "room.member.set_input_sensitivity",
    "room.member.remove",
    "room.hide_video_muted",
    "room.show_video_muted",
    "room.set_layout",
];

#[track_caller]
fn assert_names(set: &PermissionSet, lists: &[&[&str]]) {
    let expected = lists.concat();
    let given: Vec<_> = set.iter().map(ToString::to_string).collect();
    assert_eq!(given.len(), expected.len(), "{given:?}");
    for name in expected {
        assert!(given.iter().any(|given| given == name), "{name}");
    }
}

#[test]
fn presets_have_exactly_the_documented_permissions() {
    assert_names(&PermissionSet::DEFAULT, &[&DEFAULT]);
    assert_names(&PermissionSet::PARTICIPANT, &[&DEFAULT, &FOR_PARTICIPANTS]);
    assert_names(
        &PermissionSet::MODERATOR,
        &[&DEFAULT, &FOR_PARTICIPANTS, &FOR_MODERATORS],
    );
    assert_names(&PermissionSet::AUDIENCE, &[]);
}

#[test]
fn each_preset_includes_the_previous_one() {
    let ascending = [
        PermissionSet::AUDIENCE,
        PermissionSet::DEFAULT,
        PermissionSet::PARTICIPANT,
        PermissionSet::MODERATOR,
        PermissionSet::ALL,
    ];
    for pair in ascending.windows(2) {
        assert!(pair[0].is_subset(&pair[1]));
        assert!(!pair[1].is_subset(&pair[0]));
    }
}
