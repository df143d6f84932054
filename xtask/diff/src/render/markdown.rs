//! Renders a report as a pull request comment.

use std::hash::Hash;

use indexmap::IndexMap;
use indexmap::map::Entry;
use xtask_openapi::escape::code_span;

use super::parts::{MAX_LISTED, RUST_ONLY, WHOLE_DOCUMENT, bumps, counts, is_rust_only, list, rust};
use crate::change::{Change, Severity};
use crate::report::Report;

/// The maximum size of a GitHub comment, in bytes. Reports are smaller.
pub const MAX_MARKDOWN_BYTES: usize = 64 << 10;

/// The number of bytes reserved for the lines around the table and the note about omitted changes.
const RESERVE: usize = 512;

const TABLE: &str = "\n| | Where | Change |\n|---|---|---|\n";
const DETAILS: &str = "\n<details>\n<summary>Rule ids</summary>\n\n";
const DETAILS_END: &str = "\n</details>\n";

/// Returns the report as Markdown with fewer than [`MAX_MARKDOWN_BYTES`] bytes: the verdict, then a table of the
/// changes. If some changes don't fit, the number of omitted changes is given at the end.
#[must_use]
pub fn markdown(report: &Report) -> String {
    markdown_within(report, MAX_MARKDOWN_BYTES)
}

/// Returns the report as Markdown with fewer than `max_bytes` bytes, or fewer than about 1 KiB if `max_bytes` is too
/// small.
#[must_use]
pub fn markdown_within(report: &Report, max_bytes: usize) -> String {
    let mut text = format!("## API changes: {}\n", report.verdict);
    let counts: Vec<String> = counts(report)
        .into_iter()
        .map(|(severity, count)| format!("{} {count}", symbol(severity)))
        .collect();
    let summary = counts.join(" · ") + &bumps(report);
    if !summary.is_empty() {
        text.push_str(&format!("\n{}\n", summary.trim_start()));
    }
    if is_rust_only(report) {
        text.push_str(&format!("\n{RUST_ONLY}\n"));
    }
    push_rust(&mut text, report, max_bytes / 8);
    let mut omitted = 0;
    for note in &report.notes {
        let line = format!("\n> {note}\n");
        if text.len() + line.len() > max_bytes / 4 {
            omitted += 1;
        } else {
            text.push_str(&line);
        }
    }
    let rows = rows(report);
    let room = max_bytes.saturating_sub(text.len() + RESERVE);
    // Notes may explain changes, so changes are shown only if all notes fit. No row is omitted while a less severe one
    // is shown.
    let fits = |count: &usize| omitted == 0 && table(rows.get(..*count).unwrap_or_default()).len() <= room;
    let shown = (1..=rows.len()).take_while(fits).last().unwrap_or(0);
    let (shown, others) = rows.split_at(shown);
    omitted += others.iter().map(|row| row.changes).sum::<usize>();
    text.push_str(&table(shown));
    if omitted > 0 {
        text.push_str(&format!(
            "\n**{omitted} more omitted to keep the comment short.** The job log has the complete list.\n"
        ));
    }
    text
}

/// Appends a list of the effects on the crates. If the list is longer than `max_bytes`, a note is appended instead.
fn push_rust(text: &mut String, report: &Report, max_bytes: usize) {
    let lines = rust(report, MAX_LISTED)
        .into_iter()
        .map(|line| format!("- {line}\n"));
    let list: String = lines.collect();
    match list.len() {
        0 => {}
        length if length <= max_bytes => text.push_str(&format!("\nRust:\n\n{list}")),
        _ => text.push_str(
            "\nThe list of affected Rust items is too long for a comment. The job log has the complete list.\n",
        ),
    }
}

fn symbol(severity: Severity) -> &'static str {
    match severity {
        Severity::Breaking => "🔴",
        Severity::Warning => "🟡",
        Severity::Info => "🟢",
        Severity::Cosmetic => "⚪",
    }
}

