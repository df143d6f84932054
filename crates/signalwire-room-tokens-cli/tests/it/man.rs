//! `room-token man`.

use crate::support::{COMMANDS, file, run};

/// A page without the marks of its language, as far as these tests read it.
fn page(args: &[&str]) -> String {
    let ran = run(args);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{args:?}");
    plain(&ran.stdout)
}

fn plain(page: &str) -> String {
    page.replace("\\-", "-")
}

#[test]
fn the_page_of_the_program_leads_to_those_of_its_commands() {
    let page = page(&["man"]);
    assert!(page.contains("\n.TH room-token 1"), "{page}");
    for command in COMMANDS {
        assert!(page.contains(&format!("room-token-{command}(1)")), "{command}");
    }
    assert!(!page.contains("room-token-help"), "there is no such page");
}

#[test]
fn the_page_of_a_command_says_what_its_help_says() {
    let page = page(&["man", "create"]);
    let version = env!("CARGO_PKG_VERSION");
    assert!(
        page.contains(&format!(".TH room-token-create 1  \"room-token {version}\"")),
        "{page}"
    );
    for part in ["--deny-lint", "no-join-until", "--valid-for"] {
        assert!(page.contains(part), "{part}");
    }
    // Examples keep their lines.
    let (_, notes) = page.split_once(".nf\n").expect("what is not filled");
    assert!(
        notes.contains("\n  room-token create standup --user-name Alice --valid-for 1h --mock\n"),
        "{notes}"
    );
    assert!(notes.contains("\n  6  the answer made no sense"), "{notes}");
}

#[test]
fn all_pages_are_written_into_a_folder() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("share/man1");
    let ran = run(&["man", "--out", folder.to_str().unwrap()]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{ran:?}");
    let read = |name: &str| plain(&std::fs::read_to_string(folder.join(name)).unwrap());
    assert_eq!(read("room-token.1"), page(&["man"]));
    for command in COMMANDS {
        assert_eq!(
            read(&format!("room-token-{command}.1")),
            page(&["man", command]),
            "{command}"
        );
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1 + COMMANDS.len());
}

#[test]
fn what_cannot_be_done_is_told() {
    run(&["man", "mint"]).failed(2, &["no command \"mint\"", "create, inspect"]);
    run(&["man", "create", "--out", "."]).failed(2, &["cannot be used with"]);
    let file = file("");
    let path = file.path().to_str().unwrap();
    run(&["man", "--out", path]).failed(1, &[path, "cannot be written"]);
}
