//! The maintainers' commands as they are run: arguments and files in; files, messages and an exit code out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests fail by panicking, in their helpers as well, and report why they are skipped"
)]

mod diff;
mod generate;
// Needs a shell's resource limits.
#[cfg(target_os = "linux")]
mod hostile;
// Needs environment variables that name the trusted certificates.
#[cfg(all(unix, not(target_vendor = "apple")))]
mod https;
mod import;
mod semver;
mod support;
// Workflow steps are shell scripts.
#[cfg(unix)]
mod workflows;
