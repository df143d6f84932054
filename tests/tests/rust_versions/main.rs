//! Tests that each crate's `rust-version` is high enough for its dependencies. The clippy lint
//! `incompatible_msrv` checks the crate's own code against the same field.
//!
//! Run with `cargo test --package end-to-end-tests --test rust_versions`. This downloads the dependencies of
//! all optional features.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests and their helpers fail by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

fn stdout(command: &mut Command) -> String {
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {messages}");
    String::from_utf8(output.stdout).unwrap()
}

/// Returns Cargo's metadata for the packages needed on this platform.
fn metadata() -> Value {
    let rustc = stdout(Command::new("rustc").arg("-vV"));
    let host = rustc
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version=1", "--all-features", "--locked"]);
    serde_json::from_str(&stdout(cargo.args(["--filter-platform", host]))).unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Returns the packages that are compiled for a dependent of `package`, excluding dev-dependencies.
fn compiled_with<'a>(package: &'a str, nodes: &BTreeMap<&str, &'a Value>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![package];
    while let Some(package) = open.pop() {
        if found.insert(package) {
            let is_compiled = |dependency: &&Value| {
                list(dependency, "dep_kinds")
                    .iter()
                    .any(|kind| text(kind, "kind") != "dev")
            };
            let dependencies = list(nodes[package], "deps").iter().filter(is_compiled);
            open.extend(dependencies.map(|dependency| text(dependency, "pkg")));
        }
    }
    found
}

/// Parses a version. `1.88` and `1.88.0` give the same result.
fn version(text: &str) -> [u32; 3] {
    let mut numbers = text.split('.').map(|number| number.parse().unwrap());
    [(); 3].map(|()| numbers.next().unwrap_or(0))
}

#[test]
fn rust_version_suffices_for_all_dependencies() {
    let metadata = metadata();
    let packages: BTreeMap<_, _> = list(&metadata, "packages")
        .iter()
        .map(|package| (text(package, "id"), package))
        .collect();
    let nodes = list(&metadata["resolve"], "nodes")
        .iter()
        .map(|node| (text(node, "id"), node))
        .collect();
    let mut compared = 0;
    for member in list(&metadata, "workspace_members") {
        let member = member.as_str().unwrap();
        let stated = text(packages[member], "rust_version");
        assert!(!stated.is_empty(), "{member} has no `rust-version`");
        for dependency in compiled_with(member, &nodes) {
            let required = text(packages[dependency], "rust_version");
            if !required.is_empty() {
                assert!(
                    version(required) <= version(stated),
                    "{dependency} requires {required}, but {member} has `rust-version` {stated}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "only {compared} versions were compared");
}
