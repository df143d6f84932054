//! The `token-service` program. It reads settings from flags and environment variables, logs to standard
//! error, and shuts down gracefully on a signal.

use std::io::IsTerminal as _;

use clap::Parser as _;
use token_service::{App, Settings, Upstream, router, serve};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let settings = Settings::parse();
    start_logging();
    settings.check()?;

    // Keep the mock server running until the service has stopped.
    let upstream = Upstream::connect(&settings).await?;
    let app = App::new(upstream.client(), &settings)?;
    let listener = TcpListener::bind(settings.listen).await?;
    tracing::info!(
        address = %listener.local_addr()?,
        mock = settings.mock,
        demo_sign_in = settings.has_demo_sign_in(),
        "listening"
    );
    serve(listener, router(app), shutdown_signal(), settings.limits).await;
    tracing::info!("stopped");
    Ok(())
}

/// Enables logging at the level set by `RUST_LOG`, `info` by default.
fn start_logging() {
    let filter = EnvFilter::builder()
        .with_default_directive(LevelFilter::INFO.into())
        .from_env_lossy();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}

/// Waits for Ctrl-C or SIGTERM.
async fn shutdown_signal() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "failed to listen for Ctrl-C");
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate() => {}
    }
}

#[cfg(unix)]
async fn terminate() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(error) => {
            tracing::error!(%error, "failed to listen for SIGTERM");
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(not(unix))]
async fn terminate() {
    std::future::pending::<()>().await;
}
