//! Runs the benchmarks and writes the results to `BENCHMARKS.md`.
//!
//! ```sh
//! cargo run --release --manifest-path tests/benchmarks/Cargo.toml -- all
//! ```

mod baselines;
mod counts;
mod machine;
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
    /// Run all suites except `check`
    All,
    /// Count instructions and allocations per call, and record baselines
    Calls,
    /// Measure offline operations, and record baselines
    Micro,
    /// Compare tokens per second, CPU time and latency with other clients
    Throughput,
    /// Measure the cost of a call with 1 to 10,000 calls in flight
    InFlight,
    /// Measure how much the dependency adds: crates, build time and binary size
    Dependencies,
    /// Measure the maintenance tools
    Tools,
    /// Measure the first build of `cargo xtask`, and test runs after a small change
    Development,
    /// Measure `.ci/run`: the README's commands in a fresh clone, and all checks
    Ci,
    /// Fail if instructions or allocations have increased compared with the baselines
    Check,
}

fn main() -> Result<()> {
    match Arguments::parse().suite {
        Suite::All => {
            for suite in [
                calls::write,
                micro::write,
                throughput::write,
                in_flight::write,
                dependencies::write,
                tools::write,
                development::write,
                ci::write,
            ] {
                suite()?;
            }
            Ok(())
        }
        Suite::Calls => calls::write(),
        Suite::Micro => micro::write(),
        Suite::Throughput => throughput::write(),
        Suite::InFlight => in_flight::write(),
        Suite::Dependencies => dependencies::write(),
        Suite::Tools => tools::write(),
        Suite::Development => development::write(),
        Suite::Ci => ci::write(),
        Suite::Check => baselines::check(),
    }
}
