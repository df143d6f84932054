//! `cargo xtask release`: whether everything is ready for a release, and the tag that makes it one.

#![allow(clippy::print_stdout, reason = "a command speaks to its user")]

mod checks;

use std::process::{Command, ExitCode};

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::messages::fail;
use crate::workspace;

/// The crates that are published, each after those that it needs.
const CRATES: [&str; 4] = [
    "signalwire-room-tokens-api",
    "signalwire-room-tokens-mock",
    "signalwire-room-tokens",
    "signalwire-room-tokens-cli",
];

/// The crate that follows the published document, and so has versions of its own.
const GENERATED: &str = "signalwire-room-tokens-api";

/// Checks that everything is ready for a release: versions, changelog, generated code, packages; then tags it.
///
/// Nothing is pushed or published: that is done by hand, and the command says how. Exit code: 0 ready, 1 not ready,
/// 2 if that could not be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Checks only, and makes no tag.
    #[arg(long)]
    dry_run: bool,
    /// Leaves out building the packages, which takes minutes.
    #[arg(long)]
    no_package: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> ExitCode {
    match release(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => fail(&error),
    }
}

/// Whether all is ready.
fn release(args: &Args) -> anyhow::Result<bool> {
    let packages = packages()?;
    let version = version_of(&packages, "signalwire-room-tokens")?.to_owned();
    let tag = format!("v{version}");
    let built = if args.no_package {
        None
    } else {
        Some(checks::packages_build()?)
    };
    let checks = [
        (
            "the crates' versions agree",
            Some(checks::versions_agree(&packages, &version)?),
        ),
        (
            "the changelog tells of this version",
            Some(checks::changelog_tells(&version)?),
        ),
        (
            "the generated code is what the specification says",
            Some(checks::generated_is_fresh()?),
        ),
        (
            "the crates say what they are",
            Some(checks::crates_are_described(&packages)?),
        ),
        (
            "the crates bring their licences",
            Some(checks::licences_are_in()?),
        ),
        ("the tag is free", Some(checks::tag_is_free(&tag)?)),
        ("everything is committed", Some(checks::all_is_committed()?)),
        ("the packages can be published", built),
    ];
    println!("signalwire-room-tokens {version}");
    let mut is_ready = true;
    for (what, outcome) in checks {
        match outcome {
            Some(Ok(())) => println!("  ok       {what}"),
            None => println!("  skipped  {what}"),
            Some(Err(why)) => {
                is_ready = false;
                println!("  FAILED   {what}: {why}");
            }
        }
    }
    if packages
        .iter()
        .any(|package| is_ours(&package["name"]) && package["repository"].is_null())
    {
        println!(
            "  note     without `repository` in Cargo.toml, the links in the READMEs lead nowhere on crates.io"
        );
    }
    if is_ready {
        if !args.dry_run {
            git(&[
                "tag",
                "--annotate",
                &tag,
                "--message",
                &format!("Release {version}"),
            ])?;
        }
        tell_what_is_left(&tag, args.dry_run);
    }
    Ok(is_ready)
}

fn tell_what_is_left(tag: &str, is_dry_run: bool) {
    println!("\nWhat is left to do by hand:");
    println!("  cargo xtask semver                  # whether the version fits the changes");
    if is_dry_run {
        println!("  cargo xtask release                 # makes the tag {tag}");
    }
    println!("  git push origin {tag}");
    for name in CRATES {
        println!("  cargo publish --package {name}");
    }
}

/// The packages of the workspace, as cargo describes them.
fn packages() -> anyhow::Result<Vec<Value>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--no-deps"])
        .current_dir(workspace::root())
        .output()
        .context("cargo metadata")?;
    ensure!(
        output.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    let packages = metadata.get("packages").and_then(Value::as_array);
    Ok(packages.cloned().unwrap_or_default())
}

fn package<'a>(packages: &'a [Value], name: &str) -> anyhow::Result<&'a Value> {
    packages
        .iter()
        .find(|package| package["name"] == name)
        .with_context(|| format!("the workspace has no package {name}"))
}

fn version_of<'a>(packages: &'a [Value], name: &str) -> anyhow::Result<&'a str> {
    package(packages, name)?["version"]
        .as_str()
        .with_context(|| format!("{name} has no version"))
}

fn is_ours(name: &Value) -> bool {
    CRATES.iter().any(|ours| name == ours)
}

fn git(arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(workspace::root())
        .output()
        .context("git")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "git {}: {}",
        arguments.join(" "),
        said.trim()
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
