//! Tests for requirements of published packages that Cargo doesn't enforce.

use crate::support::root;

/// Directories of the published packages.
const PUBLISHED: [&str; 4] = [
    "crates/signalwire-room-tokens-api",
    "crates/signalwire-room-tokens-mock",
    "crates/signalwire-room-tokens",
    "crates/signalwire-room-tokens-cli",
];

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The license files are symbolic links. Some systems check out links as files that contain a path.
#[test]
fn each_package_contains_both_licenses() {
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let text = read(license);
        for package in PUBLISHED {
            assert_eq!(read(&format!("{package}/{license}")), text, "{package}/{license}");
        }
    }
}

/// crates.io displays these fields, but Cargo doesn't require them.
#[test]
fn each_package_has_the_metadata_that_crates_io_shows() {
    let fields = [
        "description",
        "license",
        "readme",
        "keywords",
        "categories",
        "rust-version",
    ];
    for package in PUBLISHED {
        let manifest = read(&format!("{package}/Cargo.toml"));
        let package_table = manifest.split("\n[").next().unwrap();
        for field in fields {
            let is_set = |line: &str| {
                line.starts_with(&format!("{field} =")) || line.starts_with(&format!("{field}."))
            };
            assert!(package_table.lines().any(is_set), "{package} must set `{field}`");
        }
    }
}

/// A release adds a heading with its version and date below Unreleased. Before the first release, Unreleased
/// is the only section.
#[test]
fn changelog_has_a_section_for_the_version() {
    let manifest = read("Cargo.toml");
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .unwrap();
    let changelog = read("CHANGELOG.md");
    let mut sections = changelog.lines().filter_map(|line| line.strip_prefix("## ["));
    assert_eq!(sections.next(), Some("Unreleased]"));
    let is_first_release = changelog.matches("\n## ").count() == 1;
    let released = format!("{version}] - 20");
    assert!(
        is_first_release || sections.any(|section| section.starts_with(&released)),
        "CHANGELOG.md must have a section for {version}"
    );
}
