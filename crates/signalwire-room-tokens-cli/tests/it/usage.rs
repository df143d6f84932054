//! Tests for help, version, usage errors and colors.

use crate::support::{COMMANDS, room_token, run};

#[test]
fn help_lists_commands_and_exit_codes() {
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

#[test]
fn create_help_lists_request_flags_before_other_flags() {
    let help = run(&["create", "--help"]).stdout;
    let headings = [
        "\nTimes ",
        "\nSwitches ",
        "\nRequest:",
        "\nPermissions ",
        "\nConnection:",
        "\nOutput ",
    ];
    let places = headings.map(|heading| help.find(heading).unwrap_or_else(|| panic!("{heading}: {help}")));
    assert!(places.is_sorted(), "{help}");
}

/// Other users on the system can see command lines in the process list.
#[test]
fn examples_have_no_token_on_the_command_line() {
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
fn version_is_the_package_version() {
    assert_eq!(
        run(&["--version"]).line(),
        concat!("room-token ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn usage_errors_exit_with_2() {
    run(&[]).assert_failed(2, &["Usage"]);
    run(&["mint"]).assert_failed(2, &["mint"]);
    run(&["inspec"]).assert_failed(2, &["inspect"]);
    run(&["mock", "--port=99999"]).assert_failed(2, &["--port"]);
}

#[test]
fn standard_variables_control_color() {
    let stderr_with = |variables: &[(&str, &str)]| {
        let output = room_token(&["create", "standup"])
            .envs(variables.iter().copied())
            .output();
        String::from_utf8(output.unwrap().stderr).unwrap()
    };
    assert!(
        stderr_with(&[]).starts_with("error: "),
        "expected no color without a terminal"
    );
    assert!(stderr_with(&[("CLICOLOR_FORCE", "1")]).starts_with('\u{1b}'));
    assert!(stderr_with(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).starts_with("error: "));
}

/// Help is wrapped at 80 columns when standard output is not a terminal.
#[test]
fn help_fits_into_80_columns() {
    let mut commands = vec![Vec::new()];
    commands.extend(COMMANDS.map(|command| vec![command]));
    for command in commands {
        for flag in ["-h", "--help"] {
            let arguments: Vec<&str> = command.iter().copied().chain([flag]).collect();
            let help = run(&arguments).stdout;
            for line in help.lines() {
                assert!(line.chars().count() <= 80, "{arguments:?}: {line}");
            }
        }
    }
    let list = run(&["permissions"]).stdout;
    assert!(list.lines().all(|line| line.chars().count() <= 80), "{list}");
}

#[test]
fn create_short_help_lists_common_flags() {
    let short = run(&["create", "-h"]).stdout;
    assert!(short.lines().count() <= 25, "{short}");
    for part in [
        "[ROOM]",
        "--user-name",
        "--valid-for",
        "--preset",
        "--permission",
        "--mock",
        "--from",
        "Examples:",
        "--help",
    ] {
        assert!(short.contains(part), "{part:?} not found in {short}");
    }
    assert!(!short.contains("--join-until"), "{short}");
}
