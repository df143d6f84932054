//! Tests that every guarantee in `SECURITY.md` has a test and appears in the crate documentation.

use std::collections::BTreeSet;

use crate::support::root;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A guarantee and the tests listed for it.
struct Guarantee {
    text: String,
    tests: Vec<String>,
}

/// Returns the numbered items in the "Guarantees" section, each with the tests listed below it.
fn guarantees() -> Vec<Guarantee> {
    let document = read("SECURITY.md");
    let section = document
        .split("\n## Guarantees\n")
        .nth(1)
        .expect("a section `Guarantees`");
    let section = section.split("\n## ").next().unwrap();
    let mut guarantees: Vec<Guarantee> = Vec::new();
    for line in section.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_item = line
            .split_once(". **")
            .is_some_and(|(number, _)| number.parse::<u32>().is_ok());
        if is_item {
            guarantees.push(Guarantee {
                text: line.to_owned(),
                tests: Vec::new(),
            });
        } else if let (Some(test), Some(last)) = (line.strip_prefix("- `"), guarantees.last_mut()) {
            last.tests.push(test.trim_end_matches('`').to_owned());
        } else if let Some(last) = guarantees.last_mut() {
            last.text += " ";
            last.text += line;
        }
    }
    guarantees
}

#[test]
fn every_guarantee_has_a_test() {
    let guarantees = guarantees();
    assert!(guarantees.len() >= 10, "{} guarantees", guarantees.len());
    let mut seen = BTreeSet::new();
    for Guarantee { text, tests } in guarantees {
        assert!(!tests.is_empty(), "this guarantee must list a test: {text}");
        for test in tests {
            let (path, name) = test
                .split_once("::")
                .unwrap_or_else(|| panic!("must be `PATH::NAME`: {test}"));
            let source = read(path);
            let begins = format!("fn {name}(");
            let before: Vec<_> = source.split(&begins).collect();
            assert_eq!(before.len(), 2, "{path} must have exactly one test {name}");
            // The function's attributes are between the end of the previous item and the function's name.
            let attributes = before[0].rsplit('}').next().unwrap();
            assert!(
                attributes.contains("#[test]") || attributes.contains("#[tokio::test"),
                "{test} must be a test"
            );
            assert!(!attributes.contains("#[ignore"), "{test} must not be ignored");
            assert!(seen.insert(test.clone()), "{test} is listed twice");
        }
    }
}

#[test]
fn the_crate_documentation_lists_the_same_guarantees() {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let source = read("crates/signalwire-room-tokens/src/lib.rs");
    let guide: Vec<_> = source
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .collect();
    let guide = guide.join("\n");
    let section = guide
        .split("# Guarantees\n")
        .nth(1)
        .expect("a section `Guarantees`")
        .split("\n# ")
        .next()
        .unwrap();
    let documented: Vec<_> = section
        .split("\n- ")
        .skip(1)
        .map(|item| one_line(item.split("\n\n").next().unwrap()))
        .collect();
    let not_of_library = [
        "**The command-line tool",
        "**The maintainers",
        "**Nothing in a document",
        "**The token service",
        "**The workflows",
    ];
    let of_library =
        |guarantee: &Guarantee| !not_of_library.iter().any(|start| guarantee.text.contains(start));
    let expected: Vec<_> = guarantees()
        .iter()
        .filter(|guarantee| of_library(guarantee))
        .map(|guarantee| one_line(guarantee.text.split_once(". ").unwrap().1))
        .collect();
    assert_eq!(documented, expected);
}

/// For example, the workspace lints forbid `unsafe` code.
#[test]
fn each_crate_uses_the_workspace_lints() {
    let workspace = read("Cargo.toml");
    assert!(workspace.contains("\nunsafe_code = \"forbid\"\n"));
    let members = workspace.split("members = [").nth(1).unwrap();
    let members: Vec<_> = members
        .split(']')
        .next()
        .unwrap()
        .split('"')
        .skip(1)
        .step_by(2)
        .collect();
    assert!(members.len() > 10, "{members:?}");
    for member in members {
        let manifest = read(&format!("{member}/Cargo.toml"));
        assert!(manifest.contains("[lints]\nworkspace = true\n"), "{member}");
    }
}
