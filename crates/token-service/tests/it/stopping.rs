//! The end of the service: no more connections, and time for what is under way.

use std::time::Duration;

use axum::Router;
use axum::routing::post;
use serde_json::json;
use token_service::{router, serve};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use crate::support::{Browser, app};

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

#[tokio::test]
async fn a_request_under_way_gets_its_answer() {
    let (upstream, mut requests) = slow_upstream().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopping) = oneshot::channel::<()>();
    let router = router(app(&upstream, &["--demo-sign-in"]));
    let serving = tokio::spawn(serve(
        listener,
        router,
        async { stopping.await.unwrap() },
        Duration::from_secs(3600),
    ));

    let alice = Browser::new(address).signed_in("Alice").await;
    let joining = tokio::spawn(async move { alice.join("standup", json!({})).await });
    let request = requests.recv().await.unwrap();
    stop.send(()).unwrap();
    // The service takes no more connections from the moment it knows of the stop.
    while tokio::net::TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!serving.is_finished(), "somebody is still waiting");

    request
        .send(json!({ "token": "eyJhbGciOiJIUzUxMiJ9.eyJyIjoic3RhbmR1cCJ9.c2ln" }).to_string())
        .unwrap();
    let answer = joining.await.unwrap();
    assert_eq!(answer.claims().room_name.as_deref(), Some("standup"));
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_request_that_does_not_end_is_not_waited_for() {
    let (upstream, mut requests) = slow_upstream().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopping) = oneshot::channel::<()>();
    let router = router(app(&upstream, &["--demo-sign-in"]));
    let serving = tokio::spawn(serve(
        listener,
        router,
        async { stopping.await.unwrap() },
        Duration::ZERO,
    ));

    let alice = Browser::new(address).signed_in("Alice").await;
    let joining = tokio::spawn(async move { alice.join("standup", json!({})).await });
    let request = requests.recv().await.unwrap();
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
    assert!(!request.is_closed(), "the request was under way to the last");
    joining.abort();
}
