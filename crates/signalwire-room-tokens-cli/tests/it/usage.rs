//! The program as a whole.

use crate::support::{COMMANDS, room_token, run};

#[test]
fn help_tells_the_commands_and_the_exit_codes() {
    let ran = run(&["--help"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    for part in ["Examples:", "SIGNALWIRE_SPACE", "--mock"] {
        assert!(ran.stdout.contains(part), "{part}");
    }
    for command in COMMANDS {
        assert!(ran.stdout.contains(&format!("\n  {command} ")), "{command}");
    }
    for code in 0..=6 {
        assert!(
            ran.stdout.contains(&format!("\n  {code}  ")),
            "{code} in {}",
            ran.stdout
        );
    }
}

/// The process list shows command lines to every local user.
#[test]
fn no_example_has_a_token_on_the_command_line() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let read = |file: &str| std::fs::read_to_string(format!("{root}{file}")).unwrap();
    let mut texts = vec![
        run(&["--help"]).stdout,
        read("README.md"),
        read("../../README.md"),
    ];
    texts.extend(COMMANDS.map(|command| run(&[command, "--help"]).stdout));
    texts.extend(COMMANDS.map(|command| run(&["man", command]).stdout));
    let examples: Vec<_> = texts
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.split_once("room-token inspect"))
        .map(|(_, rest)| rest.trim())
        .collect();
    assert!(examples.len() >= 8, "{examples:?}");
    for example in examples {
        let first = example.split_whitespace().next().unwrap_or("-");
        assert!(first.starts_with(['-', '<', '[', '\\']), "{example}");
    }
    assert!(texts.iter().all(|text| !text.contains("$TOKEN")), "{texts:?}");
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(
        run(&["--version"]).line(),
        concat!("room-token ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn wrong_usage_is_2() {
    run(&[]).failed(2, &["Usage"]);
    run(&["mint"]).failed(2, &["mint"]);
    run(&["inspec"]).failed(2, &["inspect"]);
    run(&["mock", "--port=99999"]).failed(2, &["--port"]);
}

#[test]
fn colour_is_a_matter_of_the_usual_variables() {
    let stderr_with = |variables: &[(&str, &str)]| {
        let output = room_token(&["create", "standup"])
            .envs(variables.iter().copied())
            .output();
        String::from_utf8(output.unwrap().stderr).unwrap()
    };
    assert!(stderr_with(&[]).starts_with("error: "), "no terminal, no colour");
    assert!(stderr_with(&[("CLICOLOR_FORCE", "1")]).starts_with('\u{1b}'));
    assert!(stderr_with(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).starts_with("error: "));
}
