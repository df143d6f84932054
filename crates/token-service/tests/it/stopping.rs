//! The end of the service: no more connections, and time for what is under way.

use std::net::SocketAddr;

use axum::Router;
use axum::routing::post;
use serde_json::json;
use token_service::{router, serve};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::support::{self, Answer, Browser, app};

/// An upstream that says when it was asked, and answers when it is told to.
async fn slow_upstream() -> (String, mpsc::Receiver<oneshot::Sender<String>>) {
    let (asked, requests) = mpsc::channel::<oneshot::Sender<String>>(1);
    let answer = move || async move {
        let (reply, replied) = oneshot::channel();
        asked.send(reply).await.unwrap();
        replied.await.unwrap_or_default()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/api/video/room_tokens", post(answer));
    tokio::spawn(async { axum::serve(listener, router).await });
    (url, requests)
}

/// The service while it runs, with one request under way.
struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
    joining: JoinHandle<Answer>,
    /// Where the upstream takes the answer from.
    request: oneshot::Sender<String>,
}

async fn running(grace: &str) -> Running {
    let (upstream, mut requests) = slow_upstream().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopping) = oneshot::channel::<()>();
    let settings = ["--demo-sign-in", grace];
    let router = router(app(&upstream, &settings));
    let stopping = async { stopping.await.unwrap() };
    let limits = support::settings(&settings).limits;
    let serving = tokio::spawn(serve(listener, router, stopping, limits));
    let alice = Browser::new(address).signed_in("Alice").await;
    let joining = tokio::spawn(async move { alice.join("standup", json!({})).await });
    Running {
        address,
        stop,
        serving,
        joining,
        request: requests.recv().await.unwrap(),
    }
}

#[tokio::test]
async fn a_request_under_way_gets_its_answer() {
    let running = running("--shutdown-grace-seconds=3600").await;
    running.stop.send(()).unwrap();
    // The service takes no more connections from the moment it knows of the stop.
    while tokio::net::TcpStream::connect(running.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!running.serving.is_finished(), "somebody is still waiting");

    let token = "eyJhbGciOiJIUzUxMiJ9.eyJyIjoic3RhbmR1cCJ9.c2ln";
    running
        .request
        .send(json!({ "token": token }).to_string())
        .unwrap();
    let answer = running.joining.await.unwrap();
    assert_eq!(answer.claims().room_name.as_deref(), Some("standup"));
    running.serving.await.unwrap();
}

#[tokio::test]
async fn a_request_that_does_not_end_is_aborted() {
    let running = running("--shutdown-grace-seconds=0").await;
    assert!(!running.request.is_closed(), "the request is in flight");
    running.stop.send(()).unwrap();
    running.serving.await.unwrap();
    let mut request = running.request;
    // The service has closed the connections to the upstream and to the browser.
    request.closed().await;
    assert!(running.joining.await.unwrap_err().is_panic());
}

/// Idle connections don't delay the shutdown.
#[tokio::test]
async fn idle_connections_do_not_outlast_a_stop() {
    let running = running("--shutdown-grace-seconds=3600").await;
    let idle = tokio::net::TcpStream::connect(running.address).await.unwrap();
    running
        .request
        .send(json!({ "token": "a.b.c" }).to_string())
        .unwrap();
    running.joining.await.unwrap();
    running.stop.send(()).unwrap();
    running.serving.await.unwrap();
    drop(idle);
}
