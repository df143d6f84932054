//! Reads OpenAPI documents within limits, extracts operations and removes prose as an import of facts, and converts
//! documents to OpenAPI 3.0.3.

pub mod characters;
pub mod check;
pub mod document;
mod error;
pub mod escape;
mod fetch;
pub mod file;
pub mod grammar;
pub mod import;
pub mod lower;
mod naming;
pub mod operation;
pub mod pointer;
pub mod prose;
pub mod server;
pub mod slice;
pub mod source;
mod stack;
pub mod yaml;

pub use document::Document;
pub use error::Error;
pub use fetch::{open, open_within};
pub use import::{import, import_operations};
pub use stack::on_deep_stack;
