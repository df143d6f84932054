//! Tests that run the program and check its output, messages and exit codes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests and their helpers fail by panicking"
)]

mod completions;
mod create;
mod doctor;
mod inspect;
mod man;
mod mock;
mod permissions;
mod readme;
mod secrets;
mod support;
#[cfg(unix)]
mod terminal;
#[cfg(target_os = "linux")]
mod tls;
mod usage;
