//! Tests that 10,000 concurrent calls get their own results from a server that fails one in three requests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use signalwire_room_tokens::{Client, ErrorKind};
use signalwire_room_tokens_mock::{MockServer, Reply, Stage};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::support::{builder, mock};

const CALLS: usize = 10_000;
/// Number of concurrent calls over one HTTP/2 connection.
#[cfg(all(feature = "http2", feature = "rustls-ring"))]
const HTTP2_CALLS: usize = 2_000;
/// Maximum number of connections. Many systems limit a process to about a thousand file descriptors.
const CONNECTIONS: usize = 200;

/// The server's actions, by user name.
#[derive(Clone, Default)]
struct ServerLog(Arc<Mutex<HashMap<String, Vec<Action>>>>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Action {
    Minted,
    Rejected,
    Failed,
}

impl ServerLog {
    /// Scripts pseudorandom but reproducible replies and records them.
    fn script(mock: &MockServer) -> Self {
        let log = Self::default();
        let (entries, rng) = (log.clone(), Mutex::new(fastrand::Rng::with_seed(5)));
        mock.script_fn(move |request| {
            let name = request.json()?["user_name"].as_str()?.to_owned();
            let minted = Reply::status(200).json(&json!({ "token": name }));
            let (action, reply) = match rng.lock().unwrap().u8(0..9) {
                0 => (
                    Action::Rejected,
                    Reply::status(422).json(&json!({ "error": name })),
                ),
                1 => (Action::Failed, Reply::status(503).body(name.clone())),
                2 => (Action::Failed, minted.reset_at(Stage::Body)),
                _ => (Action::Minted, minted),
            };
            entries.0.lock().unwrap().entry(name).or_default().push(action);
            Some(reply)
        });
        log
    }

    fn of_call(&self, name: &str) -> Vec<Action> {
        self.0.lock().unwrap()[name].clone()
    }
}

/// Makes each call in a separate task and compares its outcome with what the server did.
async fn assert_outcomes_match(client: &Client, log: &ServerLog, count: usize, in_flight: usize) {
    let permits = Arc::new(Semaphore::new(in_flight));
    let mut calls = JoinSet::new();
    for number in 0..count {
        let (client, permits) = (client.clone(), permits.clone());
        calls.spawn(async move {
            let _permit = permits.acquire().await.unwrap();
            let name = format!("participant-{number}");
            let outcome = client
                .room_token("r")
                .user_name(&name)
                .max_retries(1)
                .create()
                .await;
            (name, outcome)
        });
    }
    let mut failed = 0;
    while let Some(call) = calls.join_next().await {
        let (name, outcome) = call.unwrap();
        let actions = log.of_call(&name);
        match (actions.as_slice(), outcome) {
            ([Action::Minted] | [Action::Failed, Action::Minted], Ok(token)) => {
                assert_eq!(token.expose(), name);
            }
            ([Action::Rejected] | [Action::Failed, Action::Rejected], Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::Rejected);
                assert_eq!(error.api_errors()[0].message(), Some(name.as_str()));
                failed += 1;
            }
            ([Action::Failed, Action::Failed], Err(error)) => {
                assert!(error.is_retryable(), "{error}");
                assert!(
                    error.body_excerpt().is_none_or(|excerpt| excerpt == name),
                    "{error:?}"
                );
                failed += 1;
            }
            (actions, outcome) => panic!("{name}: server actions {actions:?} led to {outcome:?}"),
        }
    }
    assert_eq!(
        log.0.lock().unwrap().len(),
        count,
        "every call must reach the server"
    );
    assert!((count / 10..count / 4).contains(&failed), "{failed} calls failed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_calls_get_their_own_outcomes() {
    let mock = mock().await;
    let log = ServerLog::script(&mock);
    let client = builder(&mock)
        .timeout(Duration::from_secs(600))
        .attempt_timeout(Duration::from_secs(600));
    assert_outcomes_match(&client.build().unwrap(), &log, CALLS, CONNECTIONS).await;
}

/// All calls run concurrently because they share one connection.
#[cfg(all(feature = "http2", feature = "rustls-ring"))]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_over_one_http2_connection_get_their_own_outcomes() {
    use crate::tls_front::{Authority, TlsFront};

    let authority = Authority::new();
    let front = TlsFront::start(mock().await, authority.server("localhost", &["h2"], |_| {})).await;
    let log = ServerLog::script(&front.mock);
    let client = front
        .builder(&authority)
        .timeout(Duration::from_secs(600))
        .attempt_timeout(Duration::from_secs(600));
    assert_outcomes_match(&client.build().unwrap(), &log, HTTP2_CALLS, HTTP2_CALLS).await;
}
