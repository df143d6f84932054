//! The Rust version that each crate states is enough for what it depends on. Its own code is checked by clippy, whose
//! lint `incompatible_msrv` reads the same statement.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::support::root;

fn stdout(command: &mut Command) -> String {
    let output = command.current_dir(root()).output().unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {messages}");
    String::from_utf8(output.stdout).unwrap()
}

/// All packages of this platform and what they depend on, as Cargo tells it.
fn metadata() -> Value {
    let rustc = stdout(Command::new("rustc").arg("-vV"));
    let host = rustc
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([
        "metadata",
        "--format-version=1",
        "--all-features",
        "--locked",
        "--offline",
    ]);
    serde_json::from_str(&stdout(cargo.args(["--filter-platform", host]))).unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// What somebody compiles who depends on a package: all but what only its tests need.
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

/// `1.88` and `1.88.0` are the same version.
fn version(text: &str) -> [u32; 3] {
    let mut numbers = text.split('.').map(|number| number.parse().unwrap());
    [(); 3].map(|()| numbers.next().unwrap_or(0))
}

#[test]
fn each_crate_states_a_rust_version_that_suffices_for_its_dependencies() {
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
        assert!(!stated.is_empty(), "{member} states no version");
        for dependency in compiled_with(member, &nodes) {
            let asked = text(packages[dependency], "rust_version");
            if !asked.is_empty() {
                assert!(
                    version(asked) <= version(stated),
                    "{dependency} asks for {asked}, {member} states {stated}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "{compared} versions compared");
}
