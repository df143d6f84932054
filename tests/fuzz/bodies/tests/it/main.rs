//! Each target over its corpus, and over inputs that are made from it: the same ones in every run.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "the helpers of tests may end a test, and tell the input that did"
)]

mod mutate;
mod targets;
