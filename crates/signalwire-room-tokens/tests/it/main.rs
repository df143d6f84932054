//! Tests of the public API: values alone, and the client with the mock server and its fault injection.

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
