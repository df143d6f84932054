//! Tests for errors: how responses are converted, and which details are retained, redacted and shown.

mod api_errors;
mod construction;
mod redaction;
mod responses;
mod text;
