//! Paths to the workspace files that the commands use, and functions to read them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use xtask_openapi::Document;
use xtask_openapi::source::Source;

/// The imported facts. Like all paths here, this one is relative to [`root`].
pub(crate) const FACTS: &str = "spec/facts.yaml";
/// The overlay that is applied to the facts.
pub(crate) const OVERLAY: &str = "spec/overlay.yaml";
/// The record of the document that the facts were imported from.
pub(crate) const SOURCE: &str = "spec/source.yaml";
/// The Markdown file that displays the source record.
pub(crate) const README: &str = "spec/README.md";

/// Returns the workspace root: the parent of this package's directory. Cargo passes that directory in
/// `CARGO_MANIFEST_DIR`, so the result doesn't depend on the current directory.
pub(crate) fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().map_or_else(|| xtask.clone(), Path::to_path_buf)
}

/// Reads a workspace file. Errors contain the path relative to the workspace root.
pub(crate) fn read(name: &str) -> anyhow::Result<String> {
    std::fs::read_to_string(root().join(name)).with_context(|| name.to_owned())
}

/// Reads and parses a document in the workspace.
pub(crate) fn document(name: &str) -> anyhow::Result<Document> {
    let bytes = std::fs::read(root().join(name)).with_context(|| name.to_owned())?;
    Ok(Document::parse(name, &bytes)?)
}

/// Reads the source record, if it exists.
pub(crate) fn source() -> anyhow::Result<Option<Source>> {
    match std::fs::read_to_string(root().join(SOURCE)) {
        Ok(text) => Ok(Some(Source::from_yaml(SOURCE, &text)?)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).context(SOURCE),
    }
}
