//! Tests that the library, the mock server, the generated schema and the documentation are consistent.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests and their helpers fail by panicking"
)]

mod generated_example;
mod guarantees;
mod library;
mod modules;
mod packages;
mod readme;
mod support;
mod validation;
