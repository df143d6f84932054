//! The crate through its public surface: values by themselves, the client against the mock and its scripted faults.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers as well"
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
