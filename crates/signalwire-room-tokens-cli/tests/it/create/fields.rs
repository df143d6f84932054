//! Tests for flags and the request bodies they produce.

use serde_json::json;

use signalwire_room_tokens::{FieldKind, RoomTokenRequest};

use crate::support::{Account, run};

#[test]
fn unset_fields_are_omitted() {
    assert_eq!(
        Account::body_of(&["create", "standup"]),
        json!({ "room_name": "standup" })
    );
}

#[test]
fn every_field_has_a_flag() {
    let body = Account::body_of(&[
        "create",
        "standup",
        "--user-name=Alice",
        "--permission=room.lock",
        "--join-from=2027-01-01T10:00:00+02:00",
        "--join-until=2027-01-02",
        "--remove-at=2027-01-01T23:59:60Z",
        "--remove-after-seconds-elapsed=900",
        "--join-audio-muted",
        "--join-video-muted",
        "--no-auto-create-room",
        "--enable-room-previews",
        "--room-display-name=Stand-up",
        "--end-room-session-on-leave",
        "--join-as=member",
        "--media-allowed=video-only",
        r#"--room-meta={"floor":3}"#,
        r#"--meta={"role":"host"}"#,
        "--sync-audio-video",
    ]);
    let expected = json!({
        "room_name": "standup",
        "user_name": "Alice",
        "permissions": ["room.lock"],
        "join_from": "2027-01-01T08:00:00Z",
        "join_until": "2027-01-02T00:00:00Z",
        "remove_at": "2027-01-02T00:00:00Z",
        "remove_after_seconds_elapsed": 900,
        "join_audio_muted": true,
        "join_video_muted": true,
        "auto_create_room": false,
        "enable_room_previews": true,
        "room_display_name": "Stand-up",
        "end_room_session_on_leave": true,
        "join_as": "member",
        "media_allowed": "video-only",
        "room_meta": { "floor": 3 },
        "meta": { "role": "host" },
        "sync_audio_video": true,
    });
    assert_eq!(body, expected);
}

#[test]
fn flag_help_has_field_help_limits_and_default() {
    let help = run(&["create", "--help"]).stdout;
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for field in RoomTokenRequest::FIELDS {
        if field.name() == "room_name" || field.kind() == FieldKind::Permissions {
            continue;
        }
        let flag = format!("--{}", field.name().replace('_', "-"));
        let (_, after) = help
            .split_once(&format!(" {flag} <"))
            .or(help.split_once(&format!(" {flag}[")))
            .expect(&flag);
        let mut words = field.help().to_owned();
        if let Some(limits) = field.limits() {
            words = format!("{words} ({limits})");
        }
        if let Some(default) = field.default() {
            words = format!("{words} [default: {}]", default.trim_matches('"'));
        }
        assert!(
            after.chars().take(200).collect::<String>().contains(&words),
            "{flag}: {words}"
        );
    }
}

#[test]
fn last_switch_wins() {
    for name in [
        "join-audio-muted",
        "join-video-muted",
        "auto-create-room",
        "enable-room-previews",
        "end-room-session-on-leave",
        "sync-audio-video",
    ] {
        let field = name.replace('-', "_");
        let (on, off) = (format!("--{name}"), format!("--no-{name}"));
        let cases = [
            (vec![on.clone()], true),
            (vec![format!("--{name}=true")], true),
            (vec![format!("--{name}=false")], false),
            (vec![off.clone()], false),
            (vec![off.clone(), on.clone()], true),
            (vec![on, off], false),
        ];
        for (flags, value) in cases {
            let mut args = vec!["create", "standup"];
            args.extend(flags.iter().map(String::as_str));
            assert_eq!(
                Account::body_of(&args),
                json!({ "room_name": "standup", field.as_str(): value }),
                "{args:?}"
            );
        }
    }
}

#[test]
fn switch_does_not_consume_next_argument() {
    let body = Account::body_of(&["create", "--join-audio-muted", "standup"]);
    assert_eq!(body, json!({ "room_name": "standup", "join_audio_muted": true }));
}

#[test]
fn permissions_keep_command_line_order() {
    let account = Account::new();
    // The mock server rejects unknown permissions with status 422, but only the request matters here.
    account.run(&[
        "create",
        "standup",
        "--unchecked-permission=room.from_the_future",
        "--permission=room.unlock,room.lock",
        "--unchecked-permission=room.self.deaf",
        "--permission=room.member.remove",
    ]);
    let sent = account.requests()[0].json().unwrap();
    let expected = [
        "room.from_the_future",
        "room.unlock",
        "room.lock",
        "room.self.deaf",
        "room.member.remove",
    ];
    assert_eq!(sent["permissions"], json!(expected));
}

#[test]
fn no_permissions_sends_empty_array() {
    let body = Account::body_of(&["create", "standup", "--no-permissions"]);
    assert_eq!(body, json!({ "room_name": "standup", "permissions": [] }));
    let body = Account::body_of(&["create", "standup", "--preset=audience", "--join-as=audience"]);
    assert_eq!(
        body,
        json!({ "room_name": "standup", "permissions": [], "join_as": "audience" })
    );
}

#[test]
fn permissions_add_to_preset() {
    let plain = Account::body_of(&["create", "standup", "--preset=participant"]);
    let more = Account::body_of(&[
        "create",
        "standup",
        "--permission=room.self.deaf,room.lock",
        "--preset=participant",
    ]);
    let mut expected = plain["permissions"].as_array().unwrap().clone();
    assert!(expected.contains(&json!("room.self.deaf")) && !expected.contains(&json!("room.lock")));
    expected.push(json!("room.lock"));
    assert_eq!(more["permissions"], json!(expected));

    let moderator = Account::body_of(&["create", "standup", "--preset=moderator"]);
    assert!(
        moderator["permissions"]
            .as_array()
            .unwrap()
            .contains(&json!("room.member.remove"))
    );
}

#[test]
fn durations_are_converted_for_the_api() {
    let body = Account::body_of(&[
        "create",
        "standup",
        "--join-from=2027-01-01",
        "--valid-for=1h 30m",
    ]);
    let expected = json!({
        "room_name": "standup",
        "join_from": "2027-01-01T00:00:00Z",
        "join_until": "2027-01-01T01:30:00Z",
    });
    assert_eq!(body, expected);
    let body = Account::body_of(&["create", "standup", "--remove-after=15m"]);
    assert_eq!(
        body,
        json!({ "room_name": "standup", "remove_after_seconds_elapsed": 900 })
    );
}

#[test]
fn extra_field_is_sent_unchanged() {
    let account = Account::new();
    account.run(&[
        "create",
        "standup",
        "--extra=theme=\"dark\"",
        r#"--extra=limits={"people":5}"#,
    ]);
    let expected = json!({ "room_name": "standup", "theme": "dark", "limits": { "people": 5 } });
    assert_eq!(account.requests()[0].json().unwrap(), expected);
}

#[test]
fn conflicting_flags_are_rejected() {
    for flags in [
        ["--join-until=2027-01-01", "--valid-for=2h"],
        ["--remove-after=1m", "--remove-after-seconds-elapsed=60"],
        ["--no-permissions", "--permission=room.lock"],
        ["--no-permissions", "--unchecked-permission=room.lock"],
        ["--no-permissions", "--preset=moderator"],
        ["--mock", "--base-url=https://example.org"],
        ["--count=2", "--from=people.csv"],
    ] {
        let args: Vec<_> = ["create", "standup"].into_iter().chain(flags).collect();
        run(&args).assert_failed(2, &["cannot be used with"]);
    }
}
