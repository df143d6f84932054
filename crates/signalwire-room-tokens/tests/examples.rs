//! The examples, run as people run them: without an account, or with one on a mock. `cargo test` builds them beforehand.
//! And the examples in the documentation, which are held to the same: each token has a lifetime, and no lint fires.

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

use signalwire_room_tokens::{JoinAs, PermissionSet, RoomToken, RoomTokenRequest, UnverifiedClaims};
use signalwire_room_tokens_mock::blocking::MockServer;
use signalwire_room_tokens_mock::{ReceivedRequest, Reply};

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
    fn start(mut example: Command) -> Self {
        let mut child = example.stdout(Stdio::piped()).spawn().unwrap();
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
    let app = Serving::start(example("app_state"));
    let (_, title) = app.ask("GET /meetings/1");
    assert_eq!(title, "Équipe A: point du lundi");

    let (status, token) = app.ask("POST /meetings/1/join");
    assert_eq!(status, "HTTP/1.1 200 OK");
    let room = claims(&token).room_name.unwrap();
    assert!(room.starts_with("quipe-A-point-du-lundi-"), "{room}");

    let (status, _) = app.ask("POST /meetings/2/join");
    assert_eq!(status, "HTTP/1.1 404 Not Found");
}

/// An example that uses an account on this mock.
fn with_account(name: &str, mock: &MockServer) -> Command {
    let mut command = example(name);
    command
        .env("SIGNALWIRE_SPACE", mock.base_url())
        .env("SIGNALWIRE_PROJECT_ID", mock.project_id())
        .env("SIGNALWIRE_API_TOKEN", mock.api_token());
    command
}

#[track_caller]
fn assert_passes_our_lints(requests: &[ReceivedRequest]) {
    assert!(!requests.is_empty(), "nothing was sent");
    for request in requests {
        let sent: RoomTokenRequest = serde_json::from_slice(request.body()).unwrap();
        assert_eq!(sent.lint(), [], "{sent:?}");
    }
}

#[test]
fn first_token() {
    let mock = MockServer::start().unwrap();
    let said = succeeded(with_account("first_token", &mock).output().unwrap());
    let claims = claims(said.trim_end());
    assert_eq!(claims.user_name.as_deref(), Some("Alice"));
    assert_eq!(permissions(&claims), PermissionSet::PARTICIPANT);
    assert!(claims.join_until.is_some());
    assert_passes_our_lints(&mock.requests());
}

/// The error that `main` prints begins with what to do.
#[test]
fn first_token_says_what_is_wrong() {
    let output = example("first_token").output().unwrap();
    assert!(!output.status.success());
    let messages = String::from_utf8(output.stderr).unwrap();
    let expected =
        "Error: the client cannot be set up: environment variables are missing: `SIGNALWIRE_SPACE`";
    assert!(messages.starts_with(expected), "{messages}");
}

#[test]
fn what_the_examples_send_passes_our_lints() {
    let mock = MockServer::start().unwrap();
    #[cfg(feature = "blocking")]
    {
        succeeded(
            with_account("script", &mock)
                .args(["standup", "Alice"])
                .output()
                .unwrap(),
        );
        assert_passes_our_lints(&mock.requests());
        mock.clear_requests();
    }
    succeeded(with_account("class", &mock).output().unwrap());
    assert_eq!(mock.requests().len(), 30);
    assert_passes_our_lints(&mock.requests());
    mock.clear_requests();
    let app = Serving::start(with_account("app_state", &mock));
    assert_eq!(app.ask("POST /meetings/1/join").0, "HTTP/1.1 200 OK");
    assert_passes_our_lints(&mock.requests());
}

#[test]
fn app_state_answers_each_kind_of_error_with_a_status_of_its_own() {
    let mock = MockServer::start().unwrap();
    let app = Serving::start(with_account("app_state", &mock));
    for (status, own) in [
        (401, "500 Internal Server Error"),
        (422, "422 Unprocessable Entity"),
        (500, "502 Bad Gateway"),
    ] {
        mock.script([Reply::status(status)]);
        let (line, message) = app.ask("POST /meetings/1/join");
        assert_eq!(line, format!("HTTP/1.1 {own}"), "{status}");
        assert!(
            message.contains("The "),
            "a sentence for the participant: {message}"
        );
    }
}

/// A file of the repository, by its path from this package.
fn read(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The blocks between fences in Markdown, or in doc comments.
fn code_blocks(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<Vec<&str>> = None;
    for line in text.lines() {
        let line = line.trim_start();
        let line = ["//! ", "/// ", "//!", "///"]
            .iter()
            .find_map(|mark| line.strip_prefix(mark))
            .unwrap_or(line);
        // Fences that depend on a feature are attributes.
        if line.starts_with("```") || line.contains("doc = \"```\")") {
            match open.take() {
                Some(lines) => blocks.push(lines.join("\n")),
                None => open = Some(Vec::new()),
            }
        } else if let Some(lines) = &mut open
            && !line.starts_with("#![cfg_attr")
        {
            lines.push(line);
        }
    }
    blocks
}

#[test]
fn the_first_example_is_the_same_everywhere() {
    let example = read("examples/first_token.rs");
    let (_, code) = example.split_once("\n\n#![allow").unwrap();
    let (_, code) = code.split_once("\n\n").unwrap();
    let code: Vec<_> = code.lines().map(str::trim_start).collect();
    // `#[tokio::main]` needs both.
    assert!(read("../../README.md").contains(r#"features = ["macros", "rt-multi-thread"]"#));
    for path in ["../../README.md", "src/lib.rs"] {
        let blocks = code_blocks(&read(path));
        let is_same = |block: &&String| block.lines().map(str::trim_start).eq(code.iter().copied());
        assert!(blocks.iter().any(|block| is_same(&block)), "{path} has it");
    }
}

/// Those of the library's documentation that send something, with how they begin a call.
fn documented_examples() -> Vec<(String, String)> {
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![sources];
    let mut examples = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let blocks = code_blocks(&text).into_iter();
            let sends = |block: &String| block.contains(".create()") || block.contains(".create_many(");
            examples.extend(
                blocks
                    .filter(sends)
                    .map(|block| (path.display().to_string(), block)),
            );
        }
    }
    examples
}

#[test]
fn every_documented_example_sets_a_lifetime_and_checks_its_lints() {
    let examples = documented_examples();
    assert!(examples.len() >= 12, "{} are found", examples.len());
    for (path, block) in examples {
        let has_lifetime = block.contains(".valid_for(") || block.contains(".join_until(");
        assert!(has_lifetime, "{path}:\n{block}");
        // The one that needs an account is `first_token`, which is run above.
        let is_checked =
            block.contains(".lint(), [])") || block.contains("Client::from_env()?;\n    let token");
        assert!(is_checked, "{path}:\n{block}");
    }
}
