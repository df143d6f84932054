//! Tests that tokens passed in the wrong place are never printed.
//!
//! `RunOutput` checks that no output contains `API_TOKEN` and that standard error contains no room token.

use serde_json::json;

use crate::support::{API_TOKEN, RunOutput, file, run, token_of};

/// Runs the program with a token in its arguments. Checks that it exits with code 2 and doesn't print the
/// token.
#[track_caller]
fn assert_rejected(args: &[&str], token: &str, messages: &[&str]) -> RunOutput {
    let ran = run(args);
    ran.assert_failed(2, messages);
    for part in token.split('.') {
        assert!(!ran.stderr.contains(part), "{part} in {}", ran.stderr);
    }
    ran
}

#[test]
fn misplaced_token_is_not_printed() {
    let room_token = token_of(&json!({ "typ": "VRT" }), &json!({ "r": "standup" }));
    for token in [&room_token, API_TOKEN, "PTsecret0123"] {
        assert_rejected(&[token], token, &["unrecognized subcommand '…'", "Usage"]);
        assert_rejected(&["help", token], token, &["unrecognized subcommand '…'"]);
        assert_rejected(
            &["inspect", &room_token, token],
            token,
            &["unexpected argument '…'"],
        );
        assert_rejected(
            &["create", "standup", token],
            token,
            &["unexpected argument '…'", "Usage"],
        );
        assert_rejected(
            &["create", &format!("--{token}")],
            token,
            &["unexpected argument '…'"],
        );
        assert_rejected(
            &["create", &format!("--{token}=x")],
            token,
            &["unexpected argument '…'"],
        );
        assert_rejected(&["completions", token], token, &["invalid value '…'", "bash"]);
        assert_rejected(
            &["man", token],
            token,
            &["unknown command \"…\"", "create, inspect"],
        );
        assert_rejected(&["inspect", "--compare", token, "x"], token, &["…: "]);
        assert_rejected(&["create", "standup", "--from", token], token, &["…: "]);
    }
}

#[test]
fn token_is_not_suggested_as_room_name() {
    let token = token_of(&json!({ "typ": "VRT" }), &json!({ "r": "standup" }));
    let ran = assert_rejected(&["create", &token], &token, &["`room_name`"]);
    assert!(!ran.stderr.contains("a valid room name"), "{}", ran.stderr);
}

#[test]
fn token_as_flag_value_is_not_printed() {
    let token = token_of(&json!({ "typ": "VRT" }), &json!({ "r": "standup" }));
    for token in [&token, API_TOKEN] {
        for flag in [
            "--permission",
            "--preset",
            "--join-from",
            "--valid-for",
            "--extra",
            "--count",
            "--deny-lint",
            "--meta",
            "--auto-create-room",
        ] {
            assert_rejected(
                &["create", "standup", &format!("{flag}={token}")],
                token,
                &[flag, "'…'"],
            );
        }
        // A JSON string, and a duration with the token as its unit.
        assert_rejected(
            &["create", "standup", "--meta", &format!("\"{token}\"")],
            token,
            &["not a JSON object"],
        );
        assert_rejected(
            &["create", "standup", &format!("--valid-for=5{token}")],
            token,
            &["`90s`"],
        );
    }
}

#[test]
fn secrets_in_input_files_are_not_printed() {
    for (content, place) in [
        (format!("SIGNALWIRE_API_TOKEN={API_TOKEN}\nX=1\n"), "column 1"),
        (format!("user_name,{API_TOKEN}\nAda,1\n"), "column 2"),
        (format!("{{\"{API_TOKEN}\":1}}\n"), "request 1"),
        (
            format!("{{\"join_as\":\"{API_TOKEN}\"}}\n"),
            "request 1: `join_as`",
        ),
    ] {
        let file = file(&content);
        let path = file.path().to_str().unwrap();
        assert_rejected(&["create", "standup", "--from", path], API_TOKEN, &[place]);
    }
    let request = file(&format!("{{\"{API_TOKEN}\":1}}"));
    let path = request.path().to_str().unwrap();
    assert_rejected(
        &["inspect", "x", "--compare", path],
        API_TOKEN,
        &["a field name is not compared"],
    );
}

#[test]
fn plain_words_are_printed_with_suggestions() {
    run(&["inspec"]).assert_failed(2, &["'inspec'", "'inspect'"]);
    run(&["create", "standup", "--permision=room.lock"])
        .assert_failed(2, &["'--permision'", "'--permission'"]);
    run(&["create", "standup", "--remove-after-seconds-elapse=1"]).assert_failed(
        2,
        &[
            "'--remove-after-seconds-elapse'",
            "'--remove-after-seconds-elapsed'",
        ],
    );
    run(&["create", "standup", "lobby"]).assert_failed(2, &["'lobby'", "Usage"]);
    run(&["create", "standup", "--preset=moderatr"]).assert_failed(2, &["'moderatr'", "'moderator'"]);
}
