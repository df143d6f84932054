//! The mock server through its public surface, by an HTTP client and by hand-written bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers as well"
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
