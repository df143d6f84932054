//! The program as people run it: arguments in; output, messages and exit code out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers as well"
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
