//! Renders a report as annotations for a GitHub workflow run, one per change.

use xtask_openapi::escape::{Printable, code_span};

use super::parts::{MAX_LISTED, rust, verdict};
use crate::change::{Change, Severity};
use crate::report::Report;

/// Returns one workflow command per line, followed by the verdict. `file` is the document that the annotations refer
/// to.
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
    for line in rust(report, MAX_LISTED) {
        text.push_str(&format!("::notice::Rust: {}\n", data(&line)));
    }
    for note in &report.notes {
        text.push_str(&format!("::notice::{}\n", data(note)));
    }
    text.push_str(&format!("{}\n", data(&verdict(report))));
    text
}

fn message(change: &Change) -> String {
    match &change.operation {
        Some(operation) => format!("{}: {}", code_span(operation), change.message),
        None => change.message.clone(),
    }
}

/// Escapes the message of a workflow command. The message may have several lines.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    let lines: Vec<String> = text.split('\n').map(|line| Printable(line).to_string()).collect();
    lines.join("%0A")
}

/// Escapes the value of a workflow command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
