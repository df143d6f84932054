//! Tests for `room-token doctor`.

use serde_json::Value;
use signalwire_room_tokens_mock::Reply;

use crate::support::{Account, ClosedPort, RunOutput, room_token, run};

/// Returns the state of the named check.
fn state(report: &Value, name: &str) -> String {
    let check = check(report, name);
    check["state"].as_str().unwrap().to_owned()
}

#[track_caller]
fn check<'a>(report: &'a Value, name: &str) -> &'a Value {
    let checks = report["checks"].as_array().unwrap();
    checks
        .iter()
        .find(|check| check["name"] == name)
        .unwrap_or_else(|| panic!("{name} in {report}"))
}

#[track_caller]
fn detail<'a>(report: &'a Value, name: &str) -> &'a str {
    check(report, name)["detail"].as_str().unwrap()
}

#[test]
fn working_setup_is_ready() {
    let account = Account::new();
    let ran = account.run(&["doctor", "--json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran:?}");
    let report = ran.json();
    assert_eq!(report["ok"], true);
    assert_eq!(report["version"], env!("CARGO_PKG_VERSION"));
    for name in [
        "SIGNALWIRE_SPACE",
        "SIGNALWIRE_PROJECT_ID",
        "SIGNALWIRE_API_TOKEN",
        "space",
        "dns",
        "connection",
        "credentials",
        "clock",
    ] {
        assert_eq!(state(&report, name), "ok", "{report}");
    }
    assert_eq!(state(&report, "tls"), "skipped", "plain HTTP to localhost");
    assert!(detail(&report, "space").contains(&account.base_url()));
}

#[test]
fn doctor_mints_no_token() {
    let account = Account::new();
    account.run(&["doctor"]);
    let requests = account.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(
        requests[0].json().unwrap()["room_name"],
        "",
        "the request must be invalid"
    );
}

#[test]
fn text_has_a_line_for_each_check() {
    let account = Account::new();
    let text = account.run(&["doctor"]).stdout;
    let report = account.run(&["doctor", "--json"]).json();
    for check in report["checks"].as_array().unwrap() {
        let name = check["name"].as_str().unwrap();
        assert_eq!(
            text.lines()
                .filter(|line| line
                    .get(9..)
                    .is_some_and(|rest| rest.split_whitespace().next() == Some(name)))
                .count(),
            1,
            "{text}"
        );
    }
}

#[test]
fn credentials_are_not_printed() {
    let account = Account::new();
    for args in [&["doctor"][..], &["doctor", "--json"]] {
        let ran = account.run(args);
        assert!(!ran.stdout.contains(account.project_id()) && !ran.stdout.contains(account.api_token()));
    }
}

#[test]
fn missing_and_similar_variables_are_reported() {
    let mut command = room_token(&["doctor", "--json"]);
    command
        .env("SIGNALWIRE_TOKEN", "hunter2")
        .env("SIGNALWIRE_PROJECT_ID", "");
    let ran = RunOutput::from(command.output().unwrap());
    assert_eq!(ran.code, 2);
    let report = ran.json();
    assert_eq!(report["ok"], false);
    assert_eq!(detail(&report, "SIGNALWIRE_SPACE"), "not set");
    assert_eq!(detail(&report, "SIGNALWIRE_PROJECT_ID"), "set, but empty");
    assert!(detail(&report, "SIGNALWIRE_API_TOKEN").contains("`SIGNALWIRE_TOKEN` is set"));
    assert!(!ran.stdout.contains("hunter2"));
}

#[test]
fn invalid_space_exits_with_2() {
    let account = Account::new();
    let mut command = account.command(&["doctor", "--json"]);
    command.env("SIGNALWIRE_SPACE", "https://me:hunter2@myspace");
    let ran = RunOutput::from(command.output().unwrap());
    assert_eq!(ran.code, 2);
    assert_eq!(state(&ran.json(), "space"), "failed");
    assert!(!ran.stdout.contains("hunter2"));
}

#[test]
fn suspicious_values_are_warnings() {
    let account = Account::new();
    let mut command = account.command(&["doctor", "--json"]);
    command.env("SIGNALWIRE_PROJECT_ID", "my-project");
    let report = RunOutput::from(command.output().unwrap()).json();
    assert_eq!(state(&report, "SIGNALWIRE_PROJECT_ID"), "warning");
    assert!(detail(&report, "SIGNALWIRE_PROJECT_ID").contains("UUID"));

    let mut command = account.command(&["doctor", "--json"]);
    command.env("SIGNALWIRE_API_TOKEN", format!("{} ", account.api_token()));
    let ran = RunOutput::from(command.output().unwrap());
    assert_eq!(ran.code, 2);
    let report = ran.json();
    assert!(detail(&report, "SIGNALWIRE_API_TOKEN").contains("whitespace"));
    assert_eq!(state(&report, "client"), "failed");
}

#[test]
fn rejected_credentials_exit_with_3() {
    let account = Account::new();
    let mut command = account.command(&["doctor", "--json"]);
    command.env("SIGNALWIRE_API_TOKEN", "hunter2");
    let ran = RunOutput::from(command.output().unwrap());
    assert_eq!(ran.code, 3);
    assert_eq!(state(&ran.json(), "credentials"), "failed");
    assert_eq!(state(&ran.json(), "connection"), "ok");
    assert!(!ran.stdout.contains("hunter2"));
}

#[test]
fn exit_code_follows_response_status() {
    for (reply, code) in [
        (Reply::status(403), 3),
        (Reply::status(404), 4),
        (Reply::status(503), 5),
        (Reply::redirect(302, "https://example.org/"), 6),
    ] {
        let account = Account::replying([reply]);
        assert_eq!(account.run(&["doctor"]).code, code);
        assert_eq!(account.requests().len(), 1, "doctor must not retry");
    }
}

#[test]
fn accepted_invalid_request_is_a_warning() {
    let granted = Reply::status(200).body(r#"{"token":"a.b.c"}"#);
    let ran = Account::replying([granted]).run(&["doctor", "--json"]);
    assert_eq!(ran.code, 0);
    assert_eq!(state(&ran.json(), "credentials"), "warning");
}

#[test]
fn closed_port_exits_with_5() {
    let closed = ClosedPort::new();
    let port = closed.port();
    let account = Account::new();
    let ran = account.run(&[
        "doctor",
        "--json",
        "--base-url",
        &format!("http://127.0.0.1:{port}"),
    ]);
    assert_eq!(ran.code, 5);
    assert_eq!(state(&ran.json(), "connection"), "failed");
    account.assert_no_requests();
}

/// The mock server doesn't support TLS, so the handshake fails.
#[test]
fn service_without_tls_fails_tls_check() {
    let account = Account::new();
    let url = account.base_url().replace("http://", "https://");
    let ran = account.run(&["doctor", "--json", "--base-url", &url]);
    assert_eq!(ran.code, 5, "{ran:?}");
    let report = ran.json();
    assert_eq!(state(&report, "connection"), "ok");
    assert_eq!(state(&report, "tls"), "failed");
}

#[test]
fn clock_skew_is_a_warning() {
    let off = Reply::status(422).header("date", "Tue, 01 Jan 2030 00:00:00 GMT");
    let ran = Account::replying([off]).run(&["doctor", "--json"]);
    assert_eq!(ran.code, 0);
    let report = ran.json();
    assert_eq!(state(&report, "clock"), "warning");
    assert!(detail(&report, "clock").contains("join window"));
}

/// Runs `doctor` for a nonexistent host with the given variables, and returns the report.
fn report_with(variables: &[(&str, &str)]) -> Value {
    let mut command = room_token(&["doctor", "--json", "--timeout=5s"]);
    command
        .env("SIGNALWIRE_SPACE", "https://video.invalid")
        .env("SIGNALWIRE_PROJECT_ID", "5f3c2a10-7b1e-4c55-9a0d-2f6e8d4b1c37")
        .env("SIGNALWIRE_API_TOKEN", "PT0")
        .envs(variables.iter().copied());
    let ran = RunOutput::from(command.output().unwrap());
    assert_eq!(ran.code, 5, "{ran:?}");
    ran.json()
}

#[test]
fn direct_checks_are_skipped_with_a_proxy() {
    for variables in [
        &[("HTTPS_PROXY", "http://127.0.0.1:1")][..],
        &[
            ("HTTPS_PROXY", "http://127.0.0.1:1"),
            ("ALL_PROXY", "http://127.0.0.1:2"),
            ("NO_PROXY", "example.org,127.0.0.1"),
        ],
    ] {
        let report = report_with(variables);
        assert_eq!(state(&report, "dns"), "skipped");
        assert_eq!(state(&report, "connection"), "failed");
        assert!(detail(&report, "connection").contains("`HTTPS_PROXY`"));
        assert_eq!(state(&report, "tls"), "skipped", "{report}");
    }
}

#[test]
fn report_names_proxy_variable() {
    let report = report_with(&[("HTTPS_PROXY", ""), ("all_proxy", "http://127.0.0.1:1")]);
    assert!(detail(&report, "connection").contains("`all_proxy`"), "{report}");
}

#[test]
fn unused_proxy_is_not_reported() {
    for no_proxy in ["video.invalid", ".invalid", "example.org, invalid", "*"] {
        let report = report_with(&[("HTTPS_PROXY", "http://127.0.0.1:1"), ("NO_PROXY", no_proxy)]);
        assert_eq!(state(&report, "dns"), "failed", "{report}");
    }
    // `HTTP_PROXY` has no effect, because the client uses plain HTTP only for localhost.
    let report = report_with(&[("HTTP_PROXY", "http://127.0.0.1:1")]);
    assert_eq!(state(&report, "dns"), "failed", "{report}");
}

#[test]
fn doctor_bypasses_proxy_for_localhost() {
    let account = Account::new();
    let url = account.base_url().replace("http://", "https://");
    let mut command = account.command(&["doctor", "--json", "--base-url", &url]);
    command.env("HTTPS_PROXY", "http://127.0.0.1:1");
    let report = RunOutput::from(command.output().unwrap()).json();
    assert_eq!(state(&report, "dns"), "ok", "{report}");
    assert_eq!(state(&report, "connection"), "ok", "{report}");
    assert_eq!(
        state(&report, "tls"),
        "failed",
        "the mock server doesn't support TLS"
    );
}

#[test]
fn missing_setup_has_fixes_and_problem_count() {
    let ran = run(&["doctor"]);
    assert_eq!(ran.code, 2);
    for part in [
        "failed   SIGNALWIRE_SPACE",
        "fix: export SIGNALWIRE_SPACE=myspace",
        "fix: export SIGNALWIRE_API_TOKEN=…",
    ] {
        assert!(ran.stdout.contains(part), "{part:?} not found in {}", ran.stdout);
    }
    assert!(ran.stdout.ends_with("\n3 problems\n"), "{}", ran.stdout);
}

#[test]
fn last_line_counts_problems() {
    let account = Account::new();
    let ran = account.run(&["doctor"]);
    assert!(ran.stdout.ends_with("\nready\n"), "{}", ran.stdout);

    let mut command = account.command(&["doctor"]);
    command.env("SIGNALWIRE_PROJECT_ID", "my-project");
    let ran = RunOutput::from(command.output().unwrap());
    // The mock server rejects this project ID.
    assert!(ran.stdout.ends_with("\n1 warning; 1 problem\n"), "{}", ran.stdout);
}

#[test]
fn every_problem_has_a_fix() {
    let mut reports = vec![run(&["doctor", "--json"]).json()];
    for reply in [401, 404, 500].map(Reply::status) {
        reports.push(Account::replying([reply]).run(&["doctor", "--json"]).json());
    }
    let account = Account::new();
    let https = account.base_url().replace("http://", "https://");
    let port = ClosedPort::new();
    let closed = format!("http://127.0.0.1:{}", port.port());
    for url in [
        https.as_str(),
        &closed,
        "https://video.invalid",
        "ftp://example.org",
    ] {
        reports.push(account.run(&["doctor", "--json", "--base-url", url]).json());
    }
    for report in reports {
        assert_eq!(report["ok"], false, "{report}");
        for check in report["checks"].as_array().unwrap() {
            let is_problem = check["state"] == "failed" || check["state"] == "warning";
            assert_eq!(check["fix"].is_string(), is_problem, "{check}");
        }
    }
}
