//! `room-token doctor`.

use serde_json::Value;
use signalwire_room_tokens_mock::Reply;

use crate::support::{Account, Deaf, Ran, room_token, run};

/// The states of the checks, by name.
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
fn all_is_well() {
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
    assert_eq!(state(&report, "tls"), "skipped", "plain http to this machine");
    assert!(detail(&report, "space").contains(&account.base_url()));
}

#[test]
fn it_mints_no_token() {
    let account = Account::new();
    account.run(&["doctor"]);
    let requests = account.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(
        requests[0].json().unwrap()["room_name"],
        "",
        "a request that no service grants"
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
                .filter(|line| line.split_whitespace().nth(1) == Some(name))
                .count(),
            1,
            "{text}"
        );
    }
}

#[test]
fn nothing_of_the_credentials_is_told() {
    let account = Account::new();
    for args in [&["doctor"][..], &["doctor", "--json"]] {
        let ran = account.run(args);
        assert!(!ran.stdout.contains(account.project_id()) && !ran.stdout.contains(account.api_token()));
    }
}

#[test]
fn missing_variables_are_told_with_those_set_in_their_place() {
    let mut command = room_token(&["doctor", "--json"]);
    command
        .env("SIGNALWIRE_TOKEN", "hunter2")
        .env("SIGNALWIRE_PROJECT_ID", "");
    let ran = Ran::from(command.output().unwrap());
    assert_eq!(ran.code, 2);
    let report = ran.json();
    assert_eq!(report["ok"], false);
    assert_eq!(detail(&report, "SIGNALWIRE_SPACE"), "not set");
    assert_eq!(detail(&report, "SIGNALWIRE_PROJECT_ID"), "set, but empty");
    assert!(detail(&report, "SIGNALWIRE_API_TOKEN").contains("`SIGNALWIRE_TOKEN` is set"));
    assert!(!ran.stdout.contains("hunter2"));
}

#[test]
fn a_space_that_cannot_be_one_is_2() {
    let account = Account::new();
    let mut command = account.command(&["doctor", "--json"]);
    command.env("SIGNALWIRE_SPACE", "https://me:hunter2@myspace");
    let ran = Ran::from(command.output().unwrap());
    assert_eq!(ran.code, 2);
    assert_eq!(state(&ran.json(), "space"), "failed");
    assert!(!ran.stdout.contains("hunter2"));
}

#[test]
fn values_that_look_wrong_are_warned_of() {
    let account = Account::new();
    let mut command = account.command(&["doctor", "--json"]);
    command.env("SIGNALWIRE_PROJECT_ID", "my-project");
    let report = Ran::from(command.output().unwrap()).json();
    assert_eq!(state(&report, "SIGNALWIRE_PROJECT_ID"), "warning");
    assert!(detail(&report, "SIGNALWIRE_PROJECT_ID").contains("UUID"));

    let mut command = account.command(&["doctor", "--json"]);
    command.env("SIGNALWIRE_API_TOKEN", format!("{} ", account.api_token()));
    let ran = Ran::from(command.output().unwrap());
    assert_eq!(ran.code, 2);
    let report = ran.json();
    assert!(detail(&report, "SIGNALWIRE_API_TOKEN").contains("white space"));
    assert_eq!(state(&report, "client"), "failed");
}

#[test]
fn refused_credentials_are_3() {
    let account = Account::new();
    let mut command = account.command(&["doctor", "--json"]);
    command.env("SIGNALWIRE_API_TOKEN", "hunter2");
    let ran = Ran::from(command.output().unwrap());
    assert_eq!(ran.code, 3);
    assert_eq!(state(&ran.json(), "credentials"), "failed");
    assert_eq!(state(&ran.json(), "connection"), "ok");
    assert!(!ran.stdout.contains("hunter2"));
}

#[test]
fn what_the_service_answers_makes_the_exit_code() {
    for (reply, code) in [
        (Reply::status(403), 3),
        (Reply::status(404), 4),
        (Reply::status(503), 5),
        (Reply::redirect(302, "https://example.org/"), 6),
    ] {
        let account = Account::answering([reply]);
        assert_eq!(account.run(&["doctor"]).code, code);
        assert_eq!(account.requests().len(), 1, "it does not wait for things to mend");
    }
}

