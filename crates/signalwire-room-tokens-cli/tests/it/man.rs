//! Tests for `room-token man`.

use crate::support::{COMMANDS, file, run};

/// Returns a manual page with its hyphens unescaped.
fn page(args: &[&str]) -> String {
    let ran = run(args);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{args:?}");
    plain(&ran.stdout)
}

fn plain(page: &str) -> String {
    page.replace("\\-", "-")
}

#[test]
fn program_page_links_to_command_pages() {
    let page = page(&["man"]);
    assert!(page.contains("\n.TH room-token 1"), "{page}");
    for command in COMMANDS {
        assert!(page.contains(&format!("room-token-{command}(1)")), "{command}");
    }
    assert!(!page.contains("room-token-help"), "`help` must not have a page");
}

#[test]
fn command_page_contains_help() {
    let page = page(&["man", "create"]);
    let version = env!("CARGO_PKG_VERSION");
    assert!(
        page.contains(&format!(".TH room-token-create 1  \"room-token {version}\"")),
        "{page}"
    );
    for part in [
        "--deny-lint",
        "Treat this warning as an error",
        "no-join-until",
        "--valid-for",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // Examples must keep their line breaks.
    let (_, notes) = page.split_once(".nf\n").expect("unfilled text");
    assert!(
        notes.contains("\n  room-token create standup --user-name Alice --valid-for 1h --mock\n"),
        "{notes}"
    );
    assert!(notes.contains("\n  6  invalid response"), "{notes}");
}

#[test]
fn all_pages_are_written_to_a_directory() {
    let parent = tempfile::tempdir().unwrap();
    let directory = parent.path().join("share/man1");
    let ran = run(&["man", "--out", directory.to_str().unwrap()]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{ran:?}");
    let read = |name: &str| plain(&std::fs::read_to_string(directory.join(name)).unwrap());
    assert_eq!(read("room-token.1"), page(&["man"]));
    for command in COMMANDS {
        assert_eq!(
            read(&format!("room-token-{command}.1")),
            page(&["man", command]),
            "{command}"
        );
    }
    assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1 + COMMANDS.len());
}

#[test]
fn errors_are_reported() {
    run(&["man", "mint"]).assert_failed(2, &["unknown command \"mint\"", "create, inspect"]);
    run(&["man", "create", "--out", "."]).assert_failed(2, &["cannot be used with"]);
    let file = file("");
    let path = file.path().to_str().unwrap();
    run(&["man", "--out", path]).assert_failed(1, &[path, "failed to write"]);
}
