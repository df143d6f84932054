//! What most tests need: the program, an account on a mock, and what a run of the program came to.

use std::io::Write as _;
use std::ops::Deref;
use std::process::{Command, Output, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use signalwire_room_tokens_mock::blocking::MockServer;
use signalwire_room_tokens_mock::{MockServer as Mock, Reply};

/// Looks like a secret, and must not appear in any output.
pub(crate) const API_TOKEN: &str = "PT5ecretOfTheTests0123456789abcdef";

/// What the program can be asked for.
pub(crate) const COMMANDS: [&str; 7] = [
    "create",
    "inspect",
    "permissions",
    "mock",
    "doctor",
    "completions",
    "man",
];

/// The program, with nothing in its environment that could get in the way.
pub(crate) fn room_token(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_room-token"));
    command
        .env_clear()
        // Where coverage is measured, this says where to write it down.
        .envs(std::env::vars_os().filter(|(name, _)| name == "LLVM_PROFILE_FILE"))
        .args(args)
        .stdin(Stdio::null());
    command
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The one line on standard output.
    #[track_caller]
    pub(crate) fn line(&self) -> &str {
        assert_eq!(self.code, 0, "{self:?}");
        let line = self.stdout.strip_suffix('\n').expect("a line end");
        assert!(!line.contains('\n'), "one line: {line}");
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

    /// It ended with this code, gave no result, and said this.
    #[track_caller]
    pub(crate) fn failed(&self, code: i32, said: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        for said in said {
            assert!(self.stderr.contains(said), "{said:?} is not in {}", self.stderr);
        }
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let ran = Self {
            code: output.status.code().expect("an exit code"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        // Whatever is run: no colour where there is no terminal, no panic, no secret.
        assert!(
            !ran.stdout.contains('\x1b') && !ran.stderr.contains('\x1b'),
            "{ran:?}"
        );
        assert!(!ran.stderr.contains("panicked"), "{ran:?}");
        assert!(
            !ran.stdout.contains(API_TOKEN) && !ran.stderr.contains(API_TOKEN),
            "{ran:?}"
        );
        assert!(!ran.stderr.contains("eyJ"), "a token among the messages: {ran:?}");
        ran
    }
}

/// Runs the program without an account.
pub(crate) fn run(args: &[&str]) -> Ran {
    room_token(args).output().unwrap().into()
}

/// Runs a command with this on its standard input.
pub(crate) fn feed(mut command: Command, input: impl Into<Vec<u8>>) -> Ran {
    let input = input.into();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // On a thread, as the program may stop reading, or write before it has read all.
    let writer = std::thread::spawn(move || stdin.write_all(&input).ok());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.into()
}

/// An account whose service is a mock.
pub(crate) struct Account(MockServer);

impl Account {
    pub(crate) fn new() -> Self {
        Self(Mock::builder().api_token(API_TOKEN).start_blocking().unwrap())
    }

    /// An account whose service gives these answers first.
    pub(crate) fn answering(replies: impl IntoIterator<Item = Reply>) -> Self {
        let account = Self::new();
        account.script(replies);
        account
    }

    /// The program with this account in its environment.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = room_token(args);
        command
            .env("SIGNALWIRE_SPACE", self.base_url())
            .env("SIGNALWIRE_PROJECT_ID", self.project_id())
            .env("SIGNALWIRE_API_TOKEN", self.api_token());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().unwrap().into()
    }

    /// The body of the one request that the program sends with these arguments.
    #[track_caller]
    pub(crate) fn body_of(args: &[&str]) -> Value {
        let account = Self::new();
        let ran = account.run(args);
        account.verify(ran.line()).expect("a token of this mock");
        let requests = account.requests();
        assert_eq!(requests.len(), 1);
        requests[0].json().unwrap()
    }

    /// Nothing was sent.
    #[track_caller]
    pub(crate) fn is_untouched(&self) {
        assert_eq!(self.requests().len(), 0);
    }
}

impl Deref for Account {
    type Target = Mock;

    fn deref(&self) -> &Mock {
        &self.0
    }
}

/// A token with these parts, and a signature that nobody checks.
pub(crate) fn token_of(header: &Value, claims: &Value) -> String {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.c2lnbmF0dXJl", part(header), part(claims))
}

/// A file with this content, for as long as the value lives.
pub(crate) fn file(content: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(content.as_bytes()).unwrap();
    file
}

/// A port that is taken, so that nobody else gets it, and that nobody listens on.
pub(crate) struct Deaf(tokio::net::TcpSocket);

impl Deaf {
    pub(crate) fn new() -> Self {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        Self(socket)
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }
}
