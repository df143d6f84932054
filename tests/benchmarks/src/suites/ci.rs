//! Measures times in a fresh clone, as reported by `.ci/run`: the README's commands, all tests and all
//! checks.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::machine;
use crate::process::{output, project};
use crate::report::{Section, Table};

/// Runs `.ci/run` once and writes the section.
pub(crate) fn write() -> Result<()> {
    let section = Section::begin()?.text(&format!(
        "One run. Load average at the start: {}.",
        machine::load()?
    ));
    eprintln!("running .ci/run");
    let log = output(Command::new(project().join(".ci/run")).env_remove("CARGO_MANIFEST_DIR"))?;
    let times: Vec<_> = log.lines().filter_map(time).collect();
    ensure!(
        !times.is_empty(),
        "`.ci/run` did not print any lines like `time: NAME: 1 s`"
    );
    let mut table = Table::new(&["step", "s"]);
    for (step, seconds) in times {
        table.row([step.to_owned(), seconds.to_owned()]);
    }
    section.table(&table).write("ci")
}

/// Parses a line such as `time: all tests, once built: 50 s`.
fn time(line: &str) -> Option<(&str, &str)> {
    let (step, time) = line.strip_prefix("time: ")?.rsplit_once(": ")?;
    Some((step, time.strip_suffix(" s")?))
}
