//! Reads OpenAPI documents with limits on their size, imports operations without prose as facts, and converts documents
//! to OpenAPI 3.0.3.

pub mod check;
pub mod document;
pub mod ecma;
pub mod escape;
mod files;
pub mod grammar;
pub mod import;
pub mod lower;
pub mod operation;
pub mod slice;
pub mod walk;

pub use check::characters;
pub use document::{Document, Error, Fields, on_deep_stack, pointer, yaml};
pub use files::{file, open, open_within, source};
pub use import::{import, import_operations, prose};
pub use operation::server;
