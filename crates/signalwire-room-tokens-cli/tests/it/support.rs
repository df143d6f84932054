//! Helpers that run the program, create accounts on a mock server and inspect output.

use std::io::Write as _;
use std::ops::Deref;
use std::process::{Command, Output, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use signalwire_room_tokens_mock::blocking::MockServer;
use signalwire_room_tokens_mock::{MockServer as Mock, Reply};

/// The API token used in tests. It must never appear in any output.
pub(crate) const API_TOKEN: &str = "PT5ecretOfTheTests0123456789abcdef";

/// Names of all subcommands.
pub(crate) const COMMANDS: [&str; 7] = [
    "create",
    "inspect",
    "permissions",
    "mock",
    "doctor",
    "completions",
    "man",
];

/// Returns a command that runs the program with an empty environment.
pub(crate) fn room_token(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_room-token"));
    command
        .env_clear()
        // Coverage builds write their profiles to the file named by this variable.
        .envs(std::env::vars_os().filter(|(name, _)| name == "LLVM_PROFILE_FILE"))
        .args(args)
        .stdin(Stdio::null());
    command
}

/// The exit code and output of a run.
#[derive(Debug)]
pub(crate) struct RunOutput {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl RunOutput {
    /// Returns the single line on standard output.
    #[track_caller]
    pub(crate) fn line(&self) -> &str {
        assert_eq!(self.code, 0, "{self:?}");
        let line = self.stdout.strip_suffix('\n').expect("a trailing newline");
        assert!(!line.contains('\n'), "expected one line: {line}");
        line
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    #[track_caller]
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        let line = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {self:?}"));
        self.stdout.lines().map(line).collect()
    }

    /// Checks the exit code, that standard output is empty, and that standard error contains the given
    /// messages.
    #[track_caller]
    pub(crate) fn assert_failed(&self, code: i32, messages: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        for message in messages {
            assert!(
                self.stderr.contains(message),
                "{message:?} not found in {}",
                self.stderr
            );
        }
    }
}

impl From<Output> for RunOutput {
    fn from(output: Output) -> Self {
        let ran = Self {
            code: output.status.code().expect("an exit code"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        // Without a terminal, output must not be colored. No run may panic or print a secret.
        assert!(
            !ran.stdout.contains('\x1b') && !ran.stderr.contains('\x1b'),
            "{ran:?}"
        );
        assert!(!ran.stderr.contains("panicked"), "{ran:?}");
        assert!(
            !ran.stdout.contains(API_TOKEN) && !ran.stderr.contains(API_TOKEN),
            "{ran:?}"
        );
        assert!(!ran.stderr.contains("eyJ"), "printed a room token: {ran:?}");
        ran
    }
}

/// Runs the program without credentials.
pub(crate) fn run(args: &[&str]) -> RunOutput {
    room_token(args).output().unwrap().into()
}

/// Runs a command with the given standard input.
pub(crate) fn run_with_stdin(mut command: Command, input: impl Into<Vec<u8>>) -> RunOutput {
    let input = input.into();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Write from a separate thread. Otherwise the test deadlocks if the program fills its output pipe before
    // it reads all its input.
    let writer = std::thread::spawn(move || stdin.write_all(&input).ok());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.into()
}

/// An account on a mock server.
pub(crate) struct Account(MockServer);

impl Account {
    pub(crate) fn new() -> Self {
        Self(Mock::builder().api_token(API_TOKEN).start_blocking().unwrap())
    }

    /// Creates an account whose service returns the given replies first.
    pub(crate) fn replying(replies: impl IntoIterator<Item = Reply>) -> Self {
        let account = Self::new();
        account.script(replies);
        account
    }

    /// Returns a command that runs the program with this account's credentials.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = room_token(args);
        command
            .env("SIGNALWIRE_SPACE", self.base_url())
            .env("SIGNALWIRE_PROJECT_ID", self.project_id())
            .env("SIGNALWIRE_API_TOKEN", self.api_token());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> RunOutput {
        self.command(args).output().unwrap().into()
    }

    /// Runs the program and returns the body of the single request it sends.
    #[track_caller]
    pub(crate) fn body_of(args: &[&str]) -> Value {
        let account = Self::new();
        let ran = account.run(args);
        account.verify(ran.line()).expect("a token minted by this mock");
        let requests = account.requests();
        assert_eq!(requests.len(), 1);
        requests[0].json().unwrap()
    }

    /// Checks that no request was sent.
    #[track_caller]
    pub(crate) fn assert_no_requests(&self) {
        assert_eq!(self.requests().len(), 0);
    }
}

impl Deref for Account {
    type Target = Mock;

    fn deref(&self) -> &Mock {
        &self.0
    }
}

/// Returns a token with the given header and claims and an arbitrary signature.
pub(crate) fn token_of(header: &Value, claims: &Value) -> String {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.c2lnbmF0dXJl", part(header), part(claims))
}

/// Creates a temporary file with the given content. It is deleted on drop.
pub(crate) fn file(content: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(content.as_bytes()).unwrap();
    file
}

/// A bound port that refuses connections because nothing listens on it.
pub(crate) struct ClosedPort(tokio::net::TcpSocket);

impl ClosedPort {
    pub(crate) fn new() -> Self {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        Self(socket)
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }
}
