//! Comparison of measured counts with recorded ones.

use anyhow::{Result, ensure};

use crate::baselines::Baselines;
use crate::counts::Counts;
use crate::programs::Programs;
use crate::report::thousands;
use crate::suites::{calls, micro};

/// Maximum ratio of measured to recorded instructions. Different compiler and C library versions cause
/// differences of a few percent.
const INSTRUCTIONS: f64 = 1.05;
/// Maximum increase in allocations per call. It is less than one, so even a single additional allocation is
/// detected.
const ALLOCATIONS: f64 = 0.5;

/// Measures the counts and compares them with the recorded ones.
///
/// # Errors
///
/// Returns an error that lists every count that increased.
pub(crate) fn check() -> Result<()> {
    let recorded = Baselines::read()?;
    let programs = Programs::new()?;
    let (ours, reqwest) = calls::both(&programs, &programs.build("bench-server", &[])?)?;
    let mut grown = Vec::new();
    compare("a call", recorded.calls.get("ours"), ours, &mut grown);
    // Both clients are built with the same compiler, so their counts are comparable. The tolerance covers differences
    // in how data is split into packets.
    if ours.instructions > reqwest.instructions * 1.01 || ours.allocations > reqwest.allocations + ALLOCATIONS
    {
        grown.push("a call needs more instructions or allocations than a call with plain reqwest".to_owned());
    }
    for (operation, counts) in micro::count_all(&programs)? {
        compare(operation, recorded.micro.get(operation), counts, &mut grown);
    }
    ensure!(
        grown.is_empty(),
        "{}\n\nif this is intended, run the `calls` and `micro` suites to record the new counts",
        grown.join("\n")
    );
    println!("no counts have increased");
    Ok(())
}

fn compare(what: &str, recorded: Option<&Counts>, now: Counts, grown: &mut Vec<String>) {
    println!(
        "{what}: {} instructions, {:.1} allocations",
        thousands(now.instructions),
        now.allocations
    );
    let Some(recorded) = recorded else {
        grown.push(format!("{what}: no counts are recorded"));
        return;
    };
    if now.instructions > recorded.instructions * INSTRUCTIONS {
        grown.push(format!(
            "{what}: {} instructions, but {} are recorded",
            thousands(now.instructions),
            thousands(recorded.instructions)
        ));
    }
    if now.allocations > recorded.allocations + ALLOCATIONS {
        grown.push(format!(
            "{what}: {:.1} allocations, but {:.1} are recorded",
            now.allocations, recorded.allocations
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDED: Counts = Counts {
        instructions: 1000.0,
        allocations: 10.0,
        allocated_bytes: 100.0,
    };

    fn grown(now: Counts) -> usize {
        let mut grown = Vec::new();
        compare("it", Some(&RECORDED), now, &mut grown);
        grown.len()
    }

    #[test]
    fn increases_above_the_tolerance_are_reported() {
        let counts = |instructions, allocations| Counts {
            instructions,
            allocations,
            ..RECORDED
        };
        assert_eq!(grown(RECORDED), 0);
        assert_eq!(grown(counts(900.0, 9.0)), 0);
        assert_eq!(grown(counts(1049.0, 10.4)), 0);
        assert_eq!(grown(counts(1051.0, 10.0)), 1);
        assert_eq!(grown(counts(1000.0, 11.0)), 1);
        assert_eq!(grown(counts(2000.0, 20.0)), 2);
    }

    #[test]
    fn missing_recorded_counts_are_reported() {
        let mut grown = Vec::new();
        compare("it", None, RECORDED, &mut grown);
        assert_eq!(grown, ["it: no counts are recorded"]);
    }
}
