//! Tests for request body validation.

mod fields;
mod report;
mod support;
