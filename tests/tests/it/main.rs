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
mod packages;
mod readme;
mod validation;

/// Returns the root directory of the repository.
fn root() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
