//! What the crate promises, through its public surface.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers of tests may end a test"
)]

mod lower;
mod lower_errors;
mod operation;
mod prose;
mod slice;
mod source;
mod support;
mod yaml;
