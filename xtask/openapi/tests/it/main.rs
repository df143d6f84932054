//! Tests of the crate's public API.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers panic on failure"
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
mod official;
mod operation;
mod prose;
mod published;
mod slice;
mod source;
mod support;
mod yaml;
