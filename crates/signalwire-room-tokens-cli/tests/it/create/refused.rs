//! Input that is wrong: exit code 2, and nothing is sent.

use crate::support::{Account, run};

#[track_caller]
fn refused(flags: &[&str], said: &[&str]) {
    let account = Account::new();
    let args: Vec<_> = ["create"].into_iter().chain(flags.iter().copied()).collect();
    account.run(&args).failed(2, said);
    account.is_untouched();
}

#[test]
fn a_room_is_needed() {
    refused(&[], &["<ROOM>"]);
}

#[test]
fn an_unknown_permission_is_answered_with_the_nearest() {
    refused(
        &["standup", "--permission=room.self.audio_mut"],
        &["did you mean `room.self.audio_mute`?"],
    );
    refused(
        &["standup", "--permission=room.lock,nonsense"],
        &["unknown permission \"nonsense\""],
    );
}

#[test]
fn values_that_cannot_be_read_are_explained() {
    refused(
        &["standup", "--join-from=tomorrow"],
        &["--join-from", "2026-03-01T09:30:00Z"],
    );
    refused(&["standup", "--valid-for=2"], &["--valid-for", "`90s`"]);
    refused(&["standup", "--meta=[1]"], &["--meta", "no JSON object"]);
    refused(&["standup", "--extra=theme"], &["KEY=JSON"]);
    refused(&["standup", "--extra=theme=dark"], &["a text needs quotes"]);
    refused(&["standup", "--join-as=host"], &["member, audience"]);
    refused(&["standup", "--media-allowed=none"], &["audio-only"]);
    refused(
        &["standup", "--auto-create-room=perhaps"],
        &["--auto-create-room"],
    );
    refused(&["standup", "--count=0"], &["--count"]);
    refused(&["standup", "--user-nam=Alice"], &["--user-name"]);
    refused(
        &["standup", "--preset=moderatr"],
        &["a similar value exists: 'moderator'"],
    );
}

#[test]
fn all_broken_rules_are_told_at_once() {
    refused(
        &[
            "stand up",
            "--remove-after-seconds-elapsed=-5",
            "--join-from=2027-01-02",
            "--join-until=2027-01-01",
        ],
        &[
            "`room_name`",
            "`remove_after_seconds_elapsed` is -5",
            "`join_until` is before `join_from`",
            "nothing was sent",
        ],
    );
}

#[test]
fn a_room_name_is_offered_that_is_one() {
    let account = Account::new();
    let ran = account.run(&["create", "Stand-up of the Größte Team"]);
    ran.failed(2, &["`room_name`"]);
    let (_, offered) = ran
        .stderr
        .split_once("a room name made from it: ")
        .expect("an offer");
    let offered = offered.lines().next().unwrap();
    assert!(offered.to_lowercase().contains("team"), "{offered}");
    account.is_untouched();
    account.run(&["create", offered]).line();
}

#[test]
fn a_field_with_a_flag_is_no_extra() {
    refused(
        &["standup", "--extra=user_name=\"Alice\""],
        &["`user_name` is a known field"],
    );
}

#[test]
fn credentials_go_only_over_https_to_a_host() {
    for url in [
        "http://example.org",
        "ftp://example.org",
        "https://example.org/path",
        "https://example.org?x=1",
    ] {
        refused(&["standup", "--base-url", url], &["--base-url"]);
    }
}

#[test]
fn a_password_in_an_address_is_not_repeated() {
    let ran = run(&["create", "standup", "--base-url=https://me:hunter2@example.org"]);
    ran.failed(2, &["--base-url"]);
    assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
}

#[test]
fn there_is_no_flag_for_the_api_token() {
    let ran = run(&["create", "standup", "--api-token=hunter2"]);
    ran.failed(2, &["--api-token"]);
    assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
}
