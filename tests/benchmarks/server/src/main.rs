//! Answers for SignalWire, as cheaply as it can: when clients are measured, the server must not be what they wait for.
//!
//! The project's mock checks every rule and signs every token, which takes longer than asking for one. This server
//! checks the credentials and that there is a body, and answers with a token that was made once.
//!
//! Prints its [`Addresses`], serves until its standard input ends, prints what it has [`Served`].

mod answer;
mod listen;

use std::sync::Arc;

use anyhow::{Context as _, Result};
use bench_support::Addresses;
use tokio::io::AsyncReadExt as _;

use crate::answer::Endpoint;
use crate::listen::{Protocol, Tls, listen};

// Made up; they open nothing anywhere.
const PROJECT_ID: &str = "5f3c2a10-7b1e-4c55-9a0d-2f6e8d4b1c37";
const API_TOKEN: &str = "PTbenchmarks-open-nothing";

fn main() -> Result<()> {
    // How many requests must be waiting before any but the first is answered; 1 unless given.
    let gate = match std::env::args().nth(1) {
        Some(gate) => gate.parse().context("the argument is a number of requests")?,
        None => 1,
    };
    // One thread: the other processor is the client's.
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
    bench_support::tell(&addresses)?;
    tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
    bench_support::tell(&endpoint.served())
}
