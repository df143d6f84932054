//! `cargo xtask release`: whether everything is ready for a release, and the tag that makes it one.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command speaks to its user"
)]

use std::process::{Command, ExitCode};

use anyhow::{Context as _, ensure};
use chrono::NaiveDate;
use serde_json::Value;

use super::generate;
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

const CHANGELOG: &str = "CHANGELOG.md";

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
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether all is ready.
fn release(args: &Args) -> anyhow::Result<bool> {
    let packages = packages()?;
    let version = version_of(&packages, "signalwire-room-tokens")?.to_owned();
    let tag = format!("v{version}");
    let checks = [
        ("the crates' versions agree", versions_agree(&packages, &version)?),
        ("the changelog tells of this version", changelog_tells(&version)?),
        (
            "the generated code is what the specification says",
            generated_is_fresh()?,
        ),
        ("the tag is free", tag_is_free(&tag)?),
        ("everything is committed", all_is_committed()?),
    ];
    let built = if args.no_package {
        None
    } else {
        Some(packages_build()?)
    };
    println!("signalwire-room-tokens {version}");
    let checks = checks.into_iter().map(|(what, outcome)| (what, Some(outcome)));
    let mut is_ready = true;
    for (what, outcome) in checks.chain([("the packages can be published", built)]) {
        match outcome {
            Some(Ok(())) => println!("  ok       {what}"),
            None => println!("  skipped  {what}"),
            Some(Err(why)) => {
                is_ready = false;
                println!("  FAILED   {what}: {why}");
            }
        }
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

/// What a check has found: nothing to object, or what is wrong and how to mend it.
type Outcome = Result<(), String>;

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

fn version_of<'a>(packages: &'a [Value], name: &str) -> anyhow::Result<&'a str> {
    packages
        .iter()
        .find(|package| package["name"] == name)
        .and_then(|package| package["version"].as_str())
        .with_context(|| format!("the workspace has no package {name}"))
}

/// Each of the crates asks for the others as they are now. The generated one may have a version of its own.
fn versions_agree(packages: &[Value], version: &str) -> anyhow::Result<Outcome> {
    for name in CRATES.into_iter().filter(|name| *name != GENERATED) {
        let other = version_of(packages, name)?;
        if other != version {
            return Ok(Err(format!("{name} has {other}")));
        }
    }
    for package in packages.iter().filter(|package| is_ours(&package["name"])) {
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let Some(name) = dependency["name"]
                .as_str()
                .filter(|_| is_ours(&dependency["name"]))
            else {
                continue;
            };
            let wanted = format!("^{}", version_of(packages, name)?);
            if dependency["req"] != wanted {
                return Ok(Err(format!(
                    "{} asks for {name} {}, not {wanted}: see [workspace.dependencies]",
                    package["name"], dependency["req"]
                )));
            }
        }
    }
    Ok(Ok(()))
}

fn is_ours(name: &Value) -> bool {
    CRATES.iter().any(|ours| name == ours)
}

/// The changelog has a section for the version, with a date and something in it.
fn changelog_tells(version: &str) -> anyhow::Result<Outcome> {
    let text = workspace::read(CHANGELOG)?;
    let heading = format!("## [{version}] - ");
    let Some((_, rest)) = text.split_once(&heading) else {
        return Ok(Err(format!("{CHANGELOG} has no section `{heading}YYYY-MM-DD`")));
    };
    let (date, section) = rest.split_once('\n').unwrap_or((rest, ""));
    if NaiveDate::parse_from_str(date.trim(), "%Y-%m-%d").is_err() {
        return Ok(Err(format!(
            "{CHANGELOG}: {:?} is no date like 2026-12-31",
            date.trim()
        )));
    }
    let section = section.split("\n## ").next().unwrap_or_default();
    if !section.lines().any(|line| line.trim_start().starts_with("- ")) {
        return Ok(Err(format!(
            "{CHANGELOG}: the section of {version} lists nothing"
        )));
    }
    Ok(Ok(()))
}

fn generated_is_fresh() -> anyhow::Result<Outcome> {
    let stale = generate::stale()?;
    if stale.is_empty() {
        return Ok(Ok(()));
    }
    Ok(Err(format!("{}: run `cargo xtask generate`", stale.join(", "))))
}

fn tag_is_free(tag: &str) -> anyhow::Result<Outcome> {
    if git(&["tag", "--list", tag])?.trim().is_empty() {
        return Ok(Ok(()));
    }
    Ok(Err(format!("{tag} exists: raise the version in Cargo.toml")))
}

fn all_is_committed() -> anyhow::Result<Outcome> {
    let status = git(&["status", "--porcelain"])?;
    Ok(match status.lines().next() {
        None => Ok(()),
        Some(first) => Err(format!("{} changes, such as `{first}`", status.lines().count())),
    })
}

/// What would be uploaded builds by itself.
fn packages_build() -> anyhow::Result<Outcome> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let packages = CRATES.iter().flat_map(|name| ["--package", name]);
    let status = Command::new(cargo)
        .args(["publish", "--dry-run", "--allow-dirty"])
        .args(packages)
        .current_dir(workspace::root())
        .status()
        .context("cargo publish --dry-run")?;
    Ok(if status.success() {
        Ok(())
    } else {
        Err("`cargo publish --dry-run` says above why not".to_owned())
    })
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
