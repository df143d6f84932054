//! What the crate promises, through its public surface.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers of tests may end a test"
)]

mod document;
mod escape;
mod fetch;
mod file;
mod import;
mod lower;
mod lower_errors;
mod lower_inside;
mod meaning;
mod mutated;
mod operation;
mod prose;
mod published;
mod slice;
mod source;
mod support;
mod yaml;
