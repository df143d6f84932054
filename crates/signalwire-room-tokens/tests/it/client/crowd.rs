//! Ten thousand calls against a server that fails one in three: every result belongs to its request.

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
/// Calls over one HTTP/2 connection, all in flight at the same time.
#[cfg(all(feature = "http2", feature = "rustls-ring"))]
const HTTP2_CALLS: usize = 2_000;
/// Connections take file descriptors, of which few systems give a process more than a thousand unasked.
const CONNECTIONS: usize = 200;

/// What the server has done, by the participant's name.
#[derive(Clone, Default)]
struct Ledger(Arc<Mutex<HashMap<String, Vec<Did>>>>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Did {
    Minted,
    Refused,
    Broke,
}

impl Ledger {
    /// Lets the mock answer as chance has it, but the same chance in every run, and keeps the books.
    fn of(mock: &MockServer) -> Self {
        let ledger = Self::default();
        let (books, chance) = (ledger.clone(), Mutex::new(fastrand::Rng::with_seed(5)));
        mock.script_fn(move |request| {
            let name = request.json()?["user_name"].as_str()?.to_owned();
            let minted = Reply::status(200).json(&json!({ "token": name }));
            let (did, reply) = match chance.lock().unwrap().u8(0..9) {
                0 => (Did::Refused, Reply::status(422).json(&json!({ "error": name }))),
                1 => (Did::Broke, Reply::status(503).body(name.clone())),
                2 => (Did::Broke, minted.reset_at(Stage::Body)),
                _ => (Did::Minted, minted),
            };
            books.0.lock().unwrap().entry(name).or_default().push(did);
            Some(reply)
        });
        ledger
    }

    fn of_call(&self, name: &str) -> Vec<Did> {
        self.0.lock().unwrap()[name].clone()
    }
}

/// Makes all the calls, each in a task of its own, and holds every outcome against the books.
async fn each_gets_its_own(client: &Client, ledger: &Ledger, count: usize, under_way: usize) {
    let permits = Arc::new(Semaphore::new(under_way));
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
        let did = ledger.of_call(&name);
        match (did.as_slice(), outcome) {
            ([Did::Minted] | [Did::Broke, Did::Minted], Ok(token)) => assert_eq!(token.expose(), name),
            ([Did::Refused] | [Did::Broke, Did::Refused], Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::Rejected);
                assert_eq!(error.api_errors()[0].message(), Some(name.as_str()));
                failed += 1;
            }
            ([Did::Broke, Did::Broke], Err(error)) => {
                assert!(error.is_retryable(), "{error}");
                assert!(
                    error.body_excerpt().is_none_or(|excerpt| excerpt == name),
                    "{error:?}"
                );
                failed += 1;
            }
            (did, outcome) => panic!("{name}: {did:?} became {outcome:?}"),
        }
    }
    assert_eq!(
        ledger.0.lock().unwrap().len(),
        count,
        "no call is lost or made up"
    );
    assert!(
        (count / 10..count / 4).contains(&failed),
        "{failed} failed for good"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_calls_each_get_their_own_outcome() {
    let mock = mock().await;
    let ledger = Ledger::of(&mock);
    let client = builder(&mock)
        .timeout(Duration::from_secs(600))
        .attempt_timeout(Duration::from_secs(600));
    each_gets_its_own(&client.build().unwrap(), &ledger, CALLS, CONNECTIONS).await;
}

/// All of them at a time, since one connection carries them.
#[cfg(all(feature = "http2", feature = "rustls-ring"))]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_over_one_http2_connection_each_get_their_own_outcome() {
    use crate::tls_front::{Authority, TlsFront};

    let authority = Authority::new();
    let front = TlsFront::start(mock().await, authority.server("localhost", &["h2"], |_| {})).await;
    let ledger = Ledger::of(&front.mock);
    let client = front
        .builder(&authority)
        .timeout(Duration::from_secs(600))
        .attempt_timeout(Duration::from_secs(600));
    each_gets_its_own(&client.build().unwrap(), &ledger, HTTP2_CALLS, HTTP2_CALLS).await;
}
