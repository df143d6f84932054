//! The generated sections of `BENCHMARKS.md`, delimited by markers.

use std::fs;

use anyhow::{Context as _, Result};

use crate::machine;
use crate::process::project;

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

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
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

/// The results of a suite, as paragraphs and tables.
#[derive(Default)]
pub(crate) struct Section {
    parts: Vec<String>,
}

impl Section {
    /// Starts a section with the date and a description of the machine.
    pub(crate) fn begin() -> Result<Self> {
        Ok(Self::default().text(&machine::description()?))
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
        let text = self.parts.join("\n\n");
        println!("{text}\n");
        let path = project().join("BENCHMARKS.md");
        let document =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        fs::write(&path, replaced(&document, name, &text)?)?;
        Ok(())
    }
}

fn replaced(document: &str, name: &str, text: &str) -> Result<String> {
    let (begin, end) = (format!("<!-- begin: {name} -->"), format!("<!-- end: {name} -->"));
    let missing = || format!("BENCHMARKS.md must contain the markers {begin} and {end}");
    let (before, rest) = document.split_once(&begin).with_context(missing)?;
    let (_, after) = rest.split_once(&end).with_context(missing)?;
    Ok(format!("{before}{begin}\n\n{text}\n\n{end}{after}"))
}

/// Formats a number with thousands separators.
pub(crate) fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
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
    fn numbers_are_grouped() {
        assert_eq!(thousands(7.0), "7");
        assert_eq!(thousands(999.6), "1,000");
        assert_eq!(thousands(1_234_567.0), "1,234,567");
    }

    #[test]
    fn one_outlier_does_not_change_the_median() {
        assert_eq!(median(vec![5.0, 900.0, 4.0]).to_bits(), 5.0_f64.to_bits());
    }
}
