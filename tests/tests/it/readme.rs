//! Tests for the badge, code width and links in `README.md`.

use crate::support::root;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn badge_shows_the_minimum_rust_version() {
    let manifest = read("Cargo.toml");
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "))
        .map(|version| version.trim_matches('"'))
        .expect("a Rust version");
    let badge = read("docs/badges/rust-version.svg");
    assert!(badge.contains(&format!(">{version}+<")), "{badge}");
    let text = format!("Rust {version} or newer");
    assert!(
        read("README.md").contains(&text),
        "README.md does not contain {text:?}"
    );
}

/// GitHub displays about 88 columns of code without a scroll bar.
#[test]
fn code_fits_on_the_page() {
    let readme = read("README.md");
    for block in readme.split("\n```").skip(1).step_by(2) {
        for line in block.lines().skip(1) {
            assert!(line.chars().count() <= 88, "{line}");
        }
    }
}

#[test]
fn local_links_point_to_existing_files() {
    for document in ["README.md", "COMPARISON.md", "BENCHMARKS.md"] {
        let text = read(document);
        let links: Vec<_> = ["](", "src=\"", "srcset=\""]
            .iter()
            .flat_map(|start| text.split(start).skip(1))
            .filter_map(|rest| rest.split([')', '"']).next())
            .filter(|link| !link.starts_with('#') && !link.contains("://"))
            .collect();
        assert!(!links.is_empty(), "{document} has no local links");
        for link in links {
            assert!(root().join(link).exists(), "{document}: {link}");
        }
    }
}
