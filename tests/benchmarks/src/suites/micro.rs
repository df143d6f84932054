//! Measures the library's offline operations.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use bench_support::{MicroOutcome, MicroTask};

use crate::baselines::Baselines;
use crate::counts::{Counts, counts};
use crate::process::perform;
use crate::programs::Programs;
use crate::report::{Section, Table, grouped, thousands};
use crate::sides::under;

/// Names of the operations in `bench-micro`, with descriptions.
const OPERATIONS: [(&str, &str); 13] = [
    ("union", "`PermissionSet::union` of 23 and 14 permissions"),
    ("intersection", "`PermissionSet::intersection`"),
    ("difference", "`PermissionSet::difference`"),
    ("is_subset", "`PermissionSet::is_subset`"),
    ("contains", "`PermissionSet::contains`"),
    ("insert", "`PermissionSet::insert`"),
    ("iterate", "`PermissionSet::iter` over 23 permissions"),
    ("clamp_to", "`PermissionSet::clamp_to`"),
    ("parse", "parsing a `Permission`"),
    ("validate", "`RoomTokenRequest::validate` with all 18 fields"),
    ("lint", "`RoomTokenRequest::lint` with all 18 fields"),
    ("to_json", "serializing a `RoomTokenRequest` with all 18 fields"),
    ("claims", "`RoomToken::claims` with 11 claims"),
];
/// Number of repetitions in the short and the long valgrind run.
const COUNTED: (usize, usize) = (100, 1100);
/// Number of repetitions and rounds for time measurements.
const TIMED: (usize, usize) = (200_000, 5);

/// Measures all operations, records their baselines and writes the section.
pub(crate) fn write() -> Result<()> {
    let programs = Programs::new()?;
    let program = programs.build("bench-micro", &[])?;
    let counts = count_all(&programs)?;
    let mut table = Table::new(&["operation", "ns", "instructions", "allocations"]);
    for ((name, description), (_, counts)) in OPERATIONS.iter().zip(&counts) {
        table.row([
            (*description).to_owned(),
            grouped(nanoseconds(&program, name)?, 1),
            thousands(counts.instructions),
            format!("{:.0}", counts.allocations),
        ]);
    }
    Baselines::update(|baselines| {
        baselines.micro = counts
            .into_iter()
            .map(|(name, counts)| (name.to_owned(), counts))
            .collect();
    })?;
    Section::begin()?.table(&table).write("micro")
}

/// Counts the instructions and allocations of each operation.
pub(crate) fn count_all(programs: &Programs) -> Result<Vec<(&'static str, Counts)>> {
    let program = programs.build("bench-micro", &[])?;
    let mut all = Vec::new();
    for (name, _) in OPERATIONS {
        eprintln!("counting {name}");
        all.push((name, count(&program, name)?));
    }
    Ok(all)
}

fn count(program: &Path, operation: &str) -> Result<Counts> {
    counts(COUNTED.0, COUNTED.1, |wrapper, repeats| {
        let mut command = under(wrapper, &[PathBuf::from(program)]);
        command.arg(serde_json::to_string(&task(operation, repeats))?);
        Ok(command)
    })
}

/// Returns the time per repetition in the best round, in nanoseconds.
fn nanoseconds(program: &Path, operation: &str) -> Result<f64> {
    let (repeats, rounds) = TIMED;
    let mut best = f64::INFINITY;
    for _ in 0..rounds {
        let outcome: MicroOutcome = perform(&mut Command::new(program), &task(operation, repeats))?;
        best = best.min(outcome.elapsed_ns as f64 / repeats as f64);
    }
    Ok(best)
}

fn task(operation: &str, repeats: usize) -> MicroTask {
    MicroTask {
        operation: operation.to_owned(),
        repeats,
    }
}
