//! Tokens where they do not belong: no message repeats them, whatever it is about.
//!
//! That neither `API_TOKEN` nor the beginning of a room token is in any message is asserted of every run.

use serde_json::json;

use crate::support::{API_TOKEN, Ran, file, run, token_of};

/// A run that is wrong usage, with a token somewhere among its arguments.
#[track_caller]
fn refused(args: &[&str], token: &str, said: &[&str]) -> Ran {
    let ran = run(args);
    ran.failed(2, said);
    for part in token.split('.') {
        assert!(!ran.stderr.contains(part), "{part} in {}", ran.stderr);
    }
    ran
}

#[test]
fn a_stray_token_is_not_repeated() {
    let room_token = token_of(&json!({ "typ": "VRT" }), &json!({ "r": "standup" }));
    for token in [&room_token, API_TOKEN, "PTsecret0123"] {
        refused(&[token], token, &["unrecognized subcommand '…'", "Usage"]);
        refused(&["help", token], token, &["unrecognized subcommand '…'"]);
        refused(
            &["inspect", &room_token, token],
            token,
            &["unexpected argument '…'"],
        );
        refused(
            &["create", "standup", token],
            token,
            &["unexpected argument '…'", "Usage"],
        );
        refused(
            &["create", &format!("--{token}")],
            token,
            &["unexpected argument '…'"],
        );
        refused(
            &["create", &format!("--{token}=x")],
            token,
            &["unexpected argument '…'"],
        );
        refused(&["completions", token], token, &["invalid value '…'", "bash"]);
        refused(&["man", token], token, &["no command \"…\"", "create, inspect"]);
        refused(&["inspect", "--compare", token, "x"], token, &["…: "]);
        refused(&["create", "standup", "--from", token], token, &["…: "]);
    }
}

#[test]
fn no_room_is_named_after_a_token() {
    let token = token_of(&json!({ "typ": "VRT" }), &json!({ "r": "standup" }));
    let ran = refused(&["create", &token], &token, &["`room_name`"]);
    assert!(!ran.stderr.contains("a room name made from it"), "{}", ran.stderr);
}

#[test]
fn a_token_as_the_value_of_a_flag_is_not_repeated() {
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
            refused(
                &["create", "standup", &format!("{flag}={token}")],
                token,
                &[flag, "'…'"],
            );
        }
        // JSON, and a length of time with a strange unit.
        refused(
            &["create", "standup", "--meta", &format!("\"{token}\"")],
            token,
            &["no JSON object"],
        );
        refused(
            &["create", "standup", &format!("--valid-for=5{token}")],
            token,
            &["`90s`"],
        );
    }
}

#[test]
fn a_file_of_secrets_in_the_place_of_a_table_is_not_repeated() {
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
        refused(&["create", "standup", "--from", path], API_TOKEN, &[place]);
    }
    let request = file(&format!("{{\"{API_TOKEN}\":1}}"));
    let path = request.path().to_str().unwrap();
    refused(
        &["inspect", "x", "--compare", path],
        API_TOKEN,
        &["one of the names is not compared"],
    );
}

#[test]
fn plain_words_are_repeated_with_what_is_like_them() {
    run(&["inspec"]).failed(2, &["'inspec'", "'inspect'"]);
    run(&["create", "standup", "--permision=room.lock"]).failed(2, &["'--permision'", "'--permission'"]);
    run(&["create", "standup", "--remove-after-seconds-elapse=1"]).failed(
        2,
        &[
            "'--remove-after-seconds-elapse'",
            "'--remove-after-seconds-elapsed'",
        ],
    );
    run(&["create", "standup", "lobby"]).failed(2, &["'lobby'", "Usage"]);
    run(&["create", "standup", "--preset=moderatr"]).failed(2, &["'moderatr'", "'moderator'"]);
}
