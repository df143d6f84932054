//! Tests for the whole service over HTTP on a loopback port, using a mock of SignalWire as the upstream.
//!
//! You can test your own service the same way: the mock server mints tokens, fails on demand and records
//! requests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests and their helpers fail by panicking"
)]

mod failures;
mod files;
mod limits;
mod process;
mod roles;
mod sign_in;
mod slow_clients;
mod stopping;
mod support;
