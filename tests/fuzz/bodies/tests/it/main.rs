//! Runs each fuzz target on its corpus and on mutations of the corpus, which are the same in every run.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "test helpers fail by panicking and print the input"
)]

mod mutate;
mod targets;
