//! The generated sections of `BENCHMARKS.md`, delimited by markers.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::machine;
use crate::process::project;
use crate::sides::OURS;

/// A Markdown table.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Creates a table whose first column contains text and whose other columns contain numbers.
    pub(crate) fn new(headings: &[&str]) -> Self {
        Self {
            rows: vec![headings.iter().map(|&heading| heading.to_owned()).collect()],
        }
    }

    /// Adds a row. This library's row is formatted in bold.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let mut cells: Vec<String> = cells.into_iter().collect();
        if cells.first().is_some_and(|name| name == OURS) {
            for cell in &mut cells {
                *cell = bold(cell);
            }
        }
        self.rows.push(cells);
    }

    fn render(&self) -> String {
        let mut lines: Vec<String> = self
            .rows
            .iter()
            .map(|cells| format!("| {} |", cells.join(" | ")))
            .collect();
        let columns = self.rows.first().map_or(0, Vec::len);
        lines.insert(1, format!("|---|{}", "---:|".repeat(columns.saturating_sub(1))));
        lines.join("\n")
    }
}

/// The results of a suite: paragraphs and tables, collapsed below a summary.
pub(crate) struct Section {
    summary: String,
    parts: Vec<String>,
}

impl Section {
    /// Starts a section whose summary contains the date and a description of the machine.
    pub(crate) fn begin() -> Result<Self> {
        Ok(Self {
            summary: format!("Results: {}", machine::description()?),
            parts: Vec::new(),
        })
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.parts.push(text.to_owned());
        self
    }

    pub(crate) fn table(self, table: &Table) -> Self {
        self.text(&table.render())
    }

    /// Prints the section and inserts it between its markers in `BENCHMARKS.md`.
    pub(crate) fn write(self, name: &str) -> Result<()> {
        let Self { summary, parts } = self;
        let text = parts.join("\n\n");
        println!("{summary}\n\n{text}\n");
        let text = format!("<details>\n<summary>{summary}</summary>\n\n{text}\n\n</details>");
        let document = read()?;
        fs::write(path(), replaced(&document, name, &text)?)?;
        Ok(())
    }
}

/// Returns the path to `BENCHMARKS.md`.
pub(crate) fn path() -> PathBuf {
    project().join("BENCHMARKS.md")
}

/// Returns the contents of `BENCHMARKS.md`.
pub(crate) fn read() -> Result<String> {
    let path = path();
    fs::read_to_string(&path).with_context(|| format!("failed to read {}", path.display()))
}

/// Splits a document into the text before, inside and after a section. The markers are not included.
pub(crate) fn split<'a>(document: &'a str, name: &str) -> Result<[&'a str; 3]> {
    let (begin, end) = (format!("<!-- begin: {name} -->"), format!("<!-- end: {name} -->"));
    let parts = document.split_once(&begin).and_then(|(before, rest)| {
        let (section, after) = rest.split_once(&end)?;
        Some([before, section, after])
    });
    parts.with_context(|| format!("BENCHMARKS.md does not contain {begin} followed by {end}"))
}

/// Replaces a section of a document.
pub(crate) fn replaced(document: &str, name: &str, text: &str) -> Result<String> {
    let [before, _, after] = split(document, name)?;
    Ok(format!(
        "{before}<!-- begin: {name} -->\n\n{text}\n\n<!-- end: {name} -->{after}"
    ))
}

/// Formats the text of a cell in bold.
pub(crate) fn bold(text: &str) -> String {
    format!("**{text}**")
}

/// Formats a number without decimals and with thousands separators.
pub(crate) fn thousands(number: f64) -> String {
    grouped(number, 0)
}

/// Formats a number with thousands separators.
pub(crate) fn grouped(number: f64, decimals: usize) -> String {
    let formatted = format!("{number:.decimals$}");
    let (digits, fraction) = formatted.split_at(formatted.find('.').unwrap_or(formatted.len()));
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + fraction
}

/// Formats the ratio of two numbers.
pub(crate) fn ratio(number: f64, of: f64) -> String {
    format!("{:.2}", number / of)
}

/// Returns the median of several measurements.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_between_the_markers_is_replaced() {
        let document =
            "# Title\n<!-- begin: a -->\nold\n<!-- end: a -->\nprose\n<!-- begin: b -->kept<!-- end: b -->\n";
        let written = replaced(document, "a", "new").unwrap();
        assert_eq!(
            written,
            "# Title\n<!-- begin: a -->\n\nnew\n\n<!-- end: a -->\nprose\n<!-- begin: b -->kept<!-- end: b -->\n"
        );
        assert_eq!(replaced(&written, "a", "new").unwrap(), written);
        assert!(replaced(document, "c", "new").is_err());
    }

    #[test]
    fn only_the_row_of_this_library_is_bold() {
        let mut table = Table::new(&["client", "s"]);
        for client in [OURS, "another client"] {
            table.row([client.to_owned(), "1".to_owned()]);
        }
        assert_eq!(
            table.render(),
            "| client | s |\n|---|---:|\n| **this library** | **1** |\n| another client | 1 |"
        );
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(thousands(7.0), "7");
        assert_eq!(thousands(999.6), "1,000");
        assert_eq!(thousands(1_234_567.0), "1,234,567");
        assert_eq!(grouped(1473.84, 1), "1,473.8");
    }

    #[test]
    fn one_outlier_does_not_change_the_median() {
        assert_eq!(median(vec![5.0, 900.0, 4.0]).to_bits(), 5.0_f64.to_bits());
    }
}
