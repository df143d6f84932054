//! End-to-end tests of the xtask commands: arguments and files as input; files, messages and exit codes as output.

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
// Uses `ulimit` in a shell.
#[cfg(target_os = "linux")]
mod hostile;
// Uses environment variables that select the trusted certificates.
#[cfg(all(unix, not(target_vendor = "apple")))]
mod https;
mod import;
mod support;
mod whole_document;
// Runs workflow steps, which are shell scripts.
#[cfg(unix)]
mod workflows;
