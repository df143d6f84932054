//! Limits that keep slow clients from blocking the service.

use std::num::{NonZeroU32, ParseIntError};
use std::time::Duration;

use clap::Args;

/// Connection limit, and time limits for connections and requests.
#[derive(Clone, Copy, Debug, Args)]
pub struct Limits {
    /// Maximum number of open connections; additional connections wait until one closes
    #[arg(long, env = "MAX_CONNECTIONS", value_name = "N", default_value = "512")]
    pub max_connections: NonZeroU32,
    /// Time limit for receiving request headers; also closes idle connections
    #[arg(long = "header-seconds", env = "HEADER_SECONDS", value_name = "SECONDS", default_value = "10",
        value_parser = positive_seconds)]
    pub headers: Duration,
    /// Time limit for receiving a request body
    #[arg(long = "body-seconds", env = "BODY_SECONDS", value_name = "SECONDS", default_value = "10",
        value_parser = positive_seconds)]
    pub body: Duration,
    /// Time limit for handling a request
    #[arg(long = "request-seconds", env = "REQUEST_SECONDS", value_name = "SECONDS", default_value = "30",
        value_parser = positive_seconds)]
    pub request: Duration,
    /// Maximum age of a connection; requests in flight then have REQUEST_SECONDS to finish
    #[arg(long = "connection-seconds", env = "CONNECTION_SECONDS", value_name = "SECONDS", default_value = "300",
        value_parser = positive_seconds)]
    pub connection: Duration,
    /// Time allowed for requests in flight to finish after a shutdown signal
    #[arg(long = "shutdown-grace-seconds", alias = "grace-seconds", env = "SHUTDOWN_GRACE_SECONDS",
        value_name = "SECONDS", default_value = "15", value_parser = seconds)]
    pub shutdown_grace: Duration,
}

fn positive_seconds(text: &str) -> Result<Duration, ParseIntError> {
    let count: NonZeroU32 = text.parse()?;
    Ok(Duration::from_secs(count.get().into()))
}

fn seconds(text: &str) -> Result<Duration, ParseIntError> {
    let count: u32 = text.parse()?;
    Ok(Duration::from_secs(count.into()))
}
