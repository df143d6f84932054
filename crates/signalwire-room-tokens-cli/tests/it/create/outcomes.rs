//! What the service answers, and the exit code that it comes to.

use serde_json::json;
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{Account, Deaf, Ran, file, run};

/// What one attempt that gets this reply ends in.
fn outcome(reply: Reply) -> Ran {
    let account = Account::answering([reply]);
    let ran = account.run(&["create", "standup", "--max-retries=0"]);
    assert_eq!(account.requests().len(), 1, "one attempt is one request");
    ran
}

#[test]
fn a_token_is_alone_on_standard_output() {
    let account = Account::new();
    let ran = account.run(&["create", "standup", "--user-name=Alice"]);
    let claims = account.verify(ran.line()).unwrap();
    assert_eq!((&claims["r"], &claims["u"]), (&json!("standup"), &json!("Alice")));
    assert_eq!(ran.stderr, "");
}

#[test]
fn as_json_it_is_what_the_api_answers() {
    let account = Account::new();
    let ran = account.run(&["create", "standup", "--json"]);
    let answer = serde_json::from_str::<serde_json::Value>(ran.line()).unwrap();
    assert_eq!(answer.as_object().unwrap().len(), 1);
    assert!(account.verify(answer["token"].as_str().unwrap()).is_some());
}

#[test]
fn a_dry_run_prints_the_request_and_sends_nothing() {
    // No account is needed for it.
    let flags = [
        "create",
        "standup",
        "--user-name=Alice",
        "--permission=room.lock",
        "--dry-run",
    ];
    let ran = run(&flags);
    let request = r#"{"permissions":["room.lock"],"room_name":"standup","user_name":"Alice"}"#;
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(ran.line()).unwrap(),
        serde_json::from_str::<serde_json::Value>(request).unwrap()
    );
    run(&["create", "stand up", "--dry-run"]).failed(2, &["`room_name`"]);
    assert_eq!(
        run(&["create", "standup", "--count=2", "--dry-run"]).json_lines(),
        [
            json!({ "room_name": "standup" }),
            json!({ "room_name": "standup" })
        ]
    );

    let file = file(ran.line());
    let token = Account::new().run(&flags[..4]);
    let compared = run(&[
        "inspect",
        token.line(),
        "--compare",
        file.path().to_str().unwrap(),
    ]);
    assert_eq!(compared.code, 0, "{compared:?}");
}

