//! Runs the benchmarks and writes their tables into `BENCHMARKS.md`.
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

/// Runs benchmarks, both sides of each comparison in one run, and writes the tables of BENCHMARKS.md.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    suite: Suite,
}

#[derive(Clone, Copy, Subcommand)]
enum Suite {
    /// All of the following but `check`.
    All,
    /// Instructions and allocations of one call; records baselines.
    Calls,
    /// Operations without a network: time, instructions, allocations; records baselines.
    Micro,
    /// Tokens per second, processor time and latency, against other clients.
    Throughput,
    /// What a call costs when 1 to 10,000 are under way.
    InFlight,
    /// What depending on the library costs: crates, build time, binary size.
    Dependencies,
    /// The maintainers' tools.
    Tools,
    /// What a contributor waits for: the first `cargo xtask`, the tests after a small change.
    Development,
    /// `.ci/run`: the README's commands in a fresh clone, all tests, everything.
    Ci,
    /// Compares instructions and allocations with the recorded baselines, and fails if they have grown.
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
