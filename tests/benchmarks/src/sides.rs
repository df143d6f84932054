//! Who is compared.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::{folder, output};
use crate::programs::Programs;

/// This project's library, as the tables call it.
pub(crate) const OURS: &str = "this library";
/// What it is compared with, likewise.
pub(crate) const REQWEST: &str = "reqwest by hand";

/// The same, as careful as this library in one respect.
const REQWEST_WITH_TIME_OUT: &str = "reqwest by hand, with a time-out";

/// A client, ready to be given tasks.
pub(crate) struct Side {
    /// As the tables call it.
    pub(crate) name: &'static str,
    command: Vec<PathBuf>,
}

impl Side {
    /// A client in Rust, from one of the packages in `sides/`.
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

    pub(crate) fn reqwest_with_time_out(programs: &Programs, features: &[&str]) -> Result<Self> {
        let features = [features, &["time-out"]].concat();
        Self::rust(programs, REQWEST_WITH_TIME_OUT, "side-reqwest", &features)
    }

    /// Python's own package, if there is a Python that has it: the one that `BENCH_PYTHON` names, or `python3`.
    pub(crate) fn python() -> Option<Self> {
        let python = std::env::var("BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        output(Command::new(&python).args(["-c", "import signalwire.rest"])).ok()?;
        Some(Self {
            name: "`signalwire-sdk` (Python)",
            command: vec![python.into(), folder().join("scripts/mint.py")],
        })
    }

    /// `fetch` of Node, if there is one.
    pub(crate) fn node() -> Option<Self> {
        output(Command::new("node").arg("--version")).ok()?;
        Some(Self {
            name: "`fetch` (Node)",
            command: vec!["node".into(), folder().join("scripts/mint.mjs")],
        })
    }

    /// Whether it can mint many tokens and give them in the order of the requests.
    pub(crate) fn has_batches(&self) -> bool {
        [OURS, REQWEST, REQWEST_WITH_TIME_OUT].contains(&self.name)
    }

    /// The command, to which a task is to be given.
    pub(crate) fn command(&self) -> Command {
        under(&[], &self.command)
    }

    /// The same under another program, such as valgrind.
    pub(crate) fn command_under(&self, wrapper: &[&str]) -> Command {
        under(wrapper, &self.command)
    }
}

/// A command under another.
pub(crate) fn under(wrapper: &[&str], command: &[PathBuf]) -> Command {
    let mut words = wrapper.iter().map(PathBuf::from).chain(command.iter().cloned());
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}
