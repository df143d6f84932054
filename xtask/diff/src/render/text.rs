//! Renders a report for a terminal.

use indexmap::IndexMap;
use xtask_openapi::escape::Printable;

use super::parts::{RUST_ONLY, WHOLE_DOCUMENT, is_rust_only, rust, verdict};
use crate::change::{Change, Severity};
use crate::report::Report;

/// The width at which lines are wrapped, in characters. Code spans are never broken, so they may exceed it.
const WIDTH: usize = 80;

/// The severities, starting with the most severe, and the headings of their groups.
const GROUPS: [(Severity, &str); 4] = [
    (Severity::Breaking, "Breaking"),
    (Severity::Warning, "Warnings"),
    (Severity::Info, "Compatible"),
    (Severity::Cosmetic, "Cosmetic"),
];

/// The style of a text report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Plain text.
    Plain,
    /// Text with ANSI color sequences.
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

/// Returns the complete report as text: the verdict, the changes by severity and operation, and the effect on the
/// crates.
#[must_use]
pub fn text(report: &Report, style: Style) -> String {
    let worst = report.worst().unwrap_or(Severity::Cosmetic);
    let mut text = style.paint(worst, wrap(&verdict(report), "").trim_end());
    text.push('\n');
    if is_rust_only(report) {
        text.push_str(&format!("{RUST_ONLY}\n"));
    }
    for note in &report.notes {
        text.push('\n');
        text.push_str(&wrap(&format!("Note: {note}"), ""));
    }
    for (severity, heading) in GROUPS {
        let operations = by_operation(report, severity);
        if operations.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{}\n", style.paint(severity, heading)));
        for (operation, changes) in operations {
            text.push_str(&format!("  {}\n", Printable(operation.unwrap_or(WHOLE_DOCUMENT))));
            for change in changes {
                text.push_str(&wrap(&format!("{} [{}]", change.message, change.id), "    "));
            }
        }
    }
    let rust = rust(report, usize::MAX);
    if !rust.is_empty() {
        text.push_str("\nRust\n");
        text.extend(rust.iter().map(|line| wrap(line, "  ")));
    }
    text
}

/// Groups the changes of one severity by operation, in order of each operation's first change.
fn by_operation(report: &Report, severity: Severity) -> IndexMap<Option<&str>, Vec<&Change>> {
    let mut groups: IndexMap<_, Vec<_>> = IndexMap::new();
    for change in report.changes.iter().filter(|change| change.severity == severity) {
        groups
            .entry(change.operation.as_deref())
            .or_default()
            .push(change);
    }
    groups
}

/// Wraps Markdown between words. Continuation lines are indented by two more columns.
fn wrap(markdown: &str, indent: &str) -> String {
    let mut text = indent.to_owned();
    let mut column = indent.len();
    for (index, word) in words(&Printable(markdown).to_string()).into_iter().enumerate() {
        let length = word.chars().count();
        if index > 0 && column + 1 + length > WIDTH {
            text.push_str(&format!("\n{indent}  "));
            column = indent.len() + 2;
        } else if index > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(&word);
        column += length;
    }
    text.push('\n');
    text
}

/// Splits Markdown at spaces outside of code spans. As a result, text from the documents never starts a line, where a
/// workflow run would interpret `::`.
fn words(markdown: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    // The number of backticks that end the current code span, or 0 outside of code spans.
    let mut fence = 0;
    for part in markdown.split(' ') {
        match words.last_mut().filter(|_| fence > 0) {
            Some(word) => *word += &format!(" {part}"),
            None => words.push(part.to_owned()),
        }
        for ticks in part.split(|c| c != '`').map(str::len).filter(|ticks| *ticks > 0) {
            fence = match fence {
                0 => ticks,
                open if open == ticks => 0,
                open => open,
            };
        }
    }
    words
}
