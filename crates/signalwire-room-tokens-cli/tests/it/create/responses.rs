//! Tests for service responses and the resulting exit codes.

use serde_json::json;
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{Account, ClosedPort, RunOutput, file, run};

/// Runs `create` without retries against a service that returns the given reply.
fn outcome(reply: Reply) -> RunOutput {
    let account = Account::replying([reply]);
    let ran = account.run(&["create", "standup", "--max-retries=0"]);
    assert_eq!(account.requests().len(), 1, "expected exactly one attempt");
    ran
}

#[test]
fn create_prints_only_the_token_to_stdout() {
    let account = Account::new();
    let ran = account.run(&["create", "standup", "--user-name=Alice"]);
    let claims = account.verify(ran.line()).unwrap();
    assert_eq!((&claims["r"], &claims["u"]), (&json!("standup"), &json!("Alice")));
    assert_eq!(ran.stderr, "");
}

#[test]
fn json_output_equals_api_response() {
    let account = Account::new();
    let ran = account.run(&["create", "standup", "--json"]);
    let response = serde_json::from_str::<serde_json::Value>(ran.line()).unwrap();
    assert_eq!(response.as_object().unwrap().len(), 1);
    assert!(account.verify(response["token"].as_str().unwrap()).is_some());
}

#[test]
fn dry_run_prints_request_and_sends_nothing() {
    // A dry run doesn't need an account.
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
    run(&["create", "stand up", "--dry-run"]).assert_failed(2, &["`room_name`"]);
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
fn dry_run_rejects_invalid_requests() {
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
        sent.assert_failed(2, &["nothing was sent"]);
        account.assert_no_requests();
        let dry: Vec<_> = args.iter().copied().chain(["--dry-run"]).collect();
        let ran = run(&dry);
        ran.assert_failed(2, &[]);
        assert_eq!(ran.stderr, sent.stderr);
    }
    // With `--skip-validation`, a dry run prints invalid requests too.
    let ran = run(&["create", "stand up", "--skip-validation", "--dry-run"]);
    assert_eq!(ran.json(), json!({ "room_name": "stand up" }));
}

