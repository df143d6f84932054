//! The locations of the generated files.

use std::path::PathBuf;

use xtask_openapi::operation::Selector;

/// The locations of the generated files, relative to a root directory.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The directory for the merged document.
    pub document: PathBuf,
    /// The directory for the code.
    pub code: PathBuf,
    /// The directory for the JSON Schemas of request bodies, or `None` to skip them. Each schema contains all schemas
    /// that it refers to, so for many operations they can be much larger than the document.
    pub schemas: Option<PathBuf>,
    /// The ergonomic crate, if part of it is generated.
    pub ergonomic: Option<Ergonomic>,
    /// The directories that contain only generated files.
    pub owned: Vec<PathBuf>,
}

/// The ergonomic crate, which wraps a single operation.
#[derive(Debug, Clone)]
pub struct Ergonomic {
    /// The directory for the generated part.
    pub directory: PathBuf,
    /// The wrapped operation. A JSON Schema is generated only for this operation.
    pub operation: Selector,
    /// The name of the crate.
    pub name: String,
    /// The name of the generated crate that it uses.
    pub api: String,
}

impl Layout {
    /// Returns a layout that puts all files in one directory, which may contain other files. It omits the ergonomic
    /// crate, because that crate supports only one operation, and the JSON Schemas, because only the mock server uses
    /// them.
    #[must_use]
    pub fn flat() -> Self {
        Self::default()
    }
}
