//! Messages exchanged between the benchmark driver and the measured programs.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A task for a side.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Task {
    /// The server's base URL, consisting of scheme, host and port.
    pub base_url: String,
    /// The project ID accepted by the server.
    pub project_id: String,
    /// The API token accepted by the server.
    pub api_token: String,
    /// The path to a PEM file that contains the certificate to trust.
    pub ca_file: PathBuf,
    /// Number of tokens to mint before the measurement, so that connections are already open.
    pub warm_up: usize,
    /// Number of tokens to mint.
    pub tokens: usize,
    /// Number of calls in flight.
    pub in_flight: usize,
    /// If `true`, the side uses the client's batch function instead of the common loop.
    pub batch: bool,
    /// If `true`, each call is timed, which costs additional instructions.
    pub latencies: bool,
}

/// A side's measurements of itself, excluding the warm-up.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Outcome {
    /// Number of tokens minted.
    pub tokens: usize,
    /// Total length of all tokens, in bytes. It is the same for all sides that did the same work.
    pub token_bytes: usize,
    /// Elapsed time.
    pub elapsed_ns: u64,
    /// CPU time of all threads, in user and kernel mode.
    pub cpu_ns: u64,
    /// Median call duration, or 0 if calls were not timed.
    pub p50_ns: u64,
    /// 99th percentile of the call duration, or 0 if calls were not timed.
    pub p99_ns: u64,
    /// Peak memory use of the process, including the warm-up.
    pub peak_memory_kib: u64,
}

/// The server's URLs and credentials, printed as its first line of output.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Addresses {
    /// URL for plain HTTP/1.1.
    pub http1: String,
    /// URL for HTTP/1.1 over TLS.
    pub tls_http1: String,
    /// URL for HTTP/2 over TLS, with HTTP/1.1 as a fallback.
    pub tls_http2: String,
    /// The certificate to trust, in PEM format.
    pub ca_pem: String,
    /// The project ID accepted by the server.
    pub project_id: String,
    /// The API token accepted by the server.
    pub api_token: String,
}

/// The server's statistics, printed when its standard input closes.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Served {
    /// Number of accepted connections.
    pub connections: usize,
    /// Number of responses that contained a token.
    pub tokens: usize,
}

/// A task for `bench-micro`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct MicroTask {
    /// The name of the operation.
    pub operation: String,
    /// Number of repetitions.
    pub repeats: usize,
}

/// The result measured by `bench-micro`.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct MicroOutcome {
    /// Elapsed time.
    pub elapsed_ns: u64,
}

/// Reads the task from the first argument of this process.
///
/// # Errors
///
/// Returns an error if the argument is missing or is not a valid task.
pub fn task<T: DeserializeOwned>() -> anyhow::Result<T> {
    let text = std::env::args()
        .nth(1)
        .context("the first argument is missing; expected a task in JSON format")?;
    serde_json::from_str(&text).context("the first argument is not a valid task")
}

/// Prints a line of JSON for the driver to read.
///
/// # Errors
///
/// Returns an error if standard output is closed.
pub fn print_json<T: Serialize>(value: &T) -> anyhow::Result<()> {
    let line = serde_json::to_string(value)? + "\n";
    std::io::stdout().write_all(line.as_bytes())?;
    Ok(())
}
