//! Serving until told to stop, and an end that cuts nobody off who is nearly done.

use std::io;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Serves until `stop` is ready, then takes no more connections, and gives requests that are under way the time of
/// `grace` to end.
///
/// # Errors
///
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
    grace: Duration,
) -> io::Result<()> {
    let (stopping, is_stopping) = oneshot::channel();
    let stop = async move {
        stop.await;
        tracing::info!("stopping");
        // Nobody waits for it only if serving has ended already.
        let _ = stopping.send(());
    };
    let grace_is_over = async move {
        match is_stopping.await {
            Ok(()) => tokio::time::sleep(grace).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        result = axum::serve(listener, router).with_graceful_shutdown(stop).into_future() => result,
        () = grace_is_over => {
            tracing::warn!(?grace, "requests were still under way");
            Ok(())
        }
    }
}
