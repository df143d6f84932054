//! Tests for the program's environment variables, logs and shutdown.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use serde_json::json;
use signalwire_room_tokens_mock::{DEFAULT_API_TOKEN, DEFAULT_PROJECT_ID};

use crate::support::{Browser, settings};

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_token-service"));
    program
        .env_clear()
        // Coverage builds write their profiles to this file.
        .envs(std::env::vars_os().filter(|(name, _)| name == "LLVM_PROFILE_FILE"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    program
}

/// A running program, killed on drop.
struct Running {
    child: Child,
    log: BufReader<ChildStderr>,
    logged: String,
}

impl Running {
    fn start(mut program: Command) -> Self {
        let mut child = program.spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self {
            child,
            log,
            logged: String::new(),
        }
    }

    /// Waits until the log contains the server's address, and returns a browser for it.
    fn browser(&mut self) -> Browser {
        loop {
            let mut line = String::new();
            assert!(self.log.read_line(&mut line).unwrap() > 0, "{}", self.logged);
            self.logged.push_str(&line);
            if let Some((_, rest)) = line.split_once("listening address=") {
                let address = rest.split_whitespace().next().unwrap();
                return Browser::new(address.parse().unwrap());
            }
        }
    }

    /// Returns everything that the program logs before it exits.
    fn log(&mut self) -> String {
        self.log.read_to_string(&mut self.logged).unwrap();
        std::mem::take(&mut self.logged)
    }

    /// Waits for the program to exit. Returns its exit code and log.
    fn wait(mut self) -> (i32, String) {
        let log = self.log();
        (self.child.wait().unwrap().code().expect("an exit code"), log)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // If the test failed, the program is still running.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Even at the most verbose level, logs must not contain secrets. SIGTERM must shut the program down
/// gracefully.
#[cfg(unix)]
#[tokio::test]
async fn logs_contain_no_secrets_and_sigterm_stops_the_program() {
    let mut program = program();
    program.envs([("MOCK", "1"), ("LISTEN", "127.0.0.1:0"), ("RUST_LOG", "trace")]);
    let mut running = Running::start(program);
    let browser = running.browser();

    let alice = browser.signed_in("Alice").await;
    let response = alice.join("standup", json!({})).await;
    assert_eq!(response.status, 201);
    let token = response.json()["token"].as_str().unwrap().to_owned();
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
    let (code, log) = running.wait();
    assert_eq!(code, 0, "{log}");
    assert!(log.contains("stopped"), "{log}");
    assert!(
        log.contains("/rooms/{room}/tokens"),
        "the request is not in the log: {log}"
    );
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

/// Methods, paths and field names can be arbitrarily long.
#[tokio::test]
async fn log_lines_are_short_for_any_request() {
    let mut program = program();
    program.envs([
        ("MOCK", "1"),
        ("LISTEN", "127.0.0.1:0"),
        ("RUST_LOG", "token_service=debug,tower_http=debug"),
    ]);
    let mut running = Running::start(program);
    let browser = running.browser();
    let requests = async {
        assert_eq!(browser.method(&"M".repeat(60_000)).await.status, 405);
        assert_eq!(browser.method("GET").await.status, 200);
        let long = "f".repeat(15_000);
        let unknown = browser
            .post("/session", &json!({ "name": "Alice", long.clone(): 1 }))
            .await;
        assert_eq!(unknown.status, 422);
        assert_eq!(browser.get(&format!("/{long}")).await.status, 404);
    };
    // The log is not read while the requests run, so a log that fills the pipe buffer would block the
    // service.
    let in_time = tokio::time::timeout(Duration::from_secs(20), requests).await;
    in_time.expect("the log should fit in the pipe buffer");

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
fn missing_credentials_are_named() {
    let (code, log) = Running::start(program()).wait();
    assert_eq!(code, 1);
    assert!(
        log.contains("SIGNALWIRE_SPACE") && log.contains("SIGNALWIRE_API_TOKEN"),
        "{log}"
    );
}

#[test]
fn the_demo_sign_in_requires_a_loopback_address() {
    let mut program = program();
    program.envs([
        ("SIGNALWIRE_SPACE", "example"),
        ("SIGNALWIRE_PROJECT_ID", DEFAULT_PROJECT_ID),
        ("SIGNALWIRE_API_TOKEN", DEFAULT_API_TOKEN),
        ("DEMO_SIGN_IN", "true"),
        ("LISTEN", "0.0.0.0:0"),
    ]);
    let (code, log) = Running::start(program).wait();
    assert_eq!(code, 1);
    assert!(log.contains("must be a loopback address"), "{log}");
    assert!(!log.contains(DEFAULT_API_TOKEN), "{log}");
}

#[test]
fn an_unreadable_rooms_file_is_named() {
    let mut program = program();
    program.envs([
        ("MOCK", "1"),
        ("ROOMS", "/no/such/rooms.json"),
        ("LISTEN", "127.0.0.1:0"),
    ]);
    let (code, log) = Running::start(program).wait();
    assert_eq!(code, 1);
    assert!(log.contains("/no/such/rooms.json"), "{log}");
}

#[test]
fn old_flag_names_still_work() {
    let old = settings(&["--stay-at-most-minutes=5", "--grace-seconds=3"]);
    assert_eq!(old.max_stay_minutes, 5);
    assert_eq!(old.limits.shutdown_grace, Duration::from_secs(3));
}
