//! `cargo xtask release`: what must be right before a release, and what becomes of it when it is.

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::support::{Said as _, Workspace, assert_success, root};

const CRATES: [&str; 4] = [
    "signalwire-room-tokens",
    "signalwire-room-tokens-api",
    "signalwire-room-tokens-cli",
    "signalwire-room-tokens-mock",
];

const CHANGELOG: &str =
    "# Changelog\n\n## [0.3.0] - 2026-12-01\n\n### Added\n\n- Something.\n\n## [0.2.0] - 2026-11-01\n";

/// A workspace that is ready for the release of 0.3.0, committed.
struct Release(Workspace);

impl Release {
    fn new() -> Self {
        let release = Self(Workspace::copy());
        release.0.write("CHANGELOG.md", CHANGELOG);
        release.packages(&CRATES.map(|name| package(name, "0.3.0")));
        for folder in CRATES
            .map(|name| format!("crates/{name}/"))
            .iter()
            .chain([&String::new()])
        {
            fs::create_dir_all(release.0.path(folder)).unwrap();
            for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
                release.0.write(&format!("{folder}{licence}"), licence);
            }
        }
        release.git(&["init", "--quiet"]);
        release.commit();
        release
    }

    /// What cargo says of the workspace's packages.
    fn packages(&self, packages: &[Value]) {
        self.0
            .write("metadata.json", &json!({ "packages": packages }).to_string());
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Test", "-c", "user.email=test@localhost"])
            .args(arguments);
        let output = git.current_dir(self.0.path("")).output().unwrap();
        assert_success(&output);
        output.stdout()
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "As it is"]);
    }

    fn run(&self, arguments: &[&str], publish: &str) -> Output {
        let mut command = self
            .0
            .xtask_command(std::iter::once("release").chain(arguments.iter().copied()));
        command
            .env("CARGO", root().join("xtask/tests/stand-ins/release/cargo"))
            .env("METADATA", self.0.path("metadata.json"))
            .env("PUBLISH", publish);
        for (name, value) in [("NAME", "Test"), ("EMAIL", "test@localhost")] {
            command.env(format!("GIT_COMMITTER_{name}"), value);
        }
        command.output().unwrap()
    }

    /// Checks what is committed, and finds this wrong.
    #[track_caller]
    fn assert_not_ready(&self, why: &str) {
        let output = self.run(&["--dry-run"], "0");
        assert_eq!(output.code(), 1, "{}", output.stderr());
        assert!(output.stdout().contains(why), "{why}: {}", output.stdout());
        assert_eq!(
            output.stdout().matches("FAILED").count(),
            1,
            "{}",
            output.stdout()
        );
    }
}

fn package(name: &str, version: &str) -> Value {
    let dependencies: Vec<_> = CRATES
        .iter()
        .filter(|other| **other != name)
        .map(|name| json!({ "name": name, "req": "^0.3.0" }))
        .chain([json!({ "name": "serde", "req": "^1" })])
        .collect();
    json!({
        "name": name,
        "version": version,
        "dependencies": dependencies,
        "description": "What it is",
        "license": "MIT OR Apache-2.0",
        "readme": "README.md",
        "keywords": ["video"],
        "categories": ["api-bindings"],
        "rust_version": "1.88",
        "repository": "https://example.org",
    })
}

#[test]
fn a_dry_run_checks_and_tells_what_is_left_to_do() {
    let release = Release::new();
    let output = release.run(&["--dry-run"], "0");
    assert_eq!(output.code(), 0, "{}{}", output.stdout(), output.stderr());
    for words in [
        "git push origin v0.3.0",
        "cargo publish --package signalwire-room-tokens-api",
        "cargo xtask semver",
    ] {
        assert!(output.stdout().contains(words), "{words}: {}", output.stdout());
    }
    assert_eq!(release.git(&["tag", "--list"]), "");
}

#[test]
fn without_it_the_release_is_tagged() {
    let release = Release::new();
    let output = release.run(&[], "0");
    assert_eq!(output.code(), 0, "{}{}", output.stdout(), output.stderr());
    assert_eq!(release.git(&["tag", "--list"]), "v0.3.0\n");

    // The next one needs another version.
    release.assert_not_ready("v0.3.0 exists");
}

