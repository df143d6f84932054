//! Tests for starting and stopping servers, with and without an async runtime.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use signalwire_room_tokens_mock::{MockServer, Reply, Stage, blocking};
use tokio::net::TcpListener;

use crate::support::{End, Wire, good_request, mint, standup};

#[tokio::test]
async fn servers_listen_on_loopback_only() {
    let server = MockServer::start().await.unwrap();
    assert!(server.addr().ip().is_loopback());
    assert_ne!(server.addr().port(), 0);
    assert_eq!(
        server.base_url(),
        format!("http://127.0.0.1:{}", server.addr().port())
    );
}

#[tokio::test]
async fn ports_in_use_are_an_error() {
    let server = MockServer::start().await.unwrap();
    let second = MockServer::builder().port(server.addr().port()).start().await;
    assert_eq!(second.unwrap_err().kind(), ErrorKind::AddrInUse);
    let third = MockServer::builder().port(server.addr().port()).start_blocking();
    assert_eq!(third.unwrap_err().kind(), ErrorKind::AddrInUse);
}

#[tokio::test]
async fn shutdown_ends_connections_and_frees_the_port() {
    let server = MockServer::start().await.unwrap();
    server.script([Reply::real().hang_at(Stage::Answer)]);
    let addr = server.addr();
    let mut hanging = Wire::connect(&server).await;
    hanging.send(good_request(&server, "")).await;
    while server.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    server.shutdown().await;
    assert_eq!(hanging.rest().await, (String::new(), End::Closed));
    let again = MockServer::builder().port(addr.port()).start().await.unwrap();
    mint(&again, &standup()).await;
}

#[tokio::test]
async fn dropping_a_server_stops_it() {
    let server = MockServer::start().await.unwrap();
    let addr = server.addr();
    let mut idle = Wire::connect(&server).await;
    idle.send(good_request(&server, "")).await;
    idle.response().await;
    drop(server);
    assert_eq!(idle.rest().await, (String::new(), End::Closed));
    // The port is freed before the connections are closed.
    TcpListener::bind(addr).await.unwrap();
}

#[test]
fn blocking_servers_need_no_runtime_and_free_their_port_on_drop() {
    let server = blocking::MockServer::start().unwrap();
    let addr = server.addr();
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
        .write_all(good_request(&server, "connection: close\r\n").as_bytes())
        .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
    assert_eq!(server.requests().len(), 1);
    drop(server);
    std::net::TcpListener::bind(addr).unwrap();
}

#[tokio::test]
async fn blocking_servers_can_be_used_within_a_runtime() {
    let server = MockServer::builder().start_blocking().unwrap();
    mint(&server, &standup()).await;
    drop(server);
}
