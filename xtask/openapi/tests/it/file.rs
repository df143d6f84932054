//! Atomic file replacement.

use xtask_openapi::file::{Replacement, replace};

#[test]
fn unchanged_files_are_not_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    assert!(replace(&path, "one\n").unwrap());
    assert!(!replace(&path, "one\n").unwrap());
    assert!(replace(&path, "two\n").unwrap());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "two\n");
    // No temporary file remains.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_file_that_cannot_be_replaced_is_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    assert!(replace(&folder.path().join("missing/a.yaml"), "text").is_err());
    let inside = folder.path().join("folder");
    std::fs::create_dir(&inside).unwrap();
    assert!(replace(&inside, "text").is_err());
    assert!(inside.is_dir());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_file_is_unchanged_until_its_replacement_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    replace(&path, "one\n").unwrap();
    drop(Replacement::prepare(&path, "two\n").unwrap());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let prepared = Replacement::prepare(&path, "two\n").unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "one\n");
    assert!(prepared.finish().unwrap());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "two\n");
}

#[cfg(unix)]
#[test]
fn written_files_are_readable_by_everyone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (path, ordinary) = (folder.path().join("ours"), folder.path().join("ordinary"));
    replace(&path, "text").unwrap();
    std::fs::write(&ordinary, "text").unwrap();
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&path), mode(&ordinary));
}
