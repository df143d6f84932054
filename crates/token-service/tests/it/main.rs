//! The service as a browser meets it: HTTP on a loopback port, with a mock of SignalWire behind it.
//!
//! An application's own tests can look like these: the mock mints, fails on demand, and tells what it was sent.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers as well"
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
