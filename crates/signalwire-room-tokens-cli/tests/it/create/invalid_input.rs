//! Tests that invalid input exits with code 2 and sends nothing.

use crate::support::{Account, run};

#[track_caller]
fn assert_rejected(flags: &[&str], messages: &[&str]) {
    let account = Account::new();
    let args: Vec<_> = ["create"].into_iter().chain(flags.iter().copied()).collect();
    account.run(&args).assert_failed(2, messages);
    account.assert_no_requests();
}

#[test]
fn room_is_required() {
    assert_rejected(&[], &["<ROOM>"]);
}

#[test]
fn unknown_permission_error_suggests_name() {
    assert_rejected(
        &["standup", "--permission=room.self.audio_mut"],
        &["did you mean `room.self.audio_mute`?"],
    );
    assert_rejected(
        &["standup", "--permission=room.lock,bogus"],
        &["unknown permission \"bogus\""],
    );
}

#[test]
fn invalid_values_are_explained() {
    assert_rejected(
        &["standup", "--join-from=tomorrow"],
        &["--join-from", "2026-03-01T09:30:00Z"],
    );
    assert_rejected(&["standup", "--valid-for=2"], &["--valid-for", "`90s`"]);
    assert_rejected(&["standup", "--meta=[1]"], &["--meta", "not a JSON object"]);
    assert_rejected(&["standup", "--extra=theme"], &["KEY=JSON"]);
    assert_rejected(&["standup", "--extra=theme=dark"], &["strings need quotes"]);
    assert_rejected(&["standup", "--join-as=host"], &["member, audience"]);
    assert_rejected(&["standup", "--media-allowed=none"], &["audio-only"]);
    assert_rejected(
        &["standup", "--auto-create-room=perhaps"],
        &["--auto-create-room"],
    );
    assert_rejected(&["standup", "--count=0"], &["--count"]);
    assert_rejected(&["standup", "--user-nam=Alice"], &["--user-name"]);
    assert_rejected(
        &["standup", "--preset=moderatr"],
        &["a similar value exists: 'moderator'"],
    );
}

#[test]
fn all_violations_are_reported_together() {
    assert_rejected(
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
fn invalid_room_name_has_a_suggestion() {
    let account = Account::new();
    let ran = account.run(&["create", "Stand-up of the Größte Team"]);
    ran.assert_failed(2, &["`room_name`"]);
    let (_, suggested) = ran
        .stderr
        .split_once("a valid room name would be `")
        .expect("a suggestion");
    let (suggested, _) = suggested.split_once('`').unwrap();
    assert!(suggested.to_lowercase().contains("team"), "{suggested}");
    account.assert_no_requests();
    account.run(&["create", suggested]).line();
}

#[test]
fn known_field_is_rejected_as_extra() {
    assert_rejected(
        &["standup", "--extra=user_name=\"Alice\""],
        &["`user_name` is a known field"],
    );
}

#[test]
fn insecure_base_urls_are_rejected() {
    for url in [
        "http://example.org",
        "ftp://example.org",
        "https://example.org/path",
        "https://example.org?x=1",
    ] {
        assert_rejected(&["standup", "--base-url", url], &["--base-url"]);
    }
}

#[test]
fn password_in_base_url_is_not_printed() {
    let ran = run(&["create", "standup", "--base-url=https://me:hunter2@example.org"]);
    ran.assert_failed(2, &["--base-url"]);
    assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
}

#[test]
fn api_token_has_no_flag() {
    let ran = run(&["create", "standup", "--api-token=hunter2"]);
    ran.assert_failed(2, &["--api-token"]);
    assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
}
