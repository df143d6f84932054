//! Tests for `room-token mock`.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Stdio};

use crate::support::{RunOutput, room_token, run};

/// A running `room-token mock` process, killed on drop.
struct Running {
    process: Child,
    variables: BTreeMap<String, String>,
}

impl Running {
    fn start(args: &[&str]) -> Self {
        Self::try_start(args).expect("three variables")
    }

    fn try_start(args: &[&str]) -> Option<Self> {
        let mut process = room_token(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines().take(3);
        let variable = |line: &str| {
            let (name, value) = line.split_once('=').expect("NAME=VALUE");
            (name.to_owned(), value.to_owned())
        };
        let variables: BTreeMap<_, _> = lines.map(|line| variable(&line.unwrap())).collect();
        let running = Self { process, variables };
        (running.variables.len() == 3).then_some(running)
    }

    fn run(&self, args: &[&str]) -> RunOutput {
        room_token(args).envs(&self.variables).output().unwrap().into()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn printed_variables_work_in_other_processes() {
    let mock = Running::start(&["mock"]);
    let names: Vec<&str> = mock.variables.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "SIGNALWIRE_API_TOKEN",
            "SIGNALWIRE_PROJECT_ID",
            "SIGNALWIRE_SPACE"
        ]
    );
    assert_eq!(mock.run(&["create", "standup"]).line().split('.').count(), 3);
    assert_eq!(mock.run(&["doctor"]).code, 0);
}

#[test]
fn json_has_the_same_variables() {
    let mut process = room_token(&["mock", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let running = Running {
        process,
        variables: serde_json::from_str(&line).unwrap(),
    };
    assert_eq!(running.run(&["doctor"]).code, 0);
}

/// SignalWire's SDKs require a host without a scheme, and use plain HTTP for loopback addresses.
#[test]
fn space_is_a_host_without_scheme() {
    let mock = Running::start(&["mock"]);
    let space = &mock.variables["SIGNALWIRE_SPACE"];
    assert!(space.starts_with("127.0.0.1:"), "{space}");
}

#[test]
fn port_flag_is_used() {
    // Another process may take the port first, so the caller retries.
    let chosen = || {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mock = Running::try_start(&["mock", "--port", &port.to_string()])?;
        Some((mock.variables["SIGNALWIRE_SPACE"].clone(), port))
    };
    let (space, port) = (0..20).find_map(|_| chosen()).expect("found a free port");
    assert_eq!(space, format!("127.0.0.1:{port}"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_exits_with_0() {
    let mut mock = Running::start(&["mock"]);
    let interrupt = std::process::Command::new("kill")
        .args(["-INT", &mock.process.id().to_string()])
        .status();
    assert!(interrupt.unwrap().success());
    assert_eq!(mock.process.wait().unwrap().code(), Some(0));
}

#[test]
fn port_in_use_exits_with_1() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    run(&["mock", "--port", &port]).assert_failed(1, &["failed to start the mock server"]);
}
