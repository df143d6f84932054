//! What is generated from which document, and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers of tests may end a test"
)]

mod checked_in;
mod code;
mod constants;
mod ergonomic;
mod files;
mod foreign;
mod json_schema;
mod names;
mod overlay;
mod patterns;
mod prose;
mod readback;
mod refused;
mod split;
mod support;
mod workarounds;
