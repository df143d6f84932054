//! The examples, run as people run them without an account. `cargo test` builds them beforehand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers as well"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use signalwire_room_tokens::{JoinAs, PermissionSet, RoomToken, UnverifiedClaims};

/// An example, without an account in its environment.
fn example(name: &str) -> Command {
    let tests = std::env::current_exe().unwrap();
    let profile = tests.parent().and_then(|deps| deps.parent()).unwrap();
    let program = profile
        .join("examples")
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        program.exists(),
        "{} is built by `cargo test` without `--test`, or by `cargo build --examples`",
        program.display()
    );
    let mut command = Command::new(program);
    command.env_clear().stdin(Stdio::null());
    command
}

/// What an example says when it succeeds.
#[track_caller]
fn succeeded(output: Output) -> String {
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{messages}");
    assert!(
        !messages.contains("eyJ"),
        "a token among the messages: {messages}"
    );
    String::from_utf8(output.stdout).unwrap()
}

fn claims(token: &str) -> UnverifiedClaims {
    RoomToken::from(token.to_owned()).claims().unwrap()
}

fn permissions(claims: &UnverifiedClaims) -> PermissionSet {
    claims.permissions.iter().flatten().collect()
}

#[cfg(feature = "blocking")]
#[test]
fn script() {
    let said = succeeded(example("script").args(["standup", "Alice"]).output().unwrap());
    let claims = claims(said.trim_end());
    assert_eq!(claims.room_name.as_deref(), Some("standup"));
    assert_eq!(claims.user_name.as_deref(), Some("Alice"));
    assert_eq!(permissions(&claims), PermissionSet::PARTICIPANT);
    assert!(claims.join_until.is_some());
}

#[cfg(feature = "blocking")]
#[test]
fn script_says_how_it_is_used() {
    let output = example("script").arg("--mock").output().unwrap();
    assert!(!output.status.success());
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(messages.contains("script ROOM USER"), "{messages}");
}

#[test]
fn class() {
    let said = succeeded(example("class").output().unwrap());
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines[0], "name,token");
    assert_eq!(lines.len(), 31, "a line for each of 30");
    let class: Vec<_> = lines[1..]
        .iter()
        .map(|line| line.split_once(',').unwrap())
        .collect();
    for (name, token) in &class {
        let claims = claims(token);
        assert_eq!(claims.user_name.as_deref(), Some(*name));
        assert_eq!(claims.room_name.as_deref(), Some("math-101"));
        assert_eq!(claims.join_as, Some(JoinAs::Member));
        assert_eq!(claims.remove_after_seconds_elapsed, Some(7200));
    }
    let moderators = class
        .iter()
        .filter(|(_, token)| permissions(&claims(token)) == PermissionSet::MODERATOR);
    assert_eq!(moderators.count(), 1);
}

#[test]
fn class_tells_who_has_no_token() {
    let file = std::env::temp_dir().join(format!("room-tokens-class-{}.csv", std::process::id()));
    let long = "x".repeat(101);
    std::fs::write(
        &file,
        format!("name,role\nAda,pupil\n{long},pupil\nEmmy,teacher\n"),
    )
    .unwrap();
    let output = example("class").arg(&file).output().unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    let names: Vec<_> = said
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap().0)
        .collect();
    assert_eq!(names, ["Ada", "Emmy"]);
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(
        messages.contains("user_name") && messages.contains("1 of 3"),
        "{messages}"
    );
}

#[test]
fn credentials_that_are_incomplete_are_no_reason_for_a_mock() {
    let output = example("class")
        .env("SIGNALWIRE_SPACE", "example")
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert_eq!(output.stdout, b"");
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(messages.contains("SIGNALWIRE_API_TOKEN"), "{messages}");

    let mock = example("class")
        .env("SIGNALWIRE_SPACE", "example")
        .arg("--mock")
        .output()
        .unwrap();
    succeeded(mock);
}

/// An example that serves, until it is dropped.
struct Serving {
    child: Child,
    address: String,
    _stdout: BufReader<ChildStdout>,
}

impl Serving {
    fn start(name: &str) -> Self {
        let mut child = example(name).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address = line
            .trim_end()
            .strip_prefix("http://")
            .expect("an address")
            .to_owned();
        Self {
            child,
            address,
            _stdout: stdout,
        }
    }

    /// Status line and body of an answer.
    fn ask(&self, method_and_path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "{method_and_path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap().to_owned(), body.to_owned())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn app_state() {
    let app = Serving::start("app_state");
    let (_, title) = app.ask("GET /meetings/1");
    assert_eq!(title, "Équipe A: point du lundi");

    let (status, token) = app.ask("POST /meetings/1/join");
    assert_eq!(status, "HTTP/1.1 200 OK");
    let room = claims(&token).room_name.unwrap();
    assert!(room.starts_with("quipe-A-point-du-lundi-"), "{room}");

    let (status, _) = app.ask("POST /meetings/2/join");
    assert_eq!(status, "HTTP/1.1 404 Not Found");
}
