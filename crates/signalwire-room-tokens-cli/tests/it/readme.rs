//! The README's command, and one command's output as another's input.

use crate::support::{feed, room_token, run};

/// The arguments of the README's command that mints a token.
fn readme_arguments() -> Vec<String> {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let command = readme
        .lines()
        .find_map(|line| line.strip_prefix("cargo run -- "))
        .expect("the README has the command");
    command.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn readme_command_prints_only_a_token() {
    let arguments = readme_arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = run(&arguments);
    assert_eq!(ran.line().split('.').count(), 3, "a JWT alone on one line");
}

#[test]
fn minted_token_can_be_piped_into_inspect() {
    let minted = run(&["create", "standup", "--user-name", "Alice", "--mock"]);
    let inspected = feed(room_token(&["inspect", "-", "--json"]), minted.line());
    assert_eq!(inspected.code, 0, "{inspected:?}");
    let shown = inspected.json();
    assert_eq!(shown["claims"]["room_name"], "standup");
    assert_eq!(shown["claims"]["user_name"], "Alice");
    assert_eq!(shown["header"]["typ"], "VRT");
    assert_eq!(shown["header"]["alg"], "HS512");
}
