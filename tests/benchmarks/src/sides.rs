//! The clients being compared.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::{directory, output};
use crate::programs::Programs;

/// The name of this project's library in the tables.
pub(crate) const OURS: &str = "this library";
/// The name of the baseline client in the tables.
pub(crate) const REQWEST: &str = "plain reqwest";

/// The name, in the tables, of the baseline client with a timeout. This library always sets a timeout.
const REQWEST_WITH_TIMEOUT: &str = "plain reqwest, with a timeout";

/// A client that can run tasks.
pub(crate) struct Side {
    /// The name shown in the tables.
    pub(crate) name: &'static str,
    command: Vec<PathBuf>,
}

impl Side {
    /// Builds a Rust client from a package in `sides/`.
    pub(crate) fn rust(
        programs: &Programs,
        name: &'static str,
        package: &str,
        features: &[&str],
    ) -> Result<Self> {
        Ok(Self {
            name,
            command: vec![programs.build(package, features)?],
        })
    }

    pub(crate) fn ours(programs: &Programs, features: &[&str]) -> Result<Self> {
        Self::rust(programs, OURS, "side-ours", features)
    }

    pub(crate) fn reqwest(programs: &Programs, features: &[&str]) -> Result<Self> {
        Self::rust(programs, REQWEST, "side-reqwest", features)
    }

    pub(crate) fn reqwest_with_timeout(programs: &Programs, features: &[&str]) -> Result<Self> {
        let features = [features, &["timeout"]].concat();
        Self::rust(programs, REQWEST_WITH_TIMEOUT, "side-reqwest", &features)
    }

    /// Returns the client for SignalWire's Python package, if it is installed. `BENCH_PYTHON` selects the
    /// Python interpreter and defaults to `python3`.
    pub(crate) fn python() -> Option<Self> {
        let python = std::env::var("BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        output(Command::new(&python).args(["-c", "import signalwire.rest"])).ok()?;
        Some(Self {
            name: "`signalwire-sdk` (Python)",
            command: vec![python.into(), directory().join("scripts/mint.py")],
        })
    }

    /// Returns the client for Node's `fetch`, if Node is installed.
    pub(crate) fn node() -> Option<Self> {
        output(Command::new("node").arg("--version")).ok()?;
        Some(Self {
            name: "`fetch` (Node)",
            command: vec!["node".into(), directory().join("scripts/mint.mjs")],
        })
    }

    /// Returns `true` if the client can mint many tokens and return them in request order.
    pub(crate) fn has_batches(&self) -> bool {
        [OURS, REQWEST, REQWEST_WITH_TIMEOUT].contains(&self.name)
    }

    /// Returns the command, without a task argument.
    pub(crate) fn command(&self) -> Command {
        under(&[], &self.command)
    }

    /// Returns the command, wrapped in a program such as valgrind.
    pub(crate) fn command_under(&self, wrapper: &[&str]) -> Command {
        under(wrapper, &self.command)
    }
}

/// Returns a command that runs `command` under `wrapper`.
pub(crate) fn under(wrapper: &[&str], command: &[PathBuf]) -> Command {
    let mut words = wrapper.iter().map(PathBuf::from).chain(command.iter().cloned());
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}
