//! The compared clients.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::{directory, output};
use crate::programs::Programs;

/// The name of this project's library in the tables.
pub(crate) const OURS: &str = "this library";
/// The name in the tables of the client that this library is compared with.
pub(crate) const REQWEST: &str = "reqwest by hand";

/// The name in the tables of the same client with a timeout, which this library always has.
const REQWEST_WITH_TIMEOUT: &str = "reqwest by hand, with a timeout";

/// A client that can be run with tasks.
pub(crate) struct Side {
    /// The name in the tables.
    pub(crate) name: &'static str,
    command: Vec<PathBuf>,
}

impl Side {
    /// Builds a client in Rust from a package in `sides/`.
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

    /// Returns SignalWire's Python package, if it is installed for the Python that `BENCH_PYTHON` names, or for `python3`.
    pub(crate) fn python() -> Option<Self> {
        let python = std::env::var("BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        output(Command::new(&python).args(["-c", "import signalwire.rest"])).ok()?;
        Some(Self {
            name: "`signalwire-sdk` (Python)",
            command: vec![python.into(), directory().join("scripts/mint.py")],
        })
    }

    /// Returns Node's `fetch`, if Node is installed.
    pub(crate) fn node() -> Option<Self> {
        output(Command::new("node").arg("--version")).ok()?;
        Some(Self {
            name: "`fetch` (Node)",
            command: vec!["node".into(), directory().join("scripts/mint.mjs")],
        })
    }

    /// Returns `true` if the client can return many tokens in the order of the requests.
    pub(crate) fn has_batches(&self) -> bool {
        [OURS, REQWEST, REQWEST_WITH_TIMEOUT].contains(&self.name)
    }

    /// Returns the command, without its task.
    pub(crate) fn command(&self) -> Command {
        under(&[], &self.command)
    }

    /// Returns the command, run by a wrapper such as valgrind.
    pub(crate) fn command_under(&self, wrapper: &[&str]) -> Command {
        under(wrapper, &self.command)
    }
}

/// Returns a command that runs `command` with `wrapper`.
pub(crate) fn under(wrapper: &[&str], command: &[PathBuf]) -> Command {
    let mut words = wrapper.iter().map(PathBuf::from).chain(command.iter().cloned());
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}
