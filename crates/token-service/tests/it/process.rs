//! The program itself: its environment, its logs, its end.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::json;
use signalwire_room_tokens_mock::{DEFAULT_API_TOKEN, DEFAULT_PROJECT_ID};

use crate::support::Browser;

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_token-service"));
    program
        .env_clear()
        // Where coverage is measured, this says where to write it down.
        .envs(std::env::vars_os().filter(|(name, _)| name == "LLVM_PROFILE_FILE"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    program
}

/// The program while it runs; ended when it is dropped.
struct Running {
    child: Child,
    log: BufReader<ChildStderr>,
    said: String,
}

impl Running {
    fn start(mut program: Command) -> Self {
        let mut child = program.spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self {
            child,
            log,
            said: String::new(),
        }
    }

    /// A browser at the address that the log tells.
    fn browser(&mut self) -> Browser {
        loop {
            let mut line = String::new();
            assert!(self.log.read_line(&mut line).unwrap() > 0, "{}", self.said);
            self.said.push_str(&line);
            if let Some((_, rest)) = line.split_once("listening address=") {
                let address = rest.split_whitespace().next().unwrap();
                return Browser::new(address.parse().unwrap());
            }
        }
    }

    /// Everything that was logged until the program ended.
    fn log(&mut self) -> String {
        self.log.read_to_string(&mut self.said).unwrap();
        std::mem::take(&mut self.said)
    }

    /// The exit code, and what was logged, after the program has ended by itself.
    fn ended(mut self) -> (i32, String) {
        let log = self.log();
        (self.child.wait().unwrap().code().expect("an exit code"), log)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Of effect only if a test has failed before.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The most talkative log has no secret, and the signal by which services are told to end brings an orderly end.
#[cfg(unix)]
#[tokio::test]
async fn logs_tell_no_secret_and_a_signal_ends_it() {
    let mut program = program();
    program.envs([("MOCK", "1"), ("LISTEN", "127.0.0.1:0"), ("RUST_LOG", "trace")]);
    let mut running = Running::start(program);
    let browser = running.browser();

    let alice = browser.signed_in("Alice").await;
    let answer = alice.join("standup", json!({})).await;
    assert_eq!(answer.status, 201);
    let token = answer.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(alice.join("elsewhere", json!({})).await.status, 404);
    assert_eq!(browser.get("/health").await.status, 204);

    let pid = running.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap()
            .success()
    );
    let (code, log) = running.ended();
    assert_eq!(code, 0, "{log}");
    assert!(log.contains("stopped"), "{log}");
    assert!(log.contains("/rooms/{room}/tokens"), "requests are logged: {log}");
    for secret in [
        DEFAULT_API_TOKEN,
        &token,
        token.rsplit('.').next().unwrap(),
        alice.session().unwrap(),
        "Basic ",
        "Bearer ",
    ] {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
    }
}

/// Methods, paths and field names may have any length.
#[tokio::test]
async fn no_request_adds_much_to_the_log() {
    let mut program = program();
    program.envs([
        ("MOCK", "1"),
        ("LISTEN", "127.0.0.1:0"),
        ("RUST_LOG", "token_service=debug,tower_http=debug"),
    ]);
    let mut running = Running::start(program);
    let browser = running.browser();
    assert_eq!(browser.method(&"M".repeat(60_000)).await.status, 405);
    assert_eq!(browser.method("GET").await.status, 200);
    let long = "f".repeat(15_000);
    let unknown = browser
        .post("/session", &json!({ "name": "Alice", long.clone(): 1 }))
        .await;
    assert_eq!(unknown.status, 422);
    assert_eq!(browser.get(&format!("/{long}")).await.status, 404);

    running.child.kill().unwrap();
    let log = running.log();
    assert!(
        log.contains("method=\"OTHER\"") && log.contains("method=\"GET\""),
        "{log}"
    );
    for line in log.lines() {
        assert!(line.len() < 1000, "{} bytes: {}", line.len(), &line[..200]);
    }
}

#[test]
fn without_credentials_it_says_what_is_missing() {
    let (code, log) = Running::start(program()).ended();
    assert_eq!(code, 1);
    assert!(
        log.contains("SIGNALWIRE_SPACE") && log.contains("SIGNALWIRE_API_TOKEN"),
        "{log}"
    );
}

#[test]
fn it_does_not_let_the_world_sign_in() {
    let mut program = program();
    program.envs([
        ("SIGNALWIRE_SPACE", "example"),
        ("SIGNALWIRE_PROJECT_ID", DEFAULT_PROJECT_ID),
        ("SIGNALWIRE_API_TOKEN", DEFAULT_API_TOKEN),
        ("DEMO_SIGN_IN", "true"),
        ("LISTEN", "0.0.0.0:0"),
    ]);
    let (code, log) = Running::start(program).ended();
    assert_eq!(code, 1);
    assert!(log.contains("only for addresses of this machine"), "{log}");
    assert!(!log.contains(DEFAULT_API_TOKEN), "{log}");
}

#[test]
fn it_tells_which_file_of_rooms_is_wrong() {
    let mut program = program();
    program.envs([
        ("MOCK", "1"),
        ("ROOMS", "/no/such/rooms.json"),
        ("LISTEN", "127.0.0.1:0"),
    ]);
    let (code, log) = Running::start(program).ended();
    assert_eq!(code, 1);
    assert!(log.contains("/no/such/rooms.json"), "{log}");
}
