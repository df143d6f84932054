//! Recorded counts, so that growth does not go unnoticed.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use crate::counts::Counts;
use crate::process::folder;
use crate::programs::Programs;
use crate::report::thousands;
use crate::suites::{calls, micro};

/// How much more instructions there may be than recorded: other versions of the compiler and of the C library differ
/// by a few in a hundred.
const INSTRUCTIONS: f64 = 1.05;
/// How many more allocations there may be than recorded: less than one for each call.
const ALLOCATIONS: f64 = 0.5;

/// What `baselines.json` holds.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Baselines {
    /// One call, by client.
    pub(crate) calls: BTreeMap<String, Counts>,
    /// Operations without a network, by name.
    pub(crate) micro: BTreeMap<String, Counts>,
}

impl Baselines {
    fn path() -> PathBuf {
        folder().join("baselines.json")
    }

    fn read() -> Result<Self> {
        match fs::read_to_string(Self::path()) {
            Ok(text) => Ok(serde_json::from_str(&text)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error.into()),
        }
    }

    /// Changes what is recorded.
    pub(crate) fn update(change: impl FnOnce(&mut Self)) -> Result<()> {
        let mut baselines = Self::read()?;
        change(&mut baselines);
        fs::write(Self::path(), serde_json::to_string_pretty(&baselines)? + "\n")?;
        Ok(())
    }
}

/// Measures, compares with what is recorded, and fails with everything that has grown.
pub(crate) fn check() -> Result<()> {
    let recorded = Baselines::read()?;
    let programs = Programs::new()?;
    let (ours, reqwest) = calls::both(&programs, &programs.build("bench-server", &[])?)?;
    let mut grown = Vec::new();
    compare("a call", recorded.calls.get("ours"), ours, &mut grown);
    // Both are measured with the same compiler; how packets are cut makes a difference of less than this.
    if ours.instructions > reqwest.instructions * 1.01 || ours.allocations > reqwest.allocations + ALLOCATIONS
    {
        grown.push("a call: more instructions or allocations than reqwest by hand".to_owned());
    }
    for (operation, counts) in micro::count_all(&programs)? {
        compare(operation, recorded.micro.get(operation), counts, &mut grown);
    }
    ensure!(
        grown.is_empty(),
        "{}\n\nif that is meant, record it: run the suites `calls` and `micro`",
        grown.join("\n")
    );
    println!("no count has grown");
    Ok(())
}

fn compare(what: &str, recorded: Option<&Counts>, now: Counts, grown: &mut Vec<String>) {
    println!(
        "{what}: {} instructions, {:.1} allocations",
        thousands(now.instructions),
        now.allocations
    );
    let Some(recorded) = recorded else {
        grown.push(format!("{what}: nothing is recorded"));
        return;
    };
    if now.instructions > recorded.instructions * INSTRUCTIONS {
        grown.push(format!(
            "{what}: {} instructions, recorded are {}",
            thousands(now.instructions),
            thousands(recorded.instructions)
        ));
    }
    if now.allocations > recorded.allocations + ALLOCATIONS {
        grown.push(format!(
            "{what}: {:.1} allocations, recorded are {:.1}",
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
    fn growth_beyond_the_tolerance_is_found() {
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
    fn what_is_not_recorded_is_not_passed_over() {
        let mut grown = Vec::new();
        compare("it", None, RECORDED, &mut grown);
        assert_eq!(grown, ["it: nothing is recorded"]);
    }
}
