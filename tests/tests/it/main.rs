//! The workspace as its users and its maintainers meet it: commands, library, mock, each with the others.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "the helpers of tests may end a test, and say that they have nothing to test with"
)]

mod agreement;
mod command_line;
mod diff;
mod generate;
mod guarantees;
// Within limits that a shell sets.
#[cfg(target_os = "linux")]
mod hostile;
// Where the certificates that a machine trusts can be named by its environment.
#[cfg(all(unix, not(target_vendor = "apple")))]
mod https;
mod import;
mod library;
#[cfg(unix)]
mod release;
mod rust_version;
mod semver;
mod support;
// The steps of a workflow are scripts for a shell.
#[cfg(unix)]
mod workflows;
