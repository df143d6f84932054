//! Child processes, their output and their cost.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Returns the benchmark directory.
pub(crate) fn directory() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the project's root directory.
pub(crate) fn project() -> PathBuf {
    directory().join("../..")
}

/// Runs a command to completion. If it fails, the error contains its standard error.
pub(crate) fn run(command: &mut Command) -> Result<Output> {
    let output = command
        .output()
        .with_context(|| format!("failed to start {}", name(command)))?;
    ensure!(
        output.status.success(),
        "{} failed with {}: {}",
        name(command),
        output.status,
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(output)
}

/// Runs a command and returns its standard output as text.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    Ok(String::from_utf8(run(command)?.stdout)?.trim().to_owned())
}

/// Runs a program with a task and parses the outcome that it prints.
pub(crate) fn perform<T: DeserializeOwned>(command: &mut Command, task: &impl Serialize) -> Result<T> {
    let text = output(command.arg(serde_json::to_string(task)?))?;
    serde_json::from_str(&text)
        .with_context(|| format!("{} did not print an outcome as JSON: {text:?}", name(command)))
}

/// The time taken by a command.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) elapsed: Duration,
    /// CPU time in user and kernel mode, including child processes.
    pub(crate) cpu: Duration,
}

/// Runs a command to completion and returns its cost. No other child process may exit in the meantime.
pub(crate) fn cost(command: &mut Command) -> Result<Cost> {
    let (started, before) = (Instant::now(), children_cpu()?);
    run(command)?;
    Ok(Cost {
        elapsed: started.elapsed(),
        cpu: children_cpu()?.saturating_sub(before),
    })
}

fn children_cpu() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    Ok(duration(usage.user_time())? + duration(usage.system_time())?)
}

fn duration(time: TimeVal) -> Result<Duration> {
    Ok(Duration::from_secs(time.tv_sec().try_into()?) + Duration::from_micros(time.tv_usec().try_into()?))
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
