//! Imports published OpenAPI documents: reads them within limits, extracts selected operations, converts them to
//! OpenAPI 3.0.3 and removes prose.

pub mod characters;
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
pub use import::import;
pub use stack::on_deep_stack;
