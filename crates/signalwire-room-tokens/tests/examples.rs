//! Runs the example programs, both without an account and with an account on a mock server. `cargo test`
//! builds the examples first. Also checks that every documentation example sets a lifetime and triggers no
//! lints.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests and their helpers fail by panicking"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use signalwire_room_tokens::{JoinAs, PermissionSet, RoomToken, RoomTokenRequest, UnverifiedClaims};
use signalwire_room_tokens_mock::blocking::MockServer;
use signalwire_room_tokens_mock::{ReceivedRequest, Reply};

/// Returns a command that runs an example without credentials.
fn example(name: &str) -> Command {
    let tests = std::env::current_exe().unwrap();
    let profile = tests.parent().and_then(|deps| deps.parent()).unwrap();
    let program = profile
        .join("examples")
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        program.exists(),
        "{} is missing; run `cargo build --examples`, or `cargo test` without `--test`",
        program.display()
    );
    let mut command = Command::new(program);
    command.env_clear().stdin(Stdio::null());
    command
}

/// Returns the standard output of a successful run.
#[track_caller]
fn succeeded(output: Output) -> String {
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{messages}");
    assert!(
        !messages.contains("eyJ"),
        "standard error contains a token: {messages}"
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
    let stdout = succeeded(example("script").args(["standup", "Alice"]).output().unwrap());
    let claims = claims(stdout.trim_end());
    assert_eq!(claims.room_name.as_deref(), Some("standup"));
    assert_eq!(claims.user_name.as_deref(), Some("Alice"));
    assert_eq!(permissions(&claims), PermissionSet::PARTICIPANT);
    assert!(claims.join_until.is_some());
}

#[cfg(feature = "blocking")]
#[test]
fn script_without_arguments_prints_usage() {
    let output = example("script").arg("--mock").output().unwrap();
    assert!(!output.status.success());
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(messages.contains("script ROOM USER"), "{messages}");
}

#[test]
fn class() {
    let stdout = succeeded(example("class").output().unwrap());
    let lines: Vec<_> = stdout.lines().collect();
    assert_eq!(lines[0], "name,token");
    assert_eq!(lines.len(), 31, "expected a header and 30 rows");
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
fn class_reports_failed_requests() {
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
    let stdout = String::from_utf8(output.stdout).unwrap();
    let names: Vec<_> = stdout
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
fn incomplete_credentials_are_an_error_unless_mock_is_requested() {
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

/// A running server example, stopped on drop.
struct RunningExample {
    child: Child,
    address: String,
    _stdout: BufReader<ChildStdout>,
}

impl RunningExample {
    fn start(mut example: Command) -> Self {
        let mut child = example.stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("http://").expect("a URL").to_owned();
        Self {
            child,
            address,
            _stdout: stdout,
        }
    }

    /// Sends a request and returns the response's status line and body.
    fn send(&self, method_and_path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "{method_and_path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap().to_owned(), body.to_owned())
    }
}

impl Drop for RunningExample {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn app_state() {
    let app = RunningExample::start(example("app_state"));
    let (_, title) = app.send("GET /meetings/1");
    assert_eq!(title, "Équipe A: point du lundi");

    let (status, token) = app.send("POST /meetings/1/join");
    assert_eq!(status, "HTTP/1.1 200 OK");
    let room = claims(&token).room_name.unwrap();
    assert!(room.starts_with("quipe-A-point-du-lundi-"), "{room}");

    let (status, _) = app.send("POST /meetings/2/join");
    assert_eq!(status, "HTTP/1.1 404 Not Found");
}

/// Returns a command that runs an example with an account on the mock server.
fn with_account(name: &str, mock: &MockServer) -> Command {
    let mut command = example(name);
    command
        .env("SIGNALWIRE_SPACE", mock.base_url())
        .env("SIGNALWIRE_PROJECT_ID", mock.project_id())
        .env("SIGNALWIRE_API_TOKEN", mock.api_token());
    command
}

#[track_caller]
fn assert_no_lints(requests: &[ReceivedRequest]) {
    assert!(!requests.is_empty(), "no request was sent");
    for request in requests {
        let sent: RoomTokenRequest = serde_json::from_slice(request.body()).unwrap();
        assert_eq!(sent.lint(), [], "{sent:?}");
    }
}

#[test]
fn first_token() {
    let mock = MockServer::start().unwrap();
    let stdout = succeeded(with_account("first_token", &mock).output().unwrap());
    let claims = claims(stdout.trim_end());
    assert_eq!(claims.user_name.as_deref(), Some("Alice"));
    assert_eq!(permissions(&claims), PermissionSet::PARTICIPANT);
    assert!(claims.join_until.is_some());
    assert_no_lints(&mock.requests());
}

/// The error printed by `main` starts with the root cause.
#[test]
fn first_token_without_credentials_names_the_variables() {
    let output = example("first_token").output().unwrap();
    assert!(!output.status.success());
    let messages = String::from_utf8(output.stderr).unwrap();
    let expected =
        "Error: the client is misconfigured: environment variables are missing: `SIGNALWIRE_SPACE`";
    assert!(messages.starts_with(expected), "{messages}");
}

#[test]
fn requests_of_examples_trigger_no_lints() {
    let mock = MockServer::start().unwrap();
    #[cfg(feature = "blocking")]
    {
        succeeded(
            with_account("script", &mock)
                .args(["standup", "Alice"])
                .output()
                .unwrap(),
        );
        assert_no_lints(&mock.requests());
        mock.clear_requests();
    }
    succeeded(with_account("class", &mock).output().unwrap());
    assert_eq!(mock.requests().len(), 30);
    assert_no_lints(&mock.requests());
    mock.clear_requests();
    let app = RunningExample::start(with_account("app_state", &mock));
    assert_eq!(app.send("POST /meetings/1/join").0, "HTTP/1.1 200 OK");
    assert_no_lints(&mock.requests());
}

#[test]
fn app_state_maps_errors_to_its_own_statuses() {
    let mock = MockServer::start().unwrap();
    let app = RunningExample::start(with_account("app_state", &mock));
    for (status, expected) in [
        (401, "500 Internal Server Error"),
        (422, "422 Unprocessable Entity"),
        (500, "502 Bad Gateway"),
    ] {
        mock.script([Reply::status(status)]);
        let (line, message) = app.send("POST /meetings/1/join");
        assert_eq!(line, format!("HTTP/1.1 {expected}"), "{status}");
        assert!(
            message.contains("The "),
            "expected a user-facing message: {message}"
        );
    }
}

/// Reads a file. `path` is relative to this package.
fn read(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the code blocks in a Markdown file or in doc comments.
fn code_blocks(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<Vec<&str>> = None;
    for line in text.lines() {
        let line = line.trim_start();
        let line = ["//! ", "/// ", "//!", "///"]
            .iter()
            .find_map(|mark| line.strip_prefix(mark))
            .unwrap_or(line);
        // Code fences that depend on a feature are written as `doc` attributes.
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
fn first_example_is_the_same_in_readme_and_crate_docs() {
    let example = read("examples/first_token.rs");
    let (_, code) = example.split_once("\n\n#![allow").unwrap();
    let (_, code) = code.split_once("\n\n").unwrap();
    let code: Vec<_> = code.lines().map(str::trim_start).collect();
    // `#[tokio::main]` requires both features.
    assert!(read("../../README.md").contains(r#"features = ["macros", "rt-multi-thread"]"#));
    for path in ["../../README.md", "src/lib.rs"] {
        let blocks = code_blocks(&read(path));
        let is_same = |block: &&String| block.lines().map(str::trim_start).eq(code.iter().copied());
        assert!(
            blocks.iter().any(|block| is_same(&block)),
            "{path} does not contain examples/first_token.rs"
        );
    }
}

/// Returns the path and code of each documentation example that sends a request.
fn documented_examples() -> Vec<(String, String)> {
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut directories = vec![sources];
    let mut examples = Vec::new();
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
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
fn documentation_examples_set_a_lifetime_and_check_lints() {
    let examples = documented_examples();
    assert!(examples.len() >= 12, "found only {} examples", examples.len());
    for (path, block) in examples {
        let has_lifetime = block.contains(".valid_for(") || block.contains(".join_until(");
        assert!(has_lifetime, "{path}:\n{block}");
        // Skip the example that requires an account. It is identical to `first_token`, which another test
        // runs.
        let is_checked =
            block.contains(".lint(), [])") || block.contains("Client::from_env()?;\n    let token");
        assert!(is_checked, "{path}:\n{block}");
    }
}
