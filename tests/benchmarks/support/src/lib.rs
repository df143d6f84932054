//! What the driver of the benchmarks and the programs that it measures agree on.
//!
//! A program that is measured, a *side*, gets a [`Task`] as JSON in its first argument and prints an [`Outcome`] as
//! JSON. All sides in Rust share the loop in [`side`], so that what differs between them is the client alone.

pub mod measure;
pub mod side;
pub mod workload;

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What a side shall do.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Task {
    /// Where the server listens: scheme, host and port.
    pub base_url: String,
    /// The project id that the server accepts.
    pub project_id: String,
    /// The API token that the server accepts.
    pub api_token: String,
    /// A certificate to trust, as a PEM file.
    pub ca_file: PathBuf,
    /// How many tokens to mint before the clocks start, to open connections.
    pub warm_up: usize,
    /// How many tokens to mint.
    pub tokens: usize,
    /// How many calls are under way at a time.
    pub in_flight: usize,
    /// Whether to use what the client has for many tokens, and not the common loop.
    pub batch: bool,
    /// Whether to time each call, which costs instructions.
    pub latencies: bool,
}

/// What a side has measured of itself, without the warm-up.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Outcome {
    /// How many tokens came.
    pub tokens: usize,
    /// How many bytes they have in all: that they are the same on all sides shows that all did the work.
    pub token_bytes: usize,
    /// Time that passed.
    pub elapsed_ns: u64,
    /// Time on the processor, in user and system mode, of all threads.
    pub cpu_ns: u64,
    /// The time that calls took, half of them at most; nothing if calls were not timed.
    pub p50_ns: u64,
    /// The time that calls took, 99 of 100 at most; nothing if calls were not timed.
    pub p99_ns: u64,
    /// The most memory that the process has had, warm-up included.
    pub peak_memory_kib: u64,
}

/// Where the server is found; the first line that it prints.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Addresses {
    /// Plain HTTP/1.1.
    pub http1: String,
    /// HTTP/1.1 over TLS.
    pub tls_http1: String,
    /// HTTP/2 over TLS, with HTTP/1.1 for clients that cannot.
    pub tls_http2: String,
    /// The certificate to trust, PEM encoded.
    pub ca_pem: String,
    /// The project id that is accepted.
    pub project_id: String,
    /// The API token that is accepted.
    pub api_token: String,
}

/// What the server has seen; the line that it prints when its standard input ends.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Served {
    /// Connections taken.
    pub connections: usize,
    /// Requests answered with a token.
    pub tokens: usize,
}

/// What `bench-micro` shall do.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct MicroTask {
    /// The name of the operation.
    pub operation: String,
    /// How often.
    pub repeats: usize,
}

/// What `bench-micro` has measured of itself.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct MicroOutcome {
    /// Time that passed.
    pub elapsed_ns: u64,
}

/// Reads the task that the driver has given to this process.
///
/// # Errors
///
/// If there is none, or it cannot be read.
pub fn task<T: DeserializeOwned>() -> anyhow::Result<T> {
    let text = std::env::args()
        .nth(1)
        .context("the first argument must be a task, as the driver makes it")?;
    serde_json::from_str(&text).context("the first argument is no task")
}

/// Prints a line of JSON for the driver.
///
/// # Errors
///
/// If the driver has stopped listening.
pub fn tell<T: Serialize>(value: &T) -> anyhow::Result<()> {
    let line = serde_json::to_string(value)? + "\n";
    std::io::stdout().write_all(line.as_bytes())?;
    Ok(())
}
