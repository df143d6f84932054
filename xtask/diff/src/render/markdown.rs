//! A report for a comment on a pull request.

use xtask_openapi::escape::code_span;

use super::{GROUPS, WHOLE_DOCUMENT, bumps, by_operation, headline, rust};
use crate::change::Change;
use crate::report::Report;

/// The most that a comment on GitHub may have, in bytes; a report is shorter.
pub const MAX_MARKDOWN_BYTES: usize = 64 << 10;

/// What the last sentence about truncation needs at most.
const RESERVE: usize = 512;

/// The report as Markdown, the worst changes first, below [`MAX_MARKDOWN_BYTES`]; what does not fit is counted.
#[must_use]
pub fn markdown(report: &Report) -> String {
    markdown_within(report, MAX_MARKDOWN_BYTES)
}

/// The report as Markdown for a text that has something else too: below so many bytes, or about 1 KiB if that is more.
#[must_use]
pub fn markdown_within(report: &Report, max_bytes: usize) -> String {
    let mut text = format!("## API changes: {}\n", headline(report));
    if let Some(bumps) = bumps(report) {
        text.push_str(&format!("\nVersions must rise: {bumps}\n"));
    }
    let mut left_out = 0;
    for note in &report.notes {
        let line = format!("\n> {note}\n");
        if text.len() + line.len() > max_bytes / 4 {
            left_out += 1;
        } else {
            text.push_str(&line);
        }
    }
    for (severity, heading) in GROUPS {
        let mut head = format!("\n### {heading}\n");
        for (operation, changes) in by_operation(report, severity) {
            let operation = match operation {
                Some(operation) => code_span(operation),
                None => WHOLE_DOCUMENT.to_owned(),
            };
            head.push_str(&format!("\n**{operation}**\n\n"));
            for change in changes {
                let line = line(change);
                // Once something is left out, all that follows is: a list with holes would mislead.
                if left_out > 0 || text.len() + head.len() + line.len() + RESERVE > max_bytes {
                    left_out += 1;
                    continue;
                }
                text.push_str(&std::mem::take(&mut head));
                text.push_str(&line);
            }
        }
    }
    if left_out > 0 {
        text.push_str(&format!(
            "\n**{left_out} more left out: too many for one comment.** The job's log has all.\n"
        ));
    }
    text
}

fn line(change: &Change) -> String {
    let rust = rust(change);
    let rust = if rust.is_empty() {
        String::new()
    } else {
        format!(" <br>Rust: {rust}")
    };
    format!("- {} <sub>{}</sub>{rust}\n", change.message, change.id)
}
