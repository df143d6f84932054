//! What a workflow at GitHub takes over from a command: files that it names in variables.

use std::fs::OpenOptions;
use std::io::Write as _;

use anyhow::Context as _;

/// The outputs of the step, a line each.
pub(crate) const OUTPUT: &str = "GITHUB_OUTPUT";
/// The summary of the run, in Markdown.
pub(crate) const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// Adds a text to the file that the variable names, if this is part of a workflow.
pub(crate) fn append(variable: &'static str, text: impl FnOnce() -> String) -> anyhow::Result<()> {
    let Some(path) = std::env::var_os(variable).filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .and_then(|mut file| file.write_all(text().as_bytes()))
        .context(variable)
}
