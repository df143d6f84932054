//! Tests for graceful shutdown, which closes the listener and lets requests in flight finish.

use std::net::SocketAddr;

use axum::Router;
use axum::routing::post;
use serde_json::json;
use token_service::{router, serve};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::support::{self, Browser, Response, app};

/// Starts an upstream that lets the test send each response through a channel.
async fn slow_upstream() -> (String, mpsc::Receiver<oneshot::Sender<String>>) {
    let (sender, requests) = mpsc::channel::<oneshot::Sender<String>>(1);
    let response = move || async move {
        let (reply, replied) = oneshot::channel();
        sender.send(reply).await.unwrap();
        replied.await.unwrap_or_default()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/api/video/room_tokens", post(response));
    tokio::spawn(async { axum::serve(listener, router).await });
    (url, requests)
}

/// A running service with one request in flight.
struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
    joining: JoinHandle<Response>,
    /// Sends the upstream's response.
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
async fn a_request_in_flight_gets_its_response() {
    let running = running("--shutdown-grace-seconds=3600").await;
    running.stop.send(()).unwrap();
    // The stop signal closes the listener, so connecting eventually fails.
    while tokio::net::TcpStream::connect(running.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(
        !running.serving.is_finished(),
        "the service stopped with a request in flight"
    );

    let token = "eyJhbGciOiJIUzUxMiJ9.eyJyIjoic3RhbmR1cCJ9.c2ln";
    running
        .request
        .send(json!({ "token": token }).to_string())
        .unwrap();
    let response = running.joining.await.unwrap();
    assert_eq!(response.claims().room_name.as_deref(), Some("standup"));
    running.serving.await.unwrap();
}

#[tokio::test]
async fn a_request_that_does_not_end_is_aborted() {
    let running = running("--shutdown-grace-seconds=0").await;
    assert!(!running.request.is_closed(), "the request ended too early");
    running.stop.send(()).unwrap();
    running.serving.await.unwrap();
    let mut request = running.request;
    // The service closes its connections to both the upstream and the browser.
    request.closed().await;
    assert!(running.joining.await.unwrap_err().is_panic());
}

#[tokio::test]
async fn idle_connections_do_not_delay_a_shutdown() {
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
