//! A report for a terminal.

use xtask_openapi::escape::Printable;

use super::{GROUPS, WHOLE_DOCUMENT, bumps, by_operation, headline, rust};
use crate::change::Severity;
use crate::report::Report;

/// Whether the text may have colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Plain text.
    Plain,
    /// With the escape sequences of a terminal.
    Coloured,
}

impl Style {
    fn paint(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Breaking => 31,
            Severity::Warning => 33,
            Severity::Info => 32,
            Severity::Cosmetic => 2,
        };
        match self {
            Self::Plain => text.to_owned(),
            Self::Coloured => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

/// The whole report, grouped by severity and operation.
#[must_use]
pub fn text(report: &Report, style: Style) -> String {
    let mut text = String::new();
    for (severity, heading) in GROUPS {
        let operations = by_operation(report, severity);
        if operations.is_empty() {
            continue;
        }
        text.push_str(&style.paint(severity, heading));
        text.push('\n');
        for (operation, changes) in operations {
            text.push_str(&format!("  {}\n", Printable(operation.unwrap_or(WHOLE_DOCUMENT))));
            for change in changes {
                text.push_str(&format!("    {} [{}]\n", Printable(&change.message), change.id));
                let rust = rust(change);
                if !rust.is_empty() {
                    text.push_str(&format!("      Rust: {rust}\n"));
                }
            }
        }
        text.push('\n');
    }
    for note in &report.notes {
        text.push_str(&format!("Note: {}\n", Printable(note)));
    }
    let worst = report.worst().unwrap_or(Severity::Cosmetic);
    text.push_str(&style.paint(worst, &headline(report)));
    text.push('\n');
    if let Some(bumps) = bumps(report) {
        text.push_str(&format!("Versions must rise: {bumps}\n"));
    }
    text
}