#[test]
fn dry_run_with_extra_fields_can_be_compared() {
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
fn rejected_credentials_exit_with_3() {
    outcome(Reply::status(401)).assert_failed(3, &["401", "Video scope"]);
    outcome(Reply::status(403)).assert_failed(3, &["403"]);

    let account = Account::new();
    let mut command = account.command(&["create", "standup"]);
    command.env("SIGNALWIRE_API_TOKEN", "hunter2");
    let ran = RunOutput::from(command.output().unwrap());
    ran.assert_failed(3, &["401"]);
    assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
}

#[test]
fn rejected_request_exits_with_4() {
    outcome(Reply::status(400)).assert_failed(4, &["400"]);
    outcome(Reply::status(404)).assert_failed(4, &["404", "space"]);
    let body = json!({ "errors": [{
        "type": "validation_error", "code": "invalid_parameter", "message": "is odd", "attribute": "user_name",
    }] });
    outcome(Reply::status(422).json(&body)).assert_failed(4, &["422", "is odd", "user_name"]);
}

#[test]
fn temporary_failures_exit_with_5() {
    for status in [408, 429, 500, 502, 503, 504] {
        outcome(Reply::status(status)).assert_failed(5, &[&status.to_string()]);
    }
    outcome(Reply::real().reset_at(Stage::Answer)).assert_failed(5, &["127.0.0.1"]);
    outcome(Reply::real().close_at(Stage::Answer)).assert_failed(5, &["127.0.0.1"]);
}

#[test]
fn invalid_responses_exit_with_6() {
    outcome(Reply::redirect(302, "https://example.org/")).assert_failed(6, &["302", "example.org"]);
    outcome(Reply::status(200)).assert_failed(6, &["200"]);
    outcome(Reply::status(200).body("<html>")).assert_failed(6, &["200"]);
    outcome(Reply::status(200).json(&json!({ "token": 7 }))).assert_failed(6, &["200"]);
    outcome(Reply::raw("SSH-2.0-OpenSSH\r\n")).assert_failed(6, &["not valid HTTP"]);
}

#[test]
fn closed_port_exits_with_5() {
    let closed = ClosedPort::new();
    let port = closed.port();
    let account = Account::new();
    let url = format!("http://127.0.0.1:{port}");
    let ran = account.run(&["create", "standup", "--max-retries=0", "--base-url", &url]);
    ran.assert_failed(5, &["cannot reach", &format!("127.0.0.1:{port}")]);
    account.assert_no_requests();
}

#[test]
fn unresponsive_service_times_out() {
    let account = Account::replying([Reply::real().hang_at(Stage::Answer)]);
    account
        .run(&["create", "standup", "--timeout=1s"])
        .assert_failed(5, &["in time"]);
    assert!(
        account.requests().len() <= 1,
        "the timeout must cover all attempts"
    );
}

#[test]
fn max_retries_limits_attempts() {
    let busy = || Reply::status(503);
    let account = Account::replying([busy(), busy()]);
    account.run(&["create", "standup"]).line();
    assert_eq!(account.requests().len(), 3);

    let account = Account::replying([busy(), busy(), busy()]);
    account
        .run(&["create", "standup", "--max-retries=1"])
        .assert_failed(5, &["503", "2 attempts"]);
    assert_eq!(account.requests().len(), 2);
}

#[test]
fn control_characters_in_responses_are_escaped() {
    let body = json!({ "errors": [{ "code": "odd", "message": "\u{1b}[2J\u{202e}gone" }] });
    let ran = outcome(Reply::status(422).json(&body));
    ran.assert_failed(4, &["gone"]);
    assert!(!ran.stderr.contains(['\u{1b}', '\u{202e}']), "{:?}", ran.stderr);
}

#[test]
fn responses_without_a_valid_token_exit_with_6_and_print_nothing() {
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
            let account = Account::replying([Reply::status(200).body(body)]);
            let args: Vec<_> = ["create", "standup"].iter().chain(flags).copied().collect();
            account.run(&args).assert_failed(6, &["(200)", "`token`"]);
        }
    }
    let account = Account::replying([odd, odd].map(|body| Reply::status(200).body(body)));
    let ran = account.run(&["create", "standup", "--count=2"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (6, "\n\n"));
    assert!(
        ran.stderr.ends_with("note: 0 minted, 2 failed\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn incomparable_token_exits_with_6() {
    let account = Account::replying([Reply::status(200).body(r#"{"token":"opaque"}"#)]);
    account
        .run(&["create", "standup", "--fail-on-mismatch"])
        .assert_failed(6, &["not a room token"]);
}

/// Writes to `/dev/full`, a Linux device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn unwritable_output_exits_with_1() {
    let account = Account::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = account.command(&["create", "standup"]);
    let ran = RunOutput::from(command.stdout(full).output().unwrap());
    ran.assert_failed(1, &["error:"]);
}

#[test]
fn create_help_is_printed_to_stdout() {
    let ran = run(&["create", "--help"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let help = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "Exit codes:",
        "Examples:",
        "--remove-after-seconds-elapsed",
        "--deny-lint",
        "the --valid-for lifetime starts now",
    ] {
        assert!(help.contains(part), "{part}");
    }
}

#[test]
fn fail_on_mismatch_rejects_different_token() {
    let stranger = Account::new().run(&["create", "elsewhere"]);
    let reply = || Reply::status(200).json(&json!({ "token": stranger.line() }));
    for flags in [&["--fail-on-mismatch"][..], &["--fail-on-mismatch", "--count=1"]] {
        let account = Account::replying([reply()]);
        let args: Vec<_> = ["create", "standup"].iter().chain(flags).copied().collect();
        let ran = account.run(&args);
        assert_eq!((ran.code, ran.stdout.trim()), (6, ""), "{ran:?}");
        assert!(ran.stderr.contains("`room_name`: requested"), "{ran:?}");
    }
    let account = Account::replying([reply()]);
    account.run(&["create", "standup"]).line();
    Account::new()
        .run(&["create", "standup", "--fail-on-mismatch"])
        .line();
}

#[test]
fn skip_validation_sends_invalid_request() {
    let newer_rules = || Account::replying([Reply::status(200).json(&json!({ "token": "a.b.c" }))]);
    for flags in [&["--skip-validation"][..], &["--skip-validation", "--count=1"]] {
        let account = newer_rules();
        let args: Vec<_> = ["create", "stand up"].iter().chain(flags).copied().collect();
        account.run(&args).line();
        assert_eq!(account.requests()[0].json().unwrap()["room_name"], "stand up");
    }
}