#[test]
fn a_service_that_grants_anything_is_suspect() {
    let granted = Reply::status(200).body(r#"{"token":"a.b.c"}"#);
    let ran = Account::answering([granted]).run(&["doctor", "--json"]);
    assert_eq!(ran.code, 0);
    assert_eq!(state(&ran.json(), "credentials"), "warning");
}

#[test]
fn a_host_that_takes_no_connections_is_5() {
    let deaf = Deaf::new();
    let port = deaf.port();
    let account = Account::new();
    let ran = account.run(&[
        "doctor",
        "--json",
        "--base-url",
        &format!("http://127.0.0.1:{port}"),
    ]);
    assert_eq!(ran.code, 5);
    assert_eq!(state(&ran.json(), "connection"), "failed");
    account.is_untouched();
}

/// What answers is a mock without TLS, so that no handshake succeeds.
#[test]
fn a_service_without_tls_is_told() {
    let account = Account::new();
    let url = account.base_url().replace("http://", "https://");
    let ran = account.run(&["doctor", "--json", "--base-url", &url]);
    assert_eq!(ran.code, 5, "{ran:?}");
    let report = ran.json();
    assert_eq!(state(&report, "connection"), "ok");
    assert_eq!(state(&report, "tls"), "failed");
}

#[test]
fn a_clock_that_is_off_is_warned_of() {
    let off = Reply::status(422).header("date", "Tue, 01 Jan 2030 00:00:00 GMT");
    let ran = Account::answering([off]).run(&["doctor", "--json"]);
    assert_eq!(ran.code, 0);
    let report = ran.json();
    assert_eq!(state(&report, "clock"), "warning");
    assert!(detail(&report, "clock").contains("windows"));
}

/// A report on a host that does not exist, with these variables set.
fn report_with(variables: &[(&str, &str)]) -> Value {
    let mut command = room_token(&["doctor", "--json", "--timeout=5s"]);
    command
        .env("SIGNALWIRE_SPACE", "https://video.invalid")
        .env("SIGNALWIRE_PROJECT_ID", "5f3c2a10-7b1e-4c55-9a0d-2f6e8d4b1c37")
        .env("SIGNALWIRE_API_TOKEN", "PT0")
        .envs(variables.iter().copied());
    let ran = Ran::from(command.output().unwrap());
    assert_eq!(ran.code, 5, "{ran:?}");
    ran.json()
}

#[test]
fn behind_a_proxy_the_way_is_not_tried() {
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
fn the_proxy_is_named_that_is_used() {
    let report = report_with(&[("HTTPS_PROXY", ""), ("all_proxy", "http://127.0.0.1:1")]);
    assert!(detail(&report, "connection").contains("`all_proxy`"), "{report}");
}

#[test]
fn a_proxy_that_is_not_used_is_not_blamed() {
    for no_proxy in ["video.invalid", ".invalid", "example.org, invalid", "*"] {
        let report = report_with(&[("HTTPS_PROXY", "http://127.0.0.1:1"), ("NO_PROXY", no_proxy)]);
        assert_eq!(state(&report, "dns"), "failed", "{report}");
    }
    // Neither is one that is for plain http, which goes to this machine only.
    let report = report_with(&[("HTTP_PROXY", "http://127.0.0.1:1")]);
    assert_eq!(state(&report, "dns"), "failed", "{report}");
}

#[test]
fn proxies_are_not_between_this_machine_and_itself() {
    let account = Account::new();
    let url = account.base_url().replace("http://", "https://");
    let mut command = account.command(&["doctor", "--json", "--base-url", &url]);
    command.env("HTTPS_PROXY", "http://127.0.0.1:1");
    let report = Ran::from(command.output().unwrap()).json();
    assert_eq!(state(&report, "dns"), "ok", "{report}");
    assert_eq!(state(&report, "connection"), "ok", "{report}");
    assert_eq!(state(&report, "tls"), "failed", "the mock has none");
}

#[test]
fn without_anything_it_says_so_and_ends() {
    let ran = run(&["doctor"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.contains("failed   SIGNALWIRE_SPACE"), "{}", ran.stdout);
}