#[test]
fn a_dry_run_refuses_what_cannot_be_sent() {
    let long = format!("--extra=theme=\"{}\"", "x".repeat(20_000));
    let rows = file(r#"{ "meta": [1] }"#);
    for flags in [
        &["--extra=user_name=\"x\""][..],
        &["--extra==1"],
        &[&long],
        &["--from", rows.path().to_str().unwrap()],
    ] {
        let args: Vec<_> = ["create", "standup", "--skip-validation"]
            .iter()
            .chain(flags)
            .copied()
            .collect();
        let account = Account::new();
        let sent = account.run(&args);
        sent.failed(2, &["nothing was sent"]);
        account.is_untouched();
        let dry: Vec<_> = args.iter().copied().chain(["--dry-run"]).collect();
        let ran = run(&dry);
        ran.failed(2, &[]);
        assert_eq!(ran.stderr, sent.stderr);
    }
    // A rule is not in the way of a request that may break it.
    let ran = run(&["create", "stand up", "--skip-validation", "--dry-run"]);
    assert_eq!(ran.json(), json!({ "room_name": "stand up" }));
}

#[test]
fn a_dry_run_is_fit_to_be_compared_with_newer_fields_as_well() {
    let flags = [
        "create",
        "standup",
        "--extra=room_theme=\"dark\"",
        "--extra=foo=1",
    ];
    let dry: Vec<_> = flags.iter().copied().chain(["--dry-run"]).collect();
    let request = file(run(&dry).line());
    let token = Account::new().run(&["create", "standup"]);
    let path = request.path().to_str().unwrap();
    let ran = run(&["inspect", token.line(), "--compare", path]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for field in ["`foo`", "`room_theme`"] {
        assert!(
            ran.stderr.contains(&format!("{field} is not compared")),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn refused_credentials_are_3() {
    outcome(Reply::status(401)).failed(3, &["401", "Video scope"]);
    outcome(Reply::status(403)).failed(3, &["403"]);

    let account = Account::new();
    let mut command = account.command(&["create", "standup"]);
    command.env("SIGNALWIRE_API_TOKEN", "hunter2");
    let ran = Ran::from(command.output().unwrap());
    ran.failed(3, &["401"]);
    assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
}

#[test]
fn a_rejected_request_is_4() {
    outcome(Reply::status(400)).failed(4, &["400"]);
    outcome(Reply::status(404)).failed(4, &["404", "space"]);
    let body = json!({ "errors": [{
        "type": "validation_error", "code": "invalid_parameter", "message": "is odd", "attribute": "user_name",
    }] });
    outcome(Reply::status(422).json(&body)).failed(4, &["422", "is odd", "user_name"]);
}

#[test]
fn what_may_be_better_later_is_5() {
    for status in [408, 429, 500, 502, 503, 504] {
        outcome(Reply::status(status)).failed(5, &[&status.to_string()]);
    }
    outcome(Reply::real().reset_at(Stage::Answer)).failed(5, &["127.0.0.1"]);
    outcome(Reply::real().close_at(Stage::Answer)).failed(5, &["127.0.0.1"]);
}

#[test]
fn what_makes_no_sense_is_6() {
    outcome(Reply::redirect(302, "https://example.org/")).failed(6, &["302", "example.org"]);
    outcome(Reply::status(200)).failed(6, &["200"]);
    outcome(Reply::status(200).body("<html>")).failed(6, &["200"]);
    outcome(Reply::status(200).json(&json!({ "token": 7 }))).failed(6, &["200"]);
    outcome(Reply::raw("SSH-2.0-OpenSSH\r\n")).failed(6, &["not HTTP"]);
}

#[test]
fn a_host_that_takes_no_connections_is_5() {
    let deaf = Deaf::new();
    let port = deaf.port();
    let account = Account::new();
    let url = format!("http://127.0.0.1:{port}");
    let ran = account.run(&["create", "standup", "--max-retries=0", "--base-url", &url]);
    ran.failed(5, &["cannot reach", &format!("127.0.0.1:{port}")]);
    account.is_untouched();
}

#[test]
fn a_silent_service_is_given_up_after_the_deadline() {
    let account = Account::answering([Reply::real().hang_at(Stage::Answer)]);
    account
        .run(&["create", "standup", "--timeout=1s"])
        .failed(5, &["in time"]);
    assert!(account.requests().len() <= 1, "the deadline is for all attempts");
}

#[test]
fn retries_happen_as_often_as_they_may() {
    let busy = || Reply::status(503);
    let account = Account::answering([busy(), busy()]);
    account.run(&["create", "standup"]).line();
    assert_eq!(account.requests().len(), 3);

    let account = Account::answering([busy(), busy(), busy()]);
    account
        .run(&["create", "standup", "--max-retries=1"])
        .failed(5, &["503", "2 attempts"]);
    assert_eq!(account.requests().len(), 2);
}

#[test]
fn what_a_service_writes_does_not_reach_the_terminal_raw() {
    let body = json!({ "errors": [{ "code": "odd", "message": "\u{1b}[2J\u{202e}gone" }] });
    let ran = outcome(Reply::status(422).json(&body));
    ran.failed(4, &["gone"]);
    assert!(!ran.stderr.contains(['\u{1b}', '\u{202e}']), "{:?}", ran.stderr);
}

#[test]
fn bodies_without_a_bearer_token_are_6_and_print_nothing() {
    let odd = "{\"token\":\"tok\\u001b]0;gone\\u0007\\nen\"}";
    let bodies = [
        r#"["x"]"#,
        r#"{"token":"<script>"}"#,
        r#"{"token":"   "}"#,
        r#"{"token":""}"#,
        r#"{"token":"a.b.c\nSet-Cookie: x"}"#,
        odd,
    ];
    for body in bodies {
        for flags in [&[][..], &["--json"]] {
            let account = Account::answering([Reply::status(200).body(body)]);
            let args: Vec<_> = ["create", "standup"].iter().chain(flags).copied().collect();
            account.run(&args).failed(6, &["(200)", "`token`"]);
        }
    }
    let account = Account::answering([odd, odd].map(|body| Reply::status(200).body(body)));
    let ran = account.run(&["create", "standup", "--count=2"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (6, "\n\n"));
    assert!(
        ran.stderr.ends_with("note: 0 minted, 2 failed\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_token_that_cannot_be_compared_is_6() {
    let account = Account::answering([Reply::status(200).body(r#"{"token":"opaque"}"#)]);
    account
        .run(&["create", "standup", "--fail-on-mismatch"])
        .failed(6, &["not a room token"]);
}

/// On Linux there is a device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_token_that_cannot_be_written_is_1() {
    let account = Account::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = account.command(&["create", "standup"]);
    let ran = Ran::from(command.stdout(full).output().unwrap());
    ran.failed(1, &["error:"]);
}

#[test]
fn help_is_a_result() {
    let ran = run(&["create", "--help"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    for part in [
        "Exit codes:",
        "Examples:",
        "--remove-after-seconds-elapsed",
        "--deny-lint",
        "if counted from now",
    ] {
        assert!(ran.stdout.contains(part), "{part}");
    }
}

#[test]
fn a_token_that_grants_something_else_is_an_error_if_asked_for() {
    let stranger = Account::new().run(&["create", "elsewhere"]);
    let answer = || Reply::status(200).json(&json!({ "token": stranger.line() }));
    for flags in [&["--fail-on-mismatch"][..], &["--fail-on-mismatch", "--count=1"]] {
        let account = Account::answering([answer()]);
        let args: Vec<_> = ["create", "standup"].iter().chain(flags).copied().collect();
        let ran = account.run(&args);
        assert_eq!((ran.code, ran.stdout.trim()), (6, ""), "{ran:?}");
        assert!(ran.stderr.contains("`room_name`: requested"), "{ran:?}");
    }
    let account = Account::answering([answer()]);
    account.run(&["create", "standup"]).line();
    Account::new()
        .run(&["create", "standup", "--fail-on-mismatch"])
        .line();
}

#[test]
fn what_breaks_a_known_rule_is_sent_if_asked_for() {
    let newer_rules = || Account::answering([Reply::status(200).json(&json!({ "token": "a.b.c" }))]);
    for flags in [&["--skip-validation"][..], &["--skip-validation", "--count=1"]] {
        let account = newer_rules();
        let args: Vec<_> = ["create", "stand up"].iter().chain(flags).copied().collect();
        account.run(&args).line();
        assert_eq!(account.requests()[0].json().unwrap()["room_name"], "stand up");
    }
}