/// A table row for changes that have the same severity and description.
struct Row<'a> {
    severity: Severity,
    operations: Vec<Option<&'a str>>,
    locations: Vec<&'a str>,
    description: &'a str,
    ids: Vec<&'a str>,
    /// The number of merged changes.
    changes: usize,
}

/// Merges equal changes: first those at the same location in several operations, then those at different locations in
/// the same operations.
fn rows(report: &Report) -> Vec<Row<'_>> {
    let rows = report.changes.iter().map(|change| Row {
        severity: change.severity,
        operations: vec![change.operation.as_deref()],
        locations: vec![change.location.as_str()],
        description: description(change),
        ids: vec![change.id.as_str()],
        changes: 1,
    });
    let rows = merge(rows, |row| row.locations.clone());
    merge(rows, |row| row.operations.clone())
}

fn merge<'a, K: Hash + Eq>(
    rows: impl IntoIterator<Item = Row<'a>>,
    key: impl Fn(&Row<'a>) -> Vec<K>,
) -> Vec<Row<'a>> {
    let mut merged: IndexMap<_, Row<'a>> = IndexMap::new();
    for row in rows {
        match merged.entry((row.severity, row.description, key(&row))) {
            Entry::Vacant(entry) => {
                entry.insert(row);
            }
            Entry::Occupied(mut entry) => entry.get_mut().extend(row),
        }
    }
    merged.into_values().collect()
}

/// Returns the message of a change without its location.
fn description(change: &Change) -> &str {
    let message = change.message.as_str();
    let rest = message.strip_prefix(&code_span(&change.location));
    rest.and_then(|rest| rest.strip_prefix(": ")).unwrap_or(message)
}

/// Returns the table, with each operation named only once, followed by the rule ids.
fn table(rows: &[Row<'_>]) -> String {
    let mut groups: IndexMap<_, Vec<&Row<'_>>> = IndexMap::new();
    for row in rows {
        groups.entry(&row.operations).or_default().push(row);
    }
    if groups.is_empty() {
        return String::new();
    }
    let mut text = TABLE.to_owned();
    for group in groups.values() {
        text.extend(group.first().map(|row| row.to_heading()));
        text.extend(group.iter().map(|row| row.to_line()));
    }
    text.push_str(DETAILS);
    text.extend(groups.values().flatten().map(|row| row.to_rule()));
    text + DETAILS_END
}

impl Row<'_> {
    /// Adds the changes of a row with the same severity and description. Changes are sorted by operation, so equal
    /// operations are adjacent.
    fn extend(&mut self, other: Self) {
        if self.operations.last() != other.operations.last() {
            self.operations.extend(other.operations);
        }
        if self.locations.last() != other.locations.last() {
            self.locations.extend(other.locations);
        }
        for id in other.ids {
            if !self.ids.contains(&id) {
                self.ids.push(id);
            }
        }
        self.changes += other.changes;
    }

    /// Returns a row that names the operations for the rows below it.
    fn to_heading(&self) -> String {
        let name = |operation: &Option<&str>| operation.map_or_else(|| WHOLE_DOCUMENT.to_owned(), code_span);
        format!(
            "| | **{}** | |\n",
            cell(&list(&self.operations, MAX_LISTED, name))
        )
    }

    fn to_line(&self) -> String {
        let [locations, description] = [&*self.locations(), self.description].map(cell);
        format!("| {} | {locations} | {description} |\n", symbol(self.severity))
    }

    fn locations(&self) -> String {
        list(&self.locations, MAX_LISTED, |location| code_span(location))
    }

    /// Returns a list item with the rule ids and the locations of these changes.
    fn to_rule(&self) -> String {
        let ids = list(&self.ids, MAX_LISTED, |id| code_span(id));
        format!("- {ids}: {}\n", self.locations())
    }
}

/// Escapes `|` in a table cell. Renderers disagree on how to escape a `|` that follows a backslash in a code span, so
/// it is written as `\u{7c}`.
fn cell(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for c in markdown.chars() {
        match c {
            '|' if text.ends_with('\\') => text.push_str("\\u{7c}"),
            '|' => text.push_str("\\|"),
            c => text.push(c),
        }
    }
    text
}
