//! Code generated from a variety of documents, and documents that are rejected.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers panic on failure"
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
mod rejected;
mod split;
mod support;
mod workarounds;
