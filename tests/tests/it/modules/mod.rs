//! Tests that there are no dependency cycles between the files of a crate.

mod graph;

use std::path::{Path, PathBuf};

use crate::support::root;

/// Names of directories that don't contain crates of this repository.
const SKIPPED: [&str; 2] = ["target", "node_modules"];

/// Names of directories in which each file is a separate crate.
const OF_CRATES: [&str; 3] = ["tests", "examples", "fuzz_targets"];

/// Finds the root files of all crates below a directory.
fn crates(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && !SKIPPED.contains(&name) && !name.starts_with('.') {
            found.extend(crates(&path));
        }
        let contains_crates = OF_CRATES.iter().any(|name| directory.ends_with(name));
        if ["lib.rs", "main.rs"].contains(&name) || (contains_crates && name.ends_with(".rs")) {
            found.push(path);
        }
    }
    found
}

#[test]
fn files_form_no_cycles() {
    let crates = crates(root());
    assert!(crates.len() > 30, "{crates:?}");
    let cycles: String = crates
        .iter()
        .map(|file| graph::describe_cycle(graph::read(file)))
        .collect();
    assert!(cycles.is_empty(), "files use each other:\n{cycles}");
}

/// Describes the cycle in a crate with these files. The first file is the root.
fn cycle(files: &[(&str, &str)]) -> String {
    let directory = tempfile::tempdir().unwrap();
    for (name, source) in files {
        let file = directory.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, source).unwrap();
    }
    let found = graph::describe_cycle(graph::read(&directory.path().join(files[0].0)));
    found.replace(
        &format!("{}{}", directory.path().display(), std::path::MAIN_SEPARATOR),
        "",
    )
}

#[test]
fn cycles_are_found() {
    let parent = "pub mod a; pub struct Item; pub use a::Other;";
    for (child, path) in [
        ("use super::Item;", "super::Item"),
        ("use super::{self as parent, Item};", "super"),
        (
            "pub fn f() -> impl Sized + use<> {} fn g(_: super::Item) {}",
            "super::Item",
        ),
        ("fn f() -> crate::Item { todo!() }", "crate::Item"),
        (
            "fn f() { assert!(crate::Item::is_good()) }",
            "crate::Item::is_good",
        ),
        ("mod inner { use super::super::*; }", "super::super"),
        ("struct Other(Vec<crate::Item>);", "crate::Item"),
    ] {
        let expected = format!("a.rs uses `{path}` in lib.rs\nlib.rs uses `a` in a.rs\n");
        assert_eq!(cycle(&[("lib.rs", parent), ("a.rs", child)]), expected, "{child}");
    }
    let three = [
        ("main.rs", "mod a; mod b; mod c;"),
        ("a/mod.rs", "mod inner; pub use inner::run;"),
        ("a/inner.rs", "use crate::b; pub fn run() { b::run() }"),
        ("b.rs", "pub fn run() { super::c::run() }"),
        ("c.rs", "use crate::a; pub fn run() { a::run() }"),
    ];
    let expected = "a/inner.rs uses `crate::b` in b.rs\nb.rs uses `super::c::run` in c.rs\nc.rs uses `a::run` in a/inner.rs\n";
    assert_eq!(cycle(&three), expected);
}

#[test]
fn crates_without_cycles_are_accepted() {
    let a = "use super::{b::B, Reexported}; #[cfg(test)] mod tests { use crate::Item; } pub(in crate::a) fn f() -> B { B }
        fn tokens() { quote! { crate::Item } }";
    let files = [
        (
            "lib.rs",
            "mod a; mod b; mod log; pub use b::B as Reexported; pub struct Item(a::A);",
        ),
        ("a.rs", a),
        (
            "b.rs",
            "use log::debug; use std::fmt::{self, Debug}; pub struct B; impl Debug for B {}",
        ),
        ("log/mod.rs", "use log::debug; pub(super) fn log() {}"),
    ];
    assert_eq!(cycle(&files), "");
}
