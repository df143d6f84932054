//! Tests for `room-token inspect`.

use serde_json::{Value, json};

use crate::support::{Account, RunOutput, file, room_token, run, run_with_stdin, token_of};

fn header() -> Value {
    json!({ "typ": "VRT", "alg": "HS512" })
}

/// Undoes line wrapping.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn claims() -> Value {
    json!({
        "iat": 1_893_456_000, "jti": "a-1", "sub": "b-2", "u": "Alice", "ja": "member", "r": "standup",
        "s": ["room.lock", "room.from_the_future"], "acr": false, "ma": "all", "jf": 1_893_456_000, "ju": 1_893_463_200,
        "rat": 1_893_470_400, "rse": 900, "mta": { "seat": 1 }, "new": 7,
    })
}

#[test]
fn json_uses_api_names_and_is_unverified() {
    let ran = run(&["inspect", "--json", &token_of(&header(), &claims())]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let expected = json!({
        "verified": false,
        "header": { "typ": "VRT", "alg": "HS512" },
        "claims": {
            "iat": "2030-01-01T00:00:00Z",
            "jti": "a-1",
            "sub": "b-2",
            "user_name": "Alice",
            "join_as": "member",
            "room_name": "standup",
            "permissions": ["room.lock", "room.from_the_future"],
            "auto_create_room": false,
            "media_allowed": "all",
            "meta": { "seat": 1 },
            "join_from": "2030-01-01T00:00:00Z",
            "join_until": "2030-01-01T02:00:00Z",
            "remove_at": "2030-01-01T04:00:00Z",
            "remove_after_seconds_elapsed": 900,
            "new": 7,
        },
    });
    assert_eq!(ran.json(), expected);
}

#[test]
fn text_has_summary_permissions_and_claims() {
    let mut command = room_token(&["inspect", &token_of(&header(), &claims())]);
    command.env("TZ", "UTC0");
    let ran = RunOutput::from(command.output().unwrap());
    assert_eq!(ran.code, 0);
    assert_eq!(ran.stdout.matches("room.lock").count(), 1, "{}", ran.stdout);
    for part in [
        "NOT VERIFIED",
        "typ  VRT",
        "user_name                     Alice",
        "\npermissions (2)\n  room\n    room.lock             Lock the room.\n    room.from_the_future  Unknown to this version.\n",
        "join_until                    2030-01-01T02:00:00Z\n",
        "\"Alice\" may join room \"standup\" from 2030-01-01T00:00:00Z",
        "The participant is removed after 15 min in the room or at",
        "The token grants the permissions listed below.",
    ] {
        assert!(ran.stdout.contains(part), "{part:?} not found in {}", ran.stdout);
    }
}

#[test]
fn summary_names_preset() {
    let token = Account::new().run(&["create", "standup"]);
    let ran = run(&["inspect", token.line()]);
    let sentence = "The token grants the default permissions, listed below.";
    assert!(ran.stdout.contains(sentence), "{}", ran.stdout);
    let token = Account::new().run(&["create", "standup", "--preset=moderator"]);
    let ran = run(&["inspect", token.line()]);
    let sentence = "the permissions of the `moderator` preset";
    assert!(ran.stdout.contains(sentence), "{}", ran.stdout);
}

/// Unix only, because `TZ` doesn't set the time zone on other systems.
#[cfg(unix)]
#[test]
fn times_are_shown_in_local_time() {
    let mut command = room_token(&["inspect", &token_of(&header(), &claims())]);
    command.env("TZ", "<+02>-2");
    let ran = RunOutput::from(command.output().unwrap());
    let both = "2030-01-01T02:00:00Z (local: 2030-01-01 04:00:00 +02:00)";
    assert!(ran.stdout.contains(both), "{}", ran.stdout);
}

#[test]
fn expired_token_has_warnings() {
    let ran = run(&[
        "inspect",
        &token_of(&header(), &json!({ "ju": 1_000_000_000, "rat": 1_000_000_000 })),
    ]);
    assert_eq!(ran.code, 0);
    assert!(
        unwrapped(&ran.stdout).contains("until 2001-09-09T01:46:40Z ("),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains(" ago)"), "{}", ran.stdout);
    assert!(
        ran.stderr.contains("warning: join_until has passed"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("warning: remove_at has passed"),
        "{}",
        ran.stderr
    );
}

#[test]
fn token_without_claims_is_shown() {
    let ran = run(&["inspect", &token_of(&json!({}), &json!({}))]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(unwrapped(&ran.stdout).contains("may join an unnamed room at any time; the token never expires"));
    let ran = run(&["inspect", "--json", &token_of(&json!({}), &json!({}))]);
    assert_eq!(
        ran.json(),
        json!({ "verified": false, "header": {}, "claims": {} })
    );
}

#[test]
fn unreadable_expiry_is_not_shown_as_never() {
    for claims in [
        json!({ "ju": "tomorrow" }),
        json!({ "exp": 1_622_120_123, "jf": 1_620_896_400 }),
    ] {
        let ran = run(&["inspect", &token_of(&json!({}), &claims)]);
        assert!(
            unwrapped(&ran.stdout).contains("the token's expiry can't be parsed"),
            "{}",
            ran.stdout
        );
        assert!(
            !unwrapped(&ran.stdout).contains("never expires"),
            "{}",
            ran.stdout
        );
    }
}

#[test]
fn audience_is_shown() {
    let ran = run(&[
        "inspect",
        &token_of(&header(), &json!({ "r": "show", "ja": "audience", "s": [] })),
    ]);
    assert!(
        ran.stdout.contains("may join room \"show\" as audience"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("The token grants no permissions"),
        "{}",
        ran.stdout
    );
}

#[test]
fn stdin_accepts_token_or_api_response() {
    let token = token_of(&header(), &claims());
    let expected = run(&["inspect", "--json", &token]).stdout;
    let response = json!({ "token": token }).to_string();
    for args in [&["inspect", "--json"][..], &["inspect", "--json", "-"]] {
        for input in [token.clone(), format!("\n  {token}\r\n"), response.clone()] {
            assert_eq!(run_with_stdin(room_token(args), input).stdout, expected);
        }
    }
}

#[test]
fn invalid_tokens_exit_with_2_and_are_not_printed() {
    for text in [
        "hunter2",
        "",
        "hunter2.hunter2.hunter2",
        "hunter2.e30.c2ln",
        "{\"token\":7}",
        "a.b",
    ] {
        let ran = run_with_stdin(room_token(&["inspect", "-"]), text);
        ran.assert_failed(2, &["not a room token"]);
        assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
    }
    run(&["inspect", "hunter2"]).assert_failed(2, &["not a room token"]);
    run_with_stdin(room_token(&["inspect"]), b"\xff\xfe\x00.\x80.\x81".to_vec())
        .assert_failed(2, &["not a room token"]);
}

#[test]
fn oversized_input_is_rejected() {
    let long = token_of(&header(), &json!({ "u": "x".repeat(60_000) }));
    run_with_stdin(room_token(&["inspect"]), long).assert_failed(2, &["longer than 64 KiB"]);
    run_with_stdin(room_token(&["inspect"]), "a".repeat(4_000_000)).assert_failed(2, &["longer than 64 KiB"]);
}

#[test]
fn control_characters_in_claims_are_escaped() {
    let evil = "\u{1b}[2J\u{9b}31m\u{202e}\u{7}Eve\nheader";
    let claims = json!({ "u": evil, "r": evil, "s": [evil], evil: evil, "mta": { "x": evil } });
    let ran = run(&["inspect", &token_of(&json!({ "typ": evil }), &claims)]);
    assert_eq!(ran.code, 0);
    assert!(
        !ran.stdout.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}']),
        "{:?}",
        ran.stdout
    );
    assert_eq!(
        ran.stdout
            .lines()
            .filter(|line| line.starts_with("header"))
            .count(),
        1,
        "{}",
        ran.stdout
    );
}

#[test]
fn token_is_compared_with_request() {
    let token = token_of(&header(), &claims());
    let same = file(
        r#"{"room_name":"standup","user_name":"Alice","permissions":["room.from_the_future","room.lock"]}"#,
    );
    let path = same.path().to_str().unwrap();
    let ran = run(&["inspect", &token, "--compare", path]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout.contains("The token's claims match the request."),
        "{}",
        ran.stdout
    );
    assert_eq!(
        run(&["inspect", "--json", &token, "--compare", path]).json()["mismatches"],
        json!([])
    );

    let other = file(r#"{"room_name":"lobby","permissions":["room.lock","room.unlock"]}"#);
    let path = other.path().to_str().unwrap();
    let ran = run(&["inspect", &token, "--compare", path]);
    assert_eq!(ran.code, 6);
    assert!(
        ran.stdout
            .contains("`room_name`: requested \"lobby\", but the token has \"standup\""),
        "{}",
        ran.stdout
    );
    let ran = run(&["inspect", "--json", &token, "--compare", path]);
    assert_eq!(ran.code, 6);
    let expected = json!([
        { "field": "room_name", "asked": "lobby", "granted": "standup" },
        { "field": "permissions", "dropped": ["room.unlock"], "added": ["room.from_the_future"] },
    ]);
    assert_eq!(ran.json()["mismatches"], expected);
}

#[test]
fn invalid_request_file_is_rejected() {
    let token = token_of(&header(), &claims());
    run(&["inspect", &token, "--compare=no-such-file.json"]).assert_failed(2, &["no-such-file.json"]);
    let broken = file("{");
    run(&["inspect", &token, "--compare", broken.path().to_str().unwrap()])
        .assert_failed(2, &["not a valid request"]);

    // A misspelled field would be skipped in the comparison.
    let misspelled = file(r#"{ "room_name": "standup", "permisions": ["room.lock"] }"#);
    run(&[
        "inspect",
        &token,
        "--compare",
        misspelled.path().to_str().unwrap(),
    ])
    .assert_failed(2, &["`permisions`", "did you mean `permissions`?"]);
    let misspelled = file(r#"{ "room_name": "standup", "removeAfterSecondsElapsed": 60 }"#);
    run(&[
        "inspect",
        &token,
        "--compare",
        misspelled.path().to_str().unwrap(),
    ])
    .assert_failed(2, &["did you mean `remove_after_seconds_elapsed`?"]);
}

#[test]
fn relative_lifetime_is_compared() {
    let request = file(r#"{ "room_name": "standup", "valid_for": 600, "remove_after": 60 }"#);
    let path = request.path().to_str().unwrap();
    let token = |lifetime| run(&["create", "standup", "--mock", "--remove-after=1m", lifetime]);
    let same = token("--valid-for=10m");
    let same = run(&["inspect", same.line(), "--compare", path]);
    assert_eq!((same.code, same.stderr.as_str()), (0, ""), "{same:?}");
    let longer = token("--valid-for=1h");
    let longer = run(&["inspect", longer.line(), "--compare", path]);
    assert_eq!(longer.code, 6, "{longer:?}");
    assert!(format!("{longer:?}").contains("join_until"), "{longer:?}");
}

/// The escapes don't change the JSON values.
#[test]
fn output_escapes_characters_that_a_terminal_interprets() {
    let hidden = "\u{7f}\u{85}\u{9b}31m\u{61c}\u{200b}\u{200d}\u{200e}\u{200f}\u{202a}\u{202e}\u{2028}\u{2066}\u{2069}\u{2060}\u{feff}\u{e0041}";
    let claims = json!({ "r": "standup", "u": format!("{hidden}\"\\en Ä"), hidden: 1 });
    let forged = token_of(&json!({ "typ": hidden }), &claims);
    let json = run_with_stdin(room_token(&["inspect", "--json"]), &*forged);
    assert_eq!(json.json()["claims"]["user_name"], claims["u"]);
    assert!(json.stdout.contains(r"\u007f\u0085\u009b31m\u061c"), "{json:?}");
    assert!(json.stdout.contains(r"\udb40\udc41"), "{json:?}");
    assert!(json.stdout.contains("en Ä"), "{json:?}");
    let text = run_with_stdin(room_token(&["inspect"]), forged);
    for ran in [json, text] {
        assert_eq!(ran.code, 0, "{ran:?}");
        let is_shown_raw = |c| hidden.contains(c) && !"31m".contains(c);
        assert!(!ran.stdout.contains(is_shown_raw), "{ran:?}");
    }
}
