//! The protocol between the benchmark driver and the measured programs.
//!
//! A measured program, called a *side*, takes a [`Task`] as JSON in its first argument and prints an [`Outcome`] as JSON.
//! All sides in Rust use the loop in [`side`], so that only the clients differ.

pub mod measure;
pub mod side;
pub mod workload;

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The task of a side.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Task {
    /// The server's base URL: scheme, host and port.
    pub base_url: String,
    /// The project ID that the server accepts.
    pub project_id: String,
    /// The API token that the server accepts.
    pub api_token: String,
    /// The path of a PEM file with the certificate to trust.
    pub ca_file: PathBuf,
    /// The number of tokens to mint before the measurement, to open connections.
    pub warm_up: usize,
    /// The number of tokens to mint.
    pub tokens: usize,
    /// The number of calls in flight.
    pub in_flight: usize,
    /// If `true`, the side uses the client's function for many tokens instead of the common loop.
    pub batch: bool,
    /// If `true`, each call is timed, which costs instructions.
    pub latencies: bool,
}

/// A side's measurements of itself, without the warm-up.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Outcome {
    /// The number of minted tokens.
    pub tokens: usize,
    /// The total length of all tokens in bytes. It is the same for all sides that did the same work.
    pub token_bytes: usize,
    /// The elapsed time.
    pub elapsed_ns: u64,
    /// The CPU time of all threads, in user and system mode.
    pub cpu_ns: u64,
    /// The median time of a call; 0 if calls were not timed.
    pub p50_ns: u64,
    /// The 99th percentile of the time of a call; 0 if calls were not timed.
    pub p99_ns: u64,
    /// The peak memory of the process, including the warm-up.
    pub peak_memory_kib: u64,
}

/// The server's URLs and credentials, printed as its first line.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Addresses {
    /// Plain HTTP/1.1.
    pub http1: String,
    /// HTTP/1.1 over TLS.
    pub tls_http1: String,
    /// HTTP/2 over TLS, with HTTP/1.1 as a fallback.
    pub tls_http2: String,
    /// The certificate to trust, in PEM format.
    pub ca_pem: String,
    /// The project ID that the server accepts.
    pub project_id: String,
    /// The API token that the server accepts.
    pub api_token: String,
}

/// The server's statistics, printed when its standard input ends.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Served {
    /// The number of accepted connections.
    pub connections: usize,
    /// The number of responses with a token.
    pub tokens: usize,
}

/// The task of `bench-micro`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct MicroTask {
    /// The name of the operation.
    pub operation: String,
    /// The number of repeats.
    pub repeats: usize,
}

/// The measurement of `bench-micro`.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct MicroOutcome {
    /// The elapsed time.
    pub elapsed_ns: u64,
}

/// Reads the task from the first argument of this process.
///
/// # Errors
///
/// Returns an error if the argument is missing or not a task.
pub fn task<T: DeserializeOwned>() -> anyhow::Result<T> {
    let text = std::env::args()
        .nth(1)
        .context("the first argument must be a task as JSON")?;
    serde_json::from_str(&text).context("the first argument is not a task")
}

/// Prints a line of JSON for the driver.
///
/// # Errors
///
/// Returns an error if standard output is closed.
pub fn print_json<T: Serialize>(value: &T) -> anyhow::Result<()> {
    let line = serde_json::to_string(value)? + "\n";
    std::io::stdout().write_all(line.as_bytes())?;
    Ok(())
}
