//! Tests that every lint triggers exactly when intended.

use std::time::Duration;

use serde_json::json;
use signalwire_room_tokens::{JoinAs, Lint, LintId, Permission, PermissionSet, RoomTokenRequest, Timestamp};

/// Returns a request that triggers no lints.
fn clean() -> RoomTokenRequest {
    RoomTokenRequest::new("r").valid_for(Duration::from_secs(3600))
}

fn ids(request: &RoomTokenRequest) -> Vec<LintId> {
    request.lint().iter().map(Lint::id).collect()
}

fn past() -> Timestamp {
    "2020-01-01".parse().unwrap()
}

fn future(hours: u64) -> Timestamp {
    (std::time::SystemTime::now() + Duration::from_secs(hours * 3600)).into()
}

#[test]
fn ordinary_requests_have_no_lints() {
    // `room.locking` is three edits away from `room.lock`, so it is more likely a newer name than a typo.
    let newer = ["room.from_the_future", "room.locking"].map(Permission::unchecked);
    let requests = [
        clean(),
        clean()
            .user_name("Ada")
            .auto_create_room(true)
            .room_display_name("R"),
        clean().permissions(PermissionSet::DEFAULT),
        clean().permissions(PermissionSet::PARTICIPANT),
        clean().permissions(PermissionSet::MODERATOR),
        clean().permissions(PermissionSet::ALL),
        clean().permissions(PermissionSet::EMPTY),
        clean().permissions(PermissionSet::from([Permission::SelfAudioUnmute])),
        clean().permissions(PermissionSet::PARTICIPANT | PermissionSet::from(newer)),
        clean().join_as(JoinAs::Audience),
        clean()
            .join_as(JoinAs::Audience)
            .permissions(PermissionSet::AUDIENCE),
        clean().auto_create_room(false).meta(json!({})),
        clean().auto_create_room(false).enable_room_previews(false),
        clean().join_audio_muted(true).join_video_muted(true),
        clean().join_audio_muted(true).permissions(PermissionSet::DEFAULT),
        clean().join_audio_muted(true).join_as(JoinAs::Audience),
        clean().extra("waiting_room", true),
        clean().join_from(future(1)).remove_at(future(3)),
        RoomTokenRequest::new("r").join_until(future(1)),
    ];
    for request in requests {
        assert_eq!(request.lint(), [], "{request:?}");
    }
}

#[test]
fn each_lint_fires() {
    let at = future(1);
    let no_effect = |request: RoomTokenRequest| request.auto_create_room(false);
    let with = |permissions: &[Permission]| {
        let own: PermissionSet = PermissionSet::DEFAULT;
        let list: Vec<_> = own.into_iter().chain(permissions.iter().cloned()).collect();
        clean().permissions(list)
    };
    let cases = [
        (RoomTokenRequest::new("r"), LintId::NoJoinUntil, "`valid_for`"),
        (clean().join_until(past()), LintId::WindowInPast, "`join_until`"),
        (
            clean().join_from(past()).valid_for(Duration::from_secs(60)),
            LintId::WindowInPast,
            "`join_until`",
        ),
        (clean().remove_at(past()), LintId::WindowInPast, "`remove_at`"),
        (
            clean().join_from(future(2)).remove_at(future(1)),
            LintId::RemovedBeforeJoin,
            "`remove_at`",
        ),
        (
            with(&[Permission::RoomLock]),
            LintId::MuteWithoutUnmute,
            "`room.unlock`",
        ),
        (
            with(&[Permission::SelfRaisehand]),
            LintId::MuteWithoutUnmute,
            "`room.self.lowerhand`",
        ),
        (
            with(&[Permission::RoomHideVideoMuted]),
            LintId::MuteWithoutUnmute,
            "`room.show_video_muted`",
        ),
        (
            clean().permissions([Permission::SelfAudioMute]),
            LintId::MuteWithoutUnmute,
            "`room.self.audio_unmute`",
        ),
        (
            clean().permissions([Permission::SelfVideoMute]),
            LintId::MuteWithoutUnmute,
            "`room.self.video_unmute`",
        ),
        (
            clean().permissions([
                Permission::SelfAudioMute,
                Permission::SelfAudioUnmute,
                Permission::SelfDeaf,
            ]),
            LintId::MuteWithoutUnmute,
            "`room.self.undeaf`",
        ),
        (
            clean()
                .join_as(JoinAs::Audience)
                .permissions([Permission::SelfDeaf]),
            LintId::PermissionsWithAudience,
            "audience",
        ),
        (
            clean().permissions([Permission::MemberRemove]),
            LintId::MissingSelfPermissions,
            "`PermissionSet::DEFAULT`",
        ),
        (
            no_effect(clean().room_display_name("R")),
            LintId::SettingWithoutEffect,
            "`room_display_name`",
        ),
        (
            no_effect(clean().enable_room_previews(true)),
            LintId::SettingWithoutEffect,
            "`enable_room_previews`",
        ),
        (
            no_effect(clean().room_meta(json!({}))),
            LintId::SettingWithoutEffect,
            "`room_meta`",
        ),
        (
            with(&[Permission::unchecked("room.lok")]),
            LintId::PermissionTypo,
            "`room.lock`",
        ),
        (
            with(&[Permission::unchecked("room.playback.seek")]),
            LintId::PermissionTypo,
            "`room.playback_seek`",
        ),
        (
            with(&[Permission::unchecked("Room.Lock")]),
            LintId::PermissionTypo,
            "`room.lock`",
        ),
        (
            with(&[Permission::unchecked("self.raisehand")]),
            LintId::PermissionTypo,
            "`room.self.raisehand`",
        ),
        (
            clean()
                .join_audio_muted(true)
                .permissions([Permission::SelfVideoMute, Permission::SelfVideoUnmute]),
            LintId::MuteWithoutUnmute,
            "`join_audio_muted`",
        ),
        (
            clean()
                .join_video_muted(true)
                .permissions([Permission::SelfAudioMute, Permission::SelfAudioUnmute]),
            LintId::MuteWithoutUnmute,
            "`join_video_muted`",
        ),
        (
            clean().valid_for(Duration::ZERO),
            LintId::WindowEmpty,
            "nobody can join",
        ),
        (
            clean().join_from(at).join_until(at),
            LintId::WindowEmpty,
            "nobody can join",
        ),
        (
            clean().extra("user_nmae", "Ada"),
            LintId::FieldTypo,
            "`user_name`",
        ),
        (clean().extra("validFor", 7200), LintId::FieldTypo, "`valid_for`"),
        (
            clean().extra("audio_video_sync", true),
            LintId::FieldTypo,
            "`sync_audio_video`",
        ),
        (
            clean().extra("remove-after", 900),
            LintId::FieldTypo,
            "`remove_after`",
        ),
        (
            with(&[Permission::SelfDeaf]),
            LintId::DuplicatePermission,
            "`room.self.deaf`",
        ),
    ];
    let mut fired: Vec<_> = cases.iter().map(|(_, id, _)| *id).collect();
    for (request, id, word) in cases {
        let lints = request.lint();
        assert_eq!(ids(&request), [id], "{lints:?}");
        assert!(lints[0].reason().contains(word), "{}", lints[0]);
        assert!(!lints[0].reason().contains("  "), "{}", lints[0]);
        assert_eq!(lints[0].to_string(), format!("{id}: {}", lints[0].reason()));
        assert_eq!(request.validate(), Ok(()), "requests with lints must be valid");
    }
    fired.sort();
    fired.dedup();
    assert_eq!(fired, LintId::ALL, "every lint must have a test case");
}

