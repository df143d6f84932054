//! A report for a run of a workflow: one annotation for each change.

use xtask_openapi::escape::{Printable, code_span};

use super::{headline, rust};
use crate::change::{Change, Severity};
use crate::report::Report;

/// Workflow commands, one a line; `file` is the document that the annotations belong to.
#[must_use]
pub fn github(report: &Report, file: &str) -> String {
    let mut text = String::new();
    for change in &report.changes {
        let command = match change.severity {
            Severity::Breaking => "error",
            Severity::Warning => "warning",
            Severity::Info | Severity::Cosmetic => "notice",
        };
        let file = property(file);
        let title = property(&change.id);
        text.push_str(&format!(
            "::{command} file={file},title={title}::{}\n",
            data(&message(change))
        ));
    }
    for note in &report.notes {
        text.push_str(&format!("::notice::{}\n", data(note)));
    }
    text.push_str(&format!("{}\n", data(&headline(report))));
    text
}

fn message(change: &Change) -> String {
    let rust = rust(change);
    let operation = change
        .operation
        .as_deref()
        .map(|operation| format!("{}: ", code_span(operation)))
        .unwrap_or_default();
    let rust = if rust.is_empty() {
        String::new()
    } else {
        format!("\nRust: {rust}")
    };
    format!("{operation}{}{rust}", change.message)
}

/// A message of several lines in which nothing ends the command.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    let lines: Vec<String> = text.split('\n').map(|line| Printable(line).to_string()).collect();
    lines.join("%0A")
}

/// A value in which nothing ends it either.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
