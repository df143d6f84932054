//! Where the account comes from.

use crate::support::{Account, Ran, room_token, run};

const ALL: [(&str, &str); 3] = [
    ("SIGNALWIRE_SPACE", "myspace"),
    ("SIGNALWIRE_PROJECT_ID", "5f3c2a10-7b1e-4c55-9a0d-2f6e8d4b1c37"),
    ("SIGNALWIRE_API_TOKEN", "PT0"),
];

#[test]
fn without_an_account_all_that_is_missing_is_named_and_the_mock_is_offered() {
    run(&["create", "standup"]).failed(
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
fn only_what_is_missing_is_named() {
    for (missing, _) in ALL {
        let mut command = room_token(&["create", "standup"]);
        command.envs(ALL.into_iter().filter(|(name, _)| *name != missing));
        let ran = Ran::from(command.output().unwrap());
        ran.failed(2, &[missing, "--mock"]);
        for (name, _) in ALL.into_iter().filter(|(name, _)| *name != missing) {
            assert!(!ran.stderr.contains(name), "{name} in {}", ran.stderr);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_not_said_to_be_missing() {
    use std::os::unix::ffi::OsStrExt as _;

    let mut command = room_token(&["create", "standup"]);
    command.envs(ALL);
    command.env("SIGNALWIRE_API_TOKEN", std::ffi::OsStr::from_bytes(b"PT\xff0"));
    let ran = Ran::from(command.output().unwrap());
    ran.failed(2, &["the API token has characters other than visible ASCII"]);
    assert!(!ran.stderr.contains("missing"), "{}", ran.stderr);
}

#[test]
fn a_variable_with_a_similar_name_is_pointed_at() {
    let mut command = room_token(&["create", "standup"]);
    command
        .envs(
            ALL.into_iter()
                .filter(|(name, _)| *name != "SIGNALWIRE_API_TOKEN"),
        )
        .env("SIGNALWIRE_TOKEN", "hunter2");
    let ran = Ran::from(command.output().unwrap());
    ran.failed(2, &["SIGNALWIRE_API_TOKEN", "`SIGNALWIRE_TOKEN` is set"]);
    assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
}

#[test]
fn the_base_url_stands_for_the_space() {
    let account = Account::new();
    let mut command = account.command(&["create", "standup", "--base-url", &account.base_url()]);
    command.env_remove("SIGNALWIRE_SPACE");
    assert!(
        account
            .verify(Ran::from(command.output().unwrap()).line())
            .is_some()
    );

    let mut command = account.command(&["create", "standup", "--base-url", &account.base_url()]);
    command.env("SIGNALWIRE_SPACE", "http://127.0.0.1:1");
    assert!(
        account
            .verify(Ran::from(command.output().unwrap()).line())
            .is_some()
    );
}

#[test]
fn a_malformed_space_is_told_without_being_repeated() {
    let mut command = room_token(&["create", "standup"]);
    command
        .envs(ALL)
        .env("SIGNALWIRE_SPACE", "https://me:hunter2@myspace");
    let ran = Ran::from(command.output().unwrap());
    ran.failed(2, &["the space contains more than a host"]);
    assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
}

#[test]
fn the_mock_needs_no_account_and_does_not_use_one() {
    let account = Account::new();
    let ran = account.run(&["create", "standup", "--mock"]);
    assert_eq!(ran.line().split('.').count(), 3);
    assert!(
        account.verify(ran.line()).is_none(),
        "the token is of another mock"
    );
    assert!(ran.stderr.contains("minted by a mock"), "{}", ran.stderr);
    account.is_untouched();
}

#[test]
fn proxies_do_not_come_between_this_machine_and_itself() {
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
        assert_eq!(Ran::from(command.output().unwrap()).line().split('.').count(), 3);
    }
}

#[test]
fn the_service_learns_which_program_asks() {
    let account = Account::new();
    account.run(&["create", "standup"]).line();
    let requests = account.requests();
    let agent = requests[0].header("user-agent").unwrap();
    assert!(
        agent.starts_with(concat!("room-token/", env!("CARGO_PKG_VERSION"), " ")),
        "{agent}"
    );
}
