//! Writes to the output files of a GitHub Actions step, whose paths are in environment variables.

use std::fs::OpenOptions;
use std::io::Write as _;

use anyhow::Context as _;

/// The variable that contains the path to the step's output file, which has one output per line.
pub(crate) const OUTPUT: &str = "GITHUB_OUTPUT";
/// The variable that contains the path to the job summary, a Markdown file.
pub(crate) const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// Appends text to the file whose path is in the variable. Does nothing if the variable is unset or empty.
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
