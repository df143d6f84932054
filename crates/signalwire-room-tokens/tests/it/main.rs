//! Tests for the public API, including the client with a mock server and injected faults.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests and their helpers fail by panicking"
)]

mod client;
mod error;
mod guarantees;
mod permission;
mod request;
mod secrets;
mod support;
#[cfg(feature = "rustls-ring")]
mod tls_front;
mod token;
mod virtual_clock;
