//! Tests for credentials from the environment.

use crate::support::{Account, RunOutput, room_token, run};

const ALL: [(&str, &str); 3] = [
    ("SIGNALWIRE_SPACE", "myspace"),
    ("SIGNALWIRE_PROJECT_ID", "5f3c2a10-7b1e-4c55-9a0d-2f6e8d4b1c37"),
    ("SIGNALWIRE_API_TOKEN", "PT0"),
];

#[test]
fn missing_credentials_error_suggests_variables_and_mock() {
    run(&["create", "standup"]).assert_failed(
        2,
        &[
            "SIGNALWIRE_SPACE",
            "SIGNALWIRE_PROJECT_ID",
            "SIGNALWIRE_API_TOKEN",
            "--mock",
        ],
    );
}

#[test]
fn error_names_only_missing_variables() {
    for (missing, _) in ALL {
        let mut command = room_token(&["create", "standup"]);
        command.envs(ALL.into_iter().filter(|(name, _)| *name != missing));
        let ran = RunOutput::from(command.output().unwrap());
        ran.assert_failed(2, &[missing, "--mock"]);
        for (name, _) in ALL.into_iter().filter(|(name, _)| *name != missing) {
            assert!(!ran.stderr.contains(name), "{name} in {}", ran.stderr);
        }
    }
}

#[cfg(unix)]
#[test]
fn non_utf8_variable_is_invalid_not_missing() {
    use std::os::unix::ffi::OsStrExt as _;

    let mut command = room_token(&["create", "standup"]);
    command.envs(ALL);
    command.env("SIGNALWIRE_API_TOKEN", std::ffi::OsStr::from_bytes(b"PT\xff0"));
    let ran = RunOutput::from(command.output().unwrap());
    ran.assert_failed(2, &["the API token contains characters other than visible ASCII"]);
    assert!(!ran.stderr.contains("missing"), "{}", ran.stderr);
}

#[test]
fn similar_variable_name_is_reported() {
    let mut command = room_token(&["create", "standup"]);
    command
        .envs(
            ALL.into_iter()
                .filter(|(name, _)| *name != "SIGNALWIRE_API_TOKEN"),
        )
        .env("SIGNALWIRE_TOKEN", "hunter2");
    let ran = RunOutput::from(command.output().unwrap());
    ran.assert_failed(2, &["SIGNALWIRE_API_TOKEN", "`SIGNALWIRE_TOKEN` is set"]);
    assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
}

#[test]
fn base_url_replaces_space() {
    let account = Account::new();
    let mut command = account.command(&["create", "standup", "--base-url", &account.base_url()]);
    command.env_remove("SIGNALWIRE_SPACE");
    assert!(
        account
            .verify(RunOutput::from(command.output().unwrap()).line())
            .is_some()
    );

    let mut command = account.command(&["create", "standup", "--base-url", &account.base_url()]);
    command.env("SIGNALWIRE_SPACE", "http://127.0.0.1:1");
    assert!(
        account
            .verify(RunOutput::from(command.output().unwrap()).line())
            .is_some()
    );
}

#[test]
fn invalid_space_is_not_printed() {
    let mut command = room_token(&["create", "standup"]);
    command
        .envs(ALL)
        .env("SIGNALWIRE_SPACE", "https://me:hunter2@myspace");
    let ran = RunOutput::from(command.output().unwrap());
    ran.assert_failed(2, &["the space contains more than a host"]);
    assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
}

#[test]
fn mock_ignores_account() {
    let account = Account::new();
    let ran = account.run(&["create", "standup", "--mock"]);
    assert_eq!(ran.line().split('.').count(), 3);
    assert!(
        account.verify(ran.line()).is_none(),
        "the internal mock server must mint the token"
    );
    assert!(ran.stderr.contains("minted by a mock server"), "{}", ran.stderr);
    account.assert_no_requests();
}

#[test]
fn localhost_bypasses_proxies() {
    let account = Account::new();
    for args in [&["create", "standup"][..], &["create", "standup", "--mock"]] {
        let mut command = account.command(args);
        for name in [
            "HTTP_PROXY",
            "http_proxy",
            "HTTPS_PROXY",
            "https_proxy",
            "ALL_PROXY",
            "all_proxy",
        ] {
            command.env(name, "http://127.0.0.1:1");
        }
        assert_eq!(
            RunOutput::from(command.output().unwrap())
                .line()
                .split('.')
                .count(),
            3
        );
    }
}

#[test]
fn user_agent_names_program_and_version() {
    let account = Account::new();
    account.run(&["create", "standup"]).line();
    let requests = account.requests();
    let agent = requests[0].header("user-agent").unwrap();
    assert!(
        agent.starts_with(concat!("room-token/", env!("CARGO_PKG_VERSION"), " ")),
        "{agent}"
    );
}
