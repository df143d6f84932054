//! Runs the benchmarks and writes the results to `BENCHMARKS.md`.
//!
//! ```sh
//! cargo run --release --manifest-path tests/benchmarks/Cargo.toml -- all
//! ```

mod baselines;
mod check;
mod counts;
mod machine;
mod plots;
mod process;
mod programs;
mod report;
mod server;
mod sides;
mod suites;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::suites::{calls, ci, dependencies, development, in_flight, micro, throughput, tools};

/// Run benchmarks and update the tables in BENCHMARKS.md
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    suite: Suite,
}

#[derive(Clone, Copy, Subcommand)]
enum Suite {
    /// Run all suites, then `plots`
    All,
    /// Count instructions and allocations per call, and record baselines
    Calls,
    /// Measure offline operations, and record baselines
    Micro,
    /// Compare tokens per second, CPU time and latency with other clients
    Throughput,
    /// Measure the cost of a call with 1 to 10,000 calls in flight
    InFlight,
    /// Measure how much a dependency on this library adds: crates, build time and binary size
    Dependencies,
    /// Measure the maintenance tools
    Tools,
    /// Measure the first build of `cargo xtask`, and test runs after a small change
    Development,
    /// Measure `.ci/run`: the README's commands in a fresh clone, and all checks
    Ci,
    /// Draw the plots and write the conclusion from the tables, without measuring
    Plots,
    /// Fail if a count exceeds its recorded baseline, or if the plots or the conclusion don't match the tables
    Check,
}

impl Suite {
    /// Returns the functions that measure and write the sections.
    fn writers(self) -> Vec<fn() -> Result<()>> {
        match self {
            Self::All => vec![
                calls::write,
                micro::write,
                throughput::write,
                in_flight::write,
                dependencies::write,
                tools::write,
                development::write,
                ci::write,
            ],
            Self::Calls => vec![calls::write],
            Self::Micro => vec![micro::write],
            Self::Throughput => vec![throughput::write],
            Self::InFlight => vec![in_flight::write],
            Self::Dependencies => vec![dependencies::write],
            Self::Tools => vec![tools::write],
            Self::Development => vec![development::write],
            Self::Ci => vec![ci::write],
            Self::Plots | Self::Check => vec![],
        }
    }
}

fn main() -> Result<()> {
    let suite = Arguments::parse().suite;
    if matches!(suite, Suite::Check) {
        plots::check()?;
        return check::check();
    }
    for write in suite.writers() {
        write()?;
    }
    plots::write()
}