#[test]
fn member_mute_permissions_need_no_unmute_permission() {
    // Moderators can often mute people but not unmute them, because people unmute themselves.
    let moderator = PermissionSet::PARTICIPANT
        | PermissionSet::from([Permission::MemberAudioMute, Permission::MemberVideoMute]);
    assert_eq!(clean().permissions(moderator).lint(), []);
}

#[test]
fn lint_ids_have_stable_names() {
    let names = [
        "no-join-until",
        "window-in-past",
        "window-empty",
        "removed-before-join",
        "mute-without-unmute",
        "permissions-with-audience",
        "missing-self-permissions",
        "setting-without-effect",
        "permission-typo",
        "field-typo",
        "duplicate-permission",
    ];
    assert_eq!(
        LintId::ALL.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        names
    );
    for id in LintId::ALL {
        assert_eq!(id.as_str().parse(), Ok(*id));
        assert_eq!(id.to_string(), id.as_str());
    }
    let error = "no-such-lint".parse::<LintId>().unwrap_err().to_string();
    assert!(names.iter().all(|name| error.contains(name)), "{error}");
}

#[test]
fn calls_have_the_same_lints_as_requests() {
    let client = signalwire_room_tokens::Client::new("myspace", "project", "token").unwrap();
    assert_eq!(client.room_token("r").lint(), RoomTokenRequest::new("r").lint());
}

#[test]
fn lints_of_huge_names_are_bounded() {
    let request = clean().permissions([
        Permission::SelfAudioMute,
        Permission::SelfAudioUnmute,
        Permission::unchecked("room.".repeat(1 << 18)),
        Permission::unchecked("room.".repeat(1 << 18)),
    ]);
    let lints = request.lint();
    assert_eq!(ids(&request), [LintId::DuplicatePermission]);
    assert!(lints[0].reason().len() < 300);
}

#[test]
fn typos_with_non_ascii_letters_are_found() {
    let request = clean().extra("user\u{1f980}nam\u{eb}", "Ada");
    assert_eq!(ids(&request), [LintId::FieldTypo]);
}

#[test]
fn invisible_characters_in_names_are_escaped() {
    let request = clean()
        .permissions([
            Permission::unchecked("room.loc\u{202e}k"),
            Permission::unchecked("room.loc\u{202e}k"),
        ])
        .extra("user_nam\u{202e}", 1);
    let reasons: Vec<String> = request
        .lint()
        .iter()
        .map(|lint| lint.reason().to_owned())
        .collect();
    let escaped = reasons
        .iter()
        .filter(|reason| reason.contains(r"\u{202e}"))
        .count();
    assert_eq!(escaped, 3, "{reasons:?}");
    assert!(!reasons.concat().contains('\u{202e}'), "{reasons:?}");
}
