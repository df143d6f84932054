//! Stale, missing and orphaned files are detected and fixed.

use std::fs;
use std::path::{Path, PathBuf};

use xtask_generate::files::{Files, Output, Stale, State, Written};

fn files() -> Files {
    let output = |path: &str, content: &str| Output {
        path: path.into(),
        content: content.to_owned(),
    };
    Files {
        outputs: vec![
            output("spec/a.yaml", "one\ntwo\nthree\n"),
            output("src/generated/b.rs", "code\n"),
        ],
        owned: vec!["src/generated".into()],
        lossy_conversions: Vec::new(),
        renamed_operations: Vec::new(),
    }
}

fn written(root: &Path) -> Files {
    let files = files();
    files.write(root).unwrap();
    files
}

#[test]
fn written_files_are_up_to_date_and_not_rewritten() {
    let root = tempfile::tempdir().unwrap();
    let files = written(root.path());
    assert_eq!(files.check(root.path()).unwrap(), []);

    let again = files.write(root.path()).unwrap();
    assert!(
        again.iter().all(|(_, written)| *written == Written::Unchanged),
        "{again:?}"
    );
}

#[test]
fn a_one_byte_difference_is_shown_in_the_diff() {
    let root = tempfile::tempdir().unwrap();
    let files = written(root.path());
    fs::write(root.path().join("spec/a.yaml"), "one\ntwO\nthree\n").unwrap();

    let stale = files.check(root.path()).unwrap();

    let [
        Stale {
            path,
            state: State::Differs(diff),
        },
    ] = &stale[..]
    else {
        panic!("{stale:?}")
    };
    assert_eq!(path, Path::new("spec/a.yaml"));
    assert_eq!(
        diff,
        "--- spec/a.yaml (current)\n+++ spec/a.yaml (generated)\n@@ -1,3 +1,3 @@\n one\n-twO\n+two\n three\n"
    );
}

#[test]
fn all_differences_are_reported_and_fixed_by_writing() {
    let root = tempfile::tempdir().unwrap();
    let files = written(root.path());
    fs::remove_file(root.path().join("spec/a.yaml")).unwrap();
    fs::write(root.path().join("src/generated/b.rs"), b"\xff").unwrap();
    fs::create_dir(root.path().join("src/generated/deep")).unwrap();
    fs::write(root.path().join("src/generated/deep/c.rs"), "").unwrap();
    fs::write(root.path().join("src/d.rs"), "written by hand").unwrap();

    let stale = files.check(root.path()).unwrap();
    let found: Vec<_> = stale
        .iter()
        .map(|stale| (stale.path.to_str().unwrap(), &stale.state))
        .collect();
    assert!(
        matches!(
            &found[..],
            [
                ("spec/a.yaml", State::Missing),
                ("src/generated/b.rs", State::Differs(_)),
                ("src/generated/deep/c.rs", State::Orphaned)
            ]
        ),
        "{found:?}"
    );

    let done = files.write(root.path()).unwrap();
    assert!(
        done.contains(&(PathBuf::from("src/generated/deep/c.rs"), Written::Removed)),
        "{done:?}"
    );
    assert_eq!(files.check(root.path()).unwrap(), []);
    assert_eq!(
        fs::read_to_string(root.path().join("src/d.rs")).unwrap(),
        "written by hand"
    );
}

#[test]
fn a_check_writes_nothing() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(files().check(root.path()).unwrap().len(), 2);
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
}

#[test]
fn io_errors_contain_the_path() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("spec/a.yaml")).unwrap();
    let errors = [
        files().check(root.path()).unwrap_err(),
        files().write(root.path()).unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.source_name, "spec/a.yaml");
        assert!(error.to_string().starts_with("spec/a.yaml: "), "{error}");
    }
}
