//! Runs each fuzz target on its corpus and on deterministic mutations of the corpus.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "test helpers fail by panicking and print the input"
)]

mod mutate;
mod targets;
