//! The HTTP server, with connection limits and a shutdown timeout.

use std::net::SocketAddr;
use std::pin::pin;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower::ServiceExt as _;

use crate::limits::Limits;

/// Maximum total size of request headers, in bytes.
const MAX_HEADERS: usize = 64 * 1024;

/// Serves HTTP/1 until `stop` completes. It then stops accepting connections, waits up to
/// `limits.shutdown_grace` for requests in flight to finish, and closes the remaining connections.
///
/// Each request has the client's address as a [`ConnectInfo<SocketAddr>`](ConnectInfo) extension.
pub async fn serve(
    mut listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
    limits: Limits,
) {
    let max_connections = usize::try_from(limits.max_connections.get()).unwrap_or(usize::MAX);
    let (stopping, is_stopping) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next() => {}
            // Connections above the limit wait in the operating system's queue.
            (stream, peer) = Listener::accept(&mut listener), if connections.len() < max_connections => {
                connections.spawn(connection(stream, peer, router.clone(), limits, is_stopping.clone()));
            }
        }
    }
    tracing::info!("stopping");
    drop(listener);
    drop(stopping);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    if timeout(limits.shutdown_grace, all_ended).await.is_err() {
        tracing::warn!(shutdown_grace = ?limits.shutdown_grace, open = connections.len(), "closing connections with requests in flight");
        connections.shutdown().await;
    }
}

/// Serves a connection until the client closes it, it reaches its maximum age, or the service stops.
async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    mut stopping: watch::Receiver<()>,
) {
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.headers)
        .max_buf_size(MAX_HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = sleep(limits.connection) => None,
        // The sender is dropped when the service stops.
        _ = stopping.changed() => None,
    };
    let ended = match ended {
        Some(ended) => ended,
        None => {
            connection.as_mut().graceful_shutdown();
            timeout(limits.request, connection).await.unwrap_or(Ok(()))
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "connection failed");
    }
}
