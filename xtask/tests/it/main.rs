//! End-to-end tests of the xtask commands. They pass arguments and files, and check the resulting files, messages and
//! exit codes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests and their helpers panic on failure and print why they are skipped"
)]

mod config;
mod diff;
mod effect;
mod generate;
// These tests use `ulimit` in a shell.
#[cfg(target_os = "linux")]
mod hostile;
// These tests select the trusted certificates through environment variables.
#[cfg(all(unix, not(target_vendor = "apple")))]
mod https;
mod import;
mod support;
mod update;
mod whole_document;
// These tests run workflow steps, which are shell scripts.
#[cfg(unix)]
mod workflows;
