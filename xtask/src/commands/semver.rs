//! `cargo xtask semver`: compares the public API of the library crates with an earlier revision.

use std::process::{Command, ExitCode};

use anyhow::{Context as _, bail};

use crate::messages::fail;
use crate::workspace;

/// The crates that others depend on.
const CRATES: [&str; 3] = [
    "signalwire-room-tokens-api",
    "signalwire-room-tokens",
    "signalwire-room-tokens-mock",
];

/// What cargo-semver-checks exits with if the versions do not fit the changes.
const FOUND_CHANGES: i32 = 100;

/// Says whether the versions of the library crates fit what has changed in their public API.
///
/// Runs cargo-semver-checks, which must be installed. Exit code: 0 they fit, 1 they do not, 2 if that could not be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The revision to compare with: a tag, branch or commit. Without it: the latest release, the nearest tag `v*`.
    #[arg(long, value_name = "REV")]
    baseline: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> ExitCode {
    match check(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => fail(&error),
    }
}

/// Whether the versions fit.
fn check(args: Args) -> anyhow::Result<bool> {
    let baseline = args.baseline.map_or_else(latest_release, Ok)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let is_installed = Command::new(&cargo)
        .args(["semver-checks", "--version"])
        .output()
        .context("cargo")?
        .status
        .success();
    if !is_installed {
        bail!("cargo-semver-checks is not installed: cargo install --locked cargo-semver-checks");
    }
    let packages = CRATES.iter().flat_map(|name| ["--package", name]);
    let status = Command::new(&cargo)
        .args(["semver-checks", "--baseline-rev", &baseline])
        .args(packages)
        .current_dir(workspace::root())
        .status()
        .context("cargo semver-checks")?;
    match status.code() {
        Some(0) => Ok(true),
        Some(FOUND_CHANGES) => Ok(false),
        _ => bail!("cargo semver-checks could not compare with {baseline}: {status}"),
    }
}

/// The nearest tag of a release before this.
fn latest_release() -> anyhow::Result<String> {
    let output = Command::new("git")
        .args(["describe", "--tags", "--abbrev=0", "--match", "v*"])
        .current_dir(workspace::root())
        .output()
        .context("git")?;
    let tag = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if !output.status.success() || tag.is_empty() {
        bail!("there is no release yet, that is, no tag `v*`: name a revision by --baseline REV");
    }
    Ok(tag)
}
