//! Tests for requests: setters, JSON, validation and lints.

mod body;
mod extra;
mod fields;
mod json;
mod kinds;
mod lint;
mod room_name;
mod time;
mod validate;
