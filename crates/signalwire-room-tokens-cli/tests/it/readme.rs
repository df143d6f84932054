//! Tests for the commands in the READMEs, pictures and help.

use signalwire_room_tokens::LintId;

use crate::support::{file, room_token, run, run_with_stdin};

/// Returns the arguments of the token-minting command in the README.
fn readme_arguments() -> Vec<String> {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let command = readme
        .lines()
        .find_map(|line| line.strip_prefix("cargo run -- "))
        .expect("the README contains the command");
    command.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn readme_command_prints_only_a_token() {
    let arguments = readme_arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = run(&arguments);
    assert_eq!(ran.line().split('.').count(), 3, "expected a single-line JWT");
}

#[test]
fn minted_token_can_be_piped_into_inspect() {
    let minted = run(&["create", "standup", "--user-name", "Alice", "--mock"]);
    let inspected = run_with_stdin(room_token(&["inspect", "-", "--json"]), minted.line());
    assert_eq!(inspected.code, 0, "{inspected:?}");
    let shown = inspected.json();
    assert_eq!(shown["claims"]["room_name"], "standup");
    assert_eq!(shown["claims"]["user_name"], "Alice");
    assert_eq!(shown["header"]["typ"], "VRT");
    assert_eq!(shown["header"]["alg"], "HS512");
}

/// Returns the arguments of every token-minting command in a text.
fn minting_commands(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\\\n", " ");
    let commands = text.lines().filter_map(|line| {
        let command = ["room-token create ", "cargo run -- create "]
            .iter()
            .find_map(|start| line.trim_start().strip_prefix(start))?;
        // The command may be followed by a comment, an explanation, a redirection or a pipe.
        let command = command.split(['#', '>', '|']).next()?.split("   ").next()?;
        Some(command.split_whitespace().map(str::to_owned).collect())
    });
    commands.collect()
}

#[test]
fn examples_pass_all_lints() {
    let read =
        |path: &str| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let texts = [
        read("../../README.md"),
        read("README.md"),
        run(&["--help"]).stdout,
        run(&["create", "--help"]).stdout,
        run(&["create", "-h"]).stdout,
    ];
    let people = file("user_name,join_audio_muted\nAda,false\nEmmy,true\n");
    for text in texts {
        let commands = minting_commands(&text);
        assert!(commands.len() >= 2, "{text}");
        for mut command in commands {
            for argument in &mut command {
                if argument == "people.csv" {
                    *argument = people.path().to_str().unwrap().to_owned();
                }
            }
            let mut arguments = vec!["create"];
            arguments.extend(
                command
                    .iter()
                    .map(String::as_str)
                    .filter(|argument| *argument != "--mock"),
            );
            arguments.extend(
                ["--dry-run"]
                    .into_iter()
                    .filter(|flag| !command.iter().any(|given| given == flag)),
            );
            for lint in LintId::ALL {
                arguments.extend(["--deny-lint", lint.as_str()]);
            }
            let ran = run(&arguments);
            assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        }
    }
}

/// Returns the lines of text in an SVG.
fn lines_of_picture(svg: &str) -> Vec<String> {
    let texts = svg.lines().filter(|line| line.trim_start().starts_with("<text "));
    let line = |text: &str| {
        let outside_tags = text.split('<').filter_map(|part| part.split_once('>'));
        let line: String = outside_tags.map(|(_, text)| text).collect();
        line.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    texts.map(line).collect()
}

/// `npm run pictures --prefix tests/browser` updates the pictures.
#[test]
fn terminal_pictures_show_the_current_output() {
    // Times differ between runs, and the remaining lifetime may be shown in different units.
    let without_times = |text: &str| {
        let text = text.split_once(" (in ").map_or(text, |(start, _)| start);
        text.replace(|c: char| c.is_ascii_digit(), "0")
    };
    for theme in ["light", "dark"] {
        let path = format!("../../docs/pictures/terminal-{theme}.svg");
        let svg = std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let shown = lines_of_picture(&svg);
        let [create, note, cat, token, inspect, output @ .., end] = shown.as_slice() else {
            panic!("{path}: {shown:?}");
        };
        let arguments = create.strip_prefix("$ room-token ").unwrap();
        let arguments = arguments.strip_suffix(" > token").unwrap();
        let ran = run(&arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(note, ran.stderr.trim_end(), "{path}");
        assert_eq!(cat, "$ cat token", "{path}");
        let header = ran.line().split_once('.').unwrap().0;
        assert!(
            token.starts_with(header) && token.ends_with('…'),
            "{path}: {token}"
        );

        assert_eq!(inspect, "$ room-token inspect < token", "{path}");
        let inspected = run_with_stdin(room_token(&["inspect"]), ran.line());
        let (beginning, _) = inspected.stdout.split_once("\nheader\n").unwrap();
        let lines = beginning.lines().filter(|line| !line.is_empty());
        let expected: Vec<_> = lines.map(without_times).collect();
        let output: Vec<_> = output.iter().map(|line| without_times(line)).collect();
        assert_eq!(output, expected, "{path}");
        assert_eq!(end, "…", "{path}");
    }
}
