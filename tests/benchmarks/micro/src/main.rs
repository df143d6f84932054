//! Repeats an offline library operation the number of times requested by the driver.

mod operations;

use std::time::Instant;

use anyhow::{Result, bail};
use bench_support::measure::nanoseconds;
use bench_support::{MicroOutcome, MicroTask};

use crate::operations::operation;

fn main() -> Result<()> {
    let task: MicroTask = bench_support::task()?;
    let Some(mut operation) = operation(&task.operation)? else {
        bail!("unknown operation {:?}", task.operation);
    };
    let started = Instant::now();
    for _ in 0..task.repeats {
        operation();
    }
    bench_support::print_json(&MicroOutcome {
        elapsed_ns: nanoseconds(started.elapsed()),
    })
}
