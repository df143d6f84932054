//! Writes messages for the user to standard error and standard output.

#![allow(
    clippy::print_stderr,
    reason = "commands report to the user on standard error"
)]

use std::fmt::Display;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use anyhow::Context as _;
use xtask_generate::Errors;
use xtask_openapi::escape::Printable;

/// The line that introduces the actions to add to the overlay.
pub(crate) const REMEDY: &str =
    "Add these actions to `spec/overlay.yaml`, and replace each empty string with a sentence:";

/// Writes a one-line message to standard error.
pub(crate) fn eprint_line(message: impl Display) {
    eprintln!("{}", line(&message.to_string()));
}

/// Writes an error and the overlay actions that fix it to standard error, and returns exit code 2.
pub(crate) fn fail(error: &anyhow::Error) -> ExitCode {
    for line in format!("{error:#}").lines() {
        eprint_line(format_args!("error: {line}"));
    }
    if let Some(remedy) = remedy(error) {
        let lines = ["", REMEDY, ""].into_iter().chain(remedy.lines());
        lines.for_each(eprint_line);
    }
    ExitCode::from(2)
}

/// Returns the overlay actions that fix an error, if there are any.
pub(crate) fn remedy(error: &anyhow::Error) -> Option<&str> {
    error.downcast_ref::<Errors>()?.remedy()
}

/// Writes text to standard output unchanged. A closed pipe is not treated as an error, because the exit code is still
/// meaningful.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.context("standard output"),
    }
}

/// Returns a printable line that GitHub doesn't interpret as a workflow command. GitHub recognizes `::` at the start of
/// a line, even after whitespace.
pub(crate) fn line(text: &str) -> String {
    let line = Printable(text).to_string();
    if line.trim_start().starts_with("::") {
        line.replacen("::", r"\u{3a}:", 1)
    } else {
        line
    }
}
