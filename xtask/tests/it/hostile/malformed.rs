//! Files that are not documents, and small files that expand to large documents.

use std::fs::File;

use super::commands::{assert_rejected, readers};
use crate::support::Workspace;

/// Asserts that every command that reads a file rejects this one.
#[track_caller]
fn assert_rejected_by_all(workspace: &Workspace, file: &str) {
    for arguments in readers(file) {
        assert_rejected(workspace, &arguments, file);
    }
}

#[test]
fn arbitrary_bytes() {
    let workspace = Workspace::copy();
    let cases: [&[u8]; 9] = [
        b"",
        b"\0\0\0\0",
        b"\xff\xfe\x00a",
        b"\xef\xbb\xbf",
        b"\x7fELF\x02\x01\x01",
        b"<!doctype html><title>Not found</title>",
        b"openapi: 3.0.3\nopenapi: 3.0.3\n",
        b"--- a\n--- b\n",
        b"[openapi, rules, overlay]",
    ];
    for bytes in cases {
        std::fs::write(workspace.path("any.yaml"), bytes).unwrap();
        assert_rejected_by_all(&workspace, "any.yaml");
    }
}

#[test]
fn paths_that_are_not_files() {
    let workspace = Workspace::copy();
    assert_rejected_by_all(&workspace, "not-there.yaml");
    std::fs::create_dir(workspace.path("folder.yaml")).unwrap();
    assert_rejected_by_all(&workspace, "folder.yaml");
}

#[test]
fn files_that_are_too_large() {
    let workspace = Workspace::copy();
    let large = File::create(workspace.path("large.yaml")).unwrap();
    large.set_len(100 << 20).unwrap();
    assert_rejected_by_all(&workspace, "large.yaml");
    // This file never ends.
    assert_rejected_by_all(&workspace, "/dev/zero");
}

#[test]
fn exponential_aliases() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*a{}, ", level - 1).repeat(10);
        bomb += &format!("a{level}: &a{level} [{alias}]\n");
    }
    let workspace = Workspace::copy();
    workspace.write("bomb.yaml", &bomb);
    assert_rejected_by_all(&workspace, "bomb.yaml");
}

#[test]
fn unlimited_nesting() {
    let workspace = Workspace::copy();
    for start in ["[", "{a: ", "{\"a\":", "- ", "? "] {
        workspace.write("deep.yaml", &start.repeat(100_000));
        assert_rejected_by_all(&workspace, "deep.yaml");
    }
}
