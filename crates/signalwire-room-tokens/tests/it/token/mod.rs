//! Tests for created tokens: redaction, claims, comparison and call details.

mod call_info;
mod claims;
mod compare;
mod hidden;
