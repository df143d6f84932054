//! Limits that keep slow clients from stopping the service.

use std::num::{NonZeroU32, ParseIntError};
use std::time::Duration;

use clap::Args;

/// The maximum number of connections, and a time limit for each step.
#[derive(Clone, Copy, Debug, Args)]
pub struct Limits {
    /// Maximum number of connections; more of them wait until one ends
    #[arg(long, env = "MAX_CONNECTIONS", value_name = "N", default_value = "512")]
    pub max_connections: NonZeroU32,
    /// Time for the headers of a request to arrive, and for a connection to stay idle
    #[arg(long = "header-seconds", env = "HEADER_SECONDS", value_name = "SECONDS", default_value = "10",
        value_parser = positive_seconds)]
    pub headers: Duration,
    /// Time for the body of a request to arrive
    #[arg(long = "body-seconds", env = "BODY_SECONDS", value_name = "SECONDS", default_value = "10",
        value_parser = positive_seconds)]
    pub body: Duration,
    /// Time to respond to a request
    #[arg(long = "request-seconds", env = "REQUEST_SECONDS", value_name = "SECONDS", default_value = "30",
        value_parser = positive_seconds)]
    pub request: Duration,
    /// Age at which a connection is closed; a request in flight then has REQUEST_SECONDS to end
    #[arg(long = "connection-seconds", env = "CONNECTION_SECONDS", value_name = "SECONDS", default_value = "300",
        value_parser = positive_seconds)]
    pub connection: Duration,
    /// Time for requests in flight to end when the service is told to stop
    #[arg(long = "grace-seconds", env = "GRACE_SECONDS", value_name = "SECONDS", default_value = "15",
        value_parser = seconds)]
    pub grace: Duration,
}

fn positive_seconds(text: &str) -> Result<Duration, ParseIntError> {
    let count: NonZeroU32 = text.parse()?;
    Ok(Duration::from_secs(count.get().into()))
}

fn seconds(text: &str) -> Result<Duration, ParseIntError> {
    let count: u32 = text.parse()?;
    Ok(Duration::from_secs(count.into()))
}
