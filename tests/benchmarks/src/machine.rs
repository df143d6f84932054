//! Information about the machine that runs the benchmarks.

use std::process::Command;

use anyhow::Result;

use crate::process::output;

/// Returns the line shown above each table: date, operating system, processor and Rust version.
pub(crate) fn description() -> Result<String> {
    let date = output(Command::new("date").args(["-u", "+%F"]))?;
    let rustc = output(Command::new("rustc").arg("--version"))?;
    let rustc = rustc.split(" (").next().unwrap_or(&rustc);
    let cores = std::thread::available_parallelism()?;
    let os = std::env::consts::OS;
    Ok(format!(
        "{date}, {os} {}, {}, {cores} cores, {rustc}.",
        std::env::consts::ARCH,
        processor()
    ))
}

fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    info.lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or_else(
            || "unknown processor".to_owned(),
            |(_, name)| name.trim().to_owned(),
        )
}

/// Returns the one-minute load average.
pub(crate) fn load() -> Result<String> {
    let load = std::fs::read_to_string("/proc/loadavg")?;
    Ok(load.split(' ').next().unwrap_or("unknown").to_owned())
}
