//! Instructions and allocations per repetition. They are computed from valgrind's counts for a long and a
//! short run: the difference in counts, divided by the difference in repetitions. This excludes process
//! startup and exit, and the counts don't depend on the system load.

use std::process::Command;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::process::run;
use crate::report::median;

const CALLGRIND: [&str; 3] = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"];
const MEMCHECK: [&str; 3] = ["valgrind", "--tool=memcheck", "--leak-check=no"];
/// Number of measurements. The median is used, because packets that arrive in two parts cause small
/// differences.
const ROUNDS: usize = 3;

/// The cost of one repetition.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) struct Counts {
    /// Number of user-mode instructions.
    pub(crate) instructions: f64,
    /// Number of allocations and reallocations.
    pub(crate) allocations: f64,
    /// Total size of all allocations, in bytes.
    pub(crate) allocated_bytes: f64,
}

/// Measures the cost of one repetition. `command` must return a command that uses the given wrapper and number of
/// repetitions.
pub(crate) fn counts(
    short: usize,
    long: usize,
    command: impl Fn(&[&str], usize) -> Result<Command>,
) -> Result<Counts> {
    let per_repeat = |wrapper: &[&str], labels: &[&str]| -> Result<Vec<f64>> {
        let run = |repeats| numbers(&mut command(wrapper, repeats)?, labels);
        let (long_run, short_run) = (run(long)?, run(short)?);
        let differences = long_run
            .iter()
            .zip(short_run)
            .map(|(long_run, short_run)| long_run - short_run);
        Ok(differences
            .map(|difference| difference / (long - short) as f64)
            .collect())
    };
    let (mut instructions, mut allocations, mut allocated_bytes) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        instructions.extend(per_repeat(&CALLGRIND, &["Collected : "])?);
        if let [blocks, bytes] = per_repeat(&MEMCHECK, &["total heap usage: ", "frees, "])?.as_slice() {
            allocations.push(*blocks);
            allocated_bytes.push(*bytes);
        }
    }
    Ok(Counts {
        instructions: median(instructions),
        allocations: median(allocations),
        allocated_bytes: median(allocated_bytes),
    })
}

/// Runs a command and returns the numbers that follow the given labels in valgrind's output.
fn numbers(command: &mut Command, labels: &[&str]) -> Result<Vec<f64>> {
    let output = run(command).context("valgrind is required")?;
    let text = String::from_utf8_lossy(&output.stderr);
    labels
        .iter()
        .map(|label| {
            number_after(&text, label)
                .with_context(|| format!("valgrind's output does not contain {label:?} followed by a number: {text}"))
        })
        .collect()
}

/// Returns the number that follows a label. It may contain thousands separators.
fn number_after(text: &str, label: &str) -> Option<f64> {
    let (_, rest) = text.split_once(label)?;
    let digits: String = rest
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ',')
        .collect();
    digits.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_valgrind_output_are_parsed() {
        let text = "==7== Collected : 7202123\n==7==   total heap usage: 1,234 allocs, 1,200 frees, 98,765 bytes allocated\n";
        assert_eq!(number_after(text, "Collected : "), Some(7_202_123.0));
        assert_eq!(number_after(text, "total heap usage: "), Some(1_234.0));
        assert_eq!(number_after(text, "frees, "), Some(98_765.0));
        assert_eq!(number_after(text, "leaked: "), None);
    }
}
