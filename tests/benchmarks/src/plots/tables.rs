//! Reads the tables that the suites wrote to `BENCHMARKS.md`.

use anyhow::{Context as _, Result};

use crate::report;

/// The first table in a section, or the first table under one of the section's headings.
pub(crate) struct Grid {
    /// The location of the table, used in error messages.
    place: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// Reads a table. `heading` is a level-3 heading in the section.
    pub(crate) fn read(document: &str, section: &str, heading: Option<&str>) -> Result<Self> {
        let [_, text, _] = report::split(document, section)?;
        let (place, text) = match heading {
            Some(heading) => {
                let place = format!("`{section}`, `{heading}`");
                let below = text.split_once(&format!("### {heading}\n"));
                let (_, below) = below.with_context(|| format!("{place}: the heading is missing"))?;
                (place, below)
            }
            None => (format!("`{section}`"), text),
        };
        let lines = text.lines().skip_while(|line| !line.starts_with('|'));
        let mut rows = lines.take_while(|line| line.starts_with('|')).map(cells);
        let columns = rows
            .next()
            .with_context(|| format!("{place}: the table is missing"))?;
        Ok(Self {
            place,
            columns,
            rows: rows.skip(1).collect(),
        })
    }

    pub(crate) fn rows(&self) -> impl DoubleEndedIterator<Item = &[String]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// Returns the row that starts with the given cells.
    pub(crate) fn row(&self, first: &[&str]) -> Result<&[String]> {
        self.rows()
            .find(|row| row.len() >= first.len() && row.iter().zip(first).all(|(cell, first)| cell == first))
            .with_context(|| format!("{}: the row {first:?} is missing", self.place))
    }

    /// Returns the first cell of a row, without backticks.
    pub(crate) fn name(&self, row: &[String]) -> String {
        row.first().map(|name| name.replace('`', "")).unwrap_or_default()
    }

    pub(crate) fn cell<'a>(&self, row: &'a [String], column: &str) -> Result<&'a str> {
        self.columns
            .iter()
            .position(|name| name == column)
            .and_then(|index| row.get(index))
            .map(String::as_str)
            .with_context(|| format!("{}: the column {column:?} is missing", self.place))
    }

    pub(crate) fn number(&self, row: &[String], column: &str) -> Result<f64> {
        let cell = self.cell(row, column)?;
        let number = cell.replace(',', "").parse();
        number.with_context(|| format!("{}, column {column:?}: {cell:?} is not a number", self.place))
    }
}

/// Returns the cells of a line, without bold markup.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_matches('|');
    line.split(" | ")
        .map(|cell| cell.trim().replace("**", ""))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "<!-- begin: a -->\n### One\n\n| client | n |\n|---|---:|\n| x | 1 |\n\n### Two\n\n\
        | client | n |\n|---|---:|\n| **this library** | **1,234.5** |\n| `x` | – |\n<!-- end: a -->\n";

    #[test]
    fn tables_are_read_below_their_heading() {
        let grid = Grid::read(DOCUMENT, "a", Some("Two")).unwrap();
        let row = grid.row(&["this library"]).unwrap();
        assert_eq!(grid.number(row, "n").unwrap().to_bits(), 1234.5_f64.to_bits());
        assert_eq!(
            grid.rows().map(|row| grid.name(row)).collect::<Vec<_>>(),
            ["this library", "x"]
        );
        let first = Grid::read(DOCUMENT, "a", None).unwrap();
        assert_eq!(first.rows().count(), 1);
    }

    #[test]
    fn errors_name_the_location() {
        let error = |heading| Grid::read(DOCUMENT, "a", heading).err().unwrap().to_string();
        assert_eq!(error(Some("Three")), "`a`, `Three`: the heading is missing");
        let grid = Grid::read(DOCUMENT, "a", Some("Two")).unwrap();
        let row = grid.row(&["`x`"]).unwrap();
        assert_eq!(
            grid.number(row, "n").unwrap_err().to_string(),
            "`a`, `Two`, column \"n\": \"–\" is not a number"
        );
        assert_eq!(
            grid.number(row, "m").unwrap_err().to_string(),
            "`a`, `Two`: the column \"m\" is missing"
        );
        assert_eq!(
            grid.row(&["y"]).unwrap_err().to_string(),
            "`a`, `Two`: the row [\"y\"] is missing"
        );
    }
}
