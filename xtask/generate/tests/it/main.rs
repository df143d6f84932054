//! What is generated from which document, and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers of tests may end a test"
)]

mod accommodations;
mod checked_in;
mod code;
mod constants;
mod files;
mod json_schema;
mod names;
mod overlay;
mod prose;
mod refused;
mod support;
