//! Tests for comparing documents and rendering reports.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "test helpers may panic and print which tests are skipped"
)]

mod completeness;
mod dense_graphs;
mod directions;
mod equivalence;
mod ignore;
mod mutations;
mod render;
mod rust;
mod samples;
mod selection;
mod support;
mod upstream;
