//! The workspace that the commands work on: where its files are, and how they are read and written.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use xtask_openapi::source::Source;
use xtask_openapi::{Document, file};

/// The facts that were imported; like all names here, below [`root`].
pub(crate) const FACTS: &str = "spec/facts.yaml";
/// What is laid over the facts.
pub(crate) const OVERLAY: &str = "spec/overlay.yaml";
/// The record of the document that the facts came from.
pub(crate) const SOURCE: &str = "spec/source.yaml";
/// The text that shows the record to people.
pub(crate) const README: &str = "spec/README.md";

/// The root of the workspace, wherever the command is called from: the folder above that of this package,
/// which cargo says when it runs the command.
pub(crate) fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().map_or_else(|| xtask.clone(), Path::to_path_buf)
}

/// A file of the workspace, which messages call by the same name wherever the command is called from.
pub(crate) fn read(name: &str) -> anyhow::Result<String> {
    std::fs::read_to_string(root().join(name)).with_context(|| name.to_owned())
}

/// A document of the workspace.
pub(crate) fn document(name: &str) -> anyhow::Result<Document> {
    let bytes = std::fs::read(root().join(name)).with_context(|| name.to_owned())?;
    Ok(Document::parse(name, &bytes)?)
}

/// The record of the document that the facts came from, if there is one.
pub(crate) fn source() -> anyhow::Result<Option<Source>> {
    match std::fs::read_to_string(root().join(SOURCE)) {
        Ok(text) => Ok(Some(Source::from_yaml(SOURCE, &text)?)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).context(SOURCE),
    }
}

/// Writes a file of the workspace; whether it was another before.
pub(crate) fn write(name: &str, text: &str) -> anyhow::Result<bool> {
    file::replace(&root().join(name), text).with_context(|| format!("{name}: cannot be written"))
}
