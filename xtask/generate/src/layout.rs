//! The locations of the generated files.

use std::path::PathBuf;

use xtask_openapi::operation::Selector;

/// The locations of the generated files, relative to a root directory.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The directory for the merged document.
    pub document: PathBuf,
    /// The directory for the code.
    pub code: PathBuf,
    /// The directory of the JSON Schemas for request bodies, if they are generated. Each schema contains all schemas that
    /// it refers to, so for many operations they can be much larger than the document.
    pub schemas: Option<PathBuf>,
    /// The ergonomic crate, if a part of it is generated.
    pub ergonomic: Option<Ergonomic>,
    /// The directories that contain only generated files.
    pub owned: Vec<PathBuf>,
}

/// The ergonomic crate, which wraps one operation.
#[derive(Debug, Clone)]
pub struct Ergonomic {
    /// The directory of the generated part.
    pub directory: PathBuf,
    /// The operation. Only its JSON Schema is generated.
    pub operation: Selector,
    /// The name of the crate.
    pub name: String,
    /// The name of the generated crate that it uses.
    pub api: String,
}

impl Layout {
    /// Returns a layout with all files in one directory, which may contain other files. It has no ergonomic crate, which
    /// supports only one operation, and no JSON Schemas, which only the mock server uses.
    #[must_use]
    pub fn flat() -> Self {
        let here = PathBuf::new();
        Self {
            document: here.clone(),
            code: here,
            schemas: None,
            ergonomic: None,
            owned: Vec::new(),
        }
    }
}
