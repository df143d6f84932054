//! Documents, and what is generated from them.

use std::path::Path;

use xtask_generate::accommodation::Strictness;
use xtask_generate::files::Files;
use xtask_generate::{Inputs, Layout, Result, generate};
use xtask_openapi::Document;

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

/// Generates from a document with nothing laid over it, as `--spec FILE --out DIR` does.
pub(crate) fn generate_from(text: &str) -> Result<Files> {
    let facts = Document::parse("pets.yaml", text.as_bytes())?;
    let inputs = Inputs { facts, overlay: None, source: None, strictness: Strictness::WhereNeeded };
    generate(&inputs, &Layout::flat())
}

/// The content of the file of that name.
pub(crate) fn content<'a>(files: &'a Files, name: &str) -> &'a str {
    let mut outputs = files.outputs.iter();
    &outputs.find(|output| output.path.ends_with(name)).unwrap_or_else(|| panic!("no {name}: {files:?}")).content
}
