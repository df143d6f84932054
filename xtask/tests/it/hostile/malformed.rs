//! Files that are no document at all, or one that only seems small.

use std::fs::File;

use super::{assert_refused, readers};
use crate::support::Workspace;

/// Every command that reads a file must refuse this one.
#[track_caller]
fn assert_refused_by_all(workspace: &Workspace, file: &str) {
    for arguments in readers(file) {
        assert_refused(workspace, &arguments, file);
    }
}

#[test]
fn bytes_that_say_nothing() {
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
        assert_refused_by_all(&workspace, "any.yaml");
    }
}

#[test]
fn what_is_no_file() {
    let workspace = Workspace::copy();
    assert_refused_by_all(&workspace, "not-there.yaml");
    std::fs::create_dir(workspace.path("folder.yaml")).unwrap();
    assert_refused_by_all(&workspace, "folder.yaml");
}

#[test]
fn files_that_are_too_large() {
    let workspace = Workspace::copy();
    let large = File::create(workspace.path("large.yaml")).unwrap();
    large.set_len(100 << 20).unwrap();
    assert_refused_by_all(&workspace, "large.yaml");
    // Without an end.
    assert_refused_by_all(&workspace, "/dev/zero");
}

#[test]
fn aliases_that_multiply() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*a{}, ", level - 1).repeat(10);
        bomb += &format!("a{level}: &a{level} [{alias}]\n");
    }
    let workspace = Workspace::copy();
    workspace.write("bomb.yaml", &bomb);
    assert_refused_by_all(&workspace, "bomb.yaml");
}

#[test]
fn nesting_without_end() {
    let workspace = Workspace::copy();
    for start in ["[", "{a: ", "{\"a\":", "- ", "? "] {
        workspace.write("deep.yaml", &start.repeat(100_000));
        assert_refused_by_all(&workspace, "deep.yaml");
    }
}
