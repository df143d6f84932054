//! Helpers for suites that measure commands and the code that they generate.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process::cost;

/// Returns a command that runs `program`, an `xtask` executable, as if it had been started by `cargo xtask`.
pub(super) fn our_command(program: &Path, arguments: &[String]) -> Command {
    let mut command = Command::new(program);
    // Cargo sets this variable to the benchmark package's directory.
    command.args(arguments).env_remove("CARGO_MANIFEST_DIR");
    command
}

/// Returns the time of the fastest round, in seconds.
pub(super) fn best(rounds: usize, command: impl Fn() -> Command) -> Result<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..rounds {
        best = best.min(cost(&mut command())?.elapsed.as_secs_f64());
    }
    Ok(best)
}

/// Returns the number of lines in the Rust files of a directory and its subdirectories.
pub(super) fn lines_of_rust(directory: &Path) -> Result<usize> {
    let mut lines = 0;
    for entry in
        std::fs::read_dir(directory).with_context(|| format!("failed to read {}", directory.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            lines += lines_of_rust(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            lines += std::fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(lines)
}
