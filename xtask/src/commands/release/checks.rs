//! What must be right before a release.

use std::process::Command;

use anyhow::Context as _;
use chrono::NaiveDate;
use serde_json::Value;

use super::{CRATES, GENERATED, git, is_ours, package, version_of};
use crate::commands::generate;
use crate::workspace;

const CHANGELOG: &str = "CHANGELOG.md";

/// What a check has found: nothing to object, or what is wrong and how to mend it.
type Outcome = Result<(), String>;

/// Each of the crates asks for the others as they are now. The generated one may have a version of its own.
pub(super) fn versions_agree(packages: &[Value], version: &str) -> anyhow::Result<Outcome> {
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

/// The changelog has a section for the version, with a date and something in it.
pub(super) fn changelog_tells(version: &str) -> anyhow::Result<Outcome> {
    let text = workspace::read(CHANGELOG)?;
    let heading = format!("## [{version}] - ");
    let Some((_, rest)) = text.split_once(&heading) else {
        return Ok(Err(format!(
            "{CHANGELOG} has no section `{heading}YYYY-MM-DD`: give what is under Unreleased this heading"
        )));
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

pub(super) fn generated_is_fresh() -> anyhow::Result<Outcome> {
    let stale = generate::stale()?;
    if stale.is_empty() {
        return Ok(Ok(()));
    }
    Ok(Err(format!("{}: run `cargo xtask generate`", stale.join(", "))))
}

/// What crates.io asks for, and what people look for there.
pub(super) fn crates_are_described(packages: &[Value]) -> anyhow::Result<Outcome> {
    const FIELDS: [&str; 6] = [
        "description",
        "license",
        "readme",
        "keywords",
        "categories",
        "rust_version",
    ];
    for name in CRATES {
        let package = package(packages, name)?;
        if let Some(field) = FIELDS.into_iter().find(|field| is_empty(&package[*field])) {
            return Ok(Err(format!("{name} has no `{}`", field.replace('_', "-"))));
        }
    }
    Ok(Ok(()))
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// Where links between files are not kept, as on some systems, a crate would bring a path for a licence.
pub(super) fn licences_are_in() -> anyhow::Result<Outcome> {
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let text = workspace::read(licence)?;
        for name in CRATES {
            let path = format!("crates/{name}/{licence}");
            if workspace::read(&path).ok().as_ref() != Some(&text) {
                return Ok(Err(format!("{path} is not the same as {licence}")));
            }
        }
    }
    Ok(Ok(()))
}

pub(super) fn tag_is_free(tag: &str) -> anyhow::Result<Outcome> {
    if git(&["tag", "--list", tag])?.trim().is_empty() {
        return Ok(Ok(()));
    }
    Ok(Err(format!("{tag} exists: raise the version in Cargo.toml")))
}

pub(super) fn all_is_committed() -> anyhow::Result<Outcome> {
    let status = git(&["status", "--porcelain"])?;
    Ok(match status.lines().next() {
        None => Ok(()),
        Some(first) => Err(format!("{} changes, such as `{first}`", status.lines().count())),
    })
}

/// What would be uploaded builds by itself.
pub(super) fn packages_build() -> anyhow::Result<Outcome> {
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
