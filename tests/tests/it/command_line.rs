//! The command line against the mock, as people run it: the README's commands, and one command's output into another.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::support::{Said as _, assert_success, room_token, root};

/// The arguments of the command in the README that mints a token.
fn readme_arguments() -> Vec<String> {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let command = readme
        .lines()
        .find_map(|line| line.strip_prefix("cargo run -- "))
        .expect("the command is there");
    command.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn the_command_of_the_readme_mints_a_token_and_prints_it_alone() {
    let output = room_token().args(readme_arguments()).output().unwrap();
    assert_success(&output);
    let token = output.stdout();
    assert_eq!(token.trim_end().split('.').count(), 3, "a JWT alone on one line");
    assert!(!output.stderr().contains(token.trim_end()));
}

#[test]
fn a_minted_token_can_be_inspected_by_the_next_command() {
    let minted = room_token()
        .args(["create", "standup", "--user-name", "Alice", "--mock"])
        .output()
        .unwrap();
    assert_success(&minted);

    let mut inspect = room_token();
    inspect
        .args(["inspect", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut inspect = inspect.spawn().unwrap();
    inspect.stdin.take().unwrap().write_all(&minted.stdout).unwrap();
    let inspected = inspect.wait_with_output().unwrap();

    assert_success(&inspected);
    let shown: Value = serde_json::from_str(&inspected.stdout()).unwrap();
    assert_eq!(shown["claims"]["room_name"], "standup");
    assert_eq!(shown["claims"]["user_name"], "Alice");
    assert_eq!(shown["header"]["typ"], "VRT");
    assert_eq!(shown["header"]["alg"], "HS512");
}

/// A program that is ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn the_variables_that_the_mock_prints_serve_another_process() {
    let mut mock = room_token();
    let mut mock = Running(
        mock.arg("mock")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let lines = BufReader::new(mock.0.stdout.take().unwrap()).lines();
    let names = [
        "SIGNALWIRE_SPACE",
        "SIGNALWIRE_PROJECT_ID",
        "SIGNALWIRE_API_TOKEN",
    ];
    let mut variables = Vec::new();
    for line in lines {
        let line = line.unwrap();
        if let Some((name, value)) = line.split_once('=') {
            variables.push((name.to_owned(), value.to_owned()));
        }
        if names
            .iter()
            .all(|name| variables.iter().any(|(found, _)| found == name))
        {
            break;
        }
    }

    let output = room_token()
        .args(["create", "standup"])
        .envs(variables)
        .output()
        .unwrap();

    assert_success(&output);
    assert_eq!(output.stdout().trim_end().split('.').count(), 3);
}

#[test]
fn without_an_account_the_mock_is_offered() {
    let output = room_token().args(["create", "standup"]).output().unwrap();
    assert_eq!(output.code(), 2);
    assert_eq!(output.stdout(), "");
    assert!(
        output.stderr().contains("SIGNALWIRE_API_TOKEN"),
        "{}",
        output.stderr()
    );
    assert!(output.stderr().contains("--mock"), "{}", output.stderr());
}
