//! Tests for the mock server's public API, using both an HTTP client and raw bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests and their helpers fail by panicking"
)]

mod delivery;
mod endpoint;
mod http;
mod lifecycle;
mod recording;
mod script;
mod support;
mod token;
mod validation;
