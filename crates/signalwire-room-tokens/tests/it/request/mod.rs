//! The request as a value: its setters, its JSON, its rules, its lints.

mod body;
mod extra;
mod fields;
mod json;
mod kinds;
mod lint;
mod room_name;
mod time;
mod validate;
