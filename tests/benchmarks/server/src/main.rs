//! A minimal server that responds like SignalWire. It is fast enough that client measurements don't depend on
//! it.
//!
//! The project's mock server validates every request and signs every token, which takes longer than a call
//! itself. This server checks only the credentials and the presence of a body, then responds with a prebuilt
//! token.
//!
//! Prints its [`Addresses`], serves until its standard input closes, and then prints its statistics
//! ([`bench_support::Served`]).

mod endpoint;
mod listen;

use std::sync::Arc;

use anyhow::{Context as _, Result};
use bench_support::Addresses;
use tokio::io::AsyncReadExt as _;

use crate::endpoint::Endpoint;
use crate::listen::{Protocol, Tls, listen};

// Made-up credentials, valid only for this server.
const PROJECT_ID: &str = "5f3c2a10-7b1e-4c55-9a0d-2f6e8d4b1c37";
const API_TOKEN: &str = "PTbenchmarks-open-nothing";

fn main() -> Result<()> {
    // Number of requests that must be waiting before the server responds to any but the first. Defaults to 1.
    let gate = match std::env::args().nth(1) {
        Some(gate) => gate
            .parse()
            .context("the argument is not a number of requests")?,
        None => 1,
    };
    // Use a single thread to leave a core free for the client.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(gate))
}

async fn serve(gate: usize) -> Result<()> {
    let endpoint = Arc::new(Endpoint::new(PROJECT_ID, API_TOKEN, gate));
    let tls = Tls::new()?;
    let addresses = Addresses {
        http1: format!("http://{}", listen(Protocol::Plain, &endpoint).await?),
        tls_http1: format!("https://{}", listen(tls.http1()?, &endpoint).await?),
        tls_http2: format!("https://{}", listen(tls.http2()?, &endpoint).await?),
        ca_pem: tls.ca_pem(),
        project_id: PROJECT_ID.to_owned(),
        api_token: API_TOKEN.to_owned(),
    };
    bench_support::print_json(&addresses)?;
    tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
    bench_support::print_json(&endpoint.served())
}
