//! `cargo xtask semver`, with a stand-in for cargo: which revision it compares with, and what its exit code says.

use std::process::Output;

use crate::support::{Said as _, Workspace, root};

/// What `cargo xtask semver` comes to if the comparison ends with this exit code, or cannot begin.
fn semver(arguments: &[&str], compare: &str) -> Output {
    let workspace = Workspace::copy();
    let mut command = workspace.xtask_command(std::iter::once("semver").chain(arguments.iter().copied()));
    command
        .env("CARGO", root().join("xtask/tests/stand-ins/semver/cargo"))
        .env("COMPARE", compare)
        // The copy is no repository, wherever it lies.
        .env("GIT_CEILING_DIRECTORIES", workspace.path(".."));
    command.output().unwrap()
}

#[test]
fn versions_that_fit_pass() {
    let output = semver(&["--baseline", "v0.1.0"], "0");
    assert_eq!(output.code(), 0, "{}", output.stderr());
    for asked in [
        "--baseline-rev v0.1.0",
        "--package signalwire-room-tokens ",
        "--package signalwire-room-tokens-api",
    ] {
        assert!(output.stdout().contains(asked), "{asked}: {}", output.stdout());
    }
}

#[test]
fn versions_that_do_not_fit_fail() {
    assert_eq!(semver(&["--baseline", "v0.1.0"], "100").code(), 1);
}

#[test]
fn a_comparison_that_fails_is_not_told_as_a_result() {
    let output = semver(&["--baseline", "v0.1.0"], "101");
    assert_eq!(output.code(), 2);
    assert!(
        output.stderr().contains("could not compare with v0.1.0"),
        "{}",
        output.stderr()
    );
}

#[test]
fn what_is_missing_is_named() {
    let output = semver(&["--baseline", "v0.1.0"], "missing");
    assert_eq!(output.code(), 2);
    let mending = "cargo install --locked cargo-semver-checks";
    assert!(output.stderr().contains(mending), "{}", output.stderr());

    let output = semver(&[], "0");
    assert_eq!(output.code(), 2);
    assert!(output.stderr().contains("--baseline REV"), "{}", output.stderr());
}