#[test]
fn packages_that_do_not_build_are_no_release() {
    let release = Release::new();
    let output = release.run(&["--dry-run"], "101");
    assert_eq!(output.code(), 1, "{}", output.stderr());
    assert!(
        output.stdout().contains("FAILED   the packages"),
        "{}",
        output.stdout()
    );

    let output = release.run(&["--dry-run", "--no-package"], "101");
    assert_eq!(output.code(), 0, "{}", output.stdout());
    assert!(
        output.stdout().contains("skipped  the packages"),
        "{}",
        output.stdout()
    );
}

#[test]
fn the_changelog_must_tell_of_the_version() {
    let release = Release::new();
    for (changelog, why) in [
        (
            "# Changelog\n\n## [Unreleased]\n\n- Something.\n".to_owned(),
            "no section `## [0.3.0] - YYYY-MM-DD`",
        ),
        (CHANGELOG.replace("2026-12-01", "soon"), "\"soon\" is no date"),
        (CHANGELOG.replace("- Something.\n", ""), "lists nothing"),
    ] {
        release.0.write("CHANGELOG.md", &changelog);
        release.commit();
        release.assert_not_ready(why);
    }
}

#[test]
fn the_crates_must_ask_for_each_other_as_they_are() {
    let release = Release::new();
    let mut packages = CRATES.map(|name| package(name, "0.3.0"));
    packages[3]["version"] = json!("0.2.0");
    release.packages(&packages);
    release.commit();
    release.assert_not_ready("signalwire-room-tokens-mock has 0.2.0");

    // The generated crate may have a version of its own, which the others ask for.
    let mut packages = CRATES.map(|name| package(name, "0.3.0"));
    packages[1]["version"] = json!("0.4.0");
    release.packages(&packages);
    release.commit();
    release.assert_not_ready("not ^0.4.0");
}

#[test]
fn the_crates_must_say_what_they_are() {
    let release = Release::new();
    for (field, nothing, why) in [
        ("description", json!(null), "tokens-mock has no `description`"),
        ("keywords", json!([]), "tokens-mock has no `keywords`"),
        ("rust_version", json!(null), "tokens-mock has no `rust-version`"),
    ] {
        let mut packages = CRATES.map(|name| package(name, "0.3.0"));
        packages[3][field] = nothing;
        release.packages(&packages);
        release.commit();
        release.assert_not_ready(why);
    }

    // A repository may come later.
    let mut packages = CRATES.map(|name| package(name, "0.3.0"));
    packages[3]["repository"] = json!(null);
    release.packages(&packages);
    release.commit();
    let output = release.run(&["--dry-run"], "0");
    assert_eq!(output.code(), 0, "{}", output.stdout());
    assert!(
        output.stdout().contains("without `repository`"),
        "{}",
        output.stdout()
    );
}

#[test]
fn the_crates_must_bring_their_licences() {
    let release = Release::new();
    // What git makes of a link where the system has none.
    let path = "crates/signalwire-room-tokens-mock/LICENSE-MIT";
    release.0.write(path, "../../LICENSE-MIT");
    release.commit();
    release.assert_not_ready(path);
    fs::remove_file(release.0.path(path)).unwrap();
    release.commit();
    release.assert_not_ready(path);
}

#[test]
fn generated_code_that_is_stale_is_no_release() {
    let release = Release::new();
    release
        .0
        .replace("spec/facts.yaml", "maxLength: 200\n", "maxLength: 300\n");
    release.commit();
    release.assert_not_ready("run `cargo xtask generate`");
}

#[test]
fn what_is_not_committed_is_no_release() {
    let release = Release::new();
    fs::write(release.0.path("more.txt"), "more").unwrap();
    release.assert_not_ready("1 changes, such as `?? more.txt`");
}

#[test]
fn a_workspace_that_cannot_be_read_is_an_error() {
    let release = Release::new();
    release.packages(&[]);
    let output = release.run(&["--dry-run"], "0");
    assert_eq!(output.code(), 2);
    assert!(
        output.stderr().contains("no package signalwire-room-tokens"),
        "{}",
        output.stderr()
    );
}
