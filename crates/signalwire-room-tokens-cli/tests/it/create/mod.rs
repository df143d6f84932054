//! Tests for `room-token create`.

mod credentials;
mod fields;
mod invalid_input;
mod lint;
mod many;
mod responses;
